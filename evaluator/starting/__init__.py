"""Where a new ruleset begins: a small one that works, with every key explained, as the text of its files. Pure."""
