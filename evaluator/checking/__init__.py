"""The faults of a ruleset that its types alone cannot show. Pure.

``ruleset_faults`` is what keeps a ruleset from being used, found whenever one is loaded; what only ``rules check`` looks
for is in ``evaluator.checking.linting``. One subject a file.
"""

from evaluator.checking.cases import case_faults, coverage_faults
from evaluator.checking.clauses import citation_faults, clause_faults
from evaluator.checking.whole import ruleset_faults
from evaluator.checking.words import KIND_WORDS

__all__ = [
    "KIND_WORDS",
    "case_faults",
    "citation_faults",
    "clause_faults",
    "coverage_faults",
    "ruleset_faults",
]
