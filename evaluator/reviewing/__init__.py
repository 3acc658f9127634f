"""Reviews over a submission: what can be wrong with them, what stands after each, what an assessment tells of them. Pure."""
