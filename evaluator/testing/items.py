"""Facts in which one item is a little otherwise: a number, a date, a content, an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from evaluator.crediting import COMPARISONS
from evaluator.exact import Exact, ceil_div
from evaluator.model import at_date
from evaluator.ruleset import Criterion
from evaluator.testing.failing import failing
from evaluator.testing.good import (
    Facts,
    Setting,
    copied,
    days_in,
    deadline,
    needed,
    number,
    spread,
    windows,
)
from evaluator.testing.neighbours import shifted


class Variation(NamedTuple):
    """Facts, and what is peculiar about them in Chinese, as the name of a case says it."""

    words: str
    facts: Facts


def limits_of(check: Any, setting: Setting) -> list[Exact]:
    """The numbers that ``check`` compares with."""
    found = []
    for stated in (check, *(getattr(check, "steps", None) or ())):
        found += [
            at_date(getattr(stated, name), setting.span.end)
            for name in COMPARISONS
            if getattr(stated, name, None) is not None
        ]
    scale = getattr(check, "scale", None)
    return found + ([] if scale is None else [scale.from_, scale.to])


def label_of(name: str, setting: Setting) -> str:
    """The label of an item in Chinese."""
    return setting.catalogue.label(name).zh


def with_item(base: Facts, kind: str, name: str, value: Any) -> Facts:
    """``base`` with ``value`` for one item, of which there is something then."""
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


def of_ratio(check: Any, base: Facts, setting: Setting, criterion: Criterion) -> Iterator[Variation]:
    """A share on each limit, a little below and above it; nothing to share; a small sample."""
    if not getattr(check, "numerator", None):
        return
    top, bottom = check.numerator, check.denominator
    label = label_of(top, setting)

    def pair(words: str, n: Any, d: Any) -> Variation:
        return Variation(words, with_item(with_item(base, "counts", top, n), "counts", bottom, d))

    for limit in limits_of(check, setting):
        step = abs(shifted(limit)[0].value - limit.value)
        size = max(ceil_div(2, step) if step < 1 else 20, limit.value.denominator)
        size = limit.value.denominator * ceil_div(size, limit.value.denominator)
        on = limit.value * size
        yield pair(f"{label}恰为 {limit}", number(on, top, setting), size)
        if on >= 1:
            yield pair(f"{label}略低于 {limit}", number(on - 1, top, setting), size)
        yield pair(f"{label}略高于 {limit}", number(on + 1, top, setting), size)
        yield pair(f"{label}只有 {limit} 的一半", number(on / 2, top, setting), size)
    yield pair(f"{label_of(bottom, setting)}为 0", 0, 0)
    bare = with_item(with_item(failing(criterion, base), "counts", top, 0), "counts", bottom, 0)
    yield Variation(f"{label_of(bottom, setting)}为 0，其他也没有做到", bare)
    sample = getattr(check, "minimum_sample", None)
    for n, words in ((-1, "比最小样本少一个"), (0, "恰为最小样本"), (1, "比最小样本多一个")):
        if sample is not None and sample.value + n > 0:
            size = int(sample.value) + n
            yield pair(f"{label_of(bottom, setting)}{words}", size, size)


def of_count(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    """A count on each limit, one below and above it."""
    if not getattr(check, "count", None) or getattr(check, "direction", None):
        return
    name, label = check.count, label_of(check.count, setting)
    for limit in limits_of(check, setting):
        step = Fraction(1) if setting.whole(name) else abs(shifted(limit)[0].value - limit.value)
        for value in (limit.value, limit.value - step, limit.value + step, limit.value / 2):
            if value >= 0:
                written = number(value, name, setting)
                yield Variation(f"{label}为 {written}", with_item(base, "counts", name, written))


def of_events(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    """Events: none, not submitted, one fewer and more than wanted, before the period."""
    name = getattr(check, "events", None)
    if not name:
        return
    label = label_of(name, setting)
    yield Variation(f"{label}说明没有办过", without(base, name))
    yield Variation(f"{label}未提交", without(base, name, said=False))
    if getattr(check, "every", None):
        return
    last = deadline(check, setting.span)
    if last is not None:
        beyond = [int(limit.value) + n for limit in limits_of(check, setting) for n in (-1, 0, 1)]
        for late in sorted({-1, 0, 1, *beyond}):
            words = "当天" if late == 0 else f"{'以后' if late > 0 else '以前'} {abs(late)} 天"
            yield Variation(
                f"{label}在期限{words}", with_item(base, "events", name, [str(last + timedelta(late))])
            )
        return
    for limit in limits_of(check, setting):
        for several in dict.fromkeys((int(limit.value) + 1, int(limit.value), int(limit.value) - 1, 1)):
            if several > 0:
                yield Variation(
                    f"{label}共 {several} 次", with_item(base, "events", name, spread(setting.span, several))
                )
    early = str(setting.span.start - timedelta(days=1))
    yield Variation(f"{label}只在评估期以前办过", with_item(base, "events", name, [early]))


def of_cadence(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    """Events in each window, one fewer in one of them, all in one, one more in each."""
    if not getattr(check, "every", None):
        return
    name, label = check.events, label_of(check.events, setting)
    grid, wanted = windows(check, setting), needed(check, setting)
    held = [list(days_in(slot, wanted)) for slot in grid]

    def case(words: str, days: list[list[str]]) -> Variation:
        facts = [day for one in days for day in one]
        return Variation(
            f"{label}{words}", with_item(base, "events", name, facts) if facts else without(base, name)
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


def of_document(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    """A document: none, not submitted, late, from the year before, expired, bare, incomplete."""
    name = getattr(check, "documents", None)
    if not name:
        return
    label = f"《{label_of(name, setting)}》"
    yield Variation(f"说明没有{label}", without(base, name))
    yield Variation(f"{label}未提交", without(base, name, said=False))
    papers = base["documents"].get(name)
    if not papers:
        return
    span, last = setting.span, deadline(check, setting.span)

    def paper(words: str, **values: Any) -> Variation:
        return Variation(f"{label}{words}", with_item(base, "documents", name, [{**papers[0], **values}]))

    before, after = span.start - timedelta(days=200), span.end + timedelta(days=184)
    if last is not None:
        yield paper("恰在期限当天印发", issued=str(last))
        yield paper("比期限早一天印发", issued=str(last - timedelta(days=1)))
        yield paper("比期限晚一天印发", issued=str(last + timedelta(days=1)))
    yield paper("往年印发、仍然有效", issued=str(before), valid_to=None)
    yield paper("往年印发、写明有效期到次年", issued=str(before), valid_to=str(after))
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
        for limit in limits_of(check, setting):
            for several in (int(limit.value) + 1, int(limit.value), int(limit.value) - 1):
                if several > 0:
                    dated = [{**papers[0], "issued": day} for day in spread(span, several)]
                    yield Variation(f"{label}共印发 {several} 份", with_item(base, "documents", name, dated))


def of_statement(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    """A no."""
    name = getattr(check, "statement", None)
    if name:
        facts = with_item(base, "statements", name, {"value": False, "files": ["photo.jpg"]})
        yield Variation(f"“{label_of(name, setting)}”答否", facts)


def of_rating(check: Any, base: Facts, _setting: Setting, criterion: Criterion) -> Iterator[Variation]:
    """Each level, and none."""
    for one in getattr(check, "levels", None) or ():
        yield Variation(f"评为 {one.level} 档", with_item(base, "ratings", criterion.id, one.level))
    if getattr(check, "levels", None):
        facts = copied(base)
        facts["ratings"].pop(criterion.id, None)
        yield Variation("没有评档", facts)


def of_change(check: Any, base: Facts, setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    """A count around the bound, against 100 before."""
    if not getattr(check, "direction", None):
        return
    name, label = check.count, label_of(check.count, setting)
    step = (
        100 * check.by.value
        if check.by is not None and check.by.percent
        else check.by.value
        if check.by
        else Fraction(0)
    )
    bounds = {ceil_div(100 + sign * step + n, 1) for sign in (-1, 1) for n in (-1, 0, 1)}
    for now in sorted(bounds):
        facts = with_item(base, "counts", name, now)
        facts["previous"]["counts"][name] = 100
        yield Variation(f"{label}由 100 变为 {now}", facts)


def of_subject(check: Any, base: Facts, _setting: Setting, _criterion: Criterion) -> Iterator[Variation]:
    """Each attribute that is asked for, and another."""
    if getattr(check, "attribute", None):
        for value in (*check.in_, "otherwise"):
            yield Variation(f"单位属性为 {value}", with_item(base, "attributes", check.attribute, value))


Vary = Callable[[Any, Facts, Setting, Criterion], Iterator[Variation]]
ITEMS: tuple[Vary, ...] = (
    of_ratio,
    of_count,
    of_events,
    of_cadence,
    of_document,
    of_statement,
    of_rating,
    of_change,
    of_subject,
)
