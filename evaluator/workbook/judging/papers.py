"""Documents row by row: when each was issued, and whether it counts in time, as ``evaluator.checks.document`` ranks them."""

from __future__ import annotations

from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.workbook.addresses import Addresses, DocumentRows
from evaluator.workbook.judging.cells import Ledger, across
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
        issued, rank = self._column(rows, "issued"), self._column(rows, column)
        return Ranked(rows, self._firsts[rows.types] + 1, issued, rank)

    def _column(self, rows: DocumentRows, name: str) -> str:
        if rows.types not in self._firsts:
            self._firsts[rows.types] = self._ledger.take(rows.length)
            for n in range(rows.length):
                self._write(rows, n)
        first, column = self._firsts[rows.types], _FIRST + _COLUMNS.index(name)
        return across((first, column), (first + rows.length - 1, column))

    def _write(self, rows: DocumentRows, n: int) -> None:
        row, put = self._firsts[rows.types] + n, self._ledger.formula
        self._ledger.put(row, ID, f"第 {n + 1} 行")
        self._ledger.put(row, KIND, "document")
        issued, valid_to = f"INDEX({rows.issued},{n + 1})", f"INDEX({rows.valid_to},{n + 1})"
        issued = put(row, _FIRST, f"IF(ISNUMBER({issued}),{issued},0)")
        until = put(row, _FIRST + 1, f"IF(ISNUMBER({valid_to}),{valid_to},0)")
        span = self._period
        outside = f"OR({issued}<{span.start},{issued}>{span.end})"
        dated = f"IF({issued}=0,{UNDATED},{GOOD})"
        stated = f"IF({until}<{span.as_of},{EXPIRED},{dated})"
        ranks = {
            "until_replaced": f"IF({until}>0,{stated},{dated})",
            "year": f"IF({until}>0,{stated},IF({issued}=0,{UNDATED},IF({outside},{OTHER_YEAR},{GOOD})))",
            "dated": f"IF({until}>0,{stated},{UNDATED})",
            "issued_in": f"IF({issued}=0,{UNDATED},IF({outside},{OUTSIDE},{GOOD}))",
            "plain": str(GOOD),
        }
        present = f"INDEX({rows.present},{n + 1})"
        for name, text in ranks.items():
            column = _FIRST + _COLUMNS.index(name)
            later = f"IF({issued}>{span.as_of},{LATER},{text})"
            put(row, column, f"IF({present}=1,{later},{NO_ROW})")
