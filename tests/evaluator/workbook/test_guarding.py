"""Nothing about a person gets in: wherever a number of one stands in a workbook, it is refused and never repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from evaluator.errors import SubmissionError
from evaluator.loading import examine, receive
from evaluator.workbook.making import Filled
from tests.evaluator.workbook.forms import blank, column, filled, form, made, problems, put

MOBILE = "13812345678"
REFUSED = "这里有电话号码，本系统不收集任何个人的信息。删去这个号码"


def put_comment(workbook: Workbook) -> None:
    workbook["数据"]["E3"].comment = Comment(f"问 {MOBILE}", "甲")


def put_sheet(workbook: Workbook) -> None:
    workbook.create_sheet(f"联系{MOBILE}")


def put_own_sheet(workbook: Workbook) -> None:
    workbook.create_sheet("草稿")["C7"] = f"电话：{MOBILE}"


def put_hidden_column(workbook: Workbook) -> None:
    workbook["活动会议"].cell(9, column(workbook["活动会议"], "_clean")).value = MOBILE


def put_help(workbook: Workbook) -> None:
    workbook["数据"]["G3"] = MOBILE


def put_remark(workbook: Workbook) -> None:
    put(workbook, "佐证目录", "", files="a.jpg", remark=f"找 {MOBILE}")


def put_number(workbook: Workbook) -> None:
    workbook["数据"]["R40"] = int(MOBILE)


def put_header(workbook: Workbook) -> None:
    workbook["数据"].oddHeader.left.text = MOBILE


def put_date(workbook: Workbook) -> None:
    put(workbook, "活动会议", "meeting", date=f"2025-03-12（{MOBILE}）")


def put_title(workbook: Workbook) -> None:
    put(workbook, "活动会议", "meeting", date="2025-03-12", title=f"例会 {MOBILE}")


PLACES: dict[Callable[[Workbook], Any], str] = {
    put_comment: "数据!E3",
    put_sheet: f"联系{MOBILE}",
    put_own_sheet: "草稿!C7",
    put_hidden_column: "活动会议!M9",
    put_help: "数据!G3",
    put_remark: "佐证目录!D3",
    put_number: "数据!R40",
    put_header: "数据",
    put_date: "活动会议!E3",
    put_title: "活动会议!F3",
}


@pytest.mark.parametrize("change", PLACES)
def test_a_number_of_a_person_is_refused_wherever_it_stands(change) -> None:
    found = [one for one in problems(filled(change)) if "number_of_a_person" in one]
    assert {one.partition(": [")[0] for one in found} == {f"f.xlsx:{PLACES[change]}"}
    assert all(one.endswith(f"[number_of_a_person] {REFUSED}") for one in found)


@pytest.mark.parametrize("lenient", [False, True])
def test_such_a_form_is_refused_as_a_whole_however_it_is_read(tmp_path, lenient) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(filled(put_remark))
    with pytest.raises(SubmissionError) as caught:
        receive(path, lenient=lenient)
    assert [one.code for one in caught.value.problems] == ["number_of_a_person"]
    assert examine(path).submission is None
    assert MOBILE not in str(caught.value)


def test_a_public_number_may_stand_in_the_note_of_a_service_line() -> None:
    hotline = filled(
        lambda workbook: put(workbook, "事项声明", "hotline", value="是", note="0871-63123456，工作日")
    )
    assert problems(hotline) == []
    desk = filled(
        lambda workbook: put(workbook, "事项声明", "desk", value="是", note="0871-63123456，工作日")
    )
    assert problems(desk) == [f"f.xlsx:事项声明!E3: [number_of_a_person] {REFUSED}"]


def test_an_empty_form_holds_nothing_that_is_taken_for_a_person() -> None:
    assert form(blank()).persons == ()
    assert form(made(Filled("city"))).persons == ()
