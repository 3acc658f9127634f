"""``lateness``: how long after its due day a document came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal, Self

from pydantic import model_validator

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.checks.document import Deadline, deadline_in
from evaluator.crediting import Context, CreditAt, Thresholds, credit_at, interval
from evaluator.entries import Document
from evaluator.exact import ceil_div
from evaluator.facts import Facts
from evaluator.finding import FULL, NONE, UNDECIDED, Finding, Interval, Measure, Requirement, Shortfall
from evaluator.model import Identifier, Use, refusal
from evaluator.windows import month_number

Per = Literal["day", "week", "month"]


class Lateness(Thresholds, BaseCheck):
    """Days (begun weeks, begun months) from ``due`` to the first such document of the period; 0 where it is not late.

    Without a document the lateness still grows while the period lasts; once the period is over nothing was delivered, and no
    threshold holds.
    """

    kind: Literal["lateness"]
    documents: Identifier
    due: Deadline
    per: Per = "day"

    @model_validator(mode="after")
    def _later_is_worse(self) -> Self:
        if any(exact.percent for _, exact in self.stated()):
            raise refusal(
                "percent_of_number",
                "迟多久不能与百分比比较",
                "lateness is not compared with a percentage",
                mend_zh="去掉 %",
                mend_en="drop the %",
            )
        if self.credit is not None or any(name not in ("at_most", "below") for name, _ in self._compared()):
            raise refusal(
                "later_is_worse",
                "迟得越久越差：用 at_most、below，或由大到小的 scale",
                "later is worse: write at_most, below, or a scale that falls",
            )
        if self.scale is not None and self.scale.to.value > self.scale.from_.value:
            raise refusal(
                "later_is_worse",
                "scale 的 from（得 0 分）要大于 to（得满分）",
                "from, which earns nothing, lies above to",
            )
        return self

    def _compared(self) -> Iterator[tuple[str, object]]:
        yield from self.stated()
        for step in self.steps or ():
            yield from step.stated()

    def uses(self) -> Iterator[Use]:
        """The type of documents."""
        yield Use("documents", self.documents, ("documents",))

    def compile(self, context: Context) -> Judge:
        """Judge how late the first document of the period is."""
        name, of = self.documents, (self.documents,)
        due = deadline_in(self.due, context.span)
        required = self.requirement(context, "lateness")._replace(details=(str(due or self.due), self.per))
        absent = missing("lateness", of, required)
        if due is None:
            unjudged = Finding(
                "lateness", of, UNDECIDED, "no_such_day", required, waits="person", details=(self.due,)
            )
            return lambda _facts: unjudged
        late, credit = _lateness(due, self.per), credit_at(required)

        def judge(facts: Facts) -> Finding:
            papers = facts.documents.get(name)
            if papers is None:
                if name not in facts.complete:
                    return absent(facts)
                papers = ()
            first = next((one for one in papers if _counts(one, facts)), None)
            if first is None:
                if any(one.issued is None for one in papers):
                    ids = tuple(one.id for one in papers if one.issued is None)
                    return Finding(
                        "lateness", of, UNDECIDED, "undated", required, None, None, ids, waits="person"
                    )
                return _not_yet(of, required, facts, credit, late, due)
            assert first.issued is not None
            number = late(first.issued)
            measured = Measure(number, 1, ((name, number),))
            earned = credit(number, 1)
            if earned == 1:
                return Finding("lateness", of, FULL, "met", required, measured, None, (first.id,))
            short = Shortfall("late", number, name, False, (str(due), self.per))
            details = (str(first.issued), str(due))
            return Finding(
                "lateness",
                of,
                interval(earned),
                "late",
                required,
                measured,
                short,
                (first.id,),
                details=details,
            )

        return judge


def _counts(paper: Document, facts: Facts) -> bool:
    return paper.issued is not None and paper.issued in facts.span and paper.issued <= facts.as_of


def _lateness(due: date, per: Per) -> Callable[[date], int]:
    if per == "month":
        return lambda day: (
            max(0, month_number(day) - month_number(due) + (day.day > due.day)) if day > due else 0
        )
    length = 7 if per == "week" else 1
    return lambda day: ceil_div(max(0, (day - due).days), length)


def _not_yet(
    of: tuple[str, ...],
    required: Requirement,
    facts: Facts,
    credit: CreditAt,
    late: Callable[[date], int],
    due: date,
) -> Finding:
    short = Shortfall("document", 1, of[0], not facts.over, (str(due) if facts.as_of < due else "",))
    reason = "none_accepted" if of[0] in facts.rejected else "none_found"
    if facts.over:
        return Finding("lateness", of, NONE, reason, required, None, short)
    # The best that can still come is a document of tomorrow.
    best = credit(late(facts.as_of + timedelta(days=1)), 1)
    if not best:
        return Finding("lateness", of, NONE, reason, required, None, short._replace(possible=False))
    return Finding("lateness", of, Interval(0, best), reason, required, None, short, waits="time")
