"""Counts that can still be raised or lowered to what is required, or that only have to be reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from evaluator.exact import Number, ceil_div
from evaluator.finding import Finding
from evaluator.planning.change import Change
from evaluator.planning.options import Option, gaps, worth_choosing
from evaluator.planning.thresholds import ascending, descending
from evaluator.planning.world import Leaf, World, leaves_of

Assumed = Mapping[str, Number]
_JUST = Fraction(1, 100)


def unreported_wholes(world: World) -> dict[str, Number]:
    """A value for each count that something is to be divided by and that is not reported: the least that contradicts nothing.

    What is required of a share cannot be put in numbers before the whole is known, so that any plan with it is conditional.
    """
    found: dict[str, Number] = {}
    for name, element in world.elements():
        for leaf in leaves_of(name, element):
            finding = leaf.finding
            if finding.kind == "ratio" and not leaf.unit and finding.of[1] not in world.facts.counts:
                top, bottom = finding.of
                found[bottom] = max(found.get(bottom, 1), _least(top, bottom, finding, world))
    for bottom in list(found):
        found[bottom] = max(found[bottom], _sample(bottom, found, world))
    return found


def _least(top: str, bottom: str, finding: Finding, world: World) -> Number:
    counts = world.facts.counts
    values: list[Number] = [counts[one] for one, item in world.catalogue.counts.items()
                            if bottom in item.at_most and one in counts]  # fmt: skip
    limits = finding.required.limits if finding.required is not None else ()
    for name, limit in limits:
        if name in ("at_most", "below") and limit.value and top in counts:
            share = Fraction(counts[top]) / limit.value
            values.append(ceil_div(share.numerator, share.denominator) + (name == "below"))
    return max(values, default=1)


def _sample(bottom: str, found: Assumed, world: World) -> Number:
    changes = [Change("counts", name, (value,)) for name, value in found.items()]
    samples = [
        Fraction(leaf.finding.details[0])
        for leaf in world.leaves(bottom, changes).values()
        if leaf.finding.reason == "small_sample" and leaf.finding.of[1] == bottom
    ]
    return max((ceil_div(one.numerator, one.denominator) for one in samples), default=1)


def count_options(name: str, world: World, assumed: Assumed) -> tuple[Option, ...]:
    """The ways to bring the count ``name`` to what is required; a whole that was never reported only has to be."""
    if not world.open:
        return ()
    if name in assumed:
        value = assumed[name]
        change = Change("counts", name, (value,))
        return (Option("report", change, world.last, 1, value, value, assumed=True),)
    beside = tuple(Change("counts", whole, (value,)) for whole, value in assumed.items())
    leaves = gaps(world.leaves(name, beside).values())
    values = sorted({value for leaf in leaves for value in _values(leaf, name, world, assumed)})
    options = [_option(name, value, world, assumed) for value in values]
    return worth_choosing(options, name, world, beside)


def _option(name: str, value: Number, world: World, assumed: Assumed) -> Option:
    now, change = world.facts.counts.get(name), Change("counts", name, (value,))
    if now is None:
        return Option("report", change, world.last, 1, value, value, assumed=True)
    conditional = any(
        leaf.finding.kind == "ratio" and leaf.finding.of[1] in assumed for leaf in world.leaves(name).values()
    )
    code, amount = ("raise", value - now) if value > now else ("lower", now - value)
    return Option(code, change, world.last, 1, amount, value, assumed=conditional)  # type: ignore[arg-type]


def _values(leaf: Leaf, name: str, world: World, assumed: Assumed) -> Iterator[Number]:
    """The values of ``name`` that would help ``leaf``, within what parts and wholes allow."""
    finding, now = leaf.finding, world.facts.counts.get(name)
    required = finding.required
    item = world.catalogue.counts.get(name)
    whole = item is None or item.whole_number
    if required is None or finding.of[0] != name:
        return
    if required.code == "change":
        yield from _by_change(finding, now, whole)
        return
    if required.code == "each":
        # What occurred cannot be undone; what is not reported may be none.
        if now is None:
            yield 0
        return
    denominator: Number = 1
    if finding.kind == "ratio":
        bottom = finding.of[1]
        denominator = world.facts.counts[bottom] if bottom in world.facts.counts else assumed[bottom]
        if not denominator:
            # Of nothing there is no share: the part only has to be reported as none.
            if now is None:
                yield 0
            return
    wholes = [
        value
        for one in (item.at_most if item else ())
        if (value := world.facts.counts.get(one, assumed.get(one))) is not None
    ]
    for value in ascending(required, denominator, whole=whole):
        within = min([value, *wholes])
        if now is None or within > now:
            yield within
    undoable = leaf.criterion is None or leaf.criterion.nature != "prohibition"
    least = _least_that_may_be(name, world)
    for value in descending(required, denominator, whole=whole):
        if now is None or (undoable and least is not None and least <= value < now):
            yield min([value, *wholes])


def _by_change(finding: Finding, now: Number | None, whole: bool) -> Iterator[Number]:
    short = finding.shortfall
    if now is None or short is None:
        return
    amount = short.amount + (0 if whole or "beyond" not in short.details else _JUST)
    value = now + amount if short.code == "more" else now - amount
    if value >= 0:
        yield value


def _least_that_may_be(name: str, world: World) -> Number | None:
    """What a count may be lowered to; None where a part of it is to rise instead."""
    parts = [one for one, item in world.catalogue.counts.items() if name in item.at_most]
    if any(gaps(world.leaves(part).values()) for part in parts):
        return None
    return max((world.facts.counts[part] for part in parts if part in world.facts.counts), default=0)
