"""The calendar of cadences in formulas: months, windows and what they hold (decision 2, as ``evaluator.windows`` has it)."""

from __future__ import annotations

from typing import NamedTuple

from evaluator.windows import LENGTH, Every
from evaluator.workbook.addresses import Addresses
from evaluator.workbook.judging.cells import Ledger, across, added, at
from evaluator.workbook.judging.lines import FREE, ID, KIND, VALUE
from evaluator.workbook.judging.period import Period

# A longer period is left to the engine.
MONTHS = 36
# How many windows of each length touch a period of so many months, however its edges cut them.
_WINDOWS = {"month": MONTHS, "quarter": 13, "half_year": 7, "year": 4, "period": 1}
# Later than any month of a window: the offset of a month that none of it is.
_NEVER = 99


class Grid(NamedTuple):
    """The windows of one cadence as ranges.

    ``months`` holds a cell for each month of the period, with the number of its window (0: none). The others hold a cell for each
    of ``size`` windows: its last day inside the period, and a 1 where it is whole and ends after the data date, or not after it.
    """

    months: str
    ends: str
    open: str
    over: str
    size: int


class Calendar:
    """Months and windows, each grid and each count of events written once."""

    def __init__(self, ledger: Ledger, addresses: Addresses, period: Period) -> None:
        self._ledger, self._addresses, self._period = ledger, addresses, period
        self._grids: dict[tuple[str, tuple[int, ...], int | None], Grid] = {}
        self._counts: dict[str, str] = {}
        self._found: dict[tuple[Grid, str], str] = {}
        self._rows: dict[str, int] = {}
        self.too_long = ""

    def grid(self, every: Every, months: tuple[int, ...], starts: int | None) -> Grid:
        """The windows of ``every``, narrowed to ``months``, aligned to ``starts``."""
        key = (every, tuple(sorted(set(months))), starts)
        if key not in self._grids:
            self._months()
            make = self._whole_period if every == "period" else self._windows
            self._grids[key] = make(*key)
        return self._grids[key]

    def found(self, grid: Grid, events: str) -> str:
        """How many events of a type each window of ``grid`` holds: a range."""
        if (grid, events) not in self._found:
            counts = self._held(events)
            row = self._row(f"{events} 每时段次数", grid.size)
            for n in range(grid.size):
                number = at(self._rows["number"], FREE + n)
                self._ledger.formula(row, FREE + n, f"SUMIF({grid.months},{number},{counts})")
            self._found[grid, events] = _range(row, grid.size)
        return self._found[grid, events]

    def _row(self, name: str, size: int) -> int:
        row = self._ledger.take()
        self._ledger.put(row, ID, name)
        self._ledger.put(row, KIND, "calendar")
        self._ledger.put(row, VALUE, size)
        return row

    def _months(self) -> None:
        if self._rows:
            return
        span, put = self._period, self._ledger.formula
        for name in ("number", "month", "start", "end"):
            self._rows[name] = self._row(f"months.{name}", MONTHS)
        for n in range(MONTHS):
            self._ledger.put(self._rows["number"], FREE + n, n + 1)
            month = put(self._rows["month"], FREE + n, f"{span.first}+{n}")
            put(self._rows["start"], FREE + n, f"MAX({_first_day(month)},{span.start})")
            put(self._rows["end"], FREE + n, f"MIN({_last_day(month)},{span.horizon})")
        row = self._row("months.too_long", 1)
        self.too_long = put(row, FREE, f"IF({span.last}-{span.first}>={MONTHS},1,0)")

    def _held(self, events: str) -> str:
        # Events of each month that lie inside the period and not after the data date.
        if events not in self._counts:
            row = self._row(f"{events} 每月次数", MONTHS)
            for n in range(MONTHS):
                start, end = at(self._rows["start"], FREE + n), at(self._rows["end"], FREE + n)
                text = added(
                    f'COUNTIFS({p.types},"{events}",{p.dates},">="&{start},{p.dates},"<="&{end})'
                    for p in self._addresses.events(events)
                )
                self._ledger.formula(row, FREE + n, text)
            self._counts[events] = _range(row, MONTHS)
        return self._counts[events]

    def _windows(self, every: Every, months: tuple[int, ...], starts: int | None) -> Grid:
        span, put, length = self._period, self._ledger.formula, LENGTH[every]
        name = f"{every}.{','.join(map(str, months))}.{starts or ''}"
        rows = [
            self._row(f"{name}.{one}", _WINDOWS[every]) for one in ("month", "start", "end", "open", "over")
        ]
        anchor = span.whole if starts is None else str(starts - 1)
        begin = put(rows[0], VALUE, f"{span.first}-MOD({span.first}-{anchor},{length})")
        for n in range(MONTHS):
            month = at(self._rows["month"], FREE + n)
            inside = [f"{month}<={span.last}", *([_among(month, months)] if months else [])]
            put(rows[0], FREE + n, f"IF(AND({','.join(inside)}),INT(({month}-{begin})/{length})+1,0)")
        size = _WINDOWS[every]
        for n in range(size):
            first = f"{begin}+{n * length}"
            if months:
                offsets = [f"MOD({month - 1}-({first}),12)" for month in months]
                low = f"MIN({','.join(f'IF({one}<{length},{one},{_NEVER})' for one in offsets)})"
                high = f"MAX({','.join(f'IF({one}<{length},{one},-1)' for one in offsets)})"
                start = put(rows[1], FREE + n, f"IF({low}={_NEVER},0,{_first_day(f'({first}+{low})')})")
                end = put(rows[2], FREE + n, f"IF({start}=0,0,{_last_day(f'({first}+{high})')})")
            else:
                start = put(rows[1], FREE + n, _first_day(f"({first})"))
                end = put(rows[2], FREE + n, _last_day(f"({first}+{length - 1})"))
            whole = f"{start}>={span.start},{end}<={span.end}"
            put(rows[3], FREE + n, f"IF(AND({whole},{end}>{span.as_of}),1,0)")
            put(rows[4], FREE + n, f"IF(AND({whole},{end}<={span.as_of}),1,0)")
        ends, open_, over = (_range(row, size) for row in rows[2:])
        return Grid(_range(rows[0], MONTHS), ends, open_, over, size)

    def _whole_period(self, _every: str, months: tuple[int, ...], _starts: int | None) -> Grid:
        span, put = self._period, self._ledger.formula
        name = f"period.{','.join(map(str, months))}"
        rows = [self._row(f"{name}.{one}", 1) for one in ("month", "end", "open", "over")]
        for n in range(MONTHS):
            month = at(self._rows["month"], FREE + n)
            inside = [f"{month}<={span.last}", *([_among(month, months)] if months else [])]
            put(rows[0], FREE + n, f"IF(AND({','.join(inside)}),1,0)")
        if months:
            low = f"({span.first}+MIN({','.join(f'MOD({one - 1}-{span.first},12)' for one in months)}))"
            high = f"({span.last}-MIN({','.join(f'MOD({span.last}-{one - 1},12)' for one in months)}))"
            start = f"MAX({_first_day(low)},{span.start})"
            last = f"MIN({_last_day(high)},{span.end})"
            end = put(rows[1], FREE, f"IF(OR({low}>{span.last},{start}>{last}),0,{last})")
        else:
            end = put(rows[1], FREE, span.end)
        put(rows[2], FREE, f"IF(AND({end}>0,{end}>{span.as_of}),1,0)")
        put(rows[3], FREE, f"IF(AND({end}>0,{end}<={span.as_of}),1,0)")
        ends, open_, over = (_range(row, 1) for row in rows[1:])
        return Grid(_range(rows[0], MONTHS), ends, open_, over, 1)


def _range(row: int, size: int) -> str:
    return across((row, FREE), (row, FREE + size - 1))


def _first_day(month: str) -> str:
    return f"DATE(INT({month}/12),MOD({month},12)+1,1)"


def _last_day(month: str) -> str:
    return f"DATE(INT({month}/12),MOD({month},12)+2,1)-1"


def _among(month: str, months: tuple[int, ...]) -> str:
    return f"OR({','.join(f'MOD({month},12)={one - 1}' for one in months)})"
