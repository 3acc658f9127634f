"""What rulesets ask for, item by item: which criteria an item serves, what they say of it, and how many rows that takes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil
from typing import NamedTuple

from evaluator.catalogue import Catalogue, Kind
from evaluator.checks import Check
from evaluator.checks.cadence import Cadence
from evaluator.checks.document import DocumentCheck
from evaluator.checks.group import Group
from evaluator.checks.quantity import Quantity
from evaluator.checks.rating import Rating
from evaluator.checks.subject import SubjectCheck
from evaluator.crediting import Context, Thresholds
from evaluator.deductions import Deduction
from evaluator.earnings import Earning
from evaluator.errors import Words
from evaluator.facts import no_facts
from evaluator.model import Use, at_date
from evaluator.ruleset import Ruleset
from evaluator.windows import Span, slots
from evaluator.wording import Wording

# One type of events takes no more preset rows than this; there are blank ones below.
_MOST_ROWS = 24
Key = tuple[str, str]


class Serving(NamedTuple):
    """One criterion that an item serves: its ruleset's title, its clause and title, and what it asks of the item.

    ``rows`` is how many rows that takes, ``parts`` the contents of a document that it asks for.
    """

    ruleset: str
    standard: str
    criterion: str
    clause: str
    asks: str = ""
    rows: int = 1
    parts: tuple[str, ...] = ()


class Asked(NamedTuple):
    """What all rulesets together ask for.

    ``items`` are by kind and id in the order of first use; ``units`` are the fields (by kind and id) that each kind of unit is
    asked for; ``attributes`` are the values that conditions know of an attribute of the subject; ``rated`` are the criteria that
    an inspector rates.
    """

    items: dict[Key, list[Serving]]
    units: dict[str, dict[Key, list[Serving]]]
    attributes: dict[str, tuple[str, ...]]
    rated: frozenset[str]


def asked(rulesets: Iterable[tuple[Ruleset, Catalogue]], span: Span) -> Asked:
    """What ``rulesets``, each with its catalogue, ask for in a period such as ``span``."""
    found = Asked({}, {}, {}, frozenset())
    rated: set[str] = set()
    for ruleset, catalogue in rulesets:
        reader = _Reader(ruleset, catalogue, span, found, rated)
        for _, _, criterion in ruleset.criteria():
            context = reader.plain._replace(points=criterion.points.value, criterion=criterion.id)
            clause = (
                f"{criterion.clause}{f'（{criterion.item}）' if criterion.item else ''} {criterion.title.zh}"
            )
            for _, check in criterion.checks():
                reader.read(check, context, criterion.id, clause)
            reader.counted(criterion.deduct or (), criterion.id, clause, "每有一项扣分")
            reader.counted(criterion.earn or (), criterion.id, clause, "每有一项得分")
        for _, _, line in ruleset.taken():
            for _, check in line.checks():
                reader.read(check, reader.plain, "", f"扣分：{line.title.zh}")
            reader.counted((line,), "", f"扣分：{line.title.zh}", "每有一项扣分")
    return found._replace(rated=frozenset(rated))


def only_states(kind: str, rulesets: Iterable[Ruleset]) -> bool:
    """Whether a subject of ``kind`` is judged by none of ``rulesets``: a street that states for its communities what it did."""
    return kind == "street" and not any("street" in one.subject for one in rulesets)


def asked_of_a_street(found: Asked, catalogue: Catalogue) -> Asked:
    """What of ``found``, asked of communities, their street can state once for all: what the communities do not hold or issue."""
    items = {key: served for key, served in found.items.items() if _is_of_a_street(catalogue, *key)}
    return Asked(items, {}, {}, frozenset())


def _is_of_a_street(catalogue: Catalogue, kind: str, name: str) -> bool:
    item = catalogue.items(kind)[name]
    holder = getattr(item, "held_by", getattr(item, "issued_by", "community"))
    return holder != "community" or "street" in getattr(item, "subjects", ())


class _Reader:
    def __init__(
        self, ruleset: Ruleset, catalogue: Catalogue, span: Span, found: Asked, rated: set[str]
    ) -> None:
        self.ruleset, self.found, self.rated = ruleset, found, rated
        day = span.end if ruleset.scoring.transition == "period_end" else span.start
        self.plain = Context(span, day, catalogue)
        self.nothing = no_facts(span)
        titles = {name: Words(one.title.zh, one.title.en) for name, one in ruleset.by_id().items()}
        self.wording = Wording(catalogue, titles)

    def read(
        self, check: Check, context: Context, criterion: str, clause: str, unit: str | None = None
    ) -> None:
        """Note every item that ``check`` reads; inside ``unit`` they are its fields."""
        if isinstance(check, Group):
            if check.each is not None:
                self.found.units.setdefault(check.each, {})
                self._serve(self.found.items, Use("units", check.each, ()), criterion, clause)
            for _, member in check.members():
                self.read(member, context._replace(points=None), criterion, clause, check.each or unit)
            return
        if isinstance(check, SubjectCheck):
            known = self.found.attributes.get(check.attribute, ())
            self.found.attributes[check.attribute] = tuple(dict.fromkeys((*known, *check.in_)))
            return
        if isinstance(check, Rating):
            self.rated.add(criterion)
        where = self.found.items if unit is None else self.found.units[unit]
        for use in check.uses():
            parts = check.contains if isinstance(check, DocumentCheck) else ()
            rows = _rows(check, context)
            self._serve(where, use, criterion, clause, self._words(check, context, use.id), rows, parts)

    def counted(self, lines: Iterable[Deduction | Earning], criterion: str, clause: str, asks: str) -> None:
        """Note what the lines themselves count."""
        for line in lines:
            for use in line.own_uses():
                self._serve(self.found.items, use, criterion, clause, asks)

    def _words(self, check: Check, context: Context, item: str) -> str:
        if isinstance(check, DocumentCheck):
            # The contents have a column of their own.
            check = check.model_copy(update={"contains": ()})
        words = self.wording.required(check.compile(context)(self.nothing))
        return "" if words is None else words.zh.removeprefix(self.wording.label(item).zh).lstrip("：，")

    def _serve(
        self,
        where: dict[Key, list[Serving]],
        use: Use,
        criterion: str,
        clause: str,
        asks: str = "",
        rows: int = 1,
        parts: tuple[str, ...] = (),
    ) -> None:
        kind: Kind = "counts" if use.kind == "previous" else use.kind
        one = Serving(self.ruleset.ruleset, self.ruleset.title.zh, criterion, clause, asks, rows, parts)
        served = where.setdefault((kind, use.id), [])
        if one not in served:
            served.append(one)


def _rows(check: Check, context: Context) -> int:
    if isinstance(check, Cadence):
        windows = slots(context.span, check.every, check.months, check.starts)
        return min(_MOST_ROWS, max(1, len(windows)) * int(at_date(check.at_least, context.day).value))
    if isinstance(check, Quantity) and check.count is None:
        return min(_MOST_ROWS, max((ceil(one) for one in _wanted(check, context)), default=1))
    return 1


def _wanted(check: Thresholds, context: Context) -> Iterator[float]:
    # What is wanted at most once needs no row for each time.
    for name, limit in check.limits(context.day):
        if name in ("at_least", "above", "equals"):
            yield max(1, float(limit.value) + (name == "above"))
    for step in check.steps or ():
        for name, limit in step.limits(context.day):
            if name in ("at_least", "above", "equals"):
                yield max(1, float(limit.value) + (name == "above"))
    if check.scale is not None:
        yield max(1, float(check.scale.from_.value), float(check.scale.to.value))
