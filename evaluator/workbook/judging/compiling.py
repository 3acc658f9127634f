"""Rulesets → the sheet of workings: every criterion, every score, as formulas over the form's cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import Words
from evaluator.ruleset import Criterion, Ruleset, full_points
from evaluator.workbook.addresses import Addresses
from evaluator.workbook.judging.cells import Ledger
from evaluator.workbook.judging.coverage import uncovered
from evaluator.workbook.judging.criteria import Listed, criterion, left_out
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
from evaluator.workbook.judging.scores import Standing, barring, printed, standing
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
    criteria = list(ruleset.criteria())
    block = Block(here.ledger.take(len(criteria)), len(criteria))
    listed = {one.id: Listed(Row(block.first + n), one.title.zh) for n, (_, _, one) in enumerate(criteria)}
    day = here.period.start if ruleset.scoring.transition == "period_start" else here.period.end
    for path, _, one in criteria:
        _weigh(one, int(path[1]), listed[one.id].row, here.ledger, ruleset)
        if one.id in left:
            left_out(one, here, listed)
        else:
            criterion(one, here, day, listed)
    figures = standing(ruleset, block, here.ledger, here.period.fault)
    return Judged(ruleset, {name: known.row for name, known in listed.items()}, figures, left)


def _weigh(one: Criterion, section: int, row: Row, ledger: Ledger, ruleset: Ruleset) -> None:
    """Write what the score needs of a criterion, and what people see of its points."""
    weight = full_points(one, ruleset.scoring)
    for column, content in (
        (SECTION, section),
        (MAY, int(one.level == "may")),
        (WEIGHT, weight),
        (VETO, barring(one, ruleset)),
    ):
        ledger.put(row.row, column, content)
    for column, end in ((EARNED, FLOOR), (ATTAINABLE, CEILING)):
        shown = printed(f"({row[WEIGHT]}*{row[end]})", (Fraction(0), weight))
        ledger.formula(row.row, column, f'IF({row[APPLIES]}=0,"—",{shown})')
