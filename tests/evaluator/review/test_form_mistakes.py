"""What an office does to a form: read rightly, or refused with its cell and words that help."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from evaluator.errors import InputError, ReviewError
from evaluator.loading.reviews import load_review
from evaluator.review import Review
from evaluator.review_form.reading import read_form
from evaluator.validating import validate
from tests.evaluator.review.test_review_forms import RULES, SENT
from tests.evaluator.review.typing_in import Desk, desk
from tests.evaluator.review.written import faults


def problems(at: Desk) -> list[tuple[str, str, str]]:
    """Code, cell and Chinese words of every problem."""
    found = read_form(at.bytes(), "r.xlsx").problems
    for one in found:
        assert one.what.en
        assert one.mend is None or one.mend.en
    return [(one.code, str(one.place).partition(":")[2], one.what.zh) for one in found]


@pytest.mark.parametrize(
    ("sheet", "item", "values", "code", "words"),
    [
        ("criteria", "share", {"decision": "未达标"}, "no_reason", "没有写理由"),
        ("criteria", "share", {"decision": "未达标", "reason": "  "}, "no_reason", "没有写理由"),
        ("criteria", "share", {"decision": "差不多", "reason": "现场"}, "unknown_word", "“差不多”：不在可选之中"),
        ("criteria", "share", {"earned": "3", "reason": "现场"}, "points_alone", "写了核定得分，没有选判定"),
        ("criteria", "share", {"reason": "看过了"}, "nothing_changed", "写了理由，没有写改动"),
        ("criteria", "share", {"decision": "部分达标", "earned": "三分", "reason": "现场"}, "bad_number", "“三分”"),
        ("criteria", "share", {"decision": "达标", "date": "3月12日", "reason": "现场"}, "bad_date", "没有写年份"),
        ("criteria", "share", {"decision": "达标", "method": "听说", "reason": "现场"}, "unknown_word", "“听说”"),
        ("criteria", "rated", {"level": "二", "reason": "现场"}, "bad_number", "“二”"),
        ("counts", "count:buildings", {"verified": "约40", "reason": "现场"}, "bad_number", "确定的数"),
        ("counts", "count:buildings", {"verified": "40户", "reason": "现场"}, "bad_number", "单位不是"),
        ("counts", "count:buildings", {"verified": "=1+1", "reason": "现场"}, "no_cached_value", "这里是公式"),
        ("counts", "count:buildings", {"accept": "再看看", "reason": "现场"}, "unknown_word", "“再看看”"),
        ("events", "event:E01", {"verified": "2025-13-01", "reason": "现场"}, "bad_date", "没有这一天"),
        ("documents", "document:D01", {"verified__contains": "目标、措施", "reason": "现场"}, "unknown_part", "没有“措施”这一项"),
        ("documents", "document:D01", {"verified__attachment": "看过", "reason": "现场"}, "no_answer", "“看过”"),
        ("statements", "statement:desk:S01", {"verified": "基本有", "reason": "现场"}, "no_answer", "“基本有”"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_cell(sheet, item, values, code, words) -> None:
    at = desk(RULES, SENT).sign()
    at.type(sheet, item, **values)
    [(found, cell, said)] = problems(at)
    assert (found, words in said) == (code, True), said
    row = at.row(sheet, item)
    assert cell.startswith(f"{at.sheet(sheet).title}!")
    assert cell.endswith(str(row))


TWO_PARTS = ("corrections", "verified", ["goals", "tasks"])


@pytest.mark.parametrize(
    ("sheet", "item", "values", "read"),
    [
        ("criteria", "share", {"decision": " 不 达 标。", "reason": "现场"}, ("decisions", "outcome", "not_satisfied")),
        ("criteria", "share", {"decision": "合理缺项", "reason": "现场"}, ("decisions", "outcome", "not_applicable")),
        ("criteria", "share", {"decision": "部分达标", "earned": "２.５ 分", "reason": "现场"}, ("decisions", "earned", "2.5")),
        ("criteria", "rated", {"level": "第2档".removeprefix("第"), "reason": "现场"}, ("ratings", "level", 2)),
        ("criteria", "rated", {"level": 2.0, "reason": "现场"}, ("ratings", "level", 2)),
        ("criteria", "share", {"decision": "达标", "method": "现场查看", "reason": "现场"}, ("decisions", "method", "on_site")),
        ("counts", "count:buildings", {"verified": "４１个", "reason": "现场"}, ("corrections", "verified", 41)),
        ("counts", "count:buildings", {"verified": "1,041", "reason": "现场"}, ("corrections", "verified", 1041)),
        ("counts", "count:buildings", {"accept": "×", "reason": "现场"}, ("rejected_evidence", "id", "buildings")),
        ("documents", "document:D01", {"verified__issued": "没有", "reason": "现场"}, ("corrections", "verified", None)),
        ("documents", "document:D01", {"verified__contains": "目标\n任务", "reason": "看"}, TWO_PARTS),
        ("documents", "document:D01", {"verified__contains": "无", "reason": "现场"}, ("corrections", "verified", [])),
        ("statements", "statement:desk:S01", {"verified": "×", "reason": "现场"}, ("corrections", "verified", False)),
    ],
)  # fmt: skip
def test_what_is_plain_is_read(sheet, item, values, read) -> None:
    at = desk(RULES, SENT).sign()
    at.type(sheet, item, **values)
    found = read_form(at.bytes(), "r.xlsx")
    assert found.problems == ()
    name, field, value = read
    assert found.source.data[name][0].get(field) == value


def test_all_problems_come_at_once_and_the_rest_is_read_all_the_same() -> None:
    at = desk(RULES, SENT)
    at.type("criteria", "share", decision="未达标")
    at.type("criteria", "desk", decision="达标", reason="现场")
    at.type("counts", "count:buildings", verified="约40", reason="现场")
    found = problems(at)
    assert [code for code, _, _ in found] == ["not_filled"] * 3 + ["no_reason", "bad_number"]
    assert [one["criterion"] for one in read_form(at.bytes(), "r.xlsx").source.data["decisions"]] == ["desk"]


def test_a_fault_that_the_submission_shows_is_placed_in_its_cell() -> None:
    at = desk(RULES, SENT).sign()
    at.type("criteria", "share", decision="部分达标", earned="9", reason="现场")
    found = read_form(at.bytes(), "r.xlsx")
    [fault] = faults(RULES, SENT, validate(Review, found.source))
    problem = found.source.problem(fault.code, fault.path, fault.what, fault.mend)
    row, column = at.row("criteria", "share"), at.keys("criteria")["earned"]
    assert problem.code == "earned_contradicts"
    assert (problem.place.line, problem.place.column, problem.place.sheet) == (row, column, "指标核验")


def test_a_row_that_nobody_knows_is_refused_only_where_something_is_written() -> None:
    at = desk(RULES, SENT).sign()
    sheet, keys = at.sheet("criteria"), at.keys("criteria")
    row = sheet.max_row + 1
    sheet.cell(row, keys["label"]).value = "另加的一行"
    assert problems(at) == []
    sheet.cell(row, keys["decision"]).value = "达标"
    assert problems(at) == [
        ("unknown_row", f"指标核验!{sheet.cell(row, keys['decision']).coordinate}", "看不出这一行是哪一项")
    ]


def test_a_name_or_a_telephone_anywhere_in_the_file_is_refused_and_never_repeated() -> None:
    at = desk(RULES, SENT).sign(**{"reviewer.number": "欧阳某"})
    at.type("criteria", "share", decision="达标", reason="电话 13800138000 核实")
    found = read_form(at.bytes(), "r.xlsx")
    assert [one.code for one in found.problems] == ["number_of_a_person"]
    with pytest.raises(InputError) as caught:
        validate(Review, found.source)
    assert [one.code for one in caught.value.problems] == ["no_staff_number"]
    said = "".join(one.in_language("zh") for one in (*found.problems, *caught.value.problems))
    assert "13800138000" not in said
    assert "欧阳" not in said


def changed(change: Any) -> bytes:
    at = desk(RULES, SENT).sign()
    change(at)
    return at.bytes()


def _merge(at: Desk) -> None:
    at.sheet("criteria").merge_cells("L3:L4")


def _copy(at: Desk) -> None:
    at.book.copy_worksheet(at.sheet("criteria"))


def _without_reviewers(at: Desk) -> None:
    at.book.remove(at.sheet("reviewers"))


def _without_criteria(at: Desk) -> None:
    at.book.remove(at.sheet("criteria"))


def _without_a_column(at: Desk) -> None:
    at.sheet("criteria").delete_cols(at.keys("criteria")["decision"])


def _later_format(at: Desk) -> None:
    at.book["_复核"]["B1"].value = "2"


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (_merge, ["merged_cells"]),
        (_copy, ["repeated_sheet"]),
        (_without_reviewers, ["missing_sheet"]),
        (_without_criteria, ["missing_sheet"]),
        (_without_a_column, ["missing_column"]),
    ],
)
def test_a_form_out_of_shape_is_refused(change, codes) -> None:
    assert [one.code for one in read_form(changed(change), "r.xlsx").problems] == codes


def _another_workbook() -> bytes:
    target = BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_another_workbook, "not_a_form"),
        (lambda: changed(_later_format), "form_format"),
        (lambda: b"PK\x03\x04 no workbook", "damaged_workbook"),
        (lambda: b"review: 1", "not_a_workbook"),
    ],
)
def test_what_is_no_form_is_refused_by_name(content, code) -> None:
    with pytest.raises(InputError) as caught:
        read_form(content(), "r.xlsx")
    assert [one.code for one in caught.value.problems] == [code]


@pytest.mark.parametrize("first_cell", ["随手记", "item:subject"])
def test_a_sheet_that_somebody_added_is_noted(first_cell) -> None:
    at = desk(RULES, SENT).sign()
    at.book.create_sheet("草稿")["A1"].value = first_cell
    found = read_form(at.bytes(), "r.xlsx")
    assert (found.problems, [note.read.zh for note in found.notes]) == ((), ["不是本表的工作表，没有读取"])


@pytest.mark.parametrize("filled", [(), ("reviewer.unit",), ("reviewer.role", "reviewer.number")])
def test_who_reviewed_is_asked_for_once(tmp_path, filled: tuple[str, ...]) -> None:
    at = desk(RULES, SENT)
    values = {"reviewer.role": "专家", "reviewer.unit": "市精神文明建设办公室", "reviewer.number": "K-1"}
    for item in filled:
        at.type("reviewers", item, value=values[item])
    (path := tmp_path / "r.xlsx").write_bytes(at.bytes())
    with pytest.raises(ReviewError) as refused:
        load_review(path)
    assert [one.code for one in refused.value.problems] == ["not_filled"] * (3 - len(filled))
