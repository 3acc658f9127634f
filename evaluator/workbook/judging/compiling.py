"""Rulesets → the sheet of workings: every criterion, every score, as formulas over the form's cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import Words
from evaluator.ruleset import Ruleset
from evaluator.workbook.judging.addresses import Addresses
from evaluator.workbook.judging.cells import Ledger
from evaluator.workbook.judging.coverage import uncovered
from evaluator.workbook.judging.criteria import criterion, left_out
from evaluator.workbook.judging.lines import HEADS, MAY, SECTION, VETO, WEIGHT, Block, Row
from evaluator.workbook.judging.scores import Standing, standing
from evaluator.workbook.judging.workings import Workings


class Judged(NamedTuple):
    """One ruleset in the workings: its criteria's rows, its figures, and what is left to the engine."""

    ruleset: Ruleset
    rows: Mapping[str, Row]
    standing: Standing
    uncovered: Mapping[str, Words]


class Compiled(NamedTuple):
    """The sheet of workings and where each ruleset stands in it."""

    ledger: Ledger
    judged: tuple[Judged, ...]


def compiled(rulesets: Iterable[Ruleset], catalogue: Catalogue, addresses: Addresses) -> Compiled:
    """The formulas that judge ``rulesets`` on the form with these ``addresses``."""
    here = Workings(addresses, catalogue)
    judged = tuple(_judged(ruleset, here) for ruleset in rulesets)
    return Compiled(here.ledger, judged)


def _judged(ruleset: Ruleset, here: Workings) -> Judged:
    left = uncovered(ruleset, here.addresses)
    listed = list(ruleset.criteria())
    block = Block(here.ledger.take(len(listed)), len(listed))
    rows = {one.id: block.first + n for n, (_, _, one) in enumerate(listed)}
    flat = ruleset.scoring.model == "flat"
    day = here.period.start if ruleset.scoring.transition == "period_start" else here.period.end
    for path, _, one in listed:
        row, put = rows[one.id], here.ledger.put
        put(row, SECTION, int(path[1]))
        put(row, MAY, int(one.level == "may"))
        put(row, WEIGHT, Fraction(1) if flat else one.points.value)
        put(row, VETO, int(one.veto))
        if one.id in left:
            left_out(one, row, here)
        else:
            criterion(one, row, here, day, rows)
    figures = standing(ruleset, block, here.ledger, here.period.faulty)
    return Judged(ruleset, {name: Row(row) for name, row in rows.items()}, figures, left)


__all__ = ["HEADS", "Compiled", "Judged", "compiled"]
