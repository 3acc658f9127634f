"""A copy with each problem as a comment in its cell: everything else stays, and it reads like the original."""

from __future__ import annotations

import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from evaluator.errors import InputError, Problem
from evaluator.leniency import without_faulty_items
from evaluator.loading.files import placed
from evaluator.workbook.annotating import annotated
from evaluator.workbook.archive import Archive
from evaluator.workbook.reading import pictures, read_form
from tests.evaluator.building import CATALOGUE
from tests.evaluator.workbook.forms import blank, book, filled, part_of, problems, put, with_wps_picture


def faulty(workbook: Workbook) -> None:
    put(workbook, "数据", "buildings", now="约40")
    put(workbook, "活动会议", "meeting", date="3月12日")
    put(workbook, "活动会议", "meeting", 2, date="2025-03-12", id="甲", present="多")


def found(content: bytes) -> list[Problem]:
    form = read_form(content, "f.xlsx")
    return placed(without_faulty_items(form.source, CATALOGUE)[1], form.source)


def copy(content: bytes, language: str = "zh") -> bytes:
    return annotated(content, "f.xlsx", found(content), language)  # type: ignore[arg-type]


def comments(content: bytes) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book(content)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def test_each_problem_is_a_comment_in_its_cell() -> None:
    assert comments(copy(filled(faulty))) == {
        "数据!E3": "【对标】“约40”：这里要一个确定的数。填不小于 0 的数，如 40 或 40.5，不带单位",
        "活动会议!E3": "【对标】“3月12日”：没有写年份。写成 2025-03-12 的样子",
        "活动会议!B4": "【对标】编号：“甲”的写法不对。编号只用字母、数字、-、_ 和 .，如 E01",
        "活动会议!H4": "【对标】“多”：这里要一个确定的数。填不小于 0 的数，如 40 或 40.5，不带单位",
    }


def test_the_comments_speak_english_where_that_is_asked_for() -> None:
    assert comments(copy(filled(faulty), "en"))["活动会议!E3"] == (
        "【对标】'3月12日': the year is missing. write it as 2025-03-12"
    )


def test_the_copy_reads_like_the_original() -> None:
    content = filled(faulty)
    assert problems(copy(content)) == problems(content)


def test_nothing_else_of_the_file_changes() -> None:
    content = with_wps_picture(filled(faulty), "活动会议", "I3")
    before, after = Archive(content, "f"), Archive(copy(content), "f")
    touched = {"[Content_Types].xml", part_of(content, "数据"), part_of(content, "活动会议")}
    same = [name for name in before.names if name not in touched and not name.endswith(".rels")]
    assert len(same) > 15
    assert all(before.binary(name) == after.binary(name) for name in same)
    assert pictures(copy(content)) == pictures(content)
    for name in ("数据", "活动会议"):
        old, new = before.text(part_of(content, name)), after.text(part_of(content, name))
        start = new.index("<legacyDrawing")
        end = new.index("/>", start) + 2
        assert new[:start] + new[end:] == old


def test_a_second_copy_replaces_the_comments_of_the_first() -> None:
    once = copy(filled(faulty))

    def mended(workbook: Workbook) -> None:
        put(workbook, "数据", "buildings", now=40)

    twice = copy(filled(mended, once))
    assert sorted(comments(twice)) == ["活动会议!B4", "活动会议!E3", "活动会议!H4"]
    assert comments(copy(twice)) == comments(twice)


def test_what_others_say_in_comments_stays() -> None:
    def change(workbook: Workbook) -> None:
        faulty(workbook)
        workbook["数据"]["E3"].comment = Comment("请核对台账", "同事")
        workbook["数据"]["E4"].comment = Comment("已核对", "同事")

    said = comments(copy(copy(filled(change))))
    assert said["数据!E4"] == "已核对"
    assert said["数据!E3"].startswith("请核对台账\n【对标】“约40”：")
    assert said["数据!E3"].count("【对标】") == 1


def test_what_concerns_the_whole_file_is_said_on_the_first_sheet() -> None:
    def change(workbook: Workbook) -> None:
        workbook.remove(workbook["事项声明"])

    content = filled(change)
    problem = next(iter(problems(content)))
    assert "missing_sheet" in problem
    with pytest.raises(InputError) as caught:
        read_form(content, "f.xlsx")
    assert list(comments(annotated(content, "f.xlsx", caught.value.problems, "zh"))) == ["填写说明!B2"]


def test_a_form_without_problems_has_no_comments() -> None:
    assert comments(copy(blank())) == {}
