"""A ruleset as the table that policy staff edit, and back: one cell a value, words for keys, every fault at its cell. Pure."""
