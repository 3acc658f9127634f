"""The only package that opens files: rules, cases and submissions, read whole or refused with every problem at once."""

from evaluator.loading.arrivals import Arrival, Arrived, arrived
from evaluator.loading.assessments import LARGEST_ASSESSMENT, load_assessment
from evaluator.loading.files import LARGEST_RULE_FILE, LARGEST_SUBMISSION, read
from evaluator.loading.forms import annotated_copy, pictures_of_form, rulesets_of_form
from evaluator.loading.packages import Package, opened
from evaluator.loading.rectifications import LARGEST_LIST, load_rectification
from evaluator.loading.resolving import LIBRARY, RULES, find_ruleset, kept_versions, ruleset_ids
from evaluator.loading.reviews import (
    Pair,
    chain_problems,
    load_pair,
    load_review,
    load_reviews,
    open_review,
    read_all_reviews,
    third_problems,
)
from evaluator.loading.rule_files import rule_files
from evaluator.loading.rulesets import (
    Checked,
    Loaded,
    check_ruleset,
    load_cases,
    load_ruleset,
    other_version,
    places_in,
    repeated_criteria,
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
from evaluator.packages.names import shown

__all__ = [
    "LARGEST_ASSESSMENT",
    "LARGEST_LIST",
    "LARGEST_RULE_FILE",
    "LARGEST_SUBMISSION",
    "LIBRARY",
    "MOST_INCLUDES",
    "RULES",
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
    "find_ruleset",
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
    "pictures_of_form",
    "places_in",
    "read",
    "read_all_reviews",
    "receive",
    "repeated_criteria",
    "rule_files",
    "ruleset_ids",
    "rulesets_of_form",
    "shared_catalogue",
    "shown",
    "submission_in",
    "third_problems",
]
