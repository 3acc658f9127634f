"""The score in formulas, as ``evaluator.score`` adds it up, and the figures that people read."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from evaluator.exact import decimal
from evaluator.ruleset import Criterion, Ruleset, Scoring, Section
from evaluator.workbook.judging.cells import Ledger, added
from evaluator.workbook.judging.lines import (
    APPLIES,
    BEYOND,
    CEILING,
    FAULT,
    FLOOR,
    ID,
    KIND,
    MAY,
    SECTION,
    VETO,
    WEIGHT,
    WRONG,
    Block,
)

# Sums of doubles are rounded to so many places before they are compared with a grade.
_EXACT_PLACES = 9
_MOST_PLACES = 6


class Standing(NamedTuple):
    """Cells of a ruleset's figures: numbers as printed (``"—"`` where nothing applies), and sentences.

    ``low`` and ``high`` are the score's ends before rounding; ``left`` and ``wrong`` count the criteria that the formulas do not
    judge, and those with something typed wrongly.
    """

    floor: str
    ceiling: str
    line: str
    gap: str
    undecided: str
    vetoes: str
    conclusion: str
    left: str
    wrong: str
    low: str
    high: str


class _Sums(NamedTuple):
    # One section, or all: as formulas or cells.
    floor: str
    ceiling: str
    applicable: str
    away: str
    bonus_floor: str
    bonus_ceiling: str


def standing(ruleset: Ruleset, criteria: Block, ledger: Ledger, fault: str) -> Standing:
    """Write the score of ``ruleset`` from the rows of its ``criteria``; ``fault`` is above 0 where the period is not stated."""
    sections = [_section(one, n, criteria, ledger, ruleset) for n, one in enumerate(ruleset.sections)]
    sums = _Sums(*(added(cells) for cells in zip(*sections, strict=True)))
    row = _Row(ledger, f"{ruleset.ruleset} 得分")
    column = criteria.column
    ended = _ended(ruleset, criteria)
    low, high = _score(sums, ruleset.scoring, row, ended)
    undecided = row.put(f"SUMPRODUCT({column(APPLIES)}*({column(FLOOR)}<{column(CEILING)}))")
    failed = row.put(f"SUMPRODUCT(({column(VETO)}>0)*{column(APPLIES)}*({column(CEILING)}<1))")
    open_ = row.put(
        f"SUMPRODUCT(({column(VETO)}>0)*{column(APPLIES)}*({column(CEILING)}=1)*({column(FLOOR)}<1))"
    )
    left = row.put(f"COUNTIF({column(FAULT)},{BEYOND})")
    wrong = row.put(f"COUNTIF({column(FAULT)},{WRONG})")
    line = row.put(decimal(ruleset.scoring.pass_line))
    limits = [Fraction(0), Fraction(100), *(grade.at_least.value for grade in ruleset.scoring.grades)]
    floor, ceiling = (row.put(f'IF(ISNUMBER({end}),{printed(end, limits)},"—")') for end in (low, high))
    gap = row.put(f'IF(ISNUMBER({floor}),ROUND(MAX(0,{line}-{floor}),{_MOST_PLACES}),"—")')
    own = [barring(one, ruleset) for _, _, one in ruleset.criteria() if one.veto]
    limited = limiting = "0"
    if -1 in own:
        limited = row.put(f"SUMPRODUCT(({column(VETO)}<0)*{column(APPLIES)}*({column(CEILING)}<1))")
        limiting = row.put(
            f"SUMPRODUCT(({column(VETO)}<0)*{column(APPLIES)}*({column(CEILING)}=1)*({column(FLOOR)}<1))"
        )
    vetoes = row.put(_vetoes(failed, open_, limited, limiting) if own else '"本标准未设"')
    conclusion = row.put(_conclusion(fault, low, high, line, failed, open_))
    return Standing(floor, ceiling, line, gap, undecided, vetoes, conclusion, left, wrong, low, high)


def barring(criterion: Criterion, ruleset: Ruleset) -> int:
    """What a veto that fails stands in the way of: acceptance (1), any score (2), a grade above one that is accepted (-1)."""
    if not criterion.veto:
        return 0
    if criterion.veto_effect == "cap":
        kept = next(one.at_least.value for one in ruleset.scoring.grades if one.id == criterion.veto_grade)
        return 1 if kept < ruleset.scoring.pass_line else -1
    return 2 if criterion.veto_effect == "end" else 1


def _ended(ruleset: Ruleset, criteria: Block) -> tuple[str, str] | None:
    """At each end of the score, how many vetoes end the assessment; None where none can."""
    if not any(barring(one, ruleset) == 2 for _, _, one in ruleset.criteria()):
        return None
    column = criteria.column
    low, high = (
        f"SUMPRODUCT(({column(VETO)}=2)*{column(APPLIES)}*({column(end)}<1))" for end in (FLOOR, CEILING)
    )
    return low, high


class _Row:
    def __init__(self, ledger: Ledger, name: str) -> None:
        self._ledger, self._row, self._column = ledger, ledger.take(), FLOOR
        ledger.put(self._row, ID, name)
        ledger.put(self._row, KIND, "score")

    def put(self, text: str) -> str:
        self._column += 1
        return self._ledger.formula(self._row, self._column - 1, text)


def _section(section: Section, n: int, criteria: Block, ledger: Ledger, ruleset: Ruleset) -> _Sums:
    row = _Row(ledger, f"{ruleset.ruleset}/{section.id}")
    column = criteria.column
    mine = f"({column(SECTION)}={n})*({column(MAY)}=0)*{column(WEIGHT)}"
    extra = f"({column(SECTION)}={n})*({column(MAY)}=1)*{column(WEIGHT)}"
    cap = None if section.cap is None else decimal(section.cap.value)

    def capped(text: str) -> str:
        return text if cap is None else f"MIN({text},{cap})"

    def left(text: str) -> str:
        # A section's deductions are the engine's: from nothing to the most that they can take.
        return text if not section.deductions else f"MAX(0,{text}-{decimal(most_lost(section, ruleset))})"

    away = row.put(f"SUMPRODUCT({mine}*({column(APPLIES)}=0))")
    return _Sums(
        floor=row.put(left(capped(f"SUMPRODUCT({mine}*{column(FLOOR)})"))),
        ceiling=row.put(capped(f"SUMPRODUCT({mine}*{column(CEILING)})")),
        applicable=row.put(capped(f"SUMPRODUCT({mine})-{away}")),
        away=away,
        bonus_floor=row.put(f"SUMPRODUCT({extra}*{column(FLOOR)})"),
        bonus_ceiling=row.put(f"SUMPRODUCT({extra}*{column(CEILING)})"),
    )


def most_lost(section: Section, ruleset: Ruleset) -> Fraction:
    """The most that the deductions of ``section`` can take."""
    worth = section.worth(ruleset.scoring)
    caps = (worth if line.cap is None else line.cap.value for line in section.deductions)
    return min(worth, sum(caps, Fraction(0)))


def _score(sums: _Sums, scoring: Scoring, row: _Row, ended: tuple[str, str] | None) -> tuple[str, str]:
    applicable = row.put(sums.applicable)
    whole, more = applicable, "0"
    if scoring.total is not None:
        whole = decimal(scoring.total.value)
        more = sums.away if scoring.not_applicable == "full" else "0"
    cap = "0" if scoring.bonus is None else decimal(scoring.bonus.cap.value)
    # Deductions from the total are the engine's: from nothing to their cap.
    lost = "0" if scoring.deductions is None else decimal(scoring.deductions.cap.value)
    ends = []
    for n, (earned, bonus, taken) in enumerate(
        ((sums.floor, sums.bonus_floor, lost), (sums.ceiling, sums.bonus_ceiling, "0"))
    ):
        share = f"MAX(0,MIN(100,({earned}+{more})*100/{whole}))"
        text = f"MAX(0,MIN(100,{share}+MIN({bonus},{cap})-{taken}))"
        if ended is not None:
            text = f"IF({ended[n]}>0,0,{text})"
        ends.append(row.put(f'IF({applicable}=0,"—",ROUND({text},{_EXACT_PLACES}))'))
    return ends[0], ends[1]


def printed(score: str, limits: Iterable[Fraction]) -> str:
    """A number rounded to two places, and to as many more as keep every comparison with ``limits`` true (decision 3)."""
    listed = "{" + ",".join(dict.fromkeys(decimal(limit) for limit in limits)) + "}"
    text = score
    for places in range(_MOST_PLACES, 1, -1):
        true = f"SUMPRODUCT((SIGN(ROUND({score},{places})-{listed})<>SIGN({score}-{listed}))*1)=0"
        text = f"IF({true},ROUND({score},{places}),{text})"
    return text


def _vetoes(failed: str, open_: str, limited: str, limiting: str) -> str:
    all_failed, all_open = f"({failed}+{limited})", f"({open_}+{limiting})"
    only = f'IF({limited}>0,"（其中 "&{limited}&" 项只限制等次）","")'
    return (
        f'IF({all_failed}>0,{all_failed}&" 项未通过"&{only},IF({all_open}>0,{all_open}&" 项尚未判定","通过"))'
    )


def _conclusion(fault: str, low: str, high: str, line: str, failed: str, open_: str) -> str:
    return (
        f'IF({fault}>0,"请先在“单位信息”填好评估期",IF({failed}>0,"一票否决项未达标，不能达标",'
        f'IF(NOT(ISNUMBER({low})),"没有适用的指标，不计分",IF({high}<{line},"待定事项全部按最好情况计，也不能达标",'
        f'IF({low}<{line},"尚不能确定",IF({open_}>0,"分数已不低于达标线，一票否决项尚未判定","已达标"))))))'
    )
