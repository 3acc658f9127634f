"""The period and the data date, as the form states them."""

from __future__ import annotations

from typing import NamedTuple

from evaluator.workbook.addresses import Addresses
from evaluator.workbook.formulas import clean_text, day_number
from evaluator.workbook.judging.cells import Ledger
from evaluator.workbook.judging.lines import ID, UNSTATED, VALUE, WRONG


class Period(NamedTuple):
    """References to the cells that hold the period: ``horizon`` is the last day of which evidence counts.

    ``over`` is 1 where the period has ended on the data date, ``fault`` is ``UNSTATED`` where a date is missing, ``WRONG`` where
    one cannot be read; ``first`` and ``last`` are numbers of months (``evaluator.windows.month_number``), ``whole`` that of the
    first full month.
    """

    start: str
    end: str
    as_of: str
    over: str
    horizon: str
    fault: str
    first: str
    last: str
    whole: str


def period(ledger: Ledger, addresses: Addresses) -> Period:
    """Write the period's block."""

    def put(name: str, text: str) -> str:
        row = ledger.take()
        ledger.put(row, ID, name)
        return ledger.formula(row, VALUE, text)

    def stated(name: str, cell: str) -> str:
        # 0 where nothing is written, -1 where it is no date.
        raw = put(f"{name}.raw", f'IF(TRIM({cell})="","",{cell})')
        clean = put(f"{name}.clean", clean_text(raw))
        number = put(f"{name}.number", day_number(raw, clean))
        return put(name, f'IF({raw}="",0,IF(ISNUMBER({number}),{number},-1))')

    start = stated("period.from", addresses.period_from)
    end = stated("period.to", addresses.period_to)
    until = stated("period.until", addresses.as_of)
    as_of = put("period.as_of", f"IF({until}=0,{end},{until})")
    return Period(
        start,
        end,
        as_of,
        put("period.over", f"IF({as_of}>={end},1,0)"),
        put("period.horizon", f"MIN({as_of},{end})"),
        put("period.fault", _fault(start, end, as_of)),
        put("period.first", _month(start)),
        put("period.last", _month(end)),
        put("period.whole", f"{_month(start)}+IF(DAY({_dated(start)})=1,0,1)"),
    )


def _fault(start: str, end: str, as_of: str) -> str:
    wrong = f"OR({start}<0,{end}<0,{as_of}<0,{end}<{start})"
    return f"IF(OR({start}=0,{end}=0),{UNSTATED},IF({wrong},{WRONG},0))"


def _dated(reference: str) -> str:
    # -1 is no date, and would make an error of everything that depends on it.
    return f"MAX({reference},1)"


def _month(reference: str) -> str:
    return f"YEAR({_dated(reference)})*12+MONTH({_dated(reference)})-1"
