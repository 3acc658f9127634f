"""``statement`` and ``rating`` in formulas."""

from __future__ import annotations

from evaluator.checks.rating import Rating
from evaluator.checks.statement import StatementCheck
from evaluator.workbook.judging.cells import quoted
from evaluator.workbook.judging.lines import Credit, Line
from evaluator.workbook.judging.workings import Setting, Workings


def statement(check: StatementCheck, line: Line, here: Workings, _setting: Setting) -> None:
    """Whether the institution says yes."""
    item = here.items.get("statements", check.statement)
    known, label = f"{item.known}=1", here.phrases.label(check.statement)
    unsupported = f'IF({item.entries}=0,{quoted(f"{label}补附佐证文件")},"")' if check.attachment else '""'
    line.conclude(
        Credit(
            floor=item.value,
            ceiling=f"IF({known},{item.value},1)",
            fault=item.fault,
            evidence=f"IF({known},0,1)",
            amount=f'IF(AND({known},{item.value}=0),1,"")',
            text=(
                f"IF({known},IF({item.value}=1,{unsupported},{quoted(f'落实{label}后填“是”')}),"
                f"{here.phrases.fill_in(check.statement)})"
            ),
        )
    )


def rating(_check: Rating, line: Line, _here: Workings, _setting: Setting) -> None:
    """A level that only an inspector gives."""
    line.conclude(Credit("0", "1", person="1", text=quoted("等待检查人员评定档次")))
