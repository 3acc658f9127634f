"""Facts a little otherwise: each way in which evidence for a criterion can fall short, stand on a boundary, or beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from evaluator.crediting import COMPARISONS
from evaluator.exact import Exact, ceil_div
from evaluator.model import at_date
from evaluator.ruleset import Criterion
from evaluator.testing.boundaries import models
from evaluator.testing.good import (
    Facts,
    Setting,
    copied,
    days_in,
    deadline,
    needed,
    nothing,
    number,
    spread,
    windows,
)
from evaluator.testing.mutations import shifted


class Variation(NamedTuple):
    """Facts, and what is peculiar about them in Chinese, as the name of a case says it."""

    words: str
    facts: Facts


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
        for vary in (_ratio, _count, _events, _cadence, _document, _statement, _rating, _change, _subject):
            yield from vary(one, base, setting, criterion)
    yield from _each_of(criterion, base, setting)
    yield from _steps_of(criterion, base, setting)
    yield from _members(criterion, base)
    yield from _units(criterion, base, setting)
    for one in required:
        yield Variation(f"前提“{one.title.zh}”没有达标", failing(one, base))


Vary = Callable[[Any, Facts, Setting, Criterion], Iterator[Variation]]


def _limits(check: Any, setting: Setting) -> list[Exact]:
    found = []
    for stated in (check, *(getattr(check, "steps", None) or ())):
        found += [
            at_date(getattr(stated, name), setting.span.end)
            for name in COMPARISONS
            if getattr(stated, name, None) is not None
        ]
    scale = getattr(check, "scale", None)
    return found + ([] if scale is None else [scale.from_, scale.to])


def _label(name: str, setting: Setting) -> str:
    return setting.catalogue.label(name).zh


def _with(base: Facts, kind: str, name: str, value: Any) -> Facts:
    facts = copied(base)
    facts[kind][name] = value
    if name in facts["none"]:
        facts["none"].remove(name)
    return facts


def without(base: Facts, name: str, *, said: bool = True) -> Facts:
    """``base`` without events or documents of a type; ``said`` says that there are none."""
    facts = copied(base)
    facts["events"].pop(name, None)
    facts["documents"].pop(name, None)
    facts["none"] = [one for one in facts["none"] if one != name] + ([name] if said else [])
    return facts


def _ratio(check: Any, base: Facts, setting: Setting, criterion: Criterion) -> Iterator[Variation]:
    if not getattr(check, "numerator", None):
        return
    top, bottom = check.numerator, check.denominator
    label = _label(top, setting)

    def pair(words: str, n: Any, d: Any) -> Variation:
        return Variation(words, _with(_with(base, "counts", top, n), "counts", bottom, d))

    for limit in _limits(check, setting):
        step = abs(shifted(limit)[0].value - limit.value)
        size = max(ceil_div(2, step) if step < 1 else 20, limit.value.denominator)
        size = limit.value.denominator * ceil_div(size, limit.value.denominator)
        on = limit.value * size
        yield pair(f"{label}恰为 {limit}", number(on, top, setting), size)
        if on >= 1:
            yield pair(f"{label}略低于 {limit}", number(on - 1, top, setting), size)
        yield pair(f"{label}略高于 {limit}", number(on + 1, top, setting), size)
        yield pair(f"{label}只有 {limit} 的一半", number(on / 2, top, setting), size)
    yield pair(f"{_label(bottom, setting)}为 0", 0, 0)
    bare = _with(_with(failing(criterion, base), "counts", top, 0), "counts", bottom, 0)
    yield Variation(f"{_label(bottom, setting)}为 0，其他也没有做到", bare)
    sample = getattr(check, "minimum_sample", None)
    for n, words in ((-1, "比最小样本少一个"), (0, "恰为最小样本"), (1, "比最小样本多一个")):
        if sample is not None and sample.value + n > 0:
            size = int(sample.value) + n
            yield pair(f"{_label(bottom, setting)}{words}", size, size)


def _count(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    if not getattr(check, "count", None) or getattr(check, "direction", None):
        return
    name, label = check.count, _label(check.count, setting)
    for limit in _limits(check, setting):
        step = Fraction(1) if setting.whole(name) else abs(shifted(limit)[0].value - limit.value)
        for value in (limit.value, limit.value - step, limit.value + step, limit.value / 2):
            if value >= 0:
                written = number(value, name, setting)
                yield Variation(f"{label}为 {written}", _with(base, "counts", name, written))


def _events(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    name = getattr(check, "events", None)
    if not name:
        return
    label = _label(name, setting)
    yield Variation(f"{label}说明没有办过", without(base, name))
    yield Variation(f"{label}未提交", without(base, name, said=False))
    if getattr(check, "every", None):
        return
    for limit in _limits(check, setting):
        for several in dict.fromkeys((int(limit.value) + 1, int(limit.value), int(limit.value) - 1, 1)):
            if several > 0:
                yield Variation(
                    f"{label}共 {several} 次", _with(base, "events", name, spread(setting.span, several))
                )
    early = str(setting.span.start - timedelta(days=1))
    yield Variation(f"{label}只在评估期以前办过", _with(base, "events", name, [early]))


def _cadence(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    if not getattr(check, "every", None):
        return
    name, label = check.events, _label(check.events, setting)
    grid, wanted = windows(check, setting), needed(check, setting)
    held = [list(days_in(slot, wanted)) for slot in grid]

    def case(words: str, days: list[list[str]]) -> Variation:
        facts = [day for one in days for day in one]
        return Variation(
            f"{label}{words}", _with(base, "events", name, facts) if facts else without(base, name)
        )

    yield case("每个时段恰好够", held)
    for n in range(len(held)):
        yield case(f"第 {n + 1} 个时段少一次", [*held[:n], held[n][1:], *held[n + 1 :]])
    if len(held) == 1:
        yield case("多办一次", [list(days_in(grid[0], wanted + 1))])
    elif held:
        yield case("每个时段都多一次", [list(days_in(slot, wanted + 1)) for slot in grid])
        yield case(
            "都集中在第一个时段", [[*held[0], *(list(days_in(grid[0], wanted * len(grid) + 1))[wanted:])]]
        )
        yield case("都在各时段最后一天", [[str(slot.end)] * wanted for slot in grid])
    for month in getattr(check, "months", ()):
        for other in (month % 12 + 1, (month - 2) % 12 + 1):
            day = [
                f"{year}-{other:02d}-10"
                for year in range(setting.span.start.year, setting.span.end.year + 1)
                if f"{setting.span.start}" <= f"{year}-{other:02d}-10" <= f"{setting.span.end}"
            ]
            if day:
                yield case(f"办在 {other} 月", [day])


def _document(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    name = getattr(check, "documents", None)
    if not name:
        return
    label = f"《{_label(name, setting)}》"
    yield Variation(f"说明没有{label}", without(base, name))
    yield Variation(f"{label}未提交", without(base, name, said=False))
    papers = base["documents"].get(name)
    if not papers:
        return
    span, last = setting.span, deadline(check, setting.span)

    def paper(words: str, **values: Any) -> Variation:
        return Variation(f"{label}{words}", _with(base, "documents", name, [{**papers[0], **values}]))

    before, after = span.start - timedelta(days=200), span.end + timedelta(days=184)
    if last is not None:
        yield paper("恰在期限当天印发", issued=str(last))
        yield paper("比期限早一天印发", issued=str(last - timedelta(days=1)))
        yield paper("比期限晚一天印发", issued=str(last + timedelta(days=1)))
    yield paper("往年印发、仍然有效", issued=str(before), valid_to=None)
    yield paper("往年印发，有效期到次年", issued=str(before), valid_to=str(after))
    yield paper(
        "评估期内印发、期末前已失效",
        issued=str(span.start + timedelta(days=9)),
        valid_to=str(span.end - timedelta(days=1)),
    )
    yield paper("没有附件", files=[])
    yield paper("没有写印发日期", issued=None)
    for part in papers[0]["contains"]:
        item = setting.catalogue.documents.get(name)
        text = item.parts[part].zh if item is not None and part in item.parts else part
        yield paper(f"缺“{text}”一项", contains=[one for one in papers[0]["contains"] if one != part])
    if getattr(check, "kind", "") == "quantity":
        for limit in _limits(check, setting):
            for several in (int(limit.value) + 1, int(limit.value), int(limit.value) - 1):
                if several > 0:
                    dated = [{**papers[0], "issued": day} for day in spread(span, several)]
                    yield Variation(f"{label}共印发 {several} 份", _with(base, "documents", name, dated))


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
        yield Variation(f"《{_label(name, setting)}》{several}", _with(base, "documents", name, copies))
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
            days = spread(setting.span, max([int(limit.value) for limit in _limits(one, setting)] or [1]) + 1)
        more["events"][one.events] = days
        if one.events in more["none"]:
            more["none"].remove(one.events)
    if len(events) > 1:
        yield Variation("每种活动都比要求多一次", more)


def _statement(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    name = getattr(check, "statement", None)
    if name:
        facts = _with(base, "statements", name, {"value": False, "files": ["photo.jpg"]})
        yield Variation(f"“{_label(name, setting)}”答否", facts)


def _rating(check: Any, base: Facts, _setting: Setting, criterion: Criterion) -> Iterator[Variation]:
    for one in getattr(check, "levels", None) or ():
        yield Variation(f"评为 {one.level} 档", _with(base, "ratings", criterion.id, one.level))
    if getattr(check, "levels", None):
        facts = copied(base)
        facts["ratings"].pop(criterion.id, None)
        yield Variation("没有评档", facts)


def _change(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    if not getattr(check, "direction", None):
        return
    name, label = check.count, _label(check.count, setting)
    step = (
        100 * check.by.value
        if check.by is not None and check.by.percent
        else check.by.value
        if check.by
        else Fraction(0)
    )
    bounds = {ceil_div(100 + sign * step + n, 1) for sign in (-1, 1) for n in (-1, 0, 1)}
    for now in sorted(bounds):
        facts = _with(base, "counts", name, now)
        facts["previous"]["counts"][name] = 100
        yield Variation(f"{label}由 100 变为 {now}", facts)


def _subject(check: Any, base: Facts, _setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    if getattr(check, "attribute", None):
        for value in (*check.in_, "otherwise"):
            yield Variation(f"单位属性为 {value}", _with(base, "attributes", check.attribute, value))


def _each_of(criterion: Criterion, base: Facts, setting: Setting) -> Iterator[Variation]:
    """Deductions for each occurrence: one, two, and as many as reach the cap and pass it."""
    for line in criterion.deduct or ():
        for use in line.own_uses():
            lose = line.lose.value if isinstance(line.lose, Exact) else Fraction(1)
            cap = line.cap.value if line.cap is not None else criterion.points.value
            most = ceil_div(cap / lose, 1)
            for several in dict.fromkeys((1, 2, max(1, most - 1), most, most + 1)):
                words = f"{_label(use.id, setting)} {several} 次"
                if use.kind == "counts":
                    yield Variation(words, _with(base, "counts", use.id, several))
                elif use.kind == "events":
                    yield Variation(words, _with(base, "events", use.id, spread(setting.span, several)))


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
        limits = _limits(check, setting) if check is not None else []
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
            yield Variation(f"{_label(name, setting)}{'低' if less else '高'}{words}", facts)


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


def failing(criterion: Criterion, base: Facts) -> Facts:
    """``base`` where nothing that ``criterion`` asks for holds; its condition stays."""
    facts = copied(base)
    for path, check in criterion.checks():
        if path[0] != "applies_when":
            fail(check, facts, None)
    return facts


def fail(check: Any, facts: Facts, keep: Any) -> None:
    """Change ``facts`` so that ``check`` fails, but not what ``keep`` reads."""
    for _, member in check.members() if hasattr(check, "members") else ():
        fail(member, facts, keep)
    kept = {use.id for use in keep.uses()} if keep is not None else set()
    name = getattr(check, "documents", None) or getattr(check, "events", None)
    if name and name in kept:
        for paper in facts["documents"].get(name, ()):
            also = set(getattr(keep, "contains", ()))
            paper["contains"] = [
                one for one in paper["contains"] if one in also or one not in getattr(check, "contains", ())
            ]
    elif name:
        facts["documents"].pop(name, None)
        facts["events"].pop(name, None)
        if name not in facts["none"]:
            facts["none"].append(name)
    if getattr(check, "statement", None) and check.statement not in kept:
        facts["statements"][check.statement] = {"value": False, "files": ["photo.jpg"]}
    count = getattr(check, "numerator", None) or getattr(check, "count", None)
    if count and count not in kept:
        most = getattr(check, "at_most", None) or getattr(check, "below", None)
        value = (
            int(max((one.value for one in [most] if isinstance(one, Exact)), default=0)) + 1 if most else 0
        )
        facts["counts"][count] = value


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
        for vary in (_ratio, _count, _statement):
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
