"""What a submission claims that a reader should look at twice, seen from the submission alone. Pure; changes no verdict."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import TypeVar

from evaluator.catalogue import Catalogue
from evaluator.entries import Document, Event
from evaluator.errors import Words
from evaluator.exact import Number, decimal
from evaluator.observation import Observation
from evaluator.submission import Submission

E = TypeVar("E", Event, Document)

# A count that more than doubles or falls below half of the previous period's, by at least this much, jumps.
JUMP = 2
LEAST_JUMP = 10


def claims(
    submission: Submission, catalogue: Catalogue, as_of: date, supported: Collection[str] = ()
) -> tuple[Observation, ...]:
    """Every finding over ``submission`` as it stood on ``as_of``.

    ``supported`` are the ids of statements whose lack of support is reported otherwise.
    """
    return (
        *_dates(submission, as_of),
        *_papers(submission, catalogue, as_of),
        *_days(submission),
        *_shared(submission),
        *_bare(submission, catalogue, supported),
        *_jumps(submission, catalogue),
    )


def _dates(submission: Submission, as_of: date) -> Iterator[Observation]:
    late = tuple(one.id for one in submission.events if one.date > as_of)
    late += tuple(one.id for one in submission.documents if one.issued is not None and one.issued > as_of)
    if late:
        words = Words("日期晚于数据截止日，不计入", "dated after the data date: not counted")
        yield Observation("after_as_of", late, words)
    span = submission.period.span
    outside = tuple(one.id for one in submission.events if one.date <= as_of and one.date not in span)
    if outside:
        words = Words("活动日期不在评估期内，不计入", "events outside the period: not counted")
        yield Observation("outside_period", outside, words)


def _papers(submission: Submission, catalogue: Catalogue, as_of: date) -> Iterator[Observation]:
    reversed_ = tuple(
        one.id for one in submission.documents if one.issued and one.valid_to and one.valid_to < one.issued
    )
    if reversed_:
        words = Words("文件有效期早于印发日期", "a document expires before it was issued")
        yield Observation("reversed_validity", reversed_, words)
    outside = tuple(
        one.id
        for one in submission.documents
        if one.id not in reversed_ and _is_outside(one, submission, catalogue, as_of)
    )
    if outside:
        words = Words("文件不属于本评估期", "documents of another period")
        yield Observation("document_outside_period", outside, words)


def _is_outside(paper: Document, submission: Submission, catalogue: Catalogue, as_of: date) -> bool:
    """Issued after the period, expired before it, or good for a year that is not this period's.

    Older rules that are still in force belong to the period; what is dated after ``as_of`` is reported already.
    """
    span, issued = submission.period.span, paper.issued
    if paper.valid_to is not None:
        return paper.valid_to < span.start or (issued is not None and span.end < issued <= as_of)
    if issued is None or issued > as_of:
        return False
    item = catalogue.documents.get(paper.type)
    return issued > span.end or (item is not None and item.valid == "year" and issued < span.start)


def _days(submission: Submission) -> Iterator[Observation]:
    for group in _alike(submission.events, lambda one: one.date):
        titles: dict[str | None, list[str]] = {}
        for one in group:
            titles.setdefault(one.title, []).append(one.id)
        for ids in titles.values():
            if len(ids) > 1:
                words = Words("同类型、同日期、同标题的活动重复填报", "the same event stands more than once")
                yield Observation("repeated_event", tuple(ids), words)
        if len(titles) > 1:
            words = Words(
                f"同一天（{group[0].date}）填报了几次同类活动",
                f"several events of one type on {group[0].date}",
            )
            yield Observation("same_day", tuple(one.id for one in group), words)
    for papers in _alike(submission.documents, lambda one: one.issued):
        words = Words(
            f"同一天（{papers[0].issued}）印发了几份同类文件",
            f"several documents of one type issued on {papers[0].issued}",
        )
        yield Observation("same_day", tuple(one.id for one in papers), words)


def _alike(entries: Iterable[E], day_of: Callable[[E], date | None]) -> Iterator[list[E]]:
    """The entries that share their type and day, where there are several."""
    groups: dict[tuple[str, date], list[E]] = {}
    for one in entries:
        day = day_of(one)
        if day is not None:
            groups.setdefault((one.type, day), []).append(one)
    yield from (group for group in groups.values() if len(group) > 1)


def _shared(submission: Submission) -> Iterator[Observation]:
    used: dict[str, list[str]] = {}
    for one in submission.events:
        for name in dict.fromkeys(one.files):
            used.setdefault(name, []).append(one.id)
    for name, ids in used.items():
        if len(ids) > 1:
            words = Words("同一附件用于几次活动", "one file is used for several events")
            yield Observation("file_shared", tuple(ids), words, (name,))


def _bare(submission: Submission, catalogue: Catalogue, supported: Collection[str]) -> Iterator[Observation]:
    # A hotline's published number, in the one field meant for it, is its support.
    telephones = {name for name, item in catalogue.statements.items() if item.public_telephone}
    bare = tuple(
        one.id
        for one in submission.statements
        if one.value
        and not one.files
        and one.id not in supported
        and not (one.type in telephones and one.note)
    )
    if bare:
        words = Words("申报为“是”，没有附件可供核对", "a yes without a file that could be checked")
        yield Observation("statement_without_files", bare, words)


def _jumps(submission: Submission, catalogue: Catalogue) -> Iterator[Observation]:
    before = submission.previous.counts
    jumped = [
        (name, before[name], number)
        for name, number in submission.counts.items()
        if name in before and _jumps_from(before[name], number)
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
        yield Observation("count_jump", tuple(name for name, _, _ in jumped), words)


def _jumps_from(before: Number, now: Number) -> bool:
    apart: Number = max(now - before, before - now)
    return apart >= LEAST_JUMP and (now > before * JUMP or now * JUMP < before)
