"""A form as a person fills it, and as LibreOffice works it out: cells written into the file, one soffice run for many files."""

from __future__ import annotations

import csv
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from evaluator.submission import Submission
from evaluator.workbook.form import FIRST_ROW, Form, Sheet, letters

Value = str | int | Fraction | date
# By sheet and reference: ("数据", "E5").
Cells = dict[tuple[str, str], Value]
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?(?:/>| t="s"><v>[0-9]+</v></c>)')
# Comma, quotation marks, UTF-8; numbers in full; every sheet into a file of its own.
_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
# How many files one run takes: soffice goes away without a word somewhere beyond 160.
_AT_ONCE = 60


def filled_in(book: bytes, cells: Cells) -> bytes:
    """``book`` with ``cells`` written into it; nothing is worked out."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(target, "w") as new:
        places = _sheets(old)
        for name in old.namelist():
            data = old.read(name)
            wanted = {ref: value for (sheet, ref), value in cells.items() if places.get(sheet) == name}
            new.writestr(name, _written(data.decode(), wanted).encode() if wanted else data)
    return target.getvalue()


def _sheets(book: zipfile.ZipFile) -> dict[str, str]:
    names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    return {name: f"xl/worksheets/sheet{n}.xml" for n, name in enumerate(names, 1)}


def _written(xml: str, wanted: Mapping[str, Value]) -> str:
    left = dict(wanted)

    def cell(found: re.Match[str]) -> str:
        ref, style = found[1], found[2] or ""
        if ref not in left:
            return found[0]
        value = left.pop(ref)
        if isinstance(value, str):
            text = escape(value)
            return f'<c r="{ref}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        return f'<c r="{ref}"{style}><v>{_number(value)}</v></c>'

    written = _CELL.sub(cell, xml)
    assert not left, left
    return written


def _number(value: int | Fraction | date) -> str:
    if isinstance(value, date):
        return str((value - date(1899, 12, 30)).days)
    return repr(float(value))


def cells_for(form: Form, submission: Submission) -> tuple[Cells, Submission]:
    """The cells that a person fills who submits ``submission``, and the submission without what the form has no row for."""
    return _Filling(form).filled(submission)


class _Filling:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.cells: Cells = {}
        self.items = {(item.kind, item.id): item for item in form.items}
        self.free = {table.id: list(range(len(table.rows))) for table in form.tables()}

    def filled(self, sent: Submission) -> tuple[Cells, Submission]:
        self._by_item("subject", "from", value=sent.period.from_)
        self._by_item("subject", "to", value=sent.period.to)
        if sent.as_of is not None:
            self._by_item("subject", "as_of", value=sent.as_of)
        for name, number in sent.counts.items():
            self._by_item("counts", name, now=number)
        for said in sent.statements:
            answer = {"value": "是" if said.value else "否", "files": "；".join(said.files)}
            self._by_item("statements", said.type, **answer)
        for name in sent.none:
            self._by_type("events" if ("events", name) in self.items else "documents", name, have="无")
        events = tuple(one for one in sent.events if self._by_type("events", one.type, date=one.date))
        papers = tuple(
            one
            for one in sent.documents
            if self._by_type(
                "documents",
                one.type,
                **({"date": one.issued} if one.issued else {"title": "文件"}),
                **({"valid_to": one.valid_to} if one.valid_to else {}),
                **({"files": "；".join(one.files)} if one.files else {}),
                **self._parts(one.type, one.contains),
            )
        )
        return self.cells, sent.model_copy(update={"events": events, "documents": papers})

    def _parts(self, name: str, contains: Sequence[str]) -> dict[str, Value]:
        known = self.items["documents", name].parts
        return {f"part.{n}": "第 3 页" for n, part in enumerate(known, 1) if part in contains}

    def _by_item(self, sheet: str, item: str, **values: Value) -> None:
        table = next(table for table in self.form.tables() if table.id == sheet)
        row = next(n for n, row in enumerate(table.rows) if row.item == item)
        self._put(table, row, values)

    def _by_type(self, kind: str, name: str, **values: Value) -> bool:
        item = self.items[kind, name]
        table = next(t for t in self.form.tables() if t.id == ("street" if item.street else kind))
        own = next(t for t in self.form.tables() if t.id == kind)
        row = next((n for n in self.free[table.id] if table.rows[n].item == name), None)
        if row is None:
            # A further entry of the type: a blank row of the subject's own sheet, its type written in words.
            table = own
            row = next((n for n in self.free[table.id] if not table.rows[n].item), None)
            if row is None:
                return False
            values["label"] = item.label
        self.free[table.id].remove(row)
        if not table.has("date") and "date" in values:
            values["issued"] = values.pop("date")
        self._put(table, row, values)
        return True

    def _put(self, table: Sheet, row: int, values: Mapping[str, Value]) -> None:
        for key, value in values.items():
            if value != "":
                ref = f"{letters(table.column(key))}{FIRST_ROW + row + 1}"
                self.cells[table.name, ref] = value


Rows = list[list[str]]


def worked_out(folder: Path, books: Mapping[str, bytes]) -> dict[str, dict[str, Rows]]:
    """Every sheet of every book as LibreOffice shows it, by the names of books and sheets; nothing forces it to calculate."""
    for name, book in books.items():
        (folder / f"{name}.xlsx").write_bytes(book)
    names = list(books)
    for first in range(0, len(names), _AT_ONCE):
        files = [f"{name}.xlsx" for name in names[first : first + _AT_ONCE]]
        profile = f"-env:UserInstallation=file://{folder.resolve()}/profile"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", _AS_CSV, *files],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=1800,
        )
    return {name: dict(_read(folder, name)) for name in names}


def _read(folder: Path, name: str) -> Iterator[tuple[str, Rows]]:
    for path in folder.glob(f"{name}-*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            yield path.stem.removeprefix(f"{name}-"), list(csv.reader(file))
