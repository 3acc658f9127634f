"""Two inspectors who reviewed apart (背对背): on what they differ beyond a gap, and one review of what both stand behind. Pure.

Facts (corrected values, rejected evidence) have to agree: any difference is for a third. Opinions (levels, decisions) may differ
by the gap, in levels or points; within it the lower of the two stands, for that much both of them grant. A veto allows no gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import Words
from evaluator.evaluate import Verdict, program
from evaluator.exact import Exact, plain
from evaluator.review import Merged, OfSubmission, Provenance, Review, Reviewer, in_order, review_digest
from evaluator.review_entries import LevelGiven, Thing
from evaluator.reviewing.claims import claimed
from evaluator.reviewing.standing import reviewed_facts, rulings, standings
from evaluator.reviewing.words import OUTCOMES, said
from evaluator.ruleset import Criterion, Ruleset, Scoring
from evaluator.score import earned
from evaluator.submission import Submission

EVIDENCE = ("rejected_evidence", "accepted_evidence")
_NOT_CORRECTED = Words("未更正", "not corrected")
_NOT_REJECTED, _REJECTED = Words("采信", "accepted"), Words("不采信", "rejected")


class Case(NamedTuple):
    """What both reviewed: one submission under one ruleset on one day, after the same earlier reviews."""

    ruleset: Ruleset
    catalogue: Catalogue
    submission: Submission
    as_of: date
    earlier: tuple[Review, ...] = ()

    def verdicts(self, review: Review) -> dict[str, Verdict]:
        """Every criterion's verdict after ``review``."""
        standing = standings((*self.earlier, review))[-1]
        facts = reviewed_facts(self.submission, standing, self.as_of, {})
        judge = program(self.ruleset, self.catalogue, self.submission.period.span).judge
        found = judge(facts, rulings(self.ruleset, standing))
        return {one.criterion.id: one for one in found.verdicts}


class Difference(NamedTuple):
    """One thing for a third, a correction's, evidence or a criterion, and what each of the two says of it."""

    thing: Thing | None
    evidence: str
    criterion: str
    first: Words
    second: Words

    @property
    def about(self) -> str:
        """What it is about, as identifiers."""
        if self.thing is None:
            return self.evidence or self.criterion
        return ".".join(part for part in (self.thing.unit, self.thing.id, self.thing.field) if part)


def by_digest(first: Review, second: Review) -> tuple[Review, Review]:
    """The two in an order that does not depend on how they were named."""
    one, other = sorted((in_order(first), in_order(second)), key=review_digest)
    return one, other


def differences(case: Case, first: Review, second: Review, gap: Exact) -> tuple[Difference, ...]:
    """Everything on which the two differ beyond ``gap``: facts first, then criteria in the order of the ruleset."""
    first, second = by_digest(first, second)
    return (*_facts(case, first, second), *_opinions(case, first, second, gap))


def _facts(case: Case, first: Review, second: Review) -> Iterator[Difference]:
    mine, yours = ({one.thing: one for one in review.corrections} for review in (first, second))
    for thing in sorted({*mine, *yours}):
        claim = claimed(thing, case.submission)
        values = [side[thing].verified if thing in side else claim for side in (mine, yours)]
        if _alike(values[0]) != _alike(values[1]):
            words = [
                _with_reason(
                    said(side[thing], side[thing].verified, case.catalogue, case.submission), side[thing]
                )
                if thing in side
                else _NOT_CORRECTED
                for side in (mine, yours)
            ]
            yield Difference(thing, "", "", *words)
    for name, yes, no in ((EVIDENCE[0], _REJECTED, _NOT_REJECTED), (EVIDENCE[1], _NOT_REJECTED, _REJECTED)):
        listed = [{one.id: one for one in getattr(review, name)} for review in (first, second)]
        for evidence in sorted(listed[0].keys() ^ listed[1].keys()):
            words = [_with_reason(yes, side[evidence]) if evidence in side else no for side in listed]
            yield Difference(None, evidence, "", *words)


def _alike(value: Any) -> Any:
    return frozenset(value) if isinstance(value, tuple) else value


def _with_reason(words: Words, entry: Any) -> Words:
    return Words(f"{words.zh}（{entry.reason}）", f"{words.en} ({entry.reason})")


def _opinions(case: Case, first: Review, second: Review, gap: Exact) -> Iterator[Difference]:
    mine, yours = case.verdicts(first), case.verdicts(second)
    scoring = case.ruleset.scoring
    for name, criterion in case.ruleset.by_id().items():
        opinions = opinion(first, name), opinion(second, name)
        if opinions == (None, None):
            continue
        if _beyond(criterion, opinions, (mine[name], yours[name]), scoring, gap):
            words = (
                _opinion_words(one, verdict, scoring)
                for one, verdict in zip(opinions, (mine[name], yours[name]), strict=True)
            )
            yield Difference(None, "", name, *words)


def opinion(review: Review, criterion: str) -> tuple[str, Any] | None:
    """The level or decision that ``review`` gives ``criterion``, with the list in which it stands."""
    for listed in ("ratings", "decisions"):
        for one in getattr(review, listed):
            if one.criterion == criterion:
                return listed, one
    return None


