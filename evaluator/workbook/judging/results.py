"""The sheet 自查结果: what its cells show of the workings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evaluator.exact import plain
from evaluator.ruleset import Ruleset
from evaluator.workbook.form import Sheet
from evaluator.workbook.judging.cells import quoted
from evaluator.workbook.judging.compiling import Compiled, Judged
from evaluator.workbook.judging.lines import ATTAINABLE, EARNED, OUTCOME, TEXT
from evaluator.workbook.judging.scores import most_lost
from evaluator.workbook.sheets.entries import NOTE

_SHOWN = {"outcome": OUTCOME, "earned": EARNED, "attainable": ATTAINABLE, "short": TEXT}
OFFICIAL = "本页随填随算，供自查；正式得分以系统评分为准"

_INCLUDED = "引用的街道申报文件不在本页计算"


class Cell(NamedTuple):
    """One cell of the sheet: the 0-based row of the plan, its column's key, a formula, and whether it is of a ruleset's score."""

    row: int
    key: str
    text: str
    score: bool


def cells(table: Sheet, compiled: Compiled) -> Iterator[Cell]:
    """The live cells of ``table``: the score of each ruleset on the rows for it, then each criterion on its first row."""
    heads = (n for n, row in enumerate(table.rows) if row.item == NOTE)
    firsts: dict[str, int] = {}
    for n, row in enumerate(table.rows):
        firsts.setdefault(row.item, n)
    for n, judged in zip(heads, compiled.judged, strict=False):
        for key, text in _score(judged, compiled).items():
            yield Cell(n, key, text, score=True)
        for name, line in judged.rows.items():
            for key, column in _SHOWN.items():
                yield Cell(firsts[name], key, compiled.ledger.outside(line[column]), score=False)


def _score(judged: Judged, compiled: Compiled) -> dict[str, str]:
    ledger = compiled.ledger
    found = {name: ledger.outside(cell) for name, cell in judged.standing._asdict().items()}
    line = f'"达标线 "&{found["line"]}&" 分（{_pass_title(judged.ruleset)}）"'
    break_ = "CHAR(10)"
    need = f'"至少还需 "&{found["gap"]}&" 分"'
    open_ = f'"待定 "&{found["undecided"]}&" 项"'
    wrong = f'IF({found["wrong"]}>0,"（其中填写有误 "&{found["wrong"]}&" 项）","")'
    left = f'IF({found["left"]}>0,"（其中表内不能判 "&{found["left"]}&" 项）","")'
    veto = f'"一票否决："&{found["vetoes"]}'
    remarks = [veto, quoted(OFFICIAL)]
    deductions = judged.ruleset.scoring.deductions
    if deductions is not None:
        cap = plain(deductions.cap.value)
        remarks.append(quoted(f"总分扣分（至多 {cap} 分）表内不能算，已确认分按最多扣除计"))
    remarks += [
        quoted(
            f"类目“{one.title.zh}”的扣分（至多 {plain(most_lost(one, judged.ruleset))} 分）表内不能算，已确认分按最多扣除计"
        )
        for one in judged.ruleset.sections
        if one.deductions
    ]
    included = f'IF({ledger.outside(compiled.included)}>0,{break_}&{quoted(_INCLUDED)},"")'
    return {
        "outcome": found["conclusion"],
        "earned": found["floor"],
        "attainable": found["ceiling"],
        "requirement": f"&{break_}&".join((line, need)),
        "short": f"&{break_}&".join((f"{open_}&{wrong}&{left}", *remarks)) + f"&{included}",
    }


def _pass_title(ruleset: Ruleset) -> str:
    title = next(grade.title.zh for grade in ruleset.scoring.grades if grade.id == ruleset.scoring.pass_)
    return f"“{title}”"
