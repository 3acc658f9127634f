"""``document``: whether a document of a type is there, in force or issued in time, attached and complete."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import Context
from evaluator.entries import Document
from evaluator.facts import Facts
from evaluator.finding import NONE, UNDECIDED, Finding, Requirement, Shortfall, met
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
        parts = frozenset(self.contains)
        lack = _inspection(
            context.span,
            state,
            deadline,
            item.valid if item else "until_replaced",
            self.attachment is not None,
            parts,
        )
        details_of = _details(deadline, parts)
        failing = _open_until(of, required, state, deadline)

        def judge(facts: Facts) -> Finding:
            papers = facts.documents.get(name)
            if not papers:
                if name not in facts.complete:
                    return absent(facts)
                return failing(facts, NONE_SAID if name not in facts.rejected else NONE_ACCEPTED, (), ())
            least, best = NONE_FOUND, papers[0]
            for paper in papers:
                found = lack(paper, facts)
                if found is GOOD:
                    return met("document", of, required, None, (paper.id,))
                if found.rank < least.rank:
                    least, best = found, paper
            if least.waits:
                return Finding(
                    "document",
                    of,
                    UNDECIDED,
                    least.reason,
                    required,
                    evidence=(best.id,),
                    waits="person",
                )
            return failing(facts, least, (best.id,), details_of(least, best))

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


class Lack(NamedTuple):
    """What a document lacks: the lower the rank, the nearer it is; ``waits`` where only a person can tell."""

    rank: int
    reason: str
    waits: bool = False


GOOD = Lack(0, "met")
UNDATED = Lack(5, "undated", waits=True)
NO_TERM = Lack(5, "no_term", waits=True)
NOT_ATTACHED = Lack(10, "not_attached")
PARTS_MISSING = Lack(20, "parts_missing")
OF_ANOTHER_YEAR = Lack(40, "of_another_year")
EXPIRED = Lack(50, "expired")
LATE = Lack(60, "late")
OUTSIDE_PERIOD = Lack(70, "outside_period")
AFTER_AS_OF = Lack(90, "after_as_of")
NONE_FOUND = Lack(99, "none_found")
NONE_SAID = Lack(99, "none_said")
NONE_ACCEPTED = Lack(99, "none_accepted")


def _inspection(  # noqa: C901
    span: Span, state: str, deadline: date | None, valid: str, attached: bool, parts: frozenset[str]
) -> Callable[[Document, Facts], Lack]:
    start, end = span
    in_force, issued_in, yearly, dated = (
        state == "in_force",
        state == "issued",
        valid == "year",
        valid == "dated",
    )

    # One list of questions: a call for each would cost more than the answers.
    def inspect(paper: Document, facts: Facts) -> Lack:
        issued, lack = paper.issued, GOOD
        if issued is None:
            lack = UNDATED
        elif issued > facts.as_of:
            return AFTER_AS_OF
        if in_force:
            until = paper.valid_to
            if until is not None:
                if until < facts.as_of:
                    return EXPIRED
            elif dated:
                lack = NO_TERM
            elif yearly and issued is not None and not start <= issued <= end:
                return OF_ANOTHER_YEAR
        elif issued_in and issued is not None and not start <= issued <= end:
            return OUTSIDE_PERIOD
        if deadline is not None and issued is not None and issued > deadline:
            return LATE
        if parts and not parts.issubset(paper.contains):
            return PARTS_MISSING
        if attached and not facts.attached(paper):
            return NOT_ATTACHED
        return lack

    return inspect


def _details(deadline: date | None, parts: frozenset[str]) -> Callable[[Lack, Document], tuple[str, ...]]:
    def details(lack: Lack, paper: Document) -> tuple[str, ...]:
        if lack is PARTS_MISSING:
            return tuple(sorted(parts.difference(paper.contains)))
        if lack is EXPIRED:
            return (str(paper.valid_to),)
        if lack is OF_ANOTHER_YEAR or lack is OUTSIDE_PERIOD:
            return (str(paper.issued),)
        return (str(paper.issued), str(deadline)) if lack is LATE else ()

    return details


def _open_until(
    of: tuple[str, ...], required: Requirement, state: str, deadline: date | None
) -> Callable[[Facts, Lack, tuple[str, ...], tuple[str, ...]], Finding]:
    name = of[0]

    def fail(facts: Facts, lack: Lack, evidence: tuple[str, ...], details: tuple[str, ...]) -> Finding:
        last = deadline or (facts.span.end if state == "issued" else None)
        to_come = last is not None and last > facts.as_of
        # What a document did not say by its deadline it can no longer say: only the attachment can still be added.
        mendable = last is None or to_come or lack is NOT_ATTACHED
        reason = lack.reason
        if lack is PARTS_MISSING:
            short = Shortfall(reason, len(details), name, mendable, details)
        else:
            code = reason if lack is NOT_ATTACHED else "document"
            short = Shortfall(code, 1, name, mendable, (str(last) if last else "",))
        if to_come:
            return Finding(
                "document",
                of,
                UNDECIDED,
                reason,
                required,
                None,
                short,
                evidence,
                waits="time",
                details=details,
            )
        return Finding("document", of, NONE, reason, required, None, short, evidence, details=details)

    return fail
