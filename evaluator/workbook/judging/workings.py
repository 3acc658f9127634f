"""The hidden sheet of workings: what every kind of finding writes its row with."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.workbook.addresses import Addresses
from evaluator.workbook.form import WORKINGS
from evaluator.workbook.judging.calendar import Calendar
from evaluator.workbook.judging.cells import Ledger, added
from evaluator.workbook.judging.items import Items
from evaluator.workbook.judging.lines import ID, VALUE
from evaluator.workbook.judging.papers import Papers
from evaluator.workbook.judging.period import Period, period
from evaluator.workbook.judging.phrases import Phrases

SHEET = WORKINGS


class Setting(NamedTuple):
    """What judging a check needs beside it, as ``evaluator.crediting.Context`` has it; ``day`` is a cell."""

    day: str
    points: Fraction | None
    prohibition: bool


class Workings:
    """The sheet with its period, items, calendar and documents, each written once for all rulesets."""

    def __init__(self, addresses: Addresses, catalogue: Catalogue) -> None:
        self.addresses, self.catalogue = addresses, catalogue
        self.ledger = Ledger(SHEET)
        self.period: Period = period(self.ledger, addresses)
        self.items = Items(self.ledger, addresses, catalogue, self.period)
        self.calendar = Calendar(self.ledger, addresses, self.period)
        self.papers = Papers(self.ledger, addresses, catalogue, self.period)
        self.phrases = Phrases(catalogue)
        # What the street states in a form of its own stands nowhere in this one.
        row = self.ledger.take()
        self.ledger.put(row, ID, "includes")
        named = added([f'IF(TRIM({cell})="",0,1)' for cell in addresses.includes] or ["0"])
        self.included = self.ledger.formula(row, VALUE, named)
