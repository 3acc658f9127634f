"""The only package that opens files: rules, cases and submissions, read whole or refused with every problem at once."""

from evaluator.loading.files import LARGEST_RULE_FILE, LARGEST_SUBMISSION, read
from evaluator.loading.packages import Package, opened
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
from evaluator.loading.submissions import MOST_INCLUDES, Received, load_submission, receive

__all__ = [
    "LARGEST_RULE_FILE",
    "LARGEST_SUBMISSION",
    "MOST_INCLUDES",
    "RULES",
    "Checked",
    "Loaded",
    "Package",
    "Received",
    "case_place",
    "check_ruleset",
    "find_ruleset",
    "load_cases",
    "load_ruleset",
    "load_submission",
    "opened",
    "other_version",
    "read",
    "receive",
    "repeated_criteria",
    "ruleset_ids",
    "shared_catalogue",
]
