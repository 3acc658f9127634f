"""``group`` in formulas, and which kind of check writes which row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evaluator.checks import Check
from evaluator.checks.group import Group
from evaluator.workbook.judging.cadences import cadence
from evaluator.workbook.judging.cells import quoted
from evaluator.workbook.judging.documents import document
from evaluator.workbook.judging.lines import (
    APPLIES,
    CEILING,
    EVIDENCE,
    FAULT,
    FLOOR,
    PERSON,
    TEXT,
    TIME,
    Block,
    Credit,
    Line,
)
from evaluator.workbook.judging.numbers import quantity, ratio
from evaluator.workbook.judging.phrases import joined
from evaluator.workbook.judging.statements import rating, statement
from evaluator.workbook.judging.workings import Setting, Workings

_LEAVES: dict[str, Callable[[Any, Line, Workings, Setting], None]] = {
    "ratio": ratio,
    "quantity": quantity,
    "cadence": cadence,
    "document": document,
    "statement": statement,
    "rating": rating,
}


def judge(check: Check, row: int, name: str, here: Workings, setting: Setting) -> Line:
    """Write the row of ``check``, and those of its members below."""
    line = Line(here.ledger, row, name, check.kind)
    if isinstance(check, Group):
        _group(check, line, name, here, setting._replace(points=None))
    else:
        _LEAVES[check.kind](check, line, here, setting)
    return line


def _group(check: Group, line: Line, name: str, here: Workings, setting: Setting) -> None:
    members = list(check.members())
    # The members' rows lie together, so that a column of them is a range.
    block = Block(here.ledger.take(len(members)), len(members))
    lines = [
        judge(member, block.first + n, f"{name}/{path[0]}/{path[1]}", here, setting)
        for n, (path, member) in enumerate(members)
    ]
    size = line.keep(f"SUM({block.column(APPLIES)})")
    wanted = int(check.at_least.value) if check.at_least is not None else 0
    form = "any" if check.any_ is not None else "of" if check.of is not None else "all"
    need = line.keep({"any": "1", "of": f"MAX(1,MIN({wanted},{size}))", "all": f"MAX(1,{size})"}[form])
    surely = line.keep(f"COUNTIF({block.column(FLOOR)},1)")
    strict = check.credit == "all_or_nothing"
    ends = []
    for column in (FLOOR, CEILING):
        values = block.column(column)
        best = "+".join(f"LARGE({values},{n + 1})" for n in range(wanted))
        ends.append(
            f"MAX({values})"
            if form == "any"
            else f"IF(COUNTIF({values},1)>={need},1,0)"
            if strict
            else f"IF({size}<{wanted},SUM({values}),{best})/{need}"
            if form == "of"
            else f"SUM({values})/{need}"
        )
    applies = line.keep(f"IF({size}>0,1,0)")
    low, high = line[FLOOR], line[CEILING]
    wanting = f"AND({applies}=1,{low}<1)"
    texts = joined([line.keep(f'IF({one[APPLIES]}=0,"",{one[TEXT]})') for one in lines])
    heading = {"any": "以下有一项即可：", "of": f"以下有 {wanted} 项即可：", "all": ""}[form]

    def waits(column: int) -> str:
        return f"IF({low}<{high},MAX({block.column(column)}),0)"

    line.conclude(
        Credit(
            floor=f"IF({applies}=1,{ends[0]},0)",
            ceiling=f"IF({applies}=1,{ends[1]},0)",
            applies=applies,
            fault=f"MAX({block.column(FAULT)})",
            person=waits(PERSON),
            time=waits(TIME),
            evidence=waits(EVIDENCE),
            amount=f'IF({wanting},{need}-{surely},"")',
            text=f'IF({wanting},{quoted(heading)}&{texts},"")' if heading else texts,
        )
    )
