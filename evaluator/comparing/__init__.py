"""Two assessments side by side: what changed and why, and the difference of their scores taken apart without a rest. Pure."""

from evaluator.comparing.document import compare
from evaluator.comparing.refusing import incomparable

__all__ = ["compare", "incomparable"]
