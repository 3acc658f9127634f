"""Facts that satisfy a check, as a case file writes them: where drafts of cases begin."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from evaluator.cases import Given
from evaluator.catalogue import Catalogue
from evaluator.checks.document import deadline_in
from evaluator.crediting import COMPARISONS
from evaluator.exact import Exact, ceil_div, decimal
from evaluator.model import Model, at_date
from evaluator.ruleset import Criterion
from evaluator.testing.neighbours import shifted
from evaluator.windows import Slot, Span, slots

Facts = dict[str, Any]
# Who asks for more has most likely a slip of the pen in the rules; nobody would confirm such a draft.
MOST_OF_A_KIND = 400


class Setting(NamedTuple):
    """For what a draft is made: the period that is judged, and the catalogue."""

    span: Span
    catalogue: Catalogue

    def whole(self, count: str) -> bool:
        """Whether ``count`` is a whole number."""
        item = self.catalogue.counts.get(count)
        return item is None or item.whole_number


def plain_given(given: Given) -> Facts:
    """``given`` as a case file writes it, each document and statement in full."""
    facts: Facts = {
        "counts": {name: _number(value) for name, value in given.counts.items()},
        "events": {name: [str(day) for day in days] for name, days in given.events.items()},
        "documents": {
            name: [
                {
                    "issued": str(one.issued) if one.issued else None,
                    "valid_to": str(one.valid_to) if one.valid_to else None,
                    "contains": list(one.contains),
                    "files": list(one.files),
                }
                for one in papers
            ]
            for name, papers in given.documents.items()
        },
        "statements": {
            name: {"value": one.value, "files": list(one.files)} for name, one in given.statements.items()
        },
        "none": list(given.none),
        "units": {
            kind: [
                {
                    "id": unit.id,
                    "counts": {name: _number(value) for name, value in unit.counts.items()},
                    "statements": dict(unit.statements),
                }
                for unit in units
            ]
            for kind, units in given.units.items()
        },
        "ratings": dict(given.ratings),
        "attributes": dict(given.attributes),
        "previous": {"counts": {name: _number(value) for name, value in given.previous.counts.items()}},
    }
    return facts


def nothing() -> Facts:
    """No facts at all."""
    return plain_given(Given())


def _number(value: Any) -> int | str:
    return int(value) if Fraction(value).denominator == 1 else decimal(value)


def satisfying(criterion: Criterion, setting: Setting) -> Facts:
    """Facts that satisfy ``criterion``, as far as its parts do not contradict each other."""
    facts = nothing()
    for _, check in criterion.checks():
        satisfy(check, facts, setting, criterion)
    for line in criterion.deduct or ():
        for use in line.own_uses():
            _none_of(use.kind, use.id, facts)
    for earning in criterion.earn or ():
        for use in earning.own_uses():
            several = ceil_div(earning.most(criterion.points.value) / earning.points.value, 1)
            occur(use.kind, use.id, several, facts, setting)
    return facts


def occur(kind: str, name: str, several: int, facts: Facts, setting: Setting) -> None:
    """Let what a line counts occur ``several`` times in ``facts``, unless they say already how often it does."""
    if kind == "counts":
        facts["counts"].setdefault(name, several)
    elif not several:
        _none_of(kind, name, facts)
    elif kind == "events":
        facts["events"].setdefault(name, spread(setting.span, several))
    elif name not in facts["documents"]:
        facts["documents"][name] = [
            {"issued": day, "valid_to": None, "contains": [], "files": ["attachment.pdf"]}
            for day in spread(setting.span, several)
        ]


def _none_of(kind: str, name: str, facts: Facts) -> None:
    if kind == "counts":
        facts["counts"].setdefault(name, 0)
    elif name not in facts[kind] and name not in facts["none"]:
        facts["none"].append(name)


def satisfy(check: Any, facts: Facts, setting: Setting, criterion: Criterion) -> None:
    """Add to ``facts`` what satisfies ``check``."""
    if getattr(check, "each", None) is not None:
        inner = nothing()
        satisfy(check.check, inner, setting, criterion)
        said = {name: one["value"] for name, one in inner["statements"].items()}
        facts["units"][check.each] = [
            {"id": f"U{n}", "counts": dict(inner["counts"]), "statements": dict(said)} for n in (1, 2)
        ]
    for _, member in check.members() if hasattr(check, "members") else ():
        if getattr(check, "each", None) is None:
            satisfy(member, facts, setting, criterion)
    if getattr(check, "levels", None):
        facts["ratings"][criterion.id] = max(check.levels, key=lambda one: one.credit.value).level
    if getattr(check, "attribute", None):
        facts["attributes"].setdefault(check.attribute, check.in_[0])
    if getattr(check, "statement", None):
        facts["statements"].setdefault(check.statement, {"value": True, "files": ["photo.jpg"]})
    _satisfy_number(check, facts, setting)


def _satisfy_number(check: Any, facts: Facts, setting: Setting) -> None:
    counts = facts["counts"]
    limit = target(check, setting)
    if getattr(check, "numerator", None):
        share = limit[1].value if limit else Fraction(1)
        least = check.minimum_sample.value if getattr(check, "minimum_sample", None) else 1
        bottom = Fraction(counts.setdefault(check.denominator, size_of(share, max(20, ceil_div(least, 1)))))
        top = share * bottom
        counts.setdefault(check.numerator, number(top, check.numerator, setting))
    elif getattr(check, "direction", None):
        before = facts["previous"]["counts"].setdefault(check.count, 100)
        counts.setdefault(check.count, moved(check, before))
    elif getattr(check, "count", None):
        counts.setdefault(check.count, number(limit[1].value if limit else Fraction(1), check.count, setting))
    elif getattr(check, "every", None):
        held = [day for slot in windows(check, setting) for day in days_in(slot, needed(check, setting))]
        if len(held) >= len(facts["events"].get(check.events, [])):
            facts["events"][check.events] = held
    elif getattr(check, "events", None) and deadline(check, setting.span) is not None:
        facts["events"].setdefault(check.events, [str(deadline(check, setting.span))])
    elif getattr(check, "due", None) is not None:  # its limit counts days, not documents
        _satisfy_document(check, facts, setting, 1)
    elif getattr(check, "events", None) or getattr(check, "documents", None):
        copies = int(limit[1].value) if limit else 1
        kind = "events" if getattr(check, "events", None) else "documents"
        if not copies:
            _none_of(kind, getattr(check, kind), facts)
        elif kind == "events":
            facts["events"].setdefault(check.events, spread(setting.span, copies))
        else:
            _satisfy_document(check, facts, setting, copies)


def _satisfy_document(check: Any, facts: Facts, setting: Setting, copies: int) -> None:
    item = setting.catalogue.documents.get(check.documents)
    papers = facts["documents"].get(check.documents)
    parts = list(getattr(check, "contains", ()))
    if papers is not None:
        papers[0]["contains"].extend(part for part in parts if part not in papers[0]["contains"])
        return
    day = setting.span.start + timedelta(days=40)
    last = deadline(check, setting.span)
    day = min(day, last) if last is not None else day
    to = str(setting.span.end) if item is not None and item.valid == "dated" else None
    facts["documents"][check.documents] = [
        {"issued": str(day), "valid_to": to, "contains": list(parts), "files": ["attachment.pdf"]}
        for _ in range(min(copies, MOST_OF_A_KIND))
    ]


def target(check: Model, setting: Setting) -> tuple[str, Exact] | None:
    """The comparison that earns the most of ``check``; None where it has none."""
    scale = getattr(check, "scale", None)
    if scale is not None:
        return ("at_least" if scale.to.value > scale.from_.value else "at_most"), scale.to
    steps = getattr(check, "steps", None)
    stated: Any = check
    if steps:
        stated = max(steps, key=lambda one: (one.points or one.credit).value)
    for name in COMPARISONS:
        value = getattr(stated, name, None)
        if value is not None:
            exact = at_date(value, setting.span.end)
            if name in ("above", "below"):
                beside = shifted(exact)
                exact = beside[0] if name == "above" else beside[-1]
            return name, exact
    return None


def moved(check: Any, before: Any) -> int:
    """A count that moves from ``before`` as ``check`` wants it."""
    by = check.by
    step = Fraction(1) if by is None else before * by.value if by.percent else by.value
    whole = ceil_div(step.numerator, step.denominator) or 1
    now = int(before)
    return {"falls": max(0, now - whole), "rises": now + whole}.get(check.direction, now)


def size_of(share: Fraction, least: int) -> int:
    """A whole number of at least ``least`` of which ``share`` is whole."""
    return int(share.denominator * ceil_div(least, share.denominator))


def number(value: Fraction, count: str, setting: Setting) -> int | str:
    """``value`` as a case file writes the count: rounded up where the count is whole."""
    if setting.whole(count):
        return ceil_div(value.numerator, value.denominator)
    return _number(value)


def windows(check: Any, setting: Setting) -> tuple[Slot, ...]:
    """The windows of a cadence that are judged."""
    return tuple(
        slot
        for slot in slots(
            setting.span, check.every, getattr(check, "months", ()), getattr(check, "starts", None)
        )
        if not slot.cut
    )


def needed(check: Any, setting: Setting) -> int:
    """How many events a window needs, at most ``MOST_OF_A_KIND``."""
    return min(int(at_date(check.at_least, setting.span.end).value), MOST_OF_A_KIND)


def days_in(slot: Slot, several: int) -> Iterator[str]:
    """``several`` days inside a window."""
    for n in range(several):
        yield str(min(slot.start + timedelta(days=9 + n), slot.end))


def spread(span: Span, several: int) -> list[str]:
    """``several`` days inside a period, at most ``MOST_OF_A_KIND``, far apart."""
    length, several = (span.end - span.start).days, min(several, MOST_OF_A_KIND)
    return [str(span.start + timedelta(days=length * (2 * n + 1) // (2 * several))) for n in range(several)]


def deadline(check: Any, span: Span) -> date | None:
    """The day by which a document must be issued, or an event held; None where there is none in the period."""
    text = getattr(check, "issued_by", None) or getattr(check, "due", None)
    return None if text is None else deadline_in(text, span)


def copied(facts: Facts) -> Facts:
    """``facts`` to be changed freely."""
    return deepcopy(facts)
