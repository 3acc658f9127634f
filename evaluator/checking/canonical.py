"""Whether two checks look at the same thing: their form without what does not change it. Pure."""

from __future__ import annotations

from evaluator.alternatives import BestOf
from evaluator.checks import Check
from evaluator.checks.document import DocumentCheck
from evaluator.checks.group import Group
from evaluator.crediting import COMPARISONS
from evaluator.deductions import Deduction
from evaluator.ruleset import Criterion

_HOW_MUCH = {*COMPARISONS, "credit", "steps", "scale"}
# What says of a criterion how it is called, cited and weighed. Whatever else it has, it is judged by.
_NOT_JUDGED = {
    "id",
    "supersedes",
    "clause",
    "item",
    "printed",
    "anchors",
    "title",
    "requirement",
    "level",
    "nature",
    "veto",
    "points",
    "basis",
    "duty_of",
    "responsible",
    "method",
    "applies_when",
    "requires",
    "remedy",
    "veto_effect",
    "veto_grade",
}


def measured_as(check: Check) -> str:
    """What ``check`` measures, whatever it is compared with."""
    return check.model_dump_json(by_alias=True, exclude_defaults=True, exclude=_HOW_MUCH)


def same_as(check: Check) -> str:
    """What ``check`` asks for: the same text for checks that differ only in how they are written."""
    if isinstance(check, DocumentCheck):
        state = check.state or ("" if check.issued_by else "in_force")
        rest = check.model_dump_json(exclude_defaults=True, exclude={"state", "contains"})
        return f"{rest} {state} {sorted(check.contains)}"
    if isinstance(check, Group):
        members = sorted(same_as(member) for _, member in check.members())
        rest = check.model_dump_json(
            by_alias=True, exclude_defaults=True, exclude={"all_", "any_", "of", "check", "credit"}
        )
        form = next(name for name in ("all_", "any_", "of", "check") if getattr(check, name) is not None)
        return f"{form} {rest} {members}"
    return check.model_dump_json(by_alias=True, exclude_defaults=True, exclude={"credit"})


def judged_by(criterion: Criterion) -> str:
    """What ``criterion`` is judged by, whatever it is called and wherever it is cited."""
    if criterion.check is not None:
        return same_as(criterion.check)
    return criterion.model_dump_json(by_alias=True, exclude_defaults=True, exclude=_NOT_JUDGED)


def line_as(line: Deduction | BestOf) -> str:
    """What one line of a deduction or alternative looks at, whatever it costs or earns."""
    if isinstance(line, BestOf):
        return same_as(line.check)
    each = "" if line.each is None else line.each.model_dump_json(exclude_defaults=True)
    return each + "".join(f"{path[0]} {same_as(check)}" for path, check in line.checks())
