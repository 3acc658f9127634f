"""Documents row by row: when each was issued, and whether it counts in time, as ``evaluator.checks.document`` ranks them."""

from __future__ import annotations

from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.workbook.addresses import Addresses, DocumentRows
from evaluator.workbook.judging.cells import Ledger, across, at
from evaluator.workbook.judging.lines import ID, KIND
from evaluator.workbook.judging.period import Period

GOOD, UNDATED, OTHER_YEAR, EXPIRED, OUTSIDE, LATER = 0, 5, 40, 50, 70, 90
NO_ROW = 99
_FIRST = 2
_COLUMNS = ("issued", "valid_to", "until_replaced", "year", "dated", "issued_in", "plain")


class Ranked(NamedTuple):
    """Rows of documents with what was worked out for each: its date (0: none) and its rank in time.

    ``first`` is the number of the first row in these ranges.
    """

    rows: DocumentRows
    first: int
    issued: str
    rank: str


class Papers:
    """The ranks of the documents' rows, written once for each sheet."""

    def __init__(self, ledger: Ledger, addresses: Addresses, catalogue: Catalogue, period: Period) -> None:
        self._ledger, self._addresses, self._catalogue, self._period = ledger, addresses, catalogue, period
        # By the sheet alone: the columns of parts differ between types.
        self._firsts: dict[str, int] = {}

    def ranked(self, name: str, state: str) -> tuple[Ranked, ...]:
        """The rows among which documents of the type ``name`` stand, ranked for ``state`` (in_force, issued, or none)."""
        valid = self._catalogue.documents[name].valid
        column = {"in_force": valid, "issued": "issued_in", "": "plain"}[state]
        return tuple(self._ranked(rows, column) for rows in self._addresses.documents(name))

    def _ranked(self, rows: DocumentRows, column: str) -> Ranked:
        issued, _ = self._column(rows, "issued"), self._column(rows, "valid_to")
        rank = self._column(rows, column)
        return Ranked(rows, self._firsts[rows.types] + 1, issued, rank)

    def _column(self, rows: DocumentRows, name: str) -> str:
        """The range of one column of the rows' block, written when it is first asked for."""
        if rows.types not in self._firsts:
            self._firsts[rows.types] = self._ledger.take(rows.length)
        first, column = self._firsts[rows.types], _FIRST + _COLUMNS.index(name)
        if (first, column) not in self._ledger.cells:
            for n in range(rows.length):
                self._write(rows, n, name)
        return across((first, column), (first + rows.length - 1, column))

    def _write(self, rows: DocumentRows, n: int, name: str) -> None:
        row, put = self._firsts[rows.types] + n, self._ledger.formula
        if name in ("issued", "valid_to"):
            stated = f"INDEX({getattr(rows, name)},{n + 1})"
            put(row, _FIRST + _COLUMNS.index(name), f"IF(ISNUMBER({stated}),{stated},0)")
            return
        self._ledger.put(row, ID, f"第 {n + 1} 行")
        self._ledger.put(row, KIND, "document")
        issued, until = at(row, _FIRST), at(row, _FIRST + 1)
        span = self._period
        outside = f"OR({issued}<{span.start},{issued}>{span.end})"
        dated = f"IF({issued}=0,{UNDATED},{GOOD})"
        stated = f"IF({until}<{span.as_of},{EXPIRED},{dated})"
        text = {
            "until_replaced": f"IF({until}>0,{stated},{dated})",
            "year": f"IF({until}>0,{stated},IF({issued}=0,{UNDATED},IF({outside},{OTHER_YEAR},{GOOD})))",
            "dated": f"IF({until}>0,{stated},{UNDATED})",
            "issued_in": f"IF({issued}=0,{UNDATED},IF({outside},{OUTSIDE},{GOOD}))",
            "plain": str(GOOD),
        }[name]
        later = f"IF({issued}>{span.as_of},{LATER},{text})"
        present = f"INDEX({rows.present},{n + 1})"
        put(row, _FIRST + _COLUMNS.index(name), f"IF({present}=1,{later},{NO_ROW})")
