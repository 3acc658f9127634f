"""The only package that opens files: rules, cases and submissions, read whole or refused with every problem at once.

A name is looked up in its module when it is first asked for: checking rules reads no submission, and need not import what does.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluator.loading.arrivals import Arrival, Arrived, arrived
    from evaluator.loading.assessments import load_assessment
    from evaluator.loading.checking import Checked, check_ruleset
    from evaluator.loading.files import read
    from evaluator.loading.forms import annotated_copy, pictures_of_form, rulesets_of_form
    from evaluator.loading.lines import read_line
    from evaluator.loading.neighbours import overlapping_editions, repeated_criteria
    from evaluator.loading.packages import Package, opened
    from evaluator.loading.rectifications import load_rectification
    from evaluator.loading.resolving import LIBRARY, RULES, find_ruleset, kept_versions, ruleset_ids
    from evaluator.loading.reviews import (
        Pair,
        chain_problems,
        given_review,
        load_pair,
        load_review,
        load_reviews,
        open_review,
        read_all_reviews,
        third_problems,
    )
    from evaluator.loading.ruleset_files import rule_files
    from evaluator.loading.rulesets import (
        Loaded,
        load_cases,
        load_ruleset,
        other_version,
        places_in,
        shared_catalogue,
    )
    from evaluator.loading.submissions import (
        Answered,
        Examined,
        Received,
        examine,
        examine_answers,
        load_alone,
        load_submission,
        receive,
        receive_kept,
        submission_in,
    )
    from evaluator.packages.names import shown

__all__ = [
    "LIBRARY",
    "RULES",
    "Answered",
    "Arrival",
    "Arrived",
    "Checked",
    "Examined",
    "Loaded",
    "Package",
    "Pair",
    "Received",
    "annotated_copy",
    "arrived",
    "chain_problems",
    "check_ruleset",
    "examine",
    "examine_answers",
    "find_ruleset",
    "given_review",
    "kept_versions",
    "load_alone",
    "load_assessment",
    "load_cases",
    "load_pair",
    "load_rectification",
    "load_review",
    "load_reviews",
    "load_ruleset",
    "load_submission",
    "open_review",
    "opened",
    "other_version",
    "overlapping_editions",
    "pictures_of_form",
    "places_in",
    "read",
    "read_all_reviews",
    "read_line",
    "receive",
    "receive_kept",
    "repeated_criteria",
    "rule_files",
    "ruleset_ids",
    "rulesets_of_form",
    "shared_catalogue",
    "shown",
    "submission_in",
    "third_problems",
]

_MODULES = {
    "evaluator.loading.arrivals": "Arrival Arrived arrived",
    "evaluator.loading.assessments": "load_assessment",
    "evaluator.loading.checking": "Checked check_ruleset",
    "evaluator.loading.files": "read",
    "evaluator.loading.forms": "annotated_copy pictures_of_form rulesets_of_form",
    "evaluator.loading.lines": "read_line",
    "evaluator.loading.neighbours": "overlapping_editions repeated_criteria",
    "evaluator.loading.packages": "Package opened",
    "evaluator.loading.rectifications": "load_rectification",
    "evaluator.loading.resolving": "LIBRARY RULES find_ruleset kept_versions ruleset_ids",
    "evaluator.loading.reviews": "Pair chain_problems given_review load_pair load_review load_reviews open_review"
    " read_all_reviews third_problems",
    "evaluator.loading.ruleset_files": "rule_files",
    "evaluator.loading.rulesets": "Loaded load_cases load_ruleset other_version places_in shared_catalogue",
    "evaluator.loading.submissions": "Answered Examined Received examine examine_answers load_alone load_submission"
    " receive receive_kept submission_in",
    "evaluator.packages.names": "shown",
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(importlib.import_module(_WHERE[name]), name)
    globals()[name] = found
    return found
