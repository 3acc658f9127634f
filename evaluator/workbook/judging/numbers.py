"""``ratio`` and ``quantity`` in formulas."""

from __future__ import annotations

from evaluator.checks.quantity import Quantity
from evaluator.checks.ratio import Ratio
from evaluator.workbook.judging.cells import quoted
from evaluator.workbook.judging.items import Item
from evaluator.workbook.judging.limits import Number, credit, limits_of, shortfall
from evaluator.workbook.judging.lines import AMOUNT, Credit, Line
from evaluator.workbook.judging.phrases import LOST, joined
from evaluator.workbook.judging.workings import Setting, Workings

_MISSING, _ZERO, _SMALL, _JUDGED = 1, 2, 3, 4
_AT_ZERO = {"not_applicable": (0, 0), "satisfied": (1, 1), "not_satisfied": (0, 0), "needs_review": (0, 1)}


def ratio(check: Ratio, line: Line, here: Workings, setting: Setting) -> None:
    """One count divided by another."""
    counts, phrases = here.catalogue.counts, here.phrases
    part, base = here.items.get("counts", check.numerator), here.items.get("counts", check.denominator)
    whole = counts[check.numerator].whole_number
    number = Number(part.value, base.value, whole and counts[check.denominator].whole_number)
    sample = f"{base.value}<{check.minimum_sample.value}" if check.minimum_sample is not None else "FALSE"
    state = line.keep(
        f"IF({part.known}*{base.known}=0,{_MISSING},IF({base.value}=0,{_ZERO},IF({sample},{_SMALL},{_JUDGED})))"
    )
    earned = line.keep(f"IF({state}={_JUDGED},{credit(check, number, setting.day, setting.points)},0)")
    short = shortfall(check, number, setting.day, setting.points, whole=whole)
    wanting = f"AND({state}={_JUDGED},{earned}<1)"
    fewer = line.keep(f"IF({wanting},{short.fewer},0)")
    low, high = _AT_ZERO[check.when_zero]
    amount = line[AMOUNT]
    lost = '""'
    if check.denominator in counts[check.numerator].at_most:
        lost = f'IF({number.top}+{amount}>{number.bottom},{quoted(LOST)},"")'
    gap = (
        f"IF({fewer}=1,{phrases.fewer(check.numerator, amount, whole=whole)},"
        f"{phrases.more(check.numerator, amount, whole=whole)}&{lost})"
    )
    missing = joined(
        [
            line.keep(f'IF({item.known}=0,{phrases.fill_in(name)},"")')
            for item, name in ((part, check.numerator), (base, check.denominator))
        ]
    )
    zero = f"{phrases.label(check.denominator)}为 0，无从计算比例"
    line.conclude(
        Credit(
            floor=f"IF({state}={_JUDGED},{earned},IF({state}={_ZERO},{low},0))",
            ceiling=f"IF({state}={_JUDGED},{earned},IF({state}={_ZERO},{high},1))",
            applies=f"IF({state}={_ZERO},0,1)" if check.when_zero == "not_applicable" else "1",
            fault=f"MAX({part.fault},{base.fault})",
            person=f"IF(OR({state}={_SMALL},AND({state}={_ZERO},{high - low}=1)),1,0)",
            evidence=f"IF({state}={_MISSING},1,0)",
            amount=f'IF({wanting},{short.amount},"")',
            text=(
                f"IF({state}={_MISSING},{missing},IF({state}={_ZERO},{_unless_met(low, zero)},"
                f'IF({state}={_SMALL},"样本不足，由人工判定",IF({earned}<1,{gap},""))))'
            ),
        )
    )


def _unless_met(low: int, text: str) -> str:
    return '""' if low == 1 else quoted(text)


def quantity(check: Quantity, line: Line, here: Workings, setting: Setting) -> None:
    """A count, or the number of events or documents in the period."""
    if check.count is not None:
        _count(check, check.count, line, here, setting)
    elif check.events is not None:
        _tally(check, check.events, here.items.get("events", check.events), line, here, setting)
    else:
        name = str(check.documents)
        _tally(check, name, here.items.get("documents", name), line, here, setting)


