"""The whole shape of an assessment, for its JSON Schema: every key that docs/assessment.md names. Nothing is read with it."""
