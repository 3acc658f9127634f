"""Rows of a table → entries of submissions, many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# The values of a column, a row each; of one that the table does not have, what nothing written means.
Get = Callable[[str], list[Any]]


def _subjects(get: Get) -> list[Any]:
    return [
        {
            "submission": 1,
            "subject": {"id": id_, "name": name, "kind": kind, "region": region, "attributes": attributes},
            "period": {"from": from_, "to": to},
            "as_of": as_of,
        }
        for id_, name, kind, region, attributes, from_, to, as_of in zip(
            get("id"),
            get("name"),
            get("kind"),
            get("region"),
            get("attributes"),
            get("period_from"),
            get("period_to"),
            get("as_of"),
            strict=True,
        )
    ]


def _counts(get: Get) -> list[Any]:
    return list(zip(get("item"), get("value"), get("previous"), get("source"), strict=True))


def _events(get: Get) -> list[Any]:
    return [
        {
            "id": id_,
            "type": type_,
            "date": date,
            "title": title,
            "expected": expected,
            "present": present,
            "files": files,
        }
        for id_, type_, date, title, expected, present, files in zip(
            get("id"),
            get("type"),
            get("date"),
            get("title"),
            get("expected"),
            get("present"),
            get("files"),
            strict=True,
        )
    ]


def _documents(get: Get) -> list[Any]:
    return [
        {
            "id": id_,
            "type": type_,
            "title": title,
            "number": number,
            "issued": issued,
            "valid_to": valid_to,
            "contains": contains,
            "page": page,
            "pages": pages,
            "files": files,
        }
        for id_, type_, title, number, issued, valid_to, contains, page, pages, files in zip(
            get("id"),
            get("type"),
            get("title"),
            get("number"),
            get("issued"),
            get("valid_to"),
            get("contains"),
            get("page"),
            get("pages"),
            get("files"),
            strict=True,
        )
    ]


def _statements(get: Get) -> list[Any]:
    return [
        {"id": id_, "type": type_, "value": value, "note": note, "files": files}
        for id_, type_, value, note, files in zip(
            get("id"), get("type"), get("value"), get("note"), get("files"), strict=True
        )
    ]


def _none(get: Get) -> list[Any]:
    return get("type")


def _units(get: Get) -> list[Any]:
    return list(zip(get("kind"), get("id"), get("name"), strict=True))


def _of_units(get: Get) -> list[Any]:
    return list(zip(get("kind"), get("unit"), get("item"), get("value"), strict=True))


def _ratings(get: Get) -> list[Any]:
    return [
        {"criterion": criterion, "level": level, "reason": reason}
        for criterion, level, reason in zip(get("criterion"), get("level"), get("reason"), strict=True)
    ]


ENTRIES: dict[str, Callable[[Get], list[Any]]] = {
    "subjects": _subjects,
    "counts": _counts,
    "events": _events,
    "documents": _documents,
    "statements": _statements,
    "none": _none,
    "units": _units,
    "unit_counts": _of_units,
    "unit_statements": _of_units,
    "ratings": _ratings,
}