def _count(check: Quantity, name: str, line: Line, here: Workings, setting: Setting) -> None:
    item, whole = here.items.get("counts", name), here.catalogue.counts[name].whole_number
    number = Number(item.value, whole=whole)
    earned = line.keep(f"IF({item.known}=1,{credit(check, number, setting.day, setting.points)},0)")
    short = shortfall(check, number, setting.day, setting.points, whole=whole)
    wanting = f"AND({item.known}=1,{earned}<1)"
    fewer = line.keep(f"IF({wanting},{short.fewer},0)")
    amount = line[AMOUNT]
    many = here.phrases.fewer(name, amount, whole=whole)
    if setting.prohibition:
        many = f"{many}&{quoted(LOST)}"
    line.conclude(
        Credit(
            floor=earned,
            ceiling=f"IF({item.known}=1,{earned},1)",
            fault=item.fault,
            evidence=f"IF({item.known}=1,0,1)",
            amount=f'IF({wanting},{short.amount},"")',
            text=(
                f'IF({item.known}=0,{here.phrases.fill_in(name)},IF({earned}=1,"",'
                f"IF({fewer}=1,{many},{here.phrases.more(name, amount, whole=whole)})))"
            ),
        )
    )


# More than any number of events or documents: a number that can still grow has no end.
_ENDLESS = "1000000"


def _tally(check: Quantity, name: str, item: Item, line: Line, here: Workings, setting: Setting) -> None:
    over = here.period.over
    number = Number(item.value)
    most = line.keep(f"IF({over}=1,{item.value}+{item.undated},{_ENDLESS})")
    known = f"{item.known}=1"
    floor, ceiling = _ends(check, item.value, most, setting)
    low, high = line.keep(floor), line.keep(ceiling)
    short = shortfall(check, number, setting.day, setting.points, whole=True)
    now = line.keep(credit(check, number, setting.day, setting.points))
    wanting = f"AND({known},{now}<1,{low}<1)"
    fewer = line.keep(f"IF({wanting},{short.fewer},0)")
    amount = line[AMOUNT]
    undecided = f"AND({known},{low}<{high})"
    lost = f'IF({over}=1,{quoted(LOST)},"")'
    gap = line.keep(
        f"IF({wanting},IF({fewer}=1,{here.phrases.fewer(name, amount)}&{quoted(LOST)},"
        f'{here.phrases.more(name, amount)}&{lost}),"")'
    )
    still = line.keep(
        f'IF({undecided},IF({item.undated}>0,"有文件没有写明日期，由人工判定","评估期尚未结束"),"")'
    )
    line.conclude(
        Credit(
            floor=f"IF({known},{low},0)",
            ceiling=f"IF({known},{high},1)",
            fault=item.fault,
            person=f"IF(AND({undecided},{item.undated}>0),1,0)",
            time=f"IF(AND({undecided},{item.undated}=0),1,0)",
            evidence=f"IF({known},0,1)",
            amount=f'IF({wanting},{short.amount},"")',
            text=f"IF({known},{joined([gap, still], '，')},{here.phrases.fill_in(name)})",
        )
    )


def _ends(check: Quantity, least: str, most: str, setting: Setting) -> tuple[str, str]:
    """The least and the greatest credit of a whole number from ``least`` to ``most``."""
    if check.credit == "proportional":
        return (
            credit(check, Number(least), setting.day, setting.points),
            credit(check, Number(most), setting.day, setting.points),
        )
    limits = limits_of(check, setting.day)
    # The numbers that meet every limit lie from the highest of these lows to the lowest of these highs.
    lows, highs = ["0"], [_ENDLESS]
    for limit in limits:
        below = f"INT(({limit.top})/{limit.bottom})"
        ceiling = f"-INT(-({limit.top})/{limit.bottom})"
        if limit.name in ("at_least", "equals"):
            lows.append(ceiling)
        if limit.name in ("at_most", "equals"):
            highs.append(below)
        if limit.name == "above":
            lows.append(f"{below}+1")
        if limit.name == "below":
            highs.append(f"{ceiling}-1")
    low, high = f"MAX({','.join(lows)})", f"MIN({','.join(highs)})"
    return (
        f"IF(AND({least}>={low},{most}<={high}),1,0)",
        f"IF(MAX({least},{low})<=MIN({most},{high}),1,0)",
    )
