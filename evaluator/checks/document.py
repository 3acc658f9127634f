"""``document``: whether a document of a type is there, in force or issued in time, attached and complete."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import Context
from evaluator.facts import Facts, Paper
from evaluator.finding import FULL, NONE, UNDECIDED, Finding, Requirement, Shortfall
from evaluator.model import Identifier, Tuple, Use, in_the_calendar, refusal
from evaluator.persons import echo
from evaluator.windows import Span

_DAY = re.compile(r"(\d{4}-)?\d{2}-\d{2}")
# As people write days: 3月31日, 2013年8月31日前.
_LOOSE_DAY = re.compile(r"(?:(\d{4})年)?(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])[日号](?:前|以前|之前)?")


def _deadline_text(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value if len(value) == 10 else f"2000-{value}")
        except ValueError:
            pass
        else:
            in_the_calendar(day)
            return value
    shown = echo(value)
    mend_zh = '写成 "2013-08-31"，或每年的 "08-31"'
    mend_en = 'write "2013-08-31", or "08-31" for that day of the period'
    loose = _LOOSE_DAY.fullmatch(shown.strip())
    if loose is not None:
        meant = f"{loose[1] + '-' if loose[1] else ''}{int(loose[2]):02}-{int(loose[3]):02}"
        mend_zh, mend_en = f'写成 "{meant}"', f'write "{meant}"'
    raise refusal(
        "bad_deadline",
        f"“{shown}”不是期限",
        f"{shown!r} is no deadline",
        mend_zh=mend_zh,
        mend_en=mend_en,
    )


Deadline = Annotated[
    str,
    BeforeValidator(
        _deadline_text, json_schema_input_type=Annotated[str, Field(pattern=r"^(\d{4}-)?\d{2}-\d{2}$")]
    ),
]


class DocumentCheck(BaseCheck):
    """A document that is in force on the data date, or issued in the period or by a deadline.

    ``contains`` names parts that the catalogue declares for this type. Without ``state`` and ``issued_by`` it must be in force.
    """

    kind: Literal["document"]
    documents: Identifier
    state: Literal["in_force", "issued"] | None = None
    issued_by: Deadline | None = None
    attachment: Literal["required"] | None = None
    contains: Tuple[Identifier] = ()

    @model_validator(mode="after")
    def _distinct_parts(self) -> Self:
        if len(set(self.contains)) != len(self.contains):
            raise refusal("repeated_part", "contains 中有重复的内容", "a part stands twice in contains")
        return self

    def uses(self) -> Iterator[Use]:
        """The type of documents."""
        yield Use("documents", self.documents, ("documents",))

    def compile(self, context: Context) -> Judge:
        """Judge the documents of the type; the best of them counts."""
        name, of = self.documents, (self.documents,)
        deadline = None if self.issued_by is None else deadline_in(self.issued_by, context.span)
        state = self.state or ("" if self.issued_by else "in_force")
        details = (
            state,
            str(deadline) if deadline else self.issued_by or "",
            self.attachment or "",
            *(f"{name}.{part}" for part in self.contains),
        )
        required = Requirement("document", details=details)
        absent = missing("document", of, required)
        if self.issued_by is not None and deadline is None:
            unjudged = Finding(
                "document", of, UNDECIDED, "no_such_day", required, waits="person", details=(self.issued_by,)
            )
            return lambda _facts: unjudged
        item = context.catalogue.documents.get(name)
        inspect = _inspection(
            state,
            deadline,
            item.valid if item else "until_replaced",
            self.attachment is not None,
            frozenset(self.contains),
        )
        not_submitted = _open_until(of, required, state, deadline)

        def judge(facts: Facts) -> Finding:
            papers = facts.documents.get(name)
            if papers is None:
                if name not in facts.complete:
                    return absent(facts)
                seen = NONE_SAID if name not in facts.rejected else NONE_ACCEPTED
                return not_submitted(facts, seen, ())
            best = WORST
            for paper in papers:
                seen = inspect(paper, facts)
                if seen.rank == 0:
                    return Finding("document", of, FULL, "met", required, None, None, (paper.id,))
                best = min(best, seen, key=_rank)
            if best.waits:
                return Finding(
                    "document",
                    of,
                    UNDECIDED,
                    best.reason,
                    required,
                    None,
                    None,
                    (best.id,),
                    waits="person",
                    details=best.details,
                )
            return not_submitted(facts, best, (best.id,))

        return judge


def deadline_in(text: str, span: Span) -> date | None:
    """The day that a deadline means in ``span``: a full date itself, a month and day the one that ``span`` holds (None: none)."""
    if len(text) == 10:
        return date.fromisoformat(text)
    for year in range(span.start.year, span.end.year + 1):
        try:
            day = date.fromisoformat(f"{year}-{text}")
        except ValueError:
            continue
        if day in span:
            return day
    return None


class Seen(NamedTuple):
    """What one document lacks: the lower the rank, the nearer it is; rank 0 lacks nothing."""

    rank: int
    reason: str
    id: str = ""
    details: tuple[str, ...] = ()
    waits: bool = False


def _rank(seen: Seen) -> int:
    return seen.rank


WORST = Seen(99, "none_found")
NONE_SAID = Seen(99, "none_said")
NONE_ACCEPTED = Seen(99, "none_accepted")
_GOOD = Seen(0, "met")


def _inspection(
    state: str, deadline: date | None, valid: str, attached: bool, parts: frozenset[str]
) -> Callable[[Paper, Facts], Seen]:
    def inspect(paper: Paper, facts: Facts) -> Seen:
        issued = paper.issued
        if issued is not None and issued > facts.as_of:
            return Seen(90, "after_as_of", paper.id)
        timely = (
            _in_force(paper, facts, valid)
            if state == "in_force"
            else _issued(paper, facts)
            if state
            else None
        )
        if timely is not None and not timely.waits:
            return timely
        if deadline is not None and issued is not None and issued > deadline:
            return Seen(60, "late", paper.id, (str(issued), str(deadline)))
        lacking = parts - paper.contains
        if lacking:
            return Seen(20, "parts_missing", paper.id, tuple(sorted(lacking)))
        if attached and not paper.attached:
            return Seen(10, "not_attached", paper.id)
        if timely is not None:
            return timely
        if deadline is not None and issued is None:
            return Seen(5, "undated", paper.id, waits=True)
        return _GOOD

    return inspect


def _in_force(paper: Paper, facts: Facts, valid: str) -> Seen | None:
    if paper.valid_to is not None:
        if paper.valid_to < facts.as_of:
            return Seen(50, "expired", paper.id, (str(paper.valid_to),))
    elif valid == "dated":
        return Seen(5, "no_term", paper.id, waits=True)
    elif valid == "year" and paper.issued is not None and paper.issued not in facts.span:
        return Seen(40, "of_another_year", paper.id, (str(paper.issued),))
    if paper.issued is None:
        return Seen(5, "undated", paper.id, waits=True)
    return None


def _issued(paper: Paper, facts: Facts) -> Seen | None:
    if paper.issued is None:
        return Seen(5, "undated", paper.id, waits=True)
    if paper.issued not in facts.span:
        return Seen(70, "outside_period", paper.id, (str(paper.issued),))
    return None


def _open_until(
    of: tuple[str, ...], required: Requirement, state: str, deadline: date | None
) -> Callable[[Facts, Seen, tuple[str, ...]], Finding]:
    name = of[0]

    def fail(facts: Facts, seen: Seen, evidence: tuple[str, ...]) -> Finding:
        last = deadline or (facts.span.end if state == "issued" else None)
        to_come = last is not None and last > facts.as_of
        # What a document did not say by its deadline it can no longer say: only the attachment can still be added.
        mendable = last is None or to_come or seen.reason == "not_attached"
        code = seen.reason if seen.reason in ("not_attached", "parts_missing") else "document"
        details = seen.details if code == "parts_missing" else (str(last) if last else "",)
        short = Shortfall(
            code, max(1, len(seen.details)) if code == "parts_missing" else 1, name, mendable, details
        )
        if to_come:
            return Finding(
                "document",
                of,
                UNDECIDED,
                seen.reason,
                required,
                None,
                short,
                evidence,
                waits="time",
                details=seen.details,
            )
        return Finding(
            "document", of, NONE, seen.reason, required, None, short, evidence, details=seen.details
        )

    return fail
