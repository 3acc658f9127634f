"""The list of evidence in an assessment: each item, the criteria it served, and why it was not accepted. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.errors import Words
from evaluator.evaluate import Judgement
from evaluator.exact import decimal
from evaluator.facts import Facts
from evaluator.finding import leaves
from evaluator.model import Title
from evaluator.submission import Submission

Json = dict[str, Any]


def evidence_rows(
    submission: Submission, catalogue: Catalogue, facts: Facts, judgement: Judgement
) -> Iterator[Json]:
    """A row for each count, event, document and statement of ``submission``, in this order."""
    served: dict[str, list[str]] = {}
    for verdict in judgement.verdicts:
        for _, finding in verdict.findings:
            for leaf in leaves(finding):
                for name in leaf.evidence:
                    criteria = served.setdefault(name, [])
                    if verdict.criterion.id not in criteria:
                        criteria.append(verdict.criterion.id)
    yield from _counted(submission, catalogue, served)
    for event in submission.events:
        refused = _refused(event.date, facts)
        yield _row("event", event, catalogue, served, refused, date=event.date.isoformat())
    for paper in submission.documents:
        refused = _refused(paper.issued, facts, inside=False)
        yield _row(
            "document",
            paper,
            catalogue,
            served,
            refused,
            date=paper.issued.isoformat() if paper.issued else None,
            number=paper.number,
            valid_to=paper.valid_to.isoformat() if paper.valid_to else None,
        )
    for said in submission.statements:
        yield _row(
            "statement", said, catalogue, served, None, value="yes" if said.value else "no", title=said.note
        )


def _refused(day: date | None, facts: Facts, *, inside: bool = True) -> Words | None:
    if day is None:
        return None
    if day > facts.as_of:
        return Words("日期晚于数据截止日", "dated after the data date")
    if inside and day not in facts.span:
        return Words("日期不在评估期内", "outside the period")
    return None


def _row(
    kind: str,
    entry: Any,
    catalogue: Catalogue,
    served: dict[str, list[str]],
    refused: Words | None,
    **more: Any,
) -> Json:
    return {
        "id": entry.id,
        "kind": kind,
        "type": entry.type,
        "label": _title(catalogue.label(entry.type)),
        "title": getattr(entry, "title", None),
        "number": None,
        "date": None,
        "valid_to": None,
        "value": None,
        "unit": None,
        "files": list(entry.files),
        "criteria": served.get(entry.id, []),
        "accepted": refused is None,
        "reason": None if refused is None else {"zh": refused.zh, "en": refused.en},
        **more,
    }


def _counted(submission: Submission, catalogue: Catalogue, served: dict[str, list[str]]) -> Iterator[Json]:
    for name, number in submission.counts.items():
        item = catalogue.counts.get(name)
        yield {
            "id": name,
            "kind": "count",
            "type": name,
            "label": _title(catalogue.label(name)),
            "title": None,
            "number": None,
            "date": None,
            "valid_to": None,
            "value": decimal(number),
            "unit": _title(item.unit) if item else None,
            "files": [],
            "criteria": served.get(name, []),
            "accepted": True,
            "reason": None,
        }


def _title(title: Title) -> Json:
    return {"zh": title.zh, "en": title.en}
