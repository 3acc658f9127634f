"""How each criterion is judged, in the words of the handbook: the column 评分办法, for reading. Pure."""

from __future__ import annotations

from evaluator.catalogue import Catalogue
from evaluator.guidance.judged import judged
from evaluator.ruleset import Ruleset


def said(ruleset: Ruleset, catalogue: Catalogue) -> dict[str, str]:
    """How each criterion is judged, by its id: a line for each thing asked and each degree."""
    return {name: "\n".join(one.zh for one in lines) for name, lines in judged(ruleset, catalogue).items()}
