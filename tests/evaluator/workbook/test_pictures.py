"""Pictures that WPS placed in cells become named files of their row, never text; their bytes can be had by these names."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from evaluator.workbook.archive import Archive
from evaluator.workbook.reading import pictures
from tests.evaluator.workbook.forms import (
    edited,
    filled,
    form,
    notes,
    part_of,
    problems,
    put,
    read,
    with_cell,
    with_wps_picture,
)


def meeting(workbook: Workbook) -> None:
    put(workbook, "活动会议", "meeting", date="2025-03-12", id="E01", title="例会")


def test_a_picture_is_listed_under_the_id_of_its_row() -> None:
    content = with_wps_picture(filled(meeting), "活动会议", "I3")
    assert read(content).events[0].files == ("E01_图1.jpg",)
    assert pictures(content) == {"E01_图1.jpg": b"picture 1"}
    assert notes(content) == ["f.xlsx:活动会议!I3: 单元格里的图片列为佐证文件 E01_图1.jpg"]


def test_several_pictures_of_one_row_and_one_in_the_directory() -> None:
    def change(workbook: Workbook) -> None:
        meeting(workbook)
        put(workbook, "佐证目录", "", id="E01")

    content = filled(change)
    for n, (sheet, cell) in enumerate((("活动会议", "I3"), ("活动会议", "F3"), ("佐证目录", "B3")), 1):
        content = with_wps_picture(content, sheet, cell, f"ID_{n}")
    found = read(content).events[0]
    assert (found.files, found.title) == (("E01_图1.jpg", "E01_图2.jpg", "E01_图3.jpg"), None)
    assert sorted(pictures(content)) == list(found.files)


def test_a_picture_s_name_never_hides_a_file_that_is_named() -> None:
    def change(workbook: Workbook) -> None:
        meeting(workbook)
        put(workbook, "佐证目录", "", files="E01_图1.jpg", id="E01")

    content = with_wps_picture(filled(change), "活动会议", "I3")
    assert read(content).events[0].files == ("E01_图1.jpg", "E01_图2.jpg")
    assert pictures(content) == {"E01_图2.jpg": b"picture 1"}


def test_a_picture_alone_makes_a_document_of_a_row() -> None:
    content = with_wps_picture(filled(lambda _workbook: None), "文件制度", "M3")
    assert [(one.type, one.files) for one in read(content).documents] == [("plan", ("D1_图1.jpg",))]


def test_a_picture_that_another_program_lost_is_refused() -> None:
    content = with_wps_picture(filled(meeting), "活动会议", "I3", kept=False)
    assert problems(content) == [
        "f.xlsx:活动会议!I3: [lost_picture] 单元格里的图片不在文件中，可能在另存时丢失了。重新插入图片，或填文件名"
    ]


def test_what_a_program_that_knows_no_such_pictures_shows_of_one_is_no_text() -> None:
    shown = filled(
        lambda workbook: put(workbook, "活动会议", "meeting", date="2025-03-12", files='=DISPIMG("ID_1",1)')
    )
    assert [one.split("]")[0] for one in problems(shown)] == ["f.xlsx:活动会议!I3: [lost_picture"]
    broken = with_cell(
        filled(meeting),
        "活动会议",
        "I3",
        '<f>_xlfn.DISPIMG("ID_1",1)</f><v>#NAME?</v>'.replace('"', "&quot;"),
        't="e"',
    )
    assert [one.split("]")[0] for one in problems(broken)] == ["f.xlsx:活动会议!I3: [lost_picture"]


def test_a_picture_where_a_number_is_meant_is_refused() -> None:
    content = with_wps_picture(filled(lambda _workbook: None), "数据", "E3")
    assert problems(content) == [
        "f.xlsx:数据!E3: [picture] 这里不能放图片。图片放到“佐证文件”一栏，或只填文件名"
    ]


def test_a_picture_that_excel_placed_in_a_cell_is_refused_by_name() -> None:
    content = with_cell(filled(meeting), "活动会议", "I3", "<v>#VALUE!</v>", 't="e" vm="1"')
    assert problems(content) == [
        "f.xlsx:活动会议!I3: [picture] Excel 置于单元格内的图片读不出来。填文件名，或用 WPS 嵌入图片"
    ]


def test_a_picture_of_the_directory_without_an_id_supports_nothing() -> None:
    content = with_wps_picture(filled(meeting), "佐证目录", "B3")
    assert notes(content) == ["f.xlsx:佐证目录!B3: 图片没有填佐证编号，未计入"]
    assert pictures(content) == {}


def test_pictures_that_float_over_the_cells_are_noted() -> None:
    content = filled(meeting)
    sheet = part_of(content, "活动会议")
    drawing = '<xdr:wsDr xmlns:xdr="http://x" xmlns:a="http://y"><xdr:pic/><xdr:pic/></xdr:wsDr>'
    relation = '<Relationship Id="rId9" Type="http://x/drawing" Target="../drawings/drawing9.xml"/>'
    references = f"xl/worksheets/_rels/{sheet.rpartition('/')[2]}.rels"
    rels = Archive(content, "f").text(references) or "<Relationships></Relationships>"
    floating = edited(
        content,
        {},
        {
            "xl/drawings/drawing9.xml": drawing.encode(),
            references: rels.replace("</Relationships>", f"{relation}</Relationships>").encode(),
        },
    )
    assert notes(floating) == ["f.xlsx:活动会议: 有 2 张浮动图片，没有读取"]
    assert form(floating).persons == ()
