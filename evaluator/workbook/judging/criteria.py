"""Criteria in formulas: the check under its condition and its prerequisites, and the outcome in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
_FAULTS = {
    WRONG: "填写有误，请改：数、日期、是或否",
    BEYOND: "表内不能判，以系统评分为准",
    UNSTATED: "请先在“单位信息”填好评估期的起止日期",
}


class Listed(NamedTuple):
    """A criterion as others refer to it: its row and its title."""

    row: Row
    title: str


def criterion(one: Criterion, here: Workings, day: str, listed: Mapping[str, Listed]) -> None:
    """Write the row of a criterion that formulas judge; ``listed`` are all criteria, ``day`` picks dated thresholds."""
    line = Line(here.ledger, listed[one.id].row.row, one.id, "criterion", free=VETO + 1)
    assert one.check is not None
    setting = Setting(day, one.points.value, one.nature == "prohibition")
    main = judge(one.check, here.ledger.take(), f"{one.id}/check", here, setting)
    found = _Found(line, main, [main[FAULT], here.period.fault])
    if any(here.addresses.elsewhere(use.id) for use in one.uses()):
        found.faults.append(f"IF({here.included}>0,{BEYOND},0)")
    if one.requires:
        found.require([listed[name] for name in one.requires])
    if one.applies_when is not None:
        setting = setting._replace(points=None)
        name = f"{one.id}/applies_when"
        found.apply_when(judge(one.applies_when, here.ledger.take(), name, here, setting))
    line.conclude(found.credit())
    here.ledger.formula(line.row, OUTCOME, _outcome(line))


class _Found:
    """What the check of a criterion found, and what its prerequisites and its condition make of it, as ``evaluator.evaluate``."""

    def __init__(self, line: Line, main: Row, faults: list[str]) -> None:
        self._line, self._main, self.faults = line, main, faults
        self._low, self._high, self._applies = main[FLOOR], main[CEILING], main[APPLIES]
        self._waits = {column: [main[column]] for column in (PERSON, TIME, EVIDENCE)}
        self._texts, self._away = [main[TEXT]], main[TEXT]

    def require(self, others: Sequence[Listed]) -> None:
        """Hold back the credit until ``others`` are met; one that does not apply does not stand in the way."""
        keep, main = self._line.keep, self._main
        failed, open_, first = [], [], "0"
        for other, title in reversed(others):
            unmet = f"{other[APPLIES]}*({other[FLOOR]}<1)"
            failed.append(f"{other[APPLIES]}*({other[CEILING]}<1)")
            open_.append(unmet)
            # What the first open one waits for: person, time or evidence.
            first = f"IF({unmet}=1,IF({other[PERSON]}=1,1,IF({other[TIME]}=1,2,3)),{first})"
            self.faults.append(other[FAULT])
            wanted = quoted(f"先达到前提指标“{title}”")
            self._texts.insert(1, keep(f'IF({unmet}=1,{wanted},"")'))
        lost, first = keep(f"IF({'+'.join(failed)}>0,1,0)"), keep(first)
        self._low = keep(f"IF({'+'.join(open_)}>0,0,{self._low})")
        self._high = keep(f"IF({lost}=1,0,{self._high})")
        for kind, column in enumerate((PERSON, TIME, EVIDENCE), 1):
            self._waits[column].append(f"IF(AND({lost}=0,{main[CEILING]}>0,{first}={kind}),1,0)")

    def apply_when(self, condition: Row) -> None:
        """Judge only where ``condition`` holds; while it is undecided, so is the criterion."""
        keep = self._line.keep
        open_ = keep(f"IF(AND({condition[CEILING]}=1,{condition[FLOOR]}<1),1,0)")
        holds = keep(f"IF(AND({condition[APPLIES]}=1,{condition[CEILING]}=1),1,0)")
        self._low, self._high = f"IF({open_}=1,0,{self._low})", f"IF({open_}=1,1,{self._high})"
        for column, waits in self._waits.items():
            waits.append(condition[column])
        self.faults.append(condition[FAULT])
        self._texts.insert(0, keep(f'IF({open_}=1,"先明确本项是否适用："&{condition[TEXT]},"")'))
        self._away = keep(f'IF({holds}=1,{self._main[TEXT]},"适用条件不成立")')
        self._applies = keep(f"IF({holds}=1,{self._applies},0)")

    def credit(self) -> Credit:
        """What the row of the criterion says."""
        keep, applies = self._line.keep, self._applies
        fault = keep(f"IFERROR(MAX({','.join(self.faults)}),{WRONG})")
        low = keep(f"IF(OR({fault}>0,{applies}=0),0,{self._low})")
        high = keep(f"IF({fault}>0,1,IF({applies}=0,0,{self._high}))")
        undecided = keep(f"IF(AND({fault}=0,{low}<{high}),1,0)")
        person, time, evidence = (f"{undecided}*MAX({','.join(waits)})" for waits in self._waits.values())
        told = f"IF({applies}=0,{self._away},{joined(self._texts)})"
        for code, text in _FAULTS.items():
            told = f"IF({fault}={code},{quoted(text)},{told})"
        return Credit(
            floor=low,
            ceiling=high,
            applies=f"IF({fault}>0,1,{applies})",
            fault=fault,
            person=person,
            time=time,
            evidence=evidence,
            amount=self._main[AMOUNT],
            text=told,
        )


def left_out(one: Criterion, here: Workings, listed: Mapping[str, Listed]) -> None:
    """Write the row of a criterion that formulas do not judge: open from nothing to full."""
    line = Line(here.ledger, listed[one.id].row.row, one.id, "criterion")
    line.conclude(Credit("0", "1", fault=str(BEYOND), text=quoted(_FAULTS[BEYOND])))
    here.ledger.formula(line.row, OUTCOME, _outcome(line))


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
