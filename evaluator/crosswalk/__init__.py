"""Two standards side by side: which criteria draw on the same evidence, and what evidence for one lacks for the other. Pure."""

from evaluator.crosswalk.lacking import lacking
from evaluator.crosswalk.mapping import Side, crosswalk

__all__ = ["Side", "crosswalk", "lacking"]
