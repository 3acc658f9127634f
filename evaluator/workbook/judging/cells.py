"""A sheet of formulas under construction: cells by place, and references to them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from evaluator.workbook.form import Formula, letters

# The longest text that may stand in a formula.
_LONGEST = 250


Content = str | int | Fraction | Formula


class Ledger:
    """One sheet of formulas: ``cells`` by row and column from 0."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells: dict[tuple[int, int], Content] = {}
        self._next = 0

    def take(self, rows: int = 1) -> int:
        """The first of ``rows`` rows that nobody has used."""
        first = self._next
        self._next += rows
        return first

    def put(self, row: int, column: int, content: Content) -> str:
        """Write a cell; the reference to it."""
        self.cells[row, column] = content
        return at(row, column)

    def formula(self, row: int, column: int, text: str) -> str:
        """Write a formula; the reference to it."""
        return self.put(row, column, Formula(text))

    def outside(self, reference: str) -> str:
        """``reference`` as other sheets write it."""
        return f"'{self.name}'!{reference}"


def at(row: int, column: int) -> str:
    """The absolute reference to a cell."""
    return f"${letters(column)}${row + 1}"


def across(first: tuple[int, int], last: tuple[int, int]) -> str:
    """The absolute reference to a range, both corners included."""
    return f"{at(*first)}:{at(*last)}"


def quoted(text: str) -> str:
    """``text`` inside a formula."""
    pieces = [text[n : n + _LONGEST] for n in range(0, len(text), _LONGEST)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def added(terms: Iterable[str]) -> str:
    """The sum of terms."""
    return "+".join(terms)


def day(year: int, month: int, number: int) -> str:
    """A date inside a formula."""
    return f"DATE({year},{month},{number})"


def written_day(reference: str) -> str:
    """The date in a cell as words: formats of ``TEXT`` differ with the language of the program."""
    return f'YEAR({reference})&"年"&MONTH({reference})&"月"&DAY({reference})&"日"'
