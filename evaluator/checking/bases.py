"""Figures that do not say whether the standard states them. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.checks import Check
from evaluator.checks.cadence import Cadence
from evaluator.checks.document import DocumentCheck
from evaluator.checks.group import Group
from evaluator.checks.lateness import Lateness
from evaluator.checks.quantity import Quantity
from evaluator.checks.ratio import Ratio
from evaluator.errors import Fault, Words
from evaluator.ruleset import Criterion, Path


def _has_number(check: Check) -> bool:
    if isinstance(check, Group):
        return any(_has_number(member) for _, member in check.members())
    if isinstance(check, DocumentCheck):
        return check.issued_by is not None
    return isinstance(check, Ratio | Quantity | Cadence | Lateness)


def basis_faults(criterion: Criterion, path: Path) -> Iterator[Fault]:
    """A threshold whose origin is not said."""
    if criterion.basis.threshold is None and any(_has_number(check) for _, check in criterion.checks()):
        what = Words("有阈值，但没有写 basis.threshold", "a threshold without basis.threshold")
        mend = Words("写明 source（标准原文）或 editorial（我们所定）", "say source or editorial")
        yield Fault("basis_missing", (*path, "basis"), what, mend)
