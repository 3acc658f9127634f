"""The clauses of a ruleset's folder."""

from __future__ import annotations

from pathlib import Path

from evaluator.errors import InputError, RulesetError
from evaluator.loading.files import read
from evaluator.ruleset import Clauses
from evaluator.validating import validate


def load_clauses(folder: Path) -> Clauses:
    """``clauses.yaml`` of ``folder``; raises ``RulesetError`` with every problem of it."""
    try:
        return validate(Clauses, read(folder / "clauses.yaml", "largest_rule_file"))
    except InputError as error:
        raise RulesetError(error.problems) from None
