"""``quantity``: a count, or the number of events or documents in the period."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, Self

from pydantic import model_validator

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import (
    Context,
    CreditAt,
    Thresholds,
    credit_at,
    growing,
    interval,
    spread,
)
from evaluator.entries import Document
from evaluator.exact import Number
from evaluator.facts import Facts
from evaluator.finding import (
    FULL,
    Finding,
    Interval,
    Measure,
    Requirement,
    Shortfall,
    Waits,
    measure,
    met,
    short,
)
from evaluator.model import Identifier, Use, refusal
from evaluator.shortfalls import shortfall_of


class Quantity(Thresholds, BaseCheck):
    """A number: exactly one of ``count``, ``events``, ``documents``."""

    kind: Literal["quantity"]
    count: Identifier | None = None
    events: Identifier | None = None
    documents: Identifier | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(source is not None for source in (self.count, self.events, self.documents)) != 1:
            raise refusal(
                "one_quantity",
                "count、events、documents 要写且只写一个",
                "write exactly one of count, events, documents",
            )
        if any(limit.percent for _, limit in self.stated()):
            raise refusal(
                "percent_of_number",
                "数量不能与百分比比较",
                "a number is not compared with a percentage",
                mend_zh="去掉 %，或改用 ratio",
                mend_en="drop the % or use a ratio",
            )
        return self

    def uses(self) -> Iterator[Use]:
        """The one item that is counted."""
        if self.count is not None:
            yield Use("counts", self.count, ("count",))
        if self.events is not None:
            yield Use("events", self.events, ("events",))
        if self.documents is not None:
            yield Use("documents", self.documents, ("documents",))

    def compile(self, context: Context) -> Judge:
        """Judge the number."""
        required = self.requirement(context, "quantity")
        credit = credit_at(required, proportional=self.credit == "proportional")
        return number_of(self.count, self.events, self.documents, required, credit, context)


def number_of(
    count: str | None,
    events: str | None,
    documents: str | None,
    required: Requirement,
    credit: CreditAt,
    context: Context,
) -> Judge:
    """Judge the number of the one source that is given."""
    if count is not None:
        return _of_count(count, required, credit, context)
    if events is not None:
        return _of_events(events, required, credit)
    return _of_documents(str(documents), required, credit)


def _of_count(name: str, required: Requirement, credit: CreditAt, context: Context) -> Judge:
    of = (name,)
    absent = missing("quantity", of, required)
    item = context.catalogue.counts.get(name)
    shortfall = shortfall_of(required, name, whole=item is None or item.whole_number)
    undoable = not context.prohibition

    def judge(facts: Facts) -> Finding:
        number = facts.counts.get(name)
        if number is None:
            return absent(facts)
        measured = measure(number, 1, ((name, number),))
        earned = interval(credit(number, 1))
        if earned is FULL:
            return met("quantity", of, required, measured, of)
        lacking = shortfall(number, 1)
        if lacking.code == "fewer" and not undoable:
            lacking = lacking._replace(possible=False)
        return short("quantity", of, earned, required, measured, lacking, of)

    return judge


def _of_events(name: str, required: Requirement, credit: CreditAt) -> Judge:
    absent, tally = missing("quantity", (name,), required), _tally(name, required, credit)

    def judge(facts: Facts) -> Finding:
        found = facts.events.get(name)
        if found is None:
            return tally(facts, (), 0) if name in facts.complete else absent(facts)
        return tally(facts, tuple([event.id for event in found]), 0)

    return judge


def _of_documents(name: str, required: Requirement, credit: CreditAt) -> Judge:
    absent, tally = missing("quantity", (name,), required), _tally(name, required, credit)

    def judge(facts: Facts) -> Finding:
        papers = facts.documents.get(name, ())
        if not papers and name not in facts.complete:
            return absent(facts)
        dated = tuple([paper.id for paper in papers if _in_period(paper, facts)])
        undated = sum([paper.issued is None for paper in papers])
        return tally(facts, dated, undated)

    return judge


def _in_period(paper: Document, facts: Facts) -> bool:
    return paper.issued is not None and paper.issued in facts.span and paper.issued <= facts.as_of


def _tally(
    name: str, required: Requirement, credit: CreditAt
) -> Callable[[Facts, tuple[str, ...], int], Finding]:
    of, shortfall = (name,), shortfall_of(required, name, whole=True)
    # An event cannot be held, nor a document issued, in a period that is over; nor can one be undone.
    for_good = shortfall_of(required, name, whole=True, mendable=False)

    def judge(facts: Facts, ids: tuple[str, ...], undated: int) -> Finding:
        number = len(ids)
        if facts.over and not undated:
            measured = measure(number, 1, ((name, number),))
            earned = interval(credit(number, 1))
            if earned is FULL:
                return met("quantity", of, required, measured, ids)
            return short("quantity", of, earned, required, measured, for_good(number, 1), ids)
        measured = Measure(number, 1, ((name, number),), not facts.over)
        earned = _possible(number, undated, required, credit, facts)
        if earned is FULL:
            return met("quantity", of, required, measured, ids)
        lacking: Shortfall | None = None
        if credit(number, 1) != 1:
            lacking = shortfall(number, 1)
            if facts.over or lacking.code != "more":
                lacking = for_good(number, 1)
        if earned.floor < earned.ceiling:
            waits: Waits = "person" if undated else "time"
            reason = "undated_documents" if undated else "open_period"
            return Finding("quantity", of, earned, reason, required, measured, lacking, ids, waits=waits)
        return short("quantity", of, earned, required, measured, lacking, ids)

    return judge


def _possible(number: int, undated: int, required: Requirement, credit: CreditAt, facts: Facts) -> Interval:
    numbers: set[Number] = {number + more for more in range(undated + 1)}
    if not facts.over:
        numbers.update(growing(number, required))
    earned = spread(credit, numbers)
    return earned if earned.floor < earned.ceiling else interval(earned.floor)
