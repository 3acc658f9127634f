"""Facts a little otherwise: each way in which evidence for a criterion can fall short, stand on a boundary, or beyond it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any

from evaluator.exact import Exact, ceil_div
from evaluator.ruleset import Criterion
from evaluator.testing.boundaries import models
from evaluator.testing.failing import fail, failing
from evaluator.testing.good import (
    Facts,
    Setting,
    copied,
    days_in,
    needed,
    nothing,
    number,
    occur,
    spread,
    windows,
)
from evaluator.testing.items import (
    ITEMS,
    Variation,
    label_of,
    limits_of,
    of_count,
    of_ratio,
    of_statement,
    with_item,
)


def variations(
    criterion: Criterion, base: Facts, setting: Setting, required: Iterable[Criterion] = ()
) -> Iterator[Variation]:
    """``base``, then everything that differs from it in one way, then in several; ``required`` are its prerequisites."""
    yield Variation("齐全", base)
    leaves = [
        model
        for _, model in models(criterion)
        if getattr(model, "kind", None) and not hasattr(model, "members")
    ]
    documents = list(dict.fromkeys(one.documents for one in leaves if getattr(one, "documents", None)))  # type: ignore[attr-defined]  # by its fields
    yield from _lacking(documents, base, setting)
    yield from _together(leaves, base, setting)
    for leaf in dict.fromkeys(map(id, leaves)):
        one = next(model for model in leaves if id(model) == leaf)
        for vary in ITEMS:
            yield from vary(one, base, setting, criterion)
    yield from _each_of(criterion, base, setting)
    yield from _earned_of(criterion, base, setting)
    yield from _steps_of(criterion, base, setting)
    yield from _members(criterion, base)
    yield from _units(criterion, base, setting)
    for one in required:
        yield Variation(f"前提“{one.title.zh}”没有达标", failing(one, base))


def _lacking(documents: list[str], base: Facts, setting: Setting) -> Iterator[Variation]:
    """Documents that come in several copies, of which each lacks another part: none of them is complete."""
    every = copied(base)
    changed = 0
    for name in documents:
        papers = base["documents"].get(name)
        parts = papers[0]["contains"] if papers else []
        if not papers or not parts:
            continue
        copies = [{**papers[0], "contains": [one for one in parts if one != part]} for part in parts]
        several = f"有 {len(parts)} 份，各缺一项，不能拼齐" if len(parts) > 1 else "缺规定的内容"
        yield Variation(f"《{label_of(name, setting)}》{several}", with_item(base, "documents", name, copies))
        every["documents"][name] = copies
        changed += 1
    if changed > 1:
        yield Variation("每种文件都有几份，各缺一项，不能拼齐", every)


def _together(leaves: list[Any], base: Facts, setting: Setting) -> Iterator[Variation]:
    """All documents from the year before, all without attachment, one event more of each type: one case for many checks."""
    old, bare, more = copied(base), copied(base), copied(base)
    day, to = str(setting.span.start - timedelta(days=200)), str(setting.span.end + timedelta(days=184))
    for name, papers in base["documents"].items():
        item = setting.catalogue.documents.get(name)
        lasting = item is None or item.valid == "until_replaced"
        old["documents"][name] = [{**papers[0], "issued": day, "valid_to": None if lasting else to}]
        bare["documents"][name] = [{**papers[0], "files": []}]
    if len(base["documents"]) > 1:
        yield Variation("各份文件都是往年印发、仍然有效", old)
        yield Variation("各份文件都没有附件", bare)
    events = [one for one in leaves if getattr(one, "events", None)]
    for one in events:
        if getattr(one, "every", None):
            days = [day for slot in windows(one, setting) for day in days_in(slot, needed(one, setting) + 1)]
        else:
            days = spread(
                setting.span, max([int(limit.value) for limit in limits_of(one, setting)] or [1]) + 1
            )
        more["events"][one.events] = days
        if one.events in more["none"]:
            more["none"].remove(one.events)
    if len(events) > 1:
        yield Variation("每种活动都比要求多一次", more)


def _each_of(criterion: Criterion, base: Facts, setting: Setting) -> Iterator[Variation]:
    """Deductions for each occurrence: one, two, and as many as reach the cap and pass it."""
    for line in criterion.deduct or ():
        for use in line.own_uses():
            lose = line.lose.value if isinstance(line.lose, Exact) else Fraction(1)
            cap = line.cap.value if line.cap is not None else criterion.points.value
            most = ceil_div(cap / lose, 1) if lose else 1
            for several in dict.fromkeys((1, 2, max(1, most - 1), most, most + 1)):
                words = f"{label_of(use.id, setting)} {several} 次"
                if use.kind == "counts":
                    yield Variation(words, with_item(base, "counts", use.id, several))
                elif use.kind == "events":
                    yield Variation(words, with_item(base, "events", use.id, spread(setting.span, several)))


def _earned_of(criterion: Criterion, base: Facts, setting: Setting) -> Iterator[Variation]:
    """Points for each occurrence: none, one, as many as reach the cap, and one less and more; of one line alone."""
    lines = [(line, use) for line in criterion.earn or () for use in line.own_uses()]
    if not lines:
        return
    held = _occurring(base, {}, criterion, setting)
    yield Variation("一次也没有，其他做到", held)
    bare = failing(criterion, held)
    yield Variation("一次也没有", bare)
    for line, use in lines:
        most = ceil_div(line.most(criterion.points.value) / line.points.value, 1)
        for several in dict.fromkeys((1, most - 1, most, most + 1)):
            if several > 0:
                label = label_of(use.id, setting)
                words = f"{label}为 {several}" if use.kind == "counts" else f"{label} {several} 次"
                facts = _occurring(bare, {use.id: several}, criterion, setting)
                yield Variation(f"{words}，其他没有" if len(criterion.earn or ()) > 1 else words, facts)


def _occurring(base: Facts, several: dict[str, int], criterion: Criterion, setting: Setting) -> Facts:
    """``base`` in which what the lines of ``earn`` count occurs as often as ``several`` says, else not at all."""
    facts = copied(base)
    for line in criterion.earn or ():
        for use in line.own_uses():
            facts[use.kind].pop(use.id, None)
            facts["none"] = [one for one in facts["none"] if one != use.id]
            occur(use.kind, use.id, several.get(use.id, 0), facts, setting)
    return facts


def _steps_of(criterion: Criterion, base: Facts, setting: Setting) -> Iterator[Variation]:
    """Deductions by steps: one step from the line, one and a half, two."""
    for line in criterion.deduct or ():
        check: Any = next(
            (
                getattr(line, name)
                for name in type(line).model_fields
                if name.startswith("each_") and getattr(line, name)
            ),
            None,
        )
        limits = limits_of(check, setting) if check is not None else []
        if line.step is None or not limits:
            continue
        less = getattr(check, "at_least", None) is not None
        for steps, words in ((Fraction(1), "一档"), (Fraction(3, 2), "一档半"), (Fraction(2), "两档")):
            value = limits[0].value + (-steps if less else steps) * line.step.value
            if value < 0:
                continue
            name = getattr(check, "numerator", None) or getattr(check, "count", None)
            if name is None:
                continue
            facts = copied(base)
            size = value.denominator * ceil_div(100, value.denominator)
            if getattr(check, "denominator", None):
                facts["counts"][check.denominator] = size
                value *= size
            facts["counts"][name] = number(value, name, setting)
            yield Variation(f"{label_of(name, setting)}{'低' if less else '高'}{words}", facts)


def _members(criterion: Criterion, base: Facts) -> Iterator[Variation]:
    """Groups of which only some members hold."""
    yield Variation("各项都没有", failing(criterion, base))
    for _, model in models(criterion):
        members = [member for _, member in model.members()] if hasattr(model, "members") else []
        if len(members) < 2:
            continue
        for n in range(len(members)):
            facts = copied(base)
            for m, member in enumerate(members):
                if m != n:
                    fail(member, facts, members[n])
            yield Variation(f"{len(members)} 项中只有第 {n + 1} 项做到", facts)
        for n in range(1, len(members)):
            facts = copied(base)
            for member in members[n:]:
                fail(member, facts, None)
            yield Variation(f"{len(members)} 项做到前 {n} 项", facts)


def _units(criterion: Criterion, base: Facts, setting: Setting) -> Iterator[Variation]:
    """Units of which none, one, or all hold; and one of which stands on each boundary."""
    for _, model in models(criterion):
        kind = getattr(model, "each", None)
        if not isinstance(kind, str) or kind not in base["units"]:
            continue
        inner: Any = model.check  # type: ignore[attr-defined]  # goes with each
        first = base["units"][kind][0]
        for bad in (1, 2):
            facts = copied(base)
            for unit in facts["units"][kind][:bad]:
                seen = _as_facts(unit)
                fail(inner, seen, None)
                _into(unit, seen)
            yield Variation(f"{len(facts['units'][kind])} 个单元中 {bad} 个没有做到", facts)
        for vary in (of_ratio, of_count, of_statement):
            for one in vary(inner, _as_facts(first), setting, criterion):
                facts = copied(base)
                _into(facts["units"][kind][0], one.facts)
                yield Variation(f"一个单元{one.words}", facts)
        yield Variation("没有这种单元", {**copied(base), "units": {}, "none": [*base["none"], kind]})


def _as_facts(unit: dict[str, Any]) -> Facts:
    said = {name: {"value": value, "files": ["photo.jpg"]} for name, value in unit["statements"].items()}
    return {**nothing(), "counts": dict(unit["counts"]), "statements": said}


def _into(unit: dict[str, Any], facts: Facts) -> None:
    unit["counts"] = facts["counts"]
    unit["statements"] = {name: one["value"] for name, one in facts["statements"].items()}
