"""Faults of two reviews that are to be reconciled, and of the third that settles their differences. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.errors import Fault, Words
from evaluator.review import Review, is_named
from evaluator.reviewing.reconciling import EVIDENCE, Difference, opinion
from evaluator.reviewing.words import STAGES


def pair_faults(first: Review, second: Review) -> Iterator[Fault]:
    """Faults of ``second``, placed in it, that keep it from being reconciled with ``first``."""
    if second.stage != first.stage:
        what = Words(
            f"两份复核的阶段不同：{STAGES[first.stage].zh}和{STAGES[second.stage].zh}",
            f"the two are of different stages: {STAGES[first.stage].en} and {STAGES[second.stage].en}",
        )
        yield Fault("other_stage", ("stage",), what)
    numbers = {one.number for one in first.reviewers()}
    for one in second.reviewers():
        if one.number in numbers:
            what = Words(
                f"工号 {one.number} 在两份复核中都有，不是背对背",
                f"the staff number {one.number} stands in both: they are not written apart",
            )
            yield Fault("same_reviewer", ("reviewer", "number"), what)
    if second.follows != first.follows:
        what = Words(
            "两份复核不是在同一份前一阶段的复核之上作出的", "the two were made over different earlier reviews"
        )
        yield Fault("follows_another", ("follows",), what)


def third_faults(
    third: Review, first: Review, second: Review, open_: Iterable[Difference]
) -> Iterator[Fault]:
    """Faults of the third: of other reviews, or not all that is asked and nothing else."""
    if not _settles(third, first, second):
        what = Words("这份裁定针对的不是这两份复核", "this settles the differences of two other reviews")
        mend = Words(
            "用 duibiao review reconcile 按这两份复核重新生成表",
            "make its form anew with duibiao review reconcile",
        )
        yield Fault("settles_others", ("settles",), what, mend)
    if third.stage != first.stage:
        what = Words("裁定的阶段与两份复核不同", "the third is of another stage than the two")
        yield Fault("other_stage", ("stage",), what)
    numbers = {one.number for review in (first, second) for one in review.reviewers()}
    for one in third.reviewers():
        if one.number in numbers:
            what = Words(
                f"工号 {one.number} 已是两人之一，不能作第三人",
                f"{one.number} is one of the two, and no third",
            )
            yield Fault("same_reviewer", ("reviewer", "number"), what)
    yield from _unsettled(third, tuple(open_))


def _settles(third: Review, *two: Review) -> bool:
    """Whether ``third`` names the two, and no other."""
    named = [[is_named(one, digest) for one in two] for digest in third.settles]
    return all(map(any, named)) and all(any(row[n] for row in named) for n in range(len(two)))


def _unsettled(third: Review, open_: tuple[Difference, ...]) -> Iterator[Fault]:
    things = {one.thing for one in third.corrections}
    evidence = {one.id for name in EVIDENCE for one in getattr(third, name)}
    for one in open_:
        done = (
            one.thing in things
            if one.thing is not None
            else one.evidence in evidence
            if one.evidence
            else opinion(third, one.criterion) is not None
        )
        if not done:
            what = Words(
                f"{one.about} 还没有裁定：{one.first.zh}；{one.second.zh}",
                f"{one.about} is not settled: {one.first.en}; {one.second.en}",
            )
            yield Fault(
                "unsettled", (), what, Words("写明采用的值、判定或档次", "write the value, decision or level")
            )
    asked: dict[str, tuple[str, set[object]]] = {
        "corrections": ("thing", {one.thing for one in open_}),
        **{name: ("id", {one.evidence for one in open_}) for name in EVIDENCE},
        **{name: ("criterion", {one.criterion for one in open_}) for name in ("ratings", "decisions")},
    }
    for name, (key, known) in asked.items():
        for n, entry in enumerate(getattr(third, name)):
            if getattr(entry, key) not in known:
                what = Words(
                    "两人在这一项上没有超出约定的分歧", "the two do not differ on this beyond the gap"
                )
                yield Fault("not_asked", (name, n), what, Words("删去这一条", "leave it out"))
