"""What a criterion asks of each piece of evidence: one demand for each check that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.checks.base import BaseCheck
from evaluator.crediting import Context
from evaluator.errors import Words
from evaluator.facts import no_facts
from evaluator.ruleset import Criterion, Ruleset
from evaluator.windows import Span
from evaluator.wording import Wording

# What a check is for: to be met, to say whether the criterion applies, to take points, to earn some of them.
Role = Literal["check", "condition", "deduction", "alternative", "counted"]
_ROLES: dict[str, Role] = {
    "check": "check",
    "applies_when": "condition",
    "deduct": "deduction",
    "best_of": "alternative",
}


class Demand(NamedTuple):
    """What a criterion asks of the item ``id``: its role, the check that reads it (None where it is counted), and in words."""

    kind: str
    id: str
    role: Role
    check: BaseCheck | None
    text: Words


class Frame(NamedTuple):
    """A ruleset with what is needed to word and to compare its demands: a period, and the day that picks dated thresholds."""

    ruleset: Ruleset
    catalogue: Catalogue
    span: Span
    day: date


def frame(ruleset: Ruleset, catalogue: Catalogue, span: Span | None = None) -> Frame:
    """The frame of ``ruleset`` for ``span``; without one, dated thresholds are read as they are stated last."""
    if span is None:
        return Frame(ruleset, catalogue, ruleset.first_period(), date.max)
    return Frame(
        ruleset, catalogue, span, span.end if ruleset.scoring.transition == "period_end" else span.start
    )


def demands(criterion: Criterion, of: Frame) -> Iterator[Demand]:
    """What ``criterion`` asks of every item that it reads; kinds of unit are left out, which are no evidence of their own."""
    wording = Wording(of.catalogue, {})
    covered: set[tuple[str, str]] = set()
    for path, check in criterion.checks():
        role = _ROLES.get(str(path[0]), "counted")
        for leaf in _leaves(check):
            text = _asked(leaf, criterion, of, wording)
            for kind, name in dict.fromkeys((_kind(use.kind), use.id) for use in leaf.uses()):
                covered.add((kind, name))
                yield Demand(kind, name, role, leaf, text)
    for use in criterion.uses():
        item = (_kind(use.kind), use.id)
        if use.kind != "units" and item not in covered:
            covered.add(item)
            role = _ROLES.get(str(use.path[0]), "counted")
            label = wording.label(use.id)
            words = Words(f"按{label.zh}的数目计", f"counted: {label.en}")
            yield Demand(*item, role if role == "deduction" else "counted", None, words)


def _kind(kind: str) -> str:
    # What was of the period before is the same evidence, of another year.
    return "counts" if kind == "previous" else kind


def _leaves(check: Any) -> Iterator[BaseCheck]:
    members = list(check.members()) if hasattr(check, "members") else []
    if not members:
        yield check
    for _, member in members:
        yield from _leaves(member)


def _asked(leaf: BaseCheck, criterion: Criterion, of: Frame, wording: Wording) -> Words:
    context = Context(
        of.span,
        of.day,
        of.catalogue,
        points=criterion.points.value,
        prohibition=criterion.nature == "prohibition",
        criterion=criterion.id,
    )
    finding = leaf.compile(context)(no_facts(of.span))
    return wording.required(finding) or Words("", "")
