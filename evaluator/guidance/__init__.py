"""The handbook of a ruleset for those who are assessed, as plain data: what is asked, what counts, how it is judged. Pure."""
