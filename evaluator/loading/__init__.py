"""The only package that opens files: rules, cases and submissions, read whole or refused with every problem at once."""

from evaluator.loading.files import LARGEST_RULE_FILE, LARGEST_SUBMISSION, read
from evaluator.loading.forms import annotated_copy, pictures_of_form, rulesets_of_form
from evaluator.loading.rulesets import (
    RULES,
    Checked,
    Loaded,
    case_place,
    check_ruleset,
    find_ruleset,
    load_cases,
    load_ruleset,
    other_version,
    repeated_criteria,
    ruleset_ids,
    shared_catalogue,
)
from evaluator.loading.submissions import (
    MOST_INCLUDES,
    Examined,
    Received,
    examine,
    load_alone,
    load_submission,
    receive,
    submission_in,
)

__all__ = [
    "LARGEST_RULE_FILE",
    "LARGEST_SUBMISSION",
    "MOST_INCLUDES",
    "RULES",
    "Checked",
    "Examined",
    "Loaded",
    "Received",
    "annotated_copy",
    "case_place",
    "check_ruleset",
    "examine",
    "find_ruleset",
    "load_alone",
    "load_cases",
    "load_ruleset",
    "load_submission",
    "other_version",
    "pictures_of_form",
    "read",
    "receive",
    "repeated_criteria",
    "ruleset_ids",
    "rulesets_of_form",
    "shared_catalogue",
    "submission_in",
]
