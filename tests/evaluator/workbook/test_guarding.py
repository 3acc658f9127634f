"""Nothing about a person gets in: wherever a number of one stands in a workbook, it is refused and never repeated."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from evaluator.errors import SubmissionError
from evaluator.loading import examine, receive
from evaluator.workbook.archive import Archive
from evaluator.workbook.making import Filled
from evaluator.workbook.reading import read_form
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.workbook import agreeing
from tests.evaluator.workbook.forms import blank, column, edited, filled, form, made, part_of, problems, put

MOBILE = "13812345678"
REFUSED = "这里有电话号码，本系统不收集任何个人的信息。删去这个号码"
LANDLINE = "这里有固定电话或服务电话号码，本系统不收集任何个人的信息。删去；单位公布的服务电话只填在服务热线事项的说明里"
# Of nobody: surnames and given names put together.
NAMES = ["赵建国", "钱秀英", "孙志强", "李淑兰", "周海燕"]


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
    put_sheet: "联系…",
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
    assert problems(desk) == [f"f.xlsx:事项声明!E3: [number_of_a_person] {LANDLINE}"]
    mobile = filled(lambda workbook: put(workbook, "事项声明", "hotline", value="是", note=MOBILE))
    assert problems(mobile) == [f"f.xlsx:事项声明!E4: [number_of_a_person] {REFUSED}"]


def attendance(workbook: Workbook) -> None:
    sheet = workbook.create_sheet("签到表")
    for row in (["序号", "姓名", "单位"], *([n, name, "某社区"] for n, name in enumerate(NAMES, 1))):
        sheet.append(row)


def pasted_beside(workbook: Workbook) -> None:
    for n, name in enumerate(NAMES, 20):
        workbook["活动会议"].cell(n, 40).value = name


def pasted_into_titles(workbook: Workbook) -> None:
    for n, name in enumerate(NAMES, 1):
        put(workbook, "活动会议", "", n, label="会议", date=f"2025-03-0{n}", title=name)


def in_one_cell(workbook: Workbook) -> None:
    put(workbook, "活动会议", "meeting", date="2025-03-12", title=f"参会：{'、'.join(NAMES)}")


def across_a_row(workbook: Workbook) -> None:
    for n, name in enumerate(NAMES):
        workbook["数据"].cell(45, 20 + n).value = name


def in_a_hidden_column(workbook: Workbook) -> None:
    sheet = workbook.create_sheet("草稿")
    for n, name in enumerate(NAMES, 1):
        sheet.cell(n, 5).value = name
    sheet.column_dimensions["E"].hidden = True


def on_a_hidden_sheet(workbook: Workbook) -> None:
    in_a_hidden_column(workbook)
    workbook["草稿"].sheet_state = "veryHidden"


LISTS: dict[Callable[[Workbook], Any], str] = {
    attendance: "签到表!B2",
    pasted_beside: "活动会议!AN20",
    pasted_into_titles: "活动会议!F9",
    in_one_cell: "活动会议!F3",
    across_a_row: "数据!T45",
    in_a_hidden_column: "草稿!E1",
    on_a_hidden_sheet: "草稿!E1",
}


@pytest.mark.parametrize("change", LISTS)
def test_a_list_of_names_is_refused_with_its_cell_and_never_repeated(change) -> None:
    found = problems(filled(change))
    first = found[0]
    assert first.startswith(f"f.xlsx:{LISTS[change]}: [names_of_persons]")
    assert not [name for name in NAMES for one in found if name in one]


def with_part(name: str, kind: str, text: str) -> bytes:
    """The form with a further part that belongs to the sheet 数据."""
    content = blank()
    sheet = part_of(content, "数据")
    relations = f"xl/worksheets/_rels/{sheet.rpartition('/')[2]}.rels"
    before = Archive(content, "f.xlsx").text(relations) or "<Relationships></Relationships>"
    one = f'<Relationship Id="rId77" Type="http://x/{kind}" Target="/{name}"/>'
    more = {
        name: text.encode(),
        relations: before.replace("</Relationships>", f"{one}</Relationships>").encode(),
    }
    return edited(content, {}, more)


@pytest.mark.parametrize(
    ("name", "kind", "text", "place"),
    [
        ("xl/drawings/drawing9.xml", "drawing", f"<a:p><a:r><a:t>问 {MOBILE}</a:t></a:r></a:p>", "f.xlsx:数据"),
        ("xl/drawings/drawing9.xml", "drawing", f"<a:t>{MOBILE[:5]}</a:t><a:t>{MOBILE[5:]}</a:t>", "f.xlsx:数据"),
        (
            "xl/drawings/vml9.vml",
            "vmlDrawing",
            f'<v:shape><v:textbox><div>电话<font face="宋体">{MOBILE}</font></div></v:textbox></v:shape>',
            "f.xlsx:数据",
        ),
        (
            "xl/threadedComments/threadedComment1.xml",
            "threadedComment",
            f'<threadedComment ref="E4"><text>{MOBILE}</text></threadedComment>',
            "f.xlsx:数据!E4",
        ),
        ("xl/charts/chart1.xml", "chart", f"<a:t>{MOBILE}</a:t>", "f.xlsx"),
        ("docProps/custom.xml", "none", f"<vt:lpwstr>{MOBILE}</vt:lpwstr>", "f.xlsx"),
        ("docProps/core.xml", "none", f"<dc:description>{MOBILE}</dc:description>", "f.xlsx"),
        (f"xl/media/{MOBILE}.jpeg", "image", "", "f.xlsx"),
    ],
)  # fmt: skip
def test_a_number_is_found_in_boxes_comments_charts_and_properties(name, kind, text, place) -> None:
    assert problems(with_part(name, kind, text)) == [
        f"{place}: [number_of_a_person] {REFUSED}",
        *problems(blank()),
    ]


def test_who_saved_the_file_is_no_fault_of_theirs() -> None:
    creator = f"<dc:creator>{NAMES[0]}</dc:creator><cp:lastModifiedBy>{MOBILE}</cp:lastModifiedBy>"
    assert problems(with_part("docProps/core.xml", "none", creator)) == problems(blank())


def test_a_file_of_a_person_s_name_is_refused(tmp_path) -> None:
    path = tmp_path / f"申报表{MOBILE}.xlsx"
    path.write_bytes(blank())
    found = examine(path)
    assert found.submission is None
    assert [one.code for one in found.problems] == ["number_of_a_person"]
    assert MOBILE not in found.problems[0].in_language("zh")


def test_an_empty_form_holds_nothing_that_is_taken_for_a_person() -> None:
    assert form(blank()).persons == ()
    assert form(made(Filled("city"))).persons == ()


@pytest.mark.parametrize("said", [f"电话 {MOBILE}", int(MOBILE)])
def test_what_is_typed_among_the_workings_is_refused_at_its_cell(said) -> None:
    rules = ruleset("[{check: {kind: statement, statement: desk}}]")
    workbook = load_workbook(BytesIO(agreeing.blank([rules], CATALOGUE)[1]))
    workbook["_计算"]["Z9"] = said
    saved = BytesIO()
    workbook.save(saved)
    assert [str(one.place) for one in read_form(saved.getvalue(), "f.xlsx").persons] == ["f.xlsx:_计算!Z9"]
