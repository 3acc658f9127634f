"""Criteria in formulas: the check under its condition and its prerequisites, and the outcome in words."""

from __future__ import annotations

from evaluator.ruleset import Criterion
from evaluator.workbook.judging.cells import quoted
from evaluator.workbook.judging.groups import judge
from evaluator.workbook.judging.lines import (
    AMOUNT,
    APPLIES,
    BEYOND,
    CEILING,
    EVIDENCE,
    FAULT,
    FLOOR,
    OUTCOME,
    PERSON,
    TEXT,
    TIME,
    UNSTATED,
    VETO,
    WRONG,
    Credit,
    Line,
    Row,
)
from evaluator.workbook.judging.phrases import joined
from evaluator.workbook.judging.workings import Setting, Workings

# The words that the sheet shows; the first six are the engine's outcomes.
OUTCOMES = {
    "satisfied": "达标",
    "partly_satisfied": "部分达标",
    "not_satisfied": "未达标",
    "no_evidence": "未提交佐证",
    "needs_review": "待核验",
    "not_applicable": "不适用",
    "not_due": "未到时限",
    "beyond": "表内不能判",
    "wrong": "填写有误",
}
_LEFT = "表内不能判，以系统评分为准"
_STATE = "请先在“单位信息”填好评估期的起止日期"
_MEND = "填写有误，请改：数、日期、是或否"


def criterion(one: Criterion, row: int, here: Workings, day: str, rows: dict[str, int]) -> None:
    """Write the row of a criterion that formulas judge; ``rows`` are those of all criteria."""
    line = Line(here.ledger, row, one.id, "criterion", free=VETO + 1)
    setting = Setting(day, one.points.value, one.nature == "prohibition")
    assert one.check is not None
    main = judge(one.check, here.ledger.take(), f"{one.id}/check", here, setting)
    faults = [main[FAULT], here.period.fault]
    if any(here.addresses.elsewhere(use.id) for use in one.uses()):
        faults.append(f"IF({here.included}>0,{BEYOND},0)")
    low, high, applies = main[FLOOR], main[CEILING], main[APPLIES]
    flags = {column: [main[column]] for column in (PERSON, TIME, EVIDENCE)}
    texts = [main[TEXT]]
    away = main[TEXT]
    if one.requires:
        earlier = [Row(rows[name]) for name in one.requires]
        failed, held, first = _held_back(earlier, line)
        low, high = line.keep(f"IF({held}=1,0,{low})"), line.keep(f"IF({failed}=1,0,{high})")
        for column, kind in ((PERSON, 1), (TIME, 2), (EVIDENCE, 3)):
            flags[column].append(f"IF(AND({failed}=0,{main[CEILING]}>0,{first}={kind}),1,0)")
        faults.extend(other[FAULT] for other in earlier)
        texts.append(line.keep(f'IF({held}=1,"前提指标尚未达标","")'))
    if one.applies_when is not None:
        setting = setting._replace(points=None)
        condition = judge(one.applies_when, here.ledger.take(), f"{one.id}/applies_when", here, setting)
        open_ = f"AND({condition[CEILING]}=1,{condition[FLOOR]}<1)"
        low, high = f"IF({open_},0,{low})", f"IF({open_},1,{high})"
        for column, found in flags.items():
            found.append(condition[column])
        faults.append(condition[FAULT])
        texts.insert(0, line.keep(f'IF({open_},"先明确本项是否适用："&{condition[TEXT]},"")'))
        holds = f"AND({condition[APPLIES]}=1,{condition[CEILING]}=1)"
        away = line.keep(f'IF({holds},{main[TEXT]},"适用条件不成立")')
        applies = line.keep(f"IF({holds},{applies},0)")
    fault = line.keep(f"IFERROR(MAX({','.join(faults)}),{WRONG})")
    low = line.keep(f"IF(OR({fault}>0,{applies}=0),0,{low})")
    high = line.keep(f"IF({fault}>0,1,IF({applies}=0,0,{high}))")
    left = f"AND({fault}=0,{low}<{high})"
    line.conclude(
        Credit(
            floor=low,
            ceiling=high,
            applies=f"IF({fault}>0,1,{applies})",
            fault=fault,
            person=f"IF({left},MAX({','.join(flags[PERSON])}),0)",
            time=f"IF({left},MAX({','.join(flags[TIME])}),0)",
            evidence=f"IF({left},MAX({','.join(flags[EVIDENCE])}),0)",
            amount=main[AMOUNT],
            text=(
                f"IF({fault}={UNSTATED},{quoted(_STATE)},IF({fault}={BEYOND},{quoted(_LEFT)},IF({fault}>0,{quoted(_MEND)},"
                f"IF({applies}=0,{away},{joined(texts)}))))"
            ),
        )
    )
    here.ledger.formula(row, OUTCOME, _outcome(line))


def left_out(one: Criterion, row: int, here: Workings) -> None:
    """Write the row of a criterion that formulas do not judge: open from nothing to full."""
    line = Line(here.ledger, row, one.id, "criterion")
    line.conclude(Credit("0", "1", fault=str(BEYOND), text=quoted(_LEFT)))
    here.ledger.formula(row, OUTCOME, _outcome(line))


def _outcome(line: Line) -> str:
    """The outcome of a criterion's row in words, as ``evaluator.finding.outcome_of`` reads it off."""
    low, high, words = line[FLOOR], line[CEILING], {name: quoted(text) for name, text in OUTCOMES.items()}
    undecided = (
        f"IF({line[PERSON]}=1,{words['needs_review']},"
        f"IF({line[EVIDENCE]}=1,{words['no_evidence']},{words['not_due']}))"
    )
    decided = (
        f"IF({low}=1,{words['satisfied']},IF({low}=0,{words['not_satisfied']},{words['partly_satisfied']}))"
    )
    return (
        f"IF({line[FAULT]}={UNSTATED},{words['no_evidence']},IF({line[FAULT]}={BEYOND},{words['beyond']},"
        f"IF({line[FAULT]}>0,{words['wrong']},IF({line[APPLIES]}=0,{words['not_applicable']},"
        f"IF({low}<{high},{undecided},{decided})))))"
    )


def _held_back(earlier: list[Row], line: Line) -> tuple[str, str, str]:
    """Cells: whether a required criterion failed, whether one is not surely met, what the first open one waits for (1 to 3)."""
    applying = [one[APPLIES] for one in earlier]
    failed = [f"{a}*({one[CEILING]}<1)" for a, one in zip(applying, earlier, strict=True)]
    held = [f"{a}*({one[FLOOR]}<1)" for a, one in zip(applying, earlier, strict=True)]
    first = "0"
    for a, one in zip(reversed(applying), reversed(earlier), strict=True):
        kind = f"IF({one[PERSON]}=1,1,IF({one[TIME]}=1,2,3))"
        first = f"IF({a}*({one[FLOOR]}<1)=1,{kind},{first})"
    return (
        line.keep(f"IF({'+'.join(failed)}>0,1,0)"),
        line.keep(f"IF({'+'.join(held)}>0,1,0)"),
        line.keep(first),
    )
