"""Many subjects under a change of rules, added up as JSON data: who gains, who loses, by criterion, region and unknown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from evaluator.exact import Number, decimal, total
from evaluator.impact.judging import Judging
from evaluator.impact.unit import Direction, Touched, UnitImpact, Unknown
from evaluator.impact.units import item_of, signed, unit_of
from evaluator.revising.sides import Side

Json = dict[str, Any]
DIRECTIONS: tuple[Direction, ...] = ("gains", "loses", "same", "unknown")


def impact(judging: Judging, units: Sequence[UnitImpact]) -> Json:
    """Everything of ``units`` as ``{"impact": 1, …}``, as docs/rules/impact.md says; units in the order given."""
    return {
        "impact": 1,
        "old": side_of(judging.old),
        "new": side_of(judging.new),
        "stage": judging.stage,
        "as_of": judging.as_of.isoformat() if judging.as_of else None,
        "totals": _totals(units),
        "grades": _grades(judging, units),
        "criteria": _criteria(judging, units),
        "regions": _regions(units),
        "unknown": _unknown(judging, units),
        "units": [unit_of(judging, one) for one in units],
    }


def side_of(side: Side) -> Json:
    """A ruleset as results name it."""
    ruleset = side.ruleset
    grades = {one.id: {"zh": one.title.zh, "en": one.title.en} for one in ruleset.scoring.grades}
    title = {"zh": ruleset.title.zh, "en": ruleset.title.en}
    return {"id": ruleset.ruleset, "version": ruleset.version, "title": title, "grades": grades}


def _totals(units: Iterable[UnitImpact]) -> Json:
    units = tuple(units)
    changes = [
        (Fraction(one.low.score - one.old.score), Fraction(one.high.score - one.old.score))
        for one in units
        if one.old.score is not None and one.low.score is not None and one.high.score is not None
    ]
    return {
        "units": len(units),
        "score": _counted(one.direction for one in units),
        "grade": _counted(one.grade for one in units),
        "accepted": {
            "old": sum(one.old.accepted for one in units),
            "new": sum(one.low.accepted for one in units),
            "unknown": sum(one.high.accepted and not one.low.accepted for one in units),
            **_counted(one.acceptance for one in units),
        },
        "newly_short": sum(any(each.short for each in one.touched) for one in units),
        "mean_change": {
            "low": _mean(low for low, _ in changes),
            "high": _mean(high for _, high in changes),
        },
    }


def _counted(found: Iterable[Direction]) -> dict[str, int]:
    counts = Counter(found)
    return {name: counts[name] for name in DIRECTIONS}


def _mean(values: Iterable[Fraction]) -> str | None:
    found = tuple(values)
    return signed(total(found) / Fraction(len(found))) if found else None


def _grades(judging: Judging, units: Iterable[UnitImpact]) -> list[Json]:
    counts = Counter((one.old.grade, one.low.grade if one.grade != "unknown" else "") for one in units)
    order: list[list[str | None]] = [
        [*(one.id for one in side.ruleset.scoring.grades), "", None] for side in (judging.old, judging.new)
    ]
    return [
        {"from": before, "to": after or None, "unknown": after == "", "units": counts[before, after]}
        for before in order[0]
        for after in order[1]
        if counts[before, after]
    ]


def _criteria(judging: Judging, units: Sequence[UnitImpact]) -> list[Json]:
    by_id: dict[str, list[Touched]] = defaultdict(list)
    for unit in units:
        for one in unit.touched:
            by_id[one.criterion].append(one)
    order = [name for side in (judging.new, judging.old) for name in side.ruleset.by_id()]
    rest = total(one.rest for one in units)
    rows = [
        _criterion(judging, name, by_id[name], len(units)) for name in dict.fromkeys(order) if name in by_id
    ]
    if rest:
        words = {"zh": "封顶、加分上限和扣分", "en": "Caps and deductions"}
        effect = signed(rest / Fraction(len(units)))
        rows.append(
            {
                "id": "",
                "clause": "",
                "title": words,
                **dict.fromkeys(("gains", "loses", "unknown"), 0),
                "effect": effect,
                "short": [],
            }
        )
    return rows


def _criterion(judging: Judging, name: str, touched: Sequence[Touched], units: int) -> Json:
    criterion = judging.new.ruleset.by_id().get(name) or judging.old.ruleset.by_id()[name]
    counts = Counter(one.direction for one in touched)
    short: dict[str, list[Number]] = defaultdict(list)
    for one in touched:
        for each in one.short:
            short[each.of].append(each.amount - each.before)
    return {
        "id": name,
        "clause": criterion.clause + (f" {criterion.item}" if criterion.item else ""),
        "title": {"zh": criterion.title.zh, "en": criterion.title.en},
        "gains": counts["gains"],
        "loses": counts["loses"],
        "unknown": counts["unknown"],
        "effect": signed(total(one.effect for one in touched) / Fraction(units)),
        "short": [
            {
                "of": of,
                "label": judging.new.label(of)._asdict(),
                "unit": judging.new.wording.unit(of)._asdict(),
                "units": len(amounts),
                "amount": decimal(total(amounts)),
            }
            for of, amounts in sorted(short.items())
        ],
    }


def _regions(units: Iterable[UnitImpact]) -> list[Json]:
    within: dict[tuple[str, ...], list[UnitImpact]] = defaultdict(list)
    for unit in units:
        for depth in range(1, len(unit.region) + 1):
            within[unit.region[:depth]].append(unit)
        if not unit.region:
            within[()].append(unit)
    return [{"path": list(path), **_totals(found)} for path, found in sorted(within.items())]


def _unknown(judging: Judging, units: Iterable[UnitImpact]) -> list[Json]:
    counts: Counter[Unknown] = Counter()
    for unit in units:
        counts.update(unit.unknown)
    by_id = judging.new.ruleset.by_id()
    order = list(by_id)
    rows = sorted(
        counts.items(),
        key=lambda one: (order.index(one[0].criterion) if one[0].criterion in order else -1, one[0]),
    )
    found = []
    for one, number in rows:
        criterion = by_id.get(one.criterion)
        title = criterion.title if criterion else None
        found.append(
            {
                "criterion": one.criterion,
                "clause": criterion.clause if criterion else "",
                "title": {"zh": title.zh, "en": title.en}
                if title
                else {"zh": "总分", "en": "The whole score"},
                "reason": one.reason,
                "items": [item_of(judging.new, *item) for item in one.items],
                "units": number,
            }
        )
    return found
