"""The rows of the sheet of workings: one for each fact and each finding, and the columns that they share."""

from __future__ import annotations

from typing import NamedTuple

from evaluator.workbook.form import Formula
from evaluator.workbook.judging.cells import Ledger, across, at

# Columns of every row.
ID, KIND = 0, 1
# Columns of a finding.
FLOOR, CEILING, APPLIES, FAULT, PERSON, TIME, EVIDENCE, AMOUNT, TEXT = range(2, 11)
# Columns of a fact.
VALUE = 2
FREE = 11
# Columns of a criterion's row beside those of every finding: what people see of it, and what the score needs.
OUTCOME, EARNED, ATTAINABLE, SECTION, MAY, WEIGHT, VETO = range(FREE, FREE + 7)
HEADS = ("编号", "种类", "下限", "上限", "适用", "有误", "待人工", "待时限", "待佐证", "缺口", "还差什么")

# What stands in the column FAULT: something is typed wrongly, formulas cannot judge, the period is not stated yet.
WRONG, BEYOND, UNSTATED = 1, 2, 3


class Credit(NamedTuple):
    """What a finding's row says, as formulas (decision 1).

    ``fault`` is ``WRONG``, ``BEYOND``, ``UNSTATED`` or 0.
    """

    floor: str
    ceiling: str
    applies: str = "1"
    fault: str = "0"
    person: str = "0"
    time: str = "0"
    evidence: str = "0"
    amount: str = '""'
    text: str = '""'


class Row:
    """A row that is written somewhere: references to its columns."""

    def __init__(self, row: int) -> None:
        self.row = row

    def __getitem__(self, column: int) -> str:
        return at(self.row, column)


class Line(Row):
    """One row under construction: what it keeps beside its result stands in the columns from ``free`` on."""

    def __init__(self, ledger: Ledger, row: int, name: str, kind: str, free: int = FREE) -> None:
        super().__init__(row)
        self.ledger = ledger
        self._free = free
        ledger.put(row, ID, name)
        ledger.put(row, KIND, kind)

    def keep(self, text: str) -> str:
        """Write an intermediate formula; the reference to it."""
        column = self._free
        self._free += 1
        return self.ledger.formula(self.row, column, text)

    def conclude(self, credit: Credit) -> None:
        """Write the result."""
        for column, text in enumerate(credit, FLOOR):
            self.ledger.put(self.row, column, int(text) if text.isdecimal() else Formula(text))


class Block(NamedTuple):
    """Rows one below the other, of which one column makes a range."""

    first: int
    size: int

    def column(self, column: int) -> str:
        """The range of one column."""
        return across((self.first, column), (self.first + self.size - 1, column))
