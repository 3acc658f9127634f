"""What only ``rules check`` looks for: a ruleset can be used, and says what nobody meant. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.catalogue import Catalogue
from evaluator.checking.alternatives import alternative_faults
from evaluator.checking.anchors import anchor_faults
from evaluator.checking.applicability import attribute_faults, condition_faults, contradiction_faults
from evaluator.checking.dates import idle_dates
from evaluator.checking.duplication import duplication_faults, repeated_member_faults
from evaluator.checking.percentages import percentage_faults, step_faults
from evaluator.checking.ratios import ratio_faults
from evaluator.checking.reach import reach_faults
from evaluator.checking.thresholds import threshold_faults
from evaluator.checking.vetoes import veto_faults
from evaluator.checking.walking import every_check
from evaluator.checking.windows import window_faults
from evaluator.errors import Fault
from evaluator.ruleset import Ruleset


def lint_faults(ruleset: Ruleset, catalogue: Catalogue) -> Iterator[Fault]:
    """Every such fault (paths in ``ruleset.yaml``)."""
    months = ruleset.period.months
    for one in every_check(ruleset):
        yield from ratio_faults(one, catalogue)
        yield from percentage_faults(one, catalogue)
        yield from threshold_faults(one, catalogue, months)
        yield from contradiction_faults(one, catalogue, months)
        yield from window_faults(one, months)
        yield from idle_dates(one, ruleset)
        yield from repeated_member_faults(one)
    for path, _, criterion in ruleset.criteria():
        for n, line in enumerate(criterion.deduct or ()):
            yield from step_faults(line, (*path, "deduct", n), catalogue)
    for path, _, line in ruleset.taken():
        yield from step_faults(line, path, catalogue)
    yield from alternative_faults(ruleset, catalogue)
    yield from condition_faults(ruleset)
    yield from attribute_faults(ruleset)
    yield from duplication_faults(ruleset)
    yield from anchor_faults(ruleset)
    yield from veto_faults(ruleset)
    yield from reach_faults(ruleset)
