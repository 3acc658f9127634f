"""The only package that opens files: rules, cases and submissions, read whole or refused with every problem at once."""

from evaluator.loading.arrivals import Arrival, Arrived, arrived
from evaluator.loading.assessments import LARGEST_ASSESSMENT, load_assessment
from evaluator.loading.files import LARGEST_RULE_FILE, LARGEST_SUBMISSION, read
from evaluator.loading.reviews import chain_problems, load_review, load_reviews, read_all_reviews
from evaluator.loading.rule_files import rule_files
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
)

__all__ = [
    "LARGEST_ASSESSMENT",
    "LARGEST_RULE_FILE",
    "LARGEST_SUBMISSION",
    "MOST_INCLUDES",
    "RULES",
    "Arrival",
    "Arrived",
    "Checked",
    "Examined",
    "Loaded",
    "Received",
    "arrived",
    "case_place",
    "chain_problems",
    "check_ruleset",
    "examine",
    "find_ruleset",
    "load_alone",
    "load_assessment",
    "load_cases",
    "load_review",
    "load_reviews",
    "load_ruleset",
    "load_submission",
    "other_version",
    "read",
    "read_all_reviews",
    "receive",
    "repeated_criteria",
    "rule_files",
    "ruleset_ids",
    "shared_catalogue",
]
