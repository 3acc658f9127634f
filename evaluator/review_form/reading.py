"""The bytes of a filled form → a review's data with the cell of every value. Pure.

A row in which only the printed form stands says nothing. A row that cannot be read is refused with its cell, and the rest is read
all the same, so that every problem is told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.persons import persons_in
from evaluator.reading import Path, Source
from evaluator.review_form import evidence_rows, record_rows
from evaluator.review_form.answers import level_of, method_of, outcome_of, points_of, role_of
from evaluator.review_form.columns import CHANGES, HOW, NAMES
from evaluator.review_form.filling import Filling, opened
from evaluator.review_form.layout import ABOUT, About
from evaluator.review_form.recording import TICKS
from evaluator.review_form.rows import about, format_problem, records, sheet_id
from evaluator.workbook.cells import text_of
from evaluator.workbook.gathering import Record
from evaluator.workbook.guarding import texts_of
from evaluator.workbook.opening import Book
from evaluator.workbook.read import Note, Read, Wrong

_POINTS_ALONE = Wrong(
    "points_alone",
    Words("写了核定得分，没有选判定", "points without a decision"),
    Words("选“部分达标”等判定", "choose a decision, such as “partly met”"),
)


class FilledReview(NamedTuple):
    """A form as it was read: its data as far as it could be read, and what could not be or was read otherwise."""

    source: Source
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]


def read_form(content: bytes, shown: str) -> FilledReview:
    """The form in ``content``; raises ``InputError`` where it is none, or is unusable as a whole."""
    book = Book(content, shown)
    found = about(book)
    wrong = format_problem(found, shown)
    if found is None or wrong is not None:
        raise InputError([wrong] if wrong is not None else [])
    into = Filling(shown, from_1904=book.from_1904)
    into.cells[()] = Place(shown, sheet=NAMES["reviewers"].zh)
    _about(into, found)
    into.problems.extend(persons_in(texts_of(book, set())))
    expected, seen = dict(found.sheets), dict[str, str]()
    for sheet in book.sheets:
        name = sheet_id(sheet)
        if name is None or name not in expected:
            if sheet.name not in (ABOUT, *NAMES["guide"]):
                zh, en = "不是本表的工作表，没有读取", "no sheet of the form: not read"
                into.notes.append(Note(Place(shown, sheet=sheet.name), "", Words(zh, en)))
        elif name in seen:
            what = Words(f"与“{seen[name]}”是同一张表的两份", f"a second copy of the sheet {seen[name]}")
            mend = Words("只保留一份", "keep one of them")
            into.problems.append(Problem("repeated_sheet", Place(shown, sheet=sheet.name), what, mend))
        else:
            seen[name] = sheet.name
            kind = name.partition(".")[0]
            wanted = (*CHANGES[kind], *HOW) if kind in CHANGES else TICKS if kind == "site" else ("value",)
            _READERS[kind](records(book, sheet, wanted, into.problems), into)
    for name, title in expected.items():
        if name not in seen:
            what = Words(f"缺少工作表“{title}”", f"the sheet {title} is missing")
            mend = Words("从原表里复制回来", "bring it back from the form as it was made")
            into.problems.append(Problem("missing_sheet", Place(shown), what, mend))
    source = Source(shown, into.data, cells=into.cells, names=into.names)
    return FilledReview(source, tuple(into.problems), tuple(into.notes))


def _about(into: Filling, found: About) -> None:
    into.data |= {
        "submission": {"id": found.submission, "digest": found.submission_digest},
        "ruleset": {"id": found.ruleset, "version": found.version, "digest": found.ruleset_digest},
        "stage": found.stage,
    }
    for name in ("follows", "settles"):
        if getattr(found, name):
            into.data[name] = list(getattr(found, name))


_ASKED: Mapping[str, Callable[[Any], Read]] = {
    "reviewer.role": role_of,
    "reviewer.unit": text_of,
    "reviewer.number": text_of,
    "also.role": role_of,
    "also.unit": text_of,
    "also.number": text_of,
    "method": method_of,
    "date": text_of,
}


def _reviewers(rows: Iterable[Record], into: Filling) -> None:
    listed = {record.text("item"): record for record in rows}
    second = any(
        into.filled(listed[key], "value") for key in _ASKED if key.startswith("also.") and key in listed
    )
    for key, read in _ASKED.items():
        record = listed.get(key)
        if record is None:
            continue
        into.begin()
        value = into.day(record, "value") if key == "date" else into.take(record, "value", read)
        due = key.startswith("reviewer.") or (second and key.startswith("also."))
        who, _, field = key.partition(".")
        path: Path = (who, 0, field) if who == "also" else (who, field) if field else (who,)
        if value is not None:
            into.put(path, value, record, "value")
        elif due and into.sound():
            label = record.text("label")
            what = Words(f"没有填“{label}”", f"{label} is not filled in")
            into.wrong(record, "value", Wrong("not_filled", what))
            into.locate(path, record, "value")
    if "also" in into.data:
        into.data["also"] = list(into.data["also"].values())


def _criteria(rows: Iterable[Record], into: Filling) -> None:
    for record in rows:
        if not opened(record, "criteria", into):
            continue
        into.begin()
        outcome = into.take(record, "decision", outcome_of)
        earned, level = into.take(record, "earned", points_of), into.take(record, "level", level_of)
        how = into.how(record)
        if earned is not None and outcome is None and into.sound():
            into.wrong(record, "decision", _POINTS_ALONE)
        if not into.sound():
            continue
        name = record.text("item")
        if level is not None:
            keys = {"level": "level", "criterion": "label"}
            into.add("ratings", {"criterion": name, "level": level, **how}, record, keys)
        if outcome is not None:
            points = {} if earned is None else {"earned": str(earned)}
            keys = {"outcome": "decision", "earned": "earned", "criterion": "label"}
            into.add("decisions", {"criterion": name, "outcome": outcome, **points, **how}, record, keys)


_READERS: Mapping[str, Callable[[Iterable[Record], Filling], None]] = {
    "reviewers": _reviewers,
    "criteria": _criteria,
    "counts": evidence_rows.counts,
    "events": evidence_rows.events,
    "documents": evidence_rows.documents,
    "statements": evidence_rows.statements,
    "site": record_rows.site,
}
