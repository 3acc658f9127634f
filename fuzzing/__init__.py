"""Hostile inputs by the hundred thousand for every reader: ``script/fuzz``, docs/fuzzing.md. Not shipped."""
