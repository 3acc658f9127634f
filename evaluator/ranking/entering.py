"""What stood after the last review → one subject's figures, as texts that lose nothing, and what each criterion came to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from evaluator.algorithms import Algorithm
from evaluator.catalogue import Catalogue
from evaluator.digests import digest_as_read
from evaluator.evaluate import Judgement, Verdict
from evaluator.exact import total
from evaluator.finding import Outcome, Shortfall, leaves
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
    """What a criterion came to: points earned, and how much is missing of the item ``of``, in what way (``entry.Tally``).

    Exact numbers are text. Where several items are short, it is the first; None where the machine states no amount.
    """

    outcome: Outcome
    earned_floor: str
    earned_ceiling: str
    short: str | None
    of: str | None
    short_by: str | None


class Entering:
    """Makes the rows of submissions under one ruleset.

    What criteria come to is numbered, alike alike, so that a table holds each once; ``listed`` is each at its number.
    """

    def __init__(self, ruleset: Ruleset, catalogue: Catalogue, algorithm: Algorithm = "sha256") -> None:
        self.ruleset, self.catalogue, self.algorithm = ruleset, catalogue, algorithm
        self.listed: list[State] = []
        criteria = list(ruleset.by_id().values())
        self._vetoes = [n for n, one in enumerate(criteria) if one.veto]
        self._numbers: dict[State, int] = {}
        self._satisfied: list[int | None] = [None] * len(criteria)
        self._known: dict[tuple[object, ...], int] = {}

    def row(
        self,
        submission: Submission,
        shown: Submission,
        found: Scored,
        observations: Iterable[Observation] = (),
    ) -> Row:
        """The figures of ``submission``, as a reader made it.

        ``shown`` is it with what its reviews added (``assessment.shown_by``).
        """
        stands = found.stands
        result, subject, period = stands.result, submission.subject, submission.period
        score, sections = result.score, result.sections
        seen = observed(self.ruleset, self.catalogue, shown, stands.facts, stands.judgement, observations)
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
            str(total(one.not_applicable for one in sections) if score is None else score.not_applicable),
            result.grade,
            result.accepted,
            result.vetoes,
            tuple(self._open_vetoes(stands.judgement, result)),
            tuple([one.code for one in seen]),
            tuple([str(one.applicable) for one in sections]),
            tuple([str(one.earned.floor) for one in sections]),
            tuple([str(one.earned.ceiling) for one in sections]),
            None if claimed is None else str(claimed.score.floor),
            None if claimed is None else str(claimed.score.ceiling),
            digest_as_read(submission, self.algorithm),
        )

    def _open_vetoes(self, judgement: Judgement, result: Result) -> Iterator[str]:
        for n in self._vetoes:
            verdict = judgement.verdicts[n]
            name = verdict.criterion.id
            if verdict.outcome not in _NOT_SHORT and name not in result.vetoes:
                yield name

    def numbers(self, judgement: Judgement) -> list[int]:
        """The number of what each criterion came to, in the ruleset's order."""
        found = []
        for n, verdict in enumerate(judgement.verdicts):
            # Most are, and then there is nothing else to tell.
            number = self._satisfied[n] if verdict.outcome == "satisfied" else self._number(n, verdict)
            if number is None:
                number = self._satisfied[n] = self._listed(verdict, None)
            found.append(number)
        return found

    def _number(self, n: int, verdict: Verdict) -> int:
        credit, short = verdict.credit, None
        ends: tuple[int, ...] = ()
        if credit is not None:
            short = _shortfall(verdict)
            floor, ceiling = credit
            # A fraction takes ten times as long to be looked up as its parts.
            ends = floor.numerator, floor.denominator, ceiling.numerator, ceiling.denominator
        key = n, verdict.outcome, ends, short
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = self._listed(verdict, short)
        return number

    def _listed(self, verdict: Verdict, short: Shortfall | None) -> int:
        points = earned(verdict, self.ruleset.scoring)
        told = (None, None, None) if short is None else (str(short.amount), short.of, _short_by(short))
        state = State(verdict.outcome, str(points.floor), str(points.ceiling), *told)
        if state not in self._numbers:
            self._numbers[state] = len(self.listed)
            self.listed.append(state)
        return self._numbers[state]


_NOT_SHORT = frozenset({"satisfied", "not_applicable"})


def _short_by(short: Shortfall) -> str:
    # How late something is counts in days, weeks or months.
    return f"late_{short.details[1]}" if short.code == "late" else short.code


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
