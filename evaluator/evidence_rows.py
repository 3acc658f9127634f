"""The list of evidence in an assessment: each item, the criteria it served, and why it was not accepted. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.entries import Document
from evaluator.errors import Words
from evaluator.evaluate import Judgement
from evaluator.exact import decimal
from evaluator.facts import Facts
from evaluator.finding import leaves
from evaluator.model import Title
from evaluator.packages.matching import days_of
from evaluator.packages.records import FileRecord
from evaluator.submission import Submission, in_order

Json = dict[str, Any]


def evidence_rows(
    submission: Submission, catalogue: Catalogue, facts: Facts, judgement: Judgement
) -> Iterator[Json]:
    """A row for each count, event, document and statement of ``submission``, in this order.

    Counts stand in the order in which the ruleset first uses them, the rest in that of the submission.
    """
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
        refused = refusal_of_date(event.date, facts)
        came = {
            name: number
            for name, number in (("expected", event.expected), ("present", event.present))
            if number is not None
        }
        yield _row("event", event, catalogue, served, refused, date=event.date.isoformat(), **came)
    for paper in submission.documents:
        refused = refusal_of_date(paper.issued, facts, inside=False)
        yield _row(
            "document",
            paper,
            catalogue,
            served,
            refused,
            date=paper.issued.isoformat() if paper.issued else None,
            number=paper.number,
            valid_to=paper.valid_to.isoformat() if paper.valid_to else None,
            **_where(paper, catalogue),
        )
    for said in submission.statements:
        yield _row(
            "statement", said, catalogue, served, None, value="yes" if said.value else "no", title=said.note
        )


def listed_files(submission: Submission, catalogue: Catalogue, files: Iterable[FileRecord]) -> list[Json]:
    """Each entry with its files: ``{"id", "label", "title", "date", "files": [{"name", "digest"}]}``."""
    own: dict[str, list[Json]] = {}
    for file in files:
        for name in file.evidence:
            own.setdefault(name, []).append({"name": file.name, "digest": file.digest})
    days = days_of(submission)
    return [
        {
            "id": entry.id,
            "label": _title(catalogue.label(entry.type)),
            "title": getattr(entry, "title", None) or getattr(entry, "note", None),
            "date": day.isoformat() if (day := days[entry.id]) else None,
            "files": own.get(entry.id, []),
        }
        for _, _, entry in in_order(submission).entries()
    ]


def _where(paper: Document, catalogue: Catalogue) -> Json:
    item = catalogue.documents.get(paper.type)
    labels = item.parts if item is not None else {}
    found: Json = {"page": paper.page} if paper.page is not None else {}
    if paper.pages:
        found["pages"] = [
            {"part": _title(labels[part]) if part in labels else {"zh": part, "en": part}, "page": page}
            for part, page in paper.pages.items()
        ]
    return found


def refusal_of_date(day: date | None, facts: Facts, *, inside: bool = True) -> Words | None:
    """Why evidence of ``day`` does not count; None where it does. Events count ``inside`` the period only."""
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
    order = {name: n for n, name in enumerate(served)}
    for name in sorted(submission.counts, key=lambda one: (order.get(one, len(order)), one)):
        number, item = submission.counts[name], catalogue.counts.get(name)
        row: Json = {
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
        if name in submission.sources:
            row["source"] = submission.sources[name]
        yield row


def _title(title: Title) -> Json:
    return {"zh": title.zh, "en": title.en}
