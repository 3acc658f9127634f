"""What stood after the last review → one subject's figures, as texts that lose nothing, and what each criterion came to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.digests import submission_digest
from evaluator.evaluate import Judgement, Verdict
from evaluator.exact import Number
from evaluator.finding import Interval, Outcome, Shortfall, leaves
from evaluator.integrity import observed
from evaluator.observation import Observation
from evaluator.ranking.entry import Entry, Extent, SectionEntry
from evaluator.ruleset import Ruleset
from evaluator.score import Result, earned
from evaluator.scored import Scored
from evaluator.submission import Submission


class Row(NamedTuple):
    """An ``Entry`` as a table holds it: exact numbers as text ("165/2"), sections as lists beside each other."""

    subject: str
    name: str
    kind: str
    region: tuple[str, ...]
    period_from: str
    period_to: str
    stage: str
    as_of: str
    score_floor: str | None
    score_ceiling: str | None
    decided: str
    applicable_points: str
    not_applicable_points: str
    grade: str | None
    accepted: bool | None
    vetoes: tuple[str, ...]
    open_vetoes: tuple[str, ...]
    integrity: tuple[str, ...]
    section_applicable: tuple[str, ...]
    section_floor: tuple[str, ...]
    section_ceiling: tuple[str, ...]
    claimed_floor: str | None
    claimed_ceiling: str | None
    submission_digest: str


class State(NamedTuple):
    """What a criterion came to: points earned, and how much is missing of the item ``of``; exact numbers as text.

    Where several items are short, it is the first; None where the machine states no amount.
    """

    outcome: Outcome
    earned_floor: str
    earned_ceiling: str
    short: str | None
    of: str | None


def row_of(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    shown: Submission,
    found: Scored,
    observations: Iterable[Observation] = (),
) -> Row:
    """The figures of ``submission``; ``shown`` is it with what its reviews added (``assessment.shown_by``)."""
    stands = found.stands
    result, subject, period = stands.result, submission.subject, submission.period
    score = result.score
    seen = observed(ruleset, catalogue, shown, stands.facts, stands.judgement, observations)
    claimed = found.passed[0].result.score if found.reviewed else None
    return Row(
        subject.id,
        subject.name,
        subject.kind,
        subject.region,
        period.from_.isoformat(),
        period.to.isoformat(),
        found.stage,
        found.as_of.isoformat(),
        None if score is None else str(score.score.floor),
        None if score is None else str(score.score.ceiling),
        "1" if score is None else str(score.decided),
        "0" if score is None else str(score.applicable),
        str(score.not_applicable if score is not None else _not_applicable(result)),
        result.grade,
        result.accepted,
        result.vetoes,
        tuple(_open_vetoes(stands.judgement, result)),
        tuple(one.code for one in seen),
        tuple(str(one.applicable) for one in result.sections),
        tuple(str(one.earned.floor) for one in result.sections),
        tuple(str(one.earned.ceiling) for one in result.sections),
        None if claimed is None else str(claimed.score.floor),
        None if claimed is None else str(claimed.score.ceiling),
        submission_digest(submission),
    )


def _not_applicable(result: Result) -> Number:
    found: Number = 0
    for one in result.sections:
        found += one.not_applicable
    return found


def _open_vetoes(judgement: Judgement, result: Result) -> Iterator[str]:
    for one in judgement.verdicts:
        decided = one.outcome in _NOT_SHORT or one.criterion.id in result.vetoes
        if one.criterion.veto and not decided:
            yield one.criterion.id


class States:
    """Numbers what criteria come to: alike is numbered alike, so that a table holds each once.

    ``listed`` are those numbered so far, each at its number.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.listed: list[State] = []
        self._numbers: dict[State, int] = {}
        self._known: dict[tuple[int, Outcome, Interval | None, Shortfall | None], int] = {}

    def numbers(self, judgement: Judgement) -> list[int]:
        """The number of the state of each criterion, in the ruleset's order."""
        known, found = self._known, []
        for n, verdict in enumerate(judgement.verdicts):
            outcome = verdict.outcome
            short = None if outcome in _NOT_SHORT else _shortfall(verdict)
            key = n, outcome, verdict.credit, short
            number = known.get(key)
            if number is None:
                number = known[key] = self._number(verdict, short)
            found.append(number)
        return found

    def _number(self, verdict: Verdict, short: Shortfall | None) -> int:
        points = earned(verdict, self.ruleset.scoring)
        amount, of = (None, None) if short is None else (str(short.amount), short.of)
        state = State(verdict.outcome, str(points.floor), str(points.ceiling), amount, of)
        if state not in self._numbers:
            self._numbers[state] = len(self.listed)
            self.listed.append(state)
        return self._numbers[state]


_NOT_SHORT = frozenset({"satisfied", "not_applicable"})


def _shortfall(verdict: Verdict) -> Shortfall | None:
    """The first shortfall among the findings that decide the criterion."""
    for role, finding in verdict.findings:
        if role == "applies_when":
            continue
        if finding.shortfall is not None:
            return finding.shortfall
        for leaf in leaves(finding) if finding.members else ():
            if leaf.shortfall is not None:
                return leaf.shortfall
    return None


def entry_of(row: Row, sections: Iterable[str]) -> Entry:
    """The entry that ``row`` holds; ``sections`` are the ruleset's, in order."""
    return Entry(
        row.subject,
        row.name,
        row.kind,
        tuple(row.region),
        (row.period_from, row.period_to),
        row.stage,
        row.as_of,
        extent(row.score_floor, row.score_ceiling),
        Fraction(row.decided),
        Fraction(row.applicable_points),
        Fraction(row.not_applicable_points),
        row.grade,
        row.accepted,
        tuple(row.vetoes),
        tuple(row.open_vetoes),
        tuple(row.integrity),
        tuple(
            SectionEntry(name, Fraction(applicable), Extent(Fraction(floor), Fraction(ceiling)))
            for name, applicable, floor, ceiling in zip(
                sections, row.section_applicable, row.section_floor, row.section_ceiling, strict=True
            )
        ),
        extent(row.claimed_floor, row.claimed_ceiling),
        row.submission_digest,
    )


def extent(floor: str | None, ceiling: str | None) -> Extent | None:
    """Two exact numbers as texts; None where there are none."""
    return None if floor is None or ceiling is None else Extent(Fraction(floor), Fraction(ceiling))
