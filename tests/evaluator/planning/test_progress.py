"""A rectification list that came back: read rightly whatever was done to it, or refused with the cell."""

from __future__ import annotations

import re

import pytest

from evaluator.errors import InputError
from evaluator.limits import DEFAULTS
from evaluator.planning.progress import KEYS, Sheet, returned
from evaluator.planning.rectification import Returned

HEADS = ["序号", "整改措施", "状态", *KEYS]
SOURCE = "1 demo-01 trial 2025-10-15 sha256:aa"
ROW_1 = ["1", "设受理点", "已完成", "statement:desk", "c1 c2", "1", SOURCE]
ROW_2 = ["2", "印发制度", "", "document:rules", "c3", "2", SOURCE]
RAISING = "如确有需要，在 limits.yaml 里把 workbook_rows 调大（现为 5,000），见 duibiao limits"


def read(*rows: list[str], heads: list[str] = HEADS) -> Returned:
    return returned(
        [Sheet("概况", [["整改清单"]]), Sheet("清单", [["一、要做的"], heads, *rows])], "back.xlsx"
    )


def refused(*rows: list[str], heads: list[str] = HEADS) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(*rows, heads=heads)
    return [problem.in_language("zh") for problem in caught.value.problems]


def test_the_rows_are_known_by_their_hidden_identifiers() -> None:
    found = read(ROW_1, ROW_2)
    assert (found.subject, found.ruleset, str(found.as_of), found.digest) == (
        "demo-01", "trial", "2025-10-15", "sha256:aa",
    )  # fmt: skip
    assert [tuple(item) for item in found.items] == [
        (1, "statement:desk", ("c1", "c2"), "done"),
        (2, "document:rules", ("c3",), None),
    ]


def test_rows_and_columns_may_have_been_moved_and_blank_rows_left() -> None:
    order = [3, 2, 6, 0, 5, 4, 1]
    moved = [[row[n] for n in order] for row in (HEADS, ROW_2, ROW_1)]
    assert read([""] * 7, moved[1], [], moved[2], heads=moved[0]) == read(ROW_1, ROW_2)


def test_notes_below_the_list_and_a_list_on_two_sheets_are_no_trouble() -> None:
    sheets = [
        Sheet("一", [HEADS, ROW_1, ["", "", ""], ["填表说明：已逐条核对"]]),
        Sheet("二", [["二"], HEADS, ROW_2]),
    ]
    assert returned(sheets, "back.xlsx") == read(ROW_1, ROW_2)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        *((text, "done") for text in ("已完成", "完成", " 完成。", "办结", "已 整改", "Done", "DONE!", "√", "completed")),
        *((text, "in_progress") for text in ("进行中", "整改中", "未完成", "In progress", "ｉｎ　ｐｒｏｇｒｅｓｓ")),
        *((text, "not_started") for text in ("未开始", "尚未开始", "Not started", "todo")),
        ("", None),
        ("  ", None),
    ],
)  # fmt: skip
def test_a_status_may_be_typed(written: str, status: str | None) -> None:
    assert read([*ROW_1[:2], written, *ROW_1[3:]]).items[0].status == status


def test_a_row_that_was_copied_counts_once_unless_it_contradicts_itself() -> None:
    assert len(read(ROW_1, ROW_1).items) == 1
    assert refused(ROW_1, [*ROW_1[:2], "进行中", *ROW_1[3:]]) == [
        "back.xlsx:清单!C4: [repeated_row] 第 1 件填了两行，状态不同。只保留一行"
    ]


def test_every_fault_is_told_with_its_cell() -> None:
    strange = [*ROW_1[:2], "差不多了", *ROW_1[3:]]
    own = ["3", "自己加的", "已完成", "", "", "", ""]
    no_source = [*ROW_2[:2], "done", *ROW_2[3:6], "x"]
    assert refused(strange, own, no_source) == [
        "back.xlsx:清单!C3: [unknown_status] 看不懂状态“差不多了”。从未开始、进行中、已完成中选一个，或留空",
        "back.xlsx:清单!D4: [unknown_row] 认不出这一行是哪一件。从原清单复制这一行；自行添加的行请删去",
        "back.xlsx:清单!C5: [unknown_row] 认不出这一行出自哪份清单。从原清单复制这一行；自行添加的行请删去",
    ]  # fmt: skip


def test_a_number_of_a_person_is_never_repeated() -> None:
    (problem,) = refused([*ROW_1[:2], "张办 13812345678", *ROW_1[3:]])
    assert "C3: [unknown_status]" in problem
    assert not re.search(r"\d{6}", problem.partition("]")[2])


def test_rows_of_two_lists_are_refused() -> None:
    other = [*ROW_2[:6], SOURCE.replace("demo-01", "demo-02")]
    assert refused(ROW_1, other) == ["back.xlsx:清单!C4: [two_lists] 这一行出自另一份清单。一份清单一个文件"]


def test_a_list_of_another_format_is_refused_by_name() -> None:
    assert "[other_version] 这份清单是另一个版本的格式" in refused([*ROW_1[:6], "2" + SOURCE[1:]])[0]


@pytest.mark.parametrize(
    "rows", [pytest.param([], id="no rows"), pytest.param([["", "", "", "", "", "", ""]], id="blank rows")]
)
def test_a_workbook_without_the_list_is_refused(rows: list[list[str]]) -> None:
    assert refused(*rows) == [
        "back.xlsx: [no_list] 这里没有整改清单的事项，或隐藏的标识列已被删去。用 duibiao plan 写出的 .xlsx，只改“状态”一列"
    ]
    assert "[no_list]" in refused(ROW_1[:3], heads=HEADS[:3])[0], "the hidden columns were taken out"


def test_a_sheet_with_too_many_rows_is_refused() -> None:
    assert refused(*[ROW_1] * DEFAULTS.workbook_rows) == [
        f"back.xlsx:清单: [too_large] 超过 {DEFAULTS.workbook_rows} 行。{RAISING}"
    ]
