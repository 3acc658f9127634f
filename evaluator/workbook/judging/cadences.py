"""``cadence`` in formulas."""

from __future__ import annotations

from evaluator.checks.cadence import Cadence
from evaluator.workbook.judging.cells import written_day
from evaluator.workbook.judging.limits import limit_of
from evaluator.workbook.judging.lines import AMOUNT, BEYOND, Credit, Line
from evaluator.workbook.judging.phrases import joined
from evaluator.workbook.judging.workings import Setting, Workings


def cadence(check: Cadence, line: Line, here: Workings, setting: Setting) -> None:
    """The windows that hold enough events."""
    item = here.items.get("events", check.events)
    grid = here.calendar.grid(check.every, check.months, check.starts)
    found = here.calendar.found(grid, check.events)
    needed = line.keep(limit_of("at_least", check.at_least, setting.day).top)
    met = line.keep(f'COUNTIF({found},">="&{needed})')
    wanting = f"({found}<{needed})"
    open_ = line.keep(f"SUMPRODUCT({wanting}*{grid.open})")
    missed = line.keep(f"SUMPRODUCT({wanting}*{grid.over})")
    judged = line.keep(f"{met}+{open_}+{missed}")
    to_hold = f"SUMPRODUCT({wanting}*{grid.open}*({needed}-{found}))"
    not_held = f"SUMPRODUCT({wanting}*{grid.over}*({needed}-{found}))"
    # The next window to close: the greatest distance from a far day.
    next_ = line.keep(f"100000-SUMPRODUCT(MAX({wanting}*{grid.open}*(100000-{grid.ends})))")
    known, some = f"{item.known}=1", f"{judged}>0"
    if check.credit == "all_or_nothing":
        low, high = f"IF({met}={judged},1,0)", f"IF({missed}=0,1,0)"
    else:
        low, high = f"{met}/{judged}", f"({met}+{open_})/{judged}"
    low, high = line.keep(f"IF({some},{low},0)"), line.keep(f"IF({some},{high},1)")
    short = f"AND({known},{some},{met}<{judged})"
    todo = line.keep(
        f"IF(AND({short},{open_}>0),{here.phrases.more(check.events, line[AMOUNT])}"
        f'&"，还有 "&{open_}&" 个时段未到期，最近的到 "&{written_day(next_)},"")'
    )
    lost = line.keep(f'IF(AND({short},{missed}>0),{missed}&" 个时段已错过，不可补办","")')
    line.conclude(
        Credit(
            floor=f"IF({known},{low},0)",
            ceiling=f"IF({known},{high},1)",
            fault=f"MAX({item.fault},{BEYOND}*{here.calendar.too_long})",
            person=f"IF(AND({known},{judged}=0),1,0)",
            time=f"IF(AND({known},{some},{low}<{high}),1,0)",
            evidence=f"IF({known},0,1)",
            amount=f'IF({short},IF({open_}>0,{to_hold},{not_held}),"")',
            text=(
                f"IF({known},IF({some},{joined([todo, lost])},"
                f'"评估期内没有完整的时段，由人工判定"),{here.phrases.fill_in(check.events)})'
            ),
        )
    )
