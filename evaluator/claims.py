"""What a submission claims that a reader should look at twice, seen from the submission alone. Pure; changes no verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TypeVar

from evaluator.catalogue import Catalogue
from evaluator.entries import Document
from evaluator.errors import Words
from evaluator.exact import Number, decimal
from evaluator.observation import Observation
from evaluator.submission import Submission
from evaluator.windows import Span

K = TypeVar("K")
V = TypeVar("V")

# A count that more than doubles or falls below half of the previous period's, by at least this much, jumps.
JUMP = 2
LEAST_JUMP = 10


def claims(
    submission: Submission, catalogue: Catalogue, as_of: date, supported: Collection[str] = ()
) -> tuple[Observation, ...]:
    """Every finding over ``submission`` as it stood on ``as_of``.

    ``supported`` are the ids of statements whose lack of support is reported otherwise.
    """
    span = submission.period.span
    return (
        *_dates(submission, span, as_of),
        *_papers(submission, span, catalogue, as_of),
        *_days(submission),
        *_shared(submission),
        *_bare(submission, catalogue, supported),
        *_jumps(submission, catalogue),
    )


def _dates(submission: Submission, span: Span, as_of: date) -> Iterator[Observation]:
    late = [one.id for one in submission.events if one.date > as_of]
    late += [one.id for one in submission.documents if one.issued is not None and one.issued > as_of]
    if late:
        words = Words("日期晚于数据截止日，不计入", "dated after the data date: not counted")
        yield Observation("after_as_of", tuple(late), words)
    first, last = span
    outside = [one.id for one in submission.events if not first <= one.date <= last and one.date <= as_of]
    if outside:
        words = Words("活动日期不在评估期内，不计入", "events outside the period: not counted")
        yield Observation("outside_period", tuple(outside), words)


def _papers(submission: Submission, span: Span, catalogue: Catalogue, as_of: date) -> Iterator[Observation]:
    papers = submission.documents
    reversed_ = [one.id for one in papers if one.valid_to and one.issued and one.valid_to < one.issued]
    if reversed_:
        words = Words("文件有效期早于印发日期", "a document expires before it was issued")
        yield Observation("reversed_validity", tuple(reversed_), words)
    first, last = span
    # Most are issued in the period, and good until something else is said: they need no closer look.
    others = [one for one in papers if one.valid_to or one.issued is None or not first <= one.issued <= last]
    outside = tuple(
        [one.id for one in others if one.id not in reversed_ and _is_outside(one, span, catalogue, as_of)]
    )
    if outside:
        words = Words("文件不属于本评估期", "documents of another period")
        yield Observation("document_outside_period", outside, words)


def _is_outside(paper: Document, span: Span, catalogue: Catalogue, as_of: date) -> bool:
    """Issued after the period, expired before it, or good for a year that is not this period's.

    Older rules that are still in force belong to the period; what is dated after ``as_of`` is reported already.
    """
    issued, valid_to = paper.issued, paper.valid_to
    if valid_to is not None:
        return valid_to < span.start or (issued is not None and span.end < issued <= as_of)
    if issued is None or issued > as_of:
        return False
    if issued > span.end:
        return True
    item = catalogue.documents.get(paper.type) if issued < span.start else None
    return item is not None and item.valid == "year"


def _days(submission: Submission) -> Iterator[Observation]:
    events = submission.events
    for (_, day), group in _alike([(one.type, one.date) for one in events], events):
        titles: dict[str | None, list[str]] = {}
        for one in group:
            titles.setdefault(one.title, []).append(one.id)
        for ids in titles.values():
            if len(ids) > 1:
                words = Words("同类型、同日期、同标题的活动重复填报", "the same event stands more than once")
                yield Observation("repeated_event", tuple(ids), words)
        if len(titles) > 1:
            words = Words(
                f"同一天（{day}）填报了几次同类活动",
                f"several events of one type on {day}",
            )
            yield Observation("same_day", tuple([one.id for one in group]), words)
    dated = [one for one in submission.documents if one.issued is not None]
    for (_, issued), papers in _alike([(one.type, one.issued) for one in dated], dated):
        words = Words(
            f"同一天（{issued}）印发了几份同类文件",
            f"several documents of one type issued on {issued}",
        )
        yield Observation("same_day", tuple([one.id for one in papers]), words)


def _shared(submission: Submission) -> Iterator[Observation]:
    names = [name for one in submission.events for name in one.files]
    if len(set(names)) == len(names):
        return
    used = [(name, one.id) for one in submission.events for name in dict.fromkeys(one.files)]
    for name, ids in _alike([name for name, _ in used], [event for _, event in used]):
        words = Words("同一附件用于几次活动", "one file is used for several events")
        yield Observation("file_shared", tuple(ids), words, (name,))


def _alike(keys: Sequence[K], values: Sequence[V]) -> Iterator[tuple[K, list[V]]]:
    """The ``keys`` that stand more than once, in the order of their first, each with all of ``values`` beside it."""
    # Mostly there is none.
    if len(set(keys)) == len(keys):
        return
    groups: dict[K, list[V]] = {}
    for key, one in zip(keys, values, strict=True):
        groups.setdefault(key, []).append(one)
    yield from ((key, group) for key, group in groups.items() if len(group) > 1)


def _bare(submission: Submission, catalogue: Catalogue, supported: Collection[str]) -> Iterator[Observation]:
    bare = tuple(
        [
            one.id
            for one in submission.statements
            if one.value
            and not one.files
            and one.id not in supported
            and not (one.note and _is_telephone(one.type, catalogue))
        ]
    )
    if bare:
        words = Words("申报为“是”，没有附件可供核对", "a yes without a file that could be checked")
        yield Observation("statement_without_files", bare, words)


def _is_telephone(name: str, catalogue: Catalogue) -> bool:
    """Whether it is a hotline's: its published number, in the one field meant for it, is its support."""
    item = catalogue.statements.get(name)
    return item is not None and item.public_telephone


def _jumps(submission: Submission, catalogue: Catalogue) -> Iterator[Observation]:
    counts = submission.counts
    jumped = [
        (name, before, counts[name])
        for name, before in submission.previous.counts.items()
        if name in counts and _jumps_from(before, counts[name])
    ]
    if jumped:
        jumped.sort()
        labels = {name: catalogue.label(name) for name, _, _ in jumped}
        zh = "；".join(f"{labels[name].zh} {decimal(old)} → {decimal(new)}" for name, old, new in jumped)
        en = "; ".join(f"{labels[name].en} {decimal(old)} → {decimal(new)}" for name, old, new in jumped)
        words = Words(
            f"与上期相比超过两倍或不足一半：{zh}",
            f"more than doubled or halved since the period before: {en}",
        )
        yield Observation("count_jump", tuple([name for name, _, _ in jumped]), words)


def _jumps_from(before: Number, now: Number) -> bool:
    apart: Number = max(now - before, before - now)
    return apart >= LEAST_JUMP and (now > before * JUMP or now * JUMP < before)
