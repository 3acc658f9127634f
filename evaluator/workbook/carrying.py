"""Last year's submission → what a new form holds already. Pure.

Carried over: the subject, its figures as those of the period before, and documents that are still in force. Not carried over:
events, annual documents, statements (they are confirmed anew), ratings and everything else.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from evaluator.catalogue import Catalogue
from evaluator.entries import Document
from evaluator.submission import Evidence, Previous, Submission
from evaluator.windows import Span, month_number, whole_months
from evaluator.workbook.making import Filled


def carried(last: Submission, catalogue: Catalogue, span: Span | None = None) -> Filled:
    """What a form for ``span`` (by default the period after that of ``last``) holds already."""
    span = span or following(last.period.span)
    subject = last.subject
    papers = tuple(one for one in last.documents if _still_in_force(one, catalogue, span))
    return Filled(
        subject.kind,
        subject.id,
        subject.name,
        subject.region,
        subject.attributes,
        span.start,
        span.end,
        evidence=Evidence(documents=papers, previous=Previous(counts=last.counts)),
    )


def following(span: Span) -> Span:
    """The period after ``span``, as long as it in months; where it is not whole months long, the same days a year on."""
    months = whole_months(span)
    if months is None:
        return Span(_later(span.start, 12), _later(span.end, 12))
    start = span.end + timedelta(days=1)
    return Span(start, _later(start, months) - timedelta(days=1))


def _later(day: date, months: int) -> date:
    number = month_number(day) + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _still_in_force(paper: Document, catalogue: Catalogue, span: Span) -> bool:
    item = catalogue.documents.get(paper.type)
    if item is None or item.valid == "year":
        return False
    if paper.valid_to is None:
        return item.valid == "until_replaced"
    return paper.valid_to >= span.start
