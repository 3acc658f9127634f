"""Faults of a chain of reviews together: who follows whom, and that no stage has two opinions. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from evaluator.errors import Fault, Words
from evaluator.facts import STAGES
from evaluator.review import Provenance, Review, is_named
from evaluator.reviewing.claims import corrected_yet_rejected
from evaluator.reviewing.faults import repeated, subjects_of
from evaluator.reviewing.words import STAGES as STAGE_WORDS


def chain_faults(reviews: Sequence[Review]) -> Iterator[tuple[int, Fault]]:
    """Every fault of ``reviews`` together, each with the position of the review that it stands in."""
    for n, one in enumerate(reviews):
        if one.settles:
            what = Words(
                "这是第三人对分歧的裁定，不能单独使用",
                "this settles the differences of two others: it does not stand alone",
            )
            yield n, Fault("settles_others", ("settles",), what, _RECONCILE)
        for m, other in enumerate(reviews[:n]):
            if other.stage == one.stage:
                yield from ((n, fault) for fault in _same_stage(one, other))
            else:
                yield from ((n if later else m, fault) for later, fault in _order(one, other))
        earlier = [other for other in reviews if _rank(other) < _rank(one)]
        for m, followed in enumerate(one.follows):
            if not any(is_named(other, followed) for other in earlier):
                what = Words(
                    "这份复核是在另一份前一阶段的复核之上作出的，命令里没有给出那一份",
                    "this review was made over an earlier review that is not among those given",
                )
                mend = Words(
                    "用 --review 一并给出前一阶段的复核", "give that earlier review too, with --review"
                )
                yield n, Fault("follows_another", ("follows", m), what, mend)


_RECONCILE = Words(
    "先用 duibiao review reconcile 合并成一份", "make one of them with duibiao review reconcile first"
)


def _rank(review: Review) -> int:
    return STAGES.index(review.stage)


def _same_stage(one: Review, other: Review) -> Iterator[Fault]:
    stage = STAGE_WORDS[one.stage]
    if {who.number for who in one.reviewers()} != {who.number for who in other.reviewers()}:
        what = Words(
            f"{stage.zh}有两份不同人员的复核（背对背）",
            f"two reviews of the {stage.en} by different reviewers",
        )
        yield Fault("back_to_back", ("stage",), what, _RECONCILE)
        return
    seen = {key: name for name, _, entry in other.entries() for key, _ in subjects_of(name, entry)}
    for name, n, entry in one.entries():
        for key, shown in subjects_of(name, entry):
            if key in seen:
                yield repeated(name, n, shown, seen[key] == name)
    gone = {entry.id for entry in other.rejected_evidence}
    corrected = {entry.thing.id for entry in other.corrections if entry.thing.kind in _BY_ID}
    for n, correction in enumerate(one.corrections):
        if correction.thing.kind in _BY_ID and not correction.thing.unit and correction.thing.id in gone:
            yield corrected_yet_rejected(correction.thing.id, ("corrections", n))
    for n, rejection in enumerate(one.rejected_evidence):
        if rejection.id in corrected:
            yield corrected_yet_rejected(rejection.id, ("rejected_evidence", n))


# What a correction calls by the same id as a rejection.
_BY_ID = ("count", "event", "document")


def _order(one: Review, other: Review) -> Iterator[tuple[bool, Fault]]:
    """The fault of a stage that ended before the one before it; true where it is ``one``'s."""
    later = _rank(one) > _rank(other)
    last, first = (one, other) if later else (other, one)
    ends = [max(days, default=None) for days in (_days(last), _days(first))]
    if ends[0] is not None and ends[1] is not None and ends[0] < ends[1]:
        zh, en = (STAGE_WORDS[review.stage] for review in (last, first))
        what = Words(
            f"{zh.zh}止于 {ends[0]}，早于{en.zh}的 {ends[1]}",
            f"the {zh.en} ends on {ends[0]}, before the {en.en} on {ends[1]}",
        )
        yield (
            later,
            Fault("stages_out_of_order", ("stage",), what, Words("核对日期和阶段", "check days and stages")),
        )


def _days(review: Review) -> list[date]:
    return [day for _, _, entry in review.entries() if (day := Provenance(review, entry).day) is not None]
