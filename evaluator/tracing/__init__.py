"""A ruleset against the official text of its standard: clauses, anchors, figures, and what was confirmed. Pure.

The text itself stays outside: what is kept of it (``trace.yaml``) are digests.
"""
