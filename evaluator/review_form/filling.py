"""What the rows of a form say, gathered into a review's data with the cell of every value. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from evaluator.errors import Place, Problem, Words
from evaluator.reading import Path
from evaluator.review_form.answers import method_of
from evaluator.review_form.columns import CHANGES
from evaluator.workbook.cells import Raw, blank, day_of, text_of
from evaluator.workbook.gathering import Gathered, Record
from evaluator.workbook.read import Note, Read, Wrong

_NO_REASON = Wrong(
    "no_reason",
    Words("没有写理由", "the reason is not written"),
    Words("每处改动都要写理由", "every change needs its reason"),
)

NO_ITEM = Wrong(
    "unknown_row",
    Words("看不出这一行是哪一项", "of what this row is cannot be told"),
    Words("不要插入新行；填在原有的行里", "insert no rows: fill those that are there"),
)
_NO_CHANGE = Wrong(
    "nothing_changed",
    Words("写了理由，没有写改动", "a reason without a change"),
    Words("写核实值、采信或判定；不改动的清空理由", "write what is changed, or empty the reason"),
)


class Filling:
    """A review under construction: ``data`` and the cell of each path; ``problems`` of what could not be read."""

    def __init__(self, file: str, *, from_1904: bool) -> None:
        self._into = Gathered(file, (), from_1904=from_1904)
        self.data: dict[str, Any] = {"review": 1}
        self.cells: dict[Path, Place] = {}
        self.names: dict[Path, str] = {}
        self.problems: list[Problem] = []
        self._before = 0

    @property
    def notes(self) -> list[Note]:
        """What was read otherwise than it is plainly written."""
        return self._into.notes

    def begin(self) -> None:
        """Begin a row; ``sound`` says at its end whether it could be read."""
        self._before = len(self.problems)

    def sound(self) -> bool:
        """Whether everything since ``begin`` could be read."""
        return len(self.problems) == self._before

    def take(self, record: Record, key: str, read: Callable[[Any], Read]) -> Any:
        """The value under ``key``; None where nothing is written, or where it cannot be read, which is then a problem."""
        path: Path = (record.sheet, record.row, key)
        value = self._into.take(record, key, path, read)
        if not self._into.faults:
            return value
        for fault in self._into.faults:
            self.problems.append(Problem(fault.code, self._into.cells[path], fault.what, fault.mend))
        self._into.faults.clear()
        return None

    def day(self, record: Record, key: str) -> Any:
        """The ISO date under ``key``."""
        return self.take(record, key, lambda raw: day_of(raw, from_1904=self._into.from_1904))

    @property
    def from_1904(self) -> bool:
        """Whether the workbook counts its days from 1904."""
        return self._into.from_1904

    def wrong(self, record: Record, key: str, wrong: Wrong) -> None:
        """Add a problem of the cell under ``key``."""
        self.problems.append(Problem(wrong.code, self._into.place(record, key), wrong.what, wrong.mend))

    def how(self, record: Record, *, otherwise: str | None = None) -> dict[str, Any]:
        """Method, date and reason of a row in which something is changed; ``otherwise`` stands where no reason has to."""
        found: dict[str, Any] = {}
        method, day = self.take(record, "method", method_of), self.day(record, "date")
        if method is not None:
            found["method"] = method
        if day is not None:
            found["date"] = day
        why = self.take(record, "reason", text_of)
        if why is None and otherwise is None:
            if not blank(record.raw("reason")):
                return found
            self.wrong(record, "reason", _NO_REASON)
        found["reason"] = why if why is not None else otherwise
        return found

    def add(self, name: str, entry: Mapping[str, Any], record: Record, keys: Mapping[str, str]) -> None:
        """Add ``entry`` to the list ``name``; ``keys`` say under which key of the row each of its fields stands."""
        listed = self.data.setdefault(name, [])
        path: Path = (name, len(listed))
        listed.append(dict(entry))
        first = next(iter(keys.values()))
        self._at(path, self._into.place(record, first))
        for field, key in {**keys, "method": "method", "date": "date", "reason": "reason"}.items():
            self.cells[*path, field] = self._into.place(record, key)
            self.names[*path, field] = record.titles.get(key, "")

    def put(self, path: Path, value: Any, record: Record, key: str) -> None:
        """Set what stands at ``path`` of the data."""
        into = self.data
        for part in path[:-1]:
            into = into.setdefault(str(part), {})
        into[str(path[-1])] = value
        self._at(path, self._into.place(record, key))
        self.names[path] = record.text("label")

    def locate(self, path: Path, record: Record, key: str) -> None:
        """Say where what stands at ``path`` would be written."""
        self._at(path, self._into.place(record, key))

    def _at(self, path: Path, place: Place) -> None:
        # A path is found by way of those above it.
        self.cells[path] = place
        for n in range(1, len(path)):
            self.cells.setdefault(path[:n], place)

    def filled(self, record: Record, key: str) -> bool:
        """Whether anything is written under ``key``."""
        raw: Raw = record.raw(key)
        return not blank(raw)


def opened(record: Record, sheet: str, into: Filling) -> bool:
    """Whether the row changes anything; a reason alone, and a change of nobody knows what, are problems."""
    changes = [key for key in CHANGES[sheet] if into.filled(record, key)]
    if not changes:
        if into.filled(record, "reason") and record.text("item"):
            into.wrong(record, "reason", _NO_CHANGE)
        return False
    if not record.text("item"):
        into.wrong(record, changes[0], NO_ITEM)
        return False
    return True
