"""What changed in meaning between two rulesets, and whether the version number says so. Pure."""

from evaluator.revising.document import difference

__all__ = ["difference"]
