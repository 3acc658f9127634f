"""The rows of the inspector's form on which what was submitted is verified → corrections, rejections, readmissions. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from evaluator.exact import parse_number
from evaluator.review_form.answers import NO_DAY, acceptance_of, day_or_none, parts_of
from evaluator.review_form.filling import Filling, opened
from evaluator.workbook.cells import answer_of, number_of
from evaluator.workbook.gathering import Record, squeezed
from evaluator.workbook.read import Read

Reading = Callable[[Any], Read]


def counts(rows: Iterable[Record], into: Filling) -> None:
    """Read the rows of the sheet of counts."""
    for record in rows:
        if not opened(record, "counts", into):
            continue
        into.begin()
        units = (record.text("unit"),) if record.text("unit") else ()
        verified = into.take(record, "verified", partial(number_of, units=units))
        accept, how = into.take(record, "accept", acceptance_of), into.how(record)
        if not into.sound():
            continue
        kind, name, _ = item(record)
        if verified is not None:
            claim = record.text("claim")
            claimed = int(claim) if claim.isdecimal() and parse_number(claim) is not None else claim or None
            correct(record, into, claimed, verified, how, "verified")
        accepted(accept, name if kind == "count" else "", record, into, how)


def events(rows: Iterable[Record], into: Filling) -> None:
    """Read the rows of the sheet of events."""
    for record in rows:
        if not opened(record, "events", into):
            continue
        into.begin()
        verified, accept = into.day(record, "verified"), into.take(record, "accept", acceptance_of)
        how = into.how(record)
        if not into.sound():
            continue
        if verified is not None:
            correct(record, into, record.text("claim"), verified, how, "verified")
        accepted(accept, item(record)[1], record, into, how)


def documents(rows: Iterable[Record], into: Filling) -> None:
    """Read the rows of the sheet of documents."""
    for record in rows:
        if not opened(record, "documents", into):
            continue
        into.begin()
        parts = dict(line.split("\t", 1) for line in record.text("parts").split("\n") if "\t" in line)
        labels = {squeezed(label): name for name, label in parts.items()}
        days = partial(day_or_none, from_1904=into.from_1904)
        reading: dict[str, Reading] = {
            "issued": days,
            "valid_to": days,
            "contains": partial(parts_of, known=labels),
            "attachment": partial(answer_of, yes="有", no="无"),
        }
        found = {field: into.take(record, f"verified.{field}", read) for field, read in reading.items()}
        accept, how = into.take(record, "accept", acceptance_of), into.how(record)
        if not into.sound():
            continue
        for field, verified in found.items():
            if verified is not None:
                claim = _claim(field, record.text(f"claim.{field}"))
                value = None if verified == NO_DAY else verified
                correct(record, into, claim, value, {**how, "field": field}, f"verified.{field}")
        accepted(accept, item(record)[1], record, into, how)


def _claim(field: str, text: str) -> Any:
    if field == "contains":
        return text.split()
    return text == "true" if field == "attachment" else text or None


def statements(rows: Iterable[Record], into: Filling) -> None:
    """Read the rows of the sheet of statements."""
    for record in rows:
        if not opened(record, "statements", into):
            continue
        into.begin()
        verified, accept = (
            into.take(record, "verified", answer_of),
            into.take(record, "accept", acceptance_of),
        )
        how = into.how(record)
        if not into.sound():
            continue
        if verified is not None:
            claim = {"true": True, "false": False}.get(record.text("claim"))
            correct(record, into, claim, verified, how, "verified")
        accepted(accept, item(record)[2], record, into, how)


def item(record: Record) -> tuple[str, str, str]:
    """Of what a row is: its kind (with its unit behind an ``@``), identifier, and the id of its evidence."""
    kind, _, rest = record.text("item").partition(":")
    name, _, evidence = rest.partition(":")
    return kind, name, evidence


def correct(
    record: Record, into: Filling, claimed: Any, verified: Any, how: dict[str, Any], key: str
) -> None:
    """Add the correction that a row states."""
    kind, name, _ = item(record)
    kind, _, unit = kind.partition("@")
    entry: dict[str, Any] = {kind: name, **({"unit": unit} if unit else {})}
    if claimed is not None:
        entry["claimed"] = claimed
    into.add(
        "corrections",
        {**entry, "verified": verified, **how},
        record,
        {"verified": key, kind: "label", "unit": "scope", "claimed": key},
    )


def accepted(accept: str | None, name: str, record: Record, into: Filling, how: dict[str, Any]) -> None:
    """Add the rejection or readmission that a row states."""
    if accept is None:
        return
    listed = "rejected_evidence" if accept == "reject" else "accepted_evidence"
    into.add(listed, {"id": name, **how}, record, {"id": "accept"})