def _beyond(
    criterion: Criterion,
    opinions: Iterable[tuple[str, Any] | None],
    verdicts: tuple[Verdict, Verdict],
    scoring: Scoring,
    gap: Exact,
) -> bool:
    one, other = verdicts
    if criterion.veto and one.outcome != other.outcome:
        return True
    if (one.credit is None) != (other.credit is None) or bool(one.waits) != bool(other.waits):
        return True
    levels = [found[1].level for found in opinions if found is not None and isinstance(found[1], LevelGiven)]
    if len(levels) == 2 and abs(levels[0] - levels[1]) > gap.value:
        return True
    mine, yours = earned(one, scoring), earned(other, scoring)
    return any(
        abs(Fraction(end) - other_end) > gap.value
        for end, other_end in ((mine.floor, yours.floor), (mine.ceiling, yours.ceiling))
    )


def _opinion_words(found: tuple[str, Any] | None, verdict: Verdict, scoring: Scoring) -> Words:
    outcome, points = OUTCOMES[verdict.outcome], plain(earned(verdict, scoring).floor)
    shown = Words(f"{outcome.zh}，{points} 分", f"{outcome.en}, {points}")
    if found is None:
        return Words(f"同意系统判定：{shown.zh}", f"as the machine says: {shown.en}")
    entry = found[1]
    if isinstance(entry, LevelGiven):
        shown = Words(f"第 {entry.level} 档，{points} 分", f"level {entry.level}, {points}")
    return _with_reason(shown, entry)


def merged(case: Case, first: Review, second: Review, gap: Exact, third: Review | None = None) -> Review:
    """One review of what both stand behind; what they differ on beyond ``gap`` is as the ``third`` settles it."""
    first, second = by_digest(first, second)
    open_ = differences(case, first, second, gap)
    return in_order(
        first.model_copy(
            update={
                "submission": OfSubmission(
                    id=first.submission.id, digest=first.submission.digest or second.submission.digest
                ),
                "also": _everyone(first, second, third),
                "date": None,
                "method": None,
                "merged": Merged(
                    of=(review_digest(first), review_digest(second)),
                    gap=gap,
                    third=None if third is None else review_digest(third),
                ),
                **_merged_facts(first, second, third, open_),
                **_merged_opinions(case, first, second, third, open_),
            }
        )
    )


def _everyone(first: Review, second: Review, third: Review | None) -> tuple[Reviewer, ...]:
    others = (*first.also, *second.reviewers(), *(third.reviewers() if third is not None else ()))
    by_number = {one.number: one for one in reversed(others) if one.number != first.reviewer.number}
    return tuple(by_number.values())


def _own(review: Review, entry: Any) -> Any:
    """``entry`` with everything that its review says for it: who, how, when."""
    one: Provenance[Any] = Provenance(review, entry)
    return entry.model_copy(
        update={"by": entry.by or review.reviewer.number, "method": one.method, "date": one.day}
    )


def _merged_facts(
    first: Review, second: Review, third: Review | None, open_: Iterable[Difference]
) -> Mapping[str, tuple[Any, ...]]:
    things = {one.thing for one in open_ if one.thing is not None}
    evidence = {one.evidence for one in open_ if one.evidence}
    found: dict[str, tuple[Any, ...]] = {}
    for name, key, left_open in (
        ("corrections", "thing", things),
        (EVIDENCE[0], "id", evidence),
        (EVIDENCE[1], "id", evidence),
        ("confirmations", "criterion", set[str]()),
    ):
        agreed: dict[Any, Any] = {}
        for review in (second, first):
            for entry in getattr(review, name):
                if getattr(entry, key) not in left_open:
                    agreed[getattr(entry, key)] = _own(review, entry)
        settled = () if third is None else getattr(third, name)
        found[name] = (*agreed.values(), *(_own(third, one) for one in settled if third is not None))
    # To accept what nobody had rejected before says nothing.
    known = {one.id for review in (first, second) for one in review.accepted_evidence}
    found[EVIDENCE[1]] = tuple(one for one in found[EVIDENCE[1]] if one.id in known)
    return found


def _merged_opinions(
    case: Case, first: Review, second: Review, third: Review | None, open_: Iterable[Difference]
) -> Mapping[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {"ratings": [], "decisions": []}
    left_open = {one.criterion for one in open_}
    mine, yours = case.verdicts(first), case.verdicts(second)
    for name in case.ruleset.by_id():
        if name in left_open:
            continue
        ours, theirs = (earned(side[name], case.ruleset.scoring) for side in (mine, yours))
        less = (ours.floor, ours.ceiling) < (theirs.floor, theirs.ceiling)
        lower = first if less or (ours == theirs and opinion(first, name)) else second
        said_ = opinion(lower, name)
        if said_ is not None:
            found[said_[0]].append(_own(lower, said_[1]))
    for listed in found if third is not None else ():
        assert third is not None
        found[listed].extend(_own(third, one) for one in getattr(third, listed))
    return {name: tuple(entries) for name, entries in found.items()}
