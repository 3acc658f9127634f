"""What a review is checked against: the submission, the rules, and what stood before it. Pure."""

from __future__ import annotations

from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.reviewing.standing import NOTHING, Standing
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission


class Setting(NamedTuple):
    """One submission under one ruleset, and what earlier stages left standing."""

    submission: Submission
    ruleset: Ruleset
    catalogue: Catalogue
    before: Standing = NOTHING
