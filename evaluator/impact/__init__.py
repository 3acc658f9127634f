"""Whom a change of rules affects: each submission judged under both, what is unknown kept apart from zero. Pure."""
