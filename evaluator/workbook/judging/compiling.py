"""Rulesets → the sheet of workings: every criterion, every score, as formulas over the form's cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import Words
from evaluator.ruleset import Ruleset
from evaluator.workbook.addresses import Addresses
from evaluator.workbook.judging.cells import Ledger
from evaluator.workbook.judging.coverage import uncovered
from evaluator.workbook.judging.criteria import criterion, left_out
from evaluator.workbook.judging.lines import (
    APPLIES,
    ATTAINABLE,
    CEILING,
    EARNED,
    FLOOR,
    MAY,
    SECTION,
    VETO,
    WEIGHT,
    Block,
    Row,
)
from evaluator.workbook.judging.scores import Standing, printed, standing
from evaluator.workbook.judging.workings import Workings


class Judged(NamedTuple):
    """One ruleset in the workings: its criteria's rows, its figures, and what is left to the engine."""

    ruleset: Ruleset
    rows: Mapping[str, Row]
    standing: Standing
    uncovered: Mapping[str, Words]


class Compiled(NamedTuple):
    """The sheet of workings and where each ruleset stands in it; ``included`` is above 0 where the street's form is named."""

    ledger: Ledger
    judged: tuple[Judged, ...]
    included: str


def compiled(rulesets: Iterable[Ruleset], catalogue: Catalogue, addresses: Addresses) -> Compiled:
    """The formulas that judge ``rulesets`` on the form with these ``addresses``."""
    here = Workings(addresses, catalogue)
    judged = tuple(_judged(ruleset, here) for ruleset in rulesets)
    return Compiled(here.ledger, judged, here.included)


def _judged(ruleset: Ruleset, here: Workings) -> Judged:
    left = uncovered(ruleset, here.addresses)
    listed = list(ruleset.criteria())
    block = Block(here.ledger.take(len(listed)), len(listed))
    rows = {one.id: block.first + n for n, (_, _, one) in enumerate(listed)}
    flat = ruleset.scoring.model == "flat"
    day = here.period.start if ruleset.scoring.transition == "period_start" else here.period.end
    for path, _, one in listed:
        row, put = Row(rows[one.id]), here.ledger.put
        weight = Fraction(1) if flat else one.points.value
        put(row.row, SECTION, int(path[1]))
        put(row.row, MAY, int(one.level == "may"))
        put(row.row, WEIGHT, weight)
        put(row.row, VETO, int(one.veto))
        for column, end in ((EARNED, FLOOR), (ATTAINABLE, CEILING)):
            shown = printed(f"({row[WEIGHT]}*{row[end]})", (Fraction(0), weight))
            here.ledger.formula(row.row, column, f'IF({row[APPLIES]}=0,"—",{shown})')
        if one.id in left:
            left_out(one, row.row, here)
        else:
            criterion(one, row.row, here, day, rows)
    figures = standing(ruleset, block, here.ledger, here.period.fault)
    return Judged(ruleset, {name: Row(row) for name, row in rows.items()}, figures, left)
