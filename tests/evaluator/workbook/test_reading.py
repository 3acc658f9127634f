"""What is read of a filled form, cell by cell: rightly, or refused with the cell and the mend."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.entries import Document, Event, Statement
from tests.evaluator.workbook.forms import (
    blank,
    changed,
    column,
    edited,
    filled,
    form,
    notes,
    part_of,
    problems,
    put,
    read,
    row,
    with_cell,
)


def count(workbook: Workbook, item: str, value: Any, key: str = "now") -> None:
    put(workbook, "数据", item, **{key: value})


def copy_row(sheet: Worksheet, source: int, target: int) -> None:
    for cell in sheet[source]:
        sheet.cell(target, cell.column).value = cell.value


def test_an_empty_form_says_who_and_when_and_nothing_else() -> None:
    found = read(blank())
    assert (found.subject.id, found.subject.name, found.subject.kind) == ("demo", "示例", "community")
    assert (found.counts, found.events, found.documents, found.statements, found.none) == ({}, (), (), (), ())
    assert notes(blank()) == []


def test_an_empty_cell_is_never_zero() -> None:
    content = filled(lambda book: count(book, "buildings", 0))
    assert read(content).counts == {"buildings": 0}


def test_all_that_a_form_asks_for_is_read() -> None:
    def change(book: Workbook) -> None:
        count(book, "buildings", 40)
        count(book, "buildings", "统计台账", "source")
        count(book, "incidents", 3, "before")
        put(
            book,
            "活动会议",
            "meeting",
            date="2025-03-12",
            title="例会",
            expected="40人",
            present=36,
            files="a.jpg",
        )
        put(
            book,
            "文件制度",
            "plan",
            title="计划",
            number="社发〔2025〕1号",
            issued="2025-01-08",
            part_1="第3页",
            part_2="√",
            page="第1页",
        )
        put(book, "街道提供", "permit", title="许可", date="2025-02-01", valid_to="2026-01-31")
        put(book, "事项声明", "desk", value="是", note="设在大厅", files="s.jpg")
        put(book, "单元", "", label="小区", name="一号小区")
        book["单元"].cell(3, column(book["单元"], "counts.visits")).value = 3
        book["单元"].cell(3, column(book["单元"], "statements.desk")).value = "否"
        put(book, "自查结果", "c13", rating=3, reason="自评")
        put(book, "单位信息", "attributes.class", value="rural")
        put(book, "单位信息", "region.1", value="云南省")
        put(book, "单位信息", "includes.1", value="street.xlsx")

    found = read(filled(change))
    assert (found.counts, found.previous.counts) == ({"buildings": 40}, {"incidents": 3})
    assert found.sources == {"buildings": "统计台账"}
    assert found.events[0] == Event(
        id="E1",
        type="meeting",
        date=found.events[0].date,
        title="例会",
        expected=40,
        present=36,
        files=("a.jpg",),
    )
    permit, plan = sorted(found.documents, key=lambda one: one.type)
    assert (plan.contains, plan.pages, plan.page) == (("goals", "tasks"), {"goals": "第3页"}, "第1页")
    assert (str(permit.issued), str(permit.valid_to)) == ("2025-02-01", "2026-01-31")
    assert found.statements == (
        Statement(id="S1", type="desk", value=True, note="设在大厅", files=("s.jpg",)),
    )
    unit = found.units["quarter"][0]
    assert (unit.id, unit.name, unit.counts, unit.statements) == (
        "U1",
        "一号小区",
        {"visits": 3},
        {"desk": False},
    )
    assert found.ratings[0].level == 3
    assert (found.subject.attributes, found.subject.region) == ({"class": "rural"}, ("云南省",))
    assert found.includes == ("street.xlsx",)


# What is read otherwise than it is written.


def test_what_was_read_otherwise_than_it_is_written_is_echoed() -> None:
    def change(book: Workbook) -> None:
        count(book, "buildings", "40个")
        put(book, "活动会议", "meeting", date="2025年3月12日")
        put(book, "事项声明", "desk", value="√")

    assert notes(filled(change)) == [
        "f.xlsx:数据!E3: “40个”读作 40",
        "f.xlsx:活动会议!E3: “2025年3月12日”读作 2025-03-12",
        "f.xlsx:事项声明!D3: “√”读作 是",
    ]


def test_a_note_never_repeats_a_number_of_a_person() -> None:
    note = notes(
        filled(lambda book: put(book, "活动会议", "meeting", title="例会", date="2025-3-12 (13812345678)"))
    )
    assert note == []


def test_rows_without_content_are_noted_only_where_somebody_began_to_fill_them() -> None:
    def change(book: Workbook) -> None:
        put(book, "活动会议", "", label="会议")
        put(book, "文件制度", "plan", id="D7")

    assert notes(filled(change)) == [
        f"f.xlsx:活动会议!C{row(changed_book(change)['活动会议'], '')}: 这一行只有编号或类型，没有内容，未计入",
        "f.xlsx:文件制度!C3: 这一行只有编号或类型，没有内容，未计入",
    ]


def changed_book(change: Any) -> Workbook:
    from tests.evaluator.workbook.forms import book

    return book(filled(change))


# Ids.


def test_entries_without_an_id_are_numbered_in_the_order_of_rows_without_clashing() -> None:
    def change(book: Workbook) -> None:
        put(book, "活动会议", "meeting", 1, date="2025-03-12")
        put(book, "活动会议", "meeting", 2, date="2025-03-13", id="E2")
        put(book, "活动会议", "meeting", 3, date="2025-03-14")
        put(book, "文件制度", "plan", have="有", id="E3")
        put(book, "活动会议", "training", 1, date="2025-03-15")

    found = {str(one.date): one.id for one in read(filled(change)).events}
    assert found == {"2025-03-12": "E1", "2025-03-13": "E2", "2025-03-14": "E4", "2025-03-15": "E5"}


@pytest.mark.parametrize(("written", "id_"), [(1, "1"), ("1.10", "1.10"), ("Ｅ１", "E1"), (" E1 ", "E1")])
def test_an_id_is_text_in_half_width(written, id_) -> None:
    content = filled(lambda book: put(book, "活动会议", "meeting", date="2025-03-12", id=written))
    assert read(content).events[0].id == id_


def test_an_id_that_is_none_is_refused_at_its_cell() -> None:
    content = filled(lambda book: put(book, "活动会议", "meeting", date="2025-03-12", id="活动一"))
    assert problems(content) == [
        "f.xlsx:活动会议!B3: [string_pattern_mismatch] 编号：“活动一”的写法不对。编号只用字母、数字、-、_ 和 .，如 E01"
    ]


# Yes and no.


def test_a_type_said_to_be_none() -> None:
    def change(book: Workbook) -> None:
        put(book, "活动会议", "training", have="无")
        put(book, "文件制度", "rules", have="没有")
        put(book, "街道提供", "permit", have="否")
        put(book, "单元", "", label="小区", have="无")

    assert read(filled(change)).none == ("permit", "quarter", "rules", "training")


def test_a_document_that_is_merely_there() -> None:
    found = read(filled(lambda book: put(book, "文件制度", "rules", have="√")))
    assert found.documents == (Document(id="D1", type="rules"),)


REFUSED: dict[str, tuple[Any, list[str]]] = {
    "an event without a date": (
        lambda book: put(book, "活动会议", "meeting", have="有"),
        ["f.xlsx:活动会议!E3: [missing_date] 没有填日期。填日期；没有办过的，“有无”填“无”，或清空这一行"],
    ),
    "none, and yet some": (
        lambda book: put(book, "活动会议", "meeting", have="无", title="例会"),
        ["f.xlsx:活动会议!D3: [none_yet_some] 填了“无”，又填了内容。有就把“无”改成“有”，没有就清空这一行其他的格"],
    ),
    "one row of a type says none, another holds an event": (
        lambda book: (
            put(book, "活动会议", "meeting", have="无"),
            put(book, "活动会议", "meeting", 2, date="2025-03-12"),
        ),
        ["f.xlsx:活动会议!D3: [none_yet_some] meeting 申报为“没有”，却又填了条目。删去其中一处"],
    ),
    "neither yes nor no": (
        lambda book: put(book, "事项声明", "desk", value="基本"),
        ["f.xlsx:事项声明!D3: [no_answer] “基本”：不是“是”或“否”。填“是”或“否”"],
    ),
    "a note without an answer": (
        lambda book: put(book, "事项声明", "desk", note="在大厅"),
        ["f.xlsx:事项声明!D3: [missing_answer] 没有填“是”或“否”。填“是”或“否”，或清空这一行"],
    ),
    "a part over its whole": (
        lambda book: (count(book, "buildings", 4), count(book, "model_buildings", 5)),
        ["f.xlsx:数据!E4: [part_over_whole] 文明楼组数 5 大于楼组总数 4。核对两个数，部分不能大于总数"],
    ),
    "half a building": (
        lambda book: count(book, "buildings", 4.5),
        ["f.xlsx:数据!E3: [not_whole] 楼组总数应为整数。改为整数"],
    ),
    "a percentage": (
        lambda book: count(book, "buildings", "95%"),
        ["f.xlsx:数据!E3: [bad_number] “95%”：这里不填百分比。填实际的数"],
    ),
    "a date with a month alone": (
        lambda book: put(book, "活动会议", "meeting", date="2025年3月"),
        ["f.xlsx:活动会议!E3: [bad_date] “2025年3月”：没有写到日。写成 2025-03-12 的样子"],
    ),
    "a part that the document has not": (
        lambda book: put(book, "文件制度", "rules", part_2="第1页"),
        ["f.xlsx:文件制度!K4: [unknown_part] “制度”没有内容②。清空这一格"],
    ),
    "a dash for a page": (
        lambda book: put(book, "文件制度", "rules", title="制度", page="—"),
        ["f.xlsx:文件制度!L4: [no_mark] 页码或段落：“—”不是页码或段落。写成“第3页”的样子，或删去"],
    ),
    "a label that contradicts the row": (
        lambda book: put(book, "数据", "buildings", now=4, label="文明楼组数"),
        [
            (
                "f.xlsx:数据!C3: [contradicting_label] 这一行写着“文明楼组数”，表里登记的却是“楼组总数”。"
                "改回原来的名称；要填别的，另用空行"
            )
        ],
    ),
    "a type that the form has not": (
        lambda book: put(book, "活动会议", "", label="培训班", date="2025-03-12"),
        ["f.xlsx:活动会议!C9: [unknown_label] 表里没有“培训班”这一项。是否想选“培训”"],
    ),
    "a row without a type": (
        lambda book: put(book, "活动会议", "", date="2025-03-12"),
        ["f.xlsx:活动会议!C9: [no_type] 这一行没有写是哪一类。从下拉列表里选"],
    ),
    "a level without a reason": (
        lambda book: put(book, "自查结果", "c13", rating=3),
        ["f.xlsx:自查结果!M16: [missing_reason] 填了自评档次，没有写理由。写理由，或清空档次"],
    ),
    "a reason without a level": (
        lambda book: put(book, "自查结果", "c13", reason="好"),
        ["f.xlsx:自查结果!L16: [missing_level] 写了自评理由，没有填档次。填档次（数字），或清空理由"],
    ),
    "an unknown kind of subject": (
        lambda book: put(book, "单位信息", "kind", value="村"),
        ["f.xlsx:单位信息!C5: [unknown_kind] “村”：没有“村”这一类单位。可选：社区、街道、区县、功能区、市"],
    ),
    "an id of the subject with capitals": (
        lambda book: put(book, "单位信息", "id", value="Demo"),
        ["f.xlsx:单位信息!C4: [bad_id] “Demo”：编号的写法不对。只用小写字母、数字、- 和 _，不超过 64 字"],
    ),
    "a period that ends before it begins": (
        lambda book: put(book, "单位信息", "to", value="2024-12-31"),
        ["f.xlsx:单位信息!C12: [reversed_period] 评估期的止日早于起日。核对评估期起、止"],
    ),
    "a file's name with a path": (
        lambda book: put(book, "活动会议", "meeting", date="2025-03-12", files="C:\\照片\\a.jpg"),
        ["f.xlsx:活动会议!I3: [string_pattern_mismatch] 佐证文件：“C:\\照片\\a.jpg”的写法不对。文件名中不得有反斜杠和控制字符"],
    ),
    "an item twice": (
        lambda book: (count(book, "buildings", 4), copy_row(book["数据"], 3, 9)),
        ["f.xlsx:数据!C9: [repeated_item] 同一项填了两行。只保留一行"],
    ),
    "the same id twice": (
        lambda book: (
            put(book, "活动会议", "meeting", date="2025-03-12", id="A"),
            put(book, "文件制度", "rules", title="制度", id="A"),
        ),
        ["f.xlsx:文件制度!B4: [repeated_id] 编号 A 重复。每条佐证用不同的编号"],
    ),
    "a word for a time where a number is meant": (
        lambda book: put(book, "活动会议", "meeting", date="2025-03-12", present="多数"),
        ["f.xlsx:活动会议!H3: [bad_number] “多数”：这里要一个确定的数。填不小于 0 的数，如 40 或 40.5，不带单位"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_have_to_be_guessed_is_refused_at_its_cell(name) -> None:
    change, words = REFUSED[name]
    assert problems(filled(change)) == words


def test_all_problems_of_a_form_are_told_at_once() -> None:
    def change(book: Workbook) -> None:
        put(book, "单位信息", "name", value=None)
        put(book, "单位信息", "from", value="2025")
        count(book, "buildings", "约40")
        count(book, "incidents", "3万")
        put(book, "活动会议", "meeting", date="3月12日")
        put(book, "活动会议", "meeting", 2, date="2025-03-12", id="编号")
        put(book, "事项声明", "desk", value="不清楚")
        put(book, "佐证目录", "", files="x.jpg", id="E9")

    assert [one.split(":")[1].strip() for one in problems(filled(change))] == [
        "事项声明!D3", "佐证目录!C3", "单位信息!C3", "单位信息!C11", "数据!E3", "数据!E6", "活动会议!E3", "活动会议!B4",
    ]  # fmt: skip


# Cells that hold no value of their own.


def test_a_formula_without_its_result_is_refused() -> None:
    content = filled(lambda book: count(book, "buildings", "=20+20"))
    assert problems(content) == [
        "f.xlsx:数据!E3: [no_cached_value] 这里是公式，文件里没有存它的结果。用 WPS 或 Excel 打开，保存一次再交；或直接填数值"
    ]


def test_a_formula_with_its_result_is_that_result() -> None:
    content = with_cell(blank(), "数据", "E3", "<f>20+20</f><v>40</v>")
    assert read(content).counts == {"buildings": 40}


def test_a_formula_that_results_in_nothing_is_an_empty_cell() -> None:
    content = with_cell(blank(), "数据", "E3", '<f>""</f><v></v>', 't="str"')
    assert read(content).counts == {}


@pytest.mark.parametrize("inner", ["<f>1/0</f><v>#DIV/0!</v>", "<v>#N/A</v>"])
def test_an_error_value_is_refused(inner) -> None:
    content = with_cell(blank(), "数据", "E3", inner, 't="e"')
    assert problems(content) == [
        "f.xlsx:数据!E3: [error_value] 这里是表格软件的错误值。改正公式，或直接填数值"
    ]


def test_formulas_of_the_form_itself_need_no_result() -> None:
    assert problems(changed(blank(), lambda _book: None)) == []


def test_a_truth_value_is_yes_in_a_place_for_an_answer_and_refused_elsewhere() -> None:
    content = filled(lambda book: put(book, "事项声明", "desk", value=True))
    assert read(content).statements[0].value is True
    assert problems(filled(lambda book: count(book, "buildings", True))) == [
        "f.xlsx:数据!E3: [bad_number] “TRUE”：这里要数。把单元格设为常规格式，重新填数"
    ]


def test_text_that_became_a_date_and_a_date_that_became_text() -> None:
    from datetime import date

    content = filled(lambda book: put(book, "文件制度", "rules", number=date(2025, 1, 1), issued="2025/3/12"))
    assert problems(content) == [
        "f.xlsx:文件制度!F4: [not_text] “2025-01-01”：表格软件把填的内容当成了日期或时间。把单元格设为文本格式，重新填写"
    ]


def test_numbers_where_text_is_meant_are_their_digits() -> None:
    content = filled(lambda book: put(book, "文件制度", "rules", number=12, title=2025, issued=45728))
    assert [(one.number, one.title, str(one.issued)) for one in read(content).documents] == [
        ("12", "2025", "2025-03-12")
    ]


def test_a_number_shown_as_a_percentage_is_no_count() -> None:
    def change(book: Workbook) -> None:
        count(book, "budget", 0.95)
        book["数据"].cell(row(book["数据"], "budget"), 5).number_format = "0.0%"

    assert problems(filled(change)) == ["f.xlsx:数据!E5: [bad_number] “95%”：这里不填百分比。填实际的数"]
    assert read(filled(lambda book: count(book, "budget", 0.95))).counts["budget"] * 100 == 95


def test_the_days_of_a_workbook_that_counts_from_1904() -> None:
    content = filled(lambda book: put(book, "活动会议", "meeting", date=44266))
    shifted = edited(
        content, {"xl/workbook.xml": lambda xml: xml.replace("<workbookPr", '<workbookPr date1904="1"')}
    )
    assert str(read(shifted).events[0].date) == "2025-03-12"


# Files.


def test_files_of_the_directory_are_attached_to_the_evidence_that_they_name() -> None:
    def change(book: Workbook) -> None:
        put(book, "活动会议", "meeting", date="2025-03-12", id="E1", files="a.jpg")
        put(book, "事项声明", "desk", value="是", id="S1")
        put(book, "佐证目录", "", 1, files="a.jpg", id="E1")
        put(book, "佐证目录", "", 2, files="b.jpg；c.jpg", id="e1".upper())
        put(book, "佐证目录", "", 3, files="s.jpg", id="S1")
        put(book, "佐证目录", "", 4, files="散件.jpg")

    found = read(filled(change))
    assert found.events[0].files == ("a.jpg", "b.jpg", "c.jpg")
    assert found.statements[0].files == ("s.jpg",)


def test_the_directory_names_only_evidence_that_is_there() -> None:
    def change(book: Workbook) -> None:
        put(book, "佐证目录", "", 1, files="a.jpg", id="E9")
        put(book, "活动会议", "meeting", date="2025-03-12", id="E1")
        put(book, "佐证目录", "", 2, id="E1")

    assert problems(filled(change)) == [
        "f.xlsx:佐证目录!C3: [unknown_evidence] 没有编号为“E9”的佐证。先在活动会议、文件制度、事项声明或街道提供中填这个编号",
        "f.xlsx:佐证目录!B4: [no_file_name] 填了编号，没有填文件名。填文件名，或清空编号",
    ]


# Sheets, rows and columns that people have changed.


def test_an_edited_label_is_matched_by_the_hidden_id_and_noted() -> None:
    content = filled(lambda book: put(book, "数据", "buildings", label="楼组（单元）总数", now=4))
    assert read(content).counts == {"buildings": 4}
    assert notes(content) == ["f.xlsx:数据!C3: “楼组（单元）总数”读作 楼组总数"]


def test_columns_may_be_moved() -> None:
    def change(book: Workbook) -> None:
        count(book, "buildings", 40)
        book["数据"].move_range("E1:E9", cols=20)
        book["数据"].insert_cols(3)

    assert read(filled(change)).counts == {"buildings": 40}


def test_rows_may_be_put_above_the_heads() -> None:
    def change(book: Workbook) -> None:
        count(book, "buildings", 40)
        book["数据"].insert_rows(1, 3)
        book["数据"]["B1"] = "二〇二五年统计表"

    assert read(filled(change)).counts == {"buildings": 40}


@pytest.mark.parametrize("lost", [1, 2])
def test_either_the_hidden_keys_or_the_heads_may_be_lost(lost) -> None:
    def change(book: Workbook) -> None:
        count(book, "buildings", 40)
        put(book, "活动会议", "meeting", date="2025-03-12")
        for name in ("数据", "活动会议"):
            book[name].delete_rows(lost)

    found = read(filled(change))
    assert (found.counts, len(found.events)) == ({"buildings": 40}, 1)


def test_without_keys_and_heads_the_sheet_is_refused_by_name() -> None:
    content = filled(lambda book: book["数据"].delete_rows(1, 2))
    assert problems(content) == [
        "f.xlsx:数据: [no_columns] 表头和隐藏的标识行都找不到。从新表里复制这张工作表的前两行"
    ]


def test_a_column_that_is_missing_is_named() -> None:
    content = filled(lambda book: book["活动会议"].delete_cols(5))
    assert problems(content) == ["f.xlsx:活动会议: [missing_column] 缺少“日期”一栏。从新表里把这一栏补回来"]


def test_merged_cells_are_refused_where_they_are() -> None:
    content = filled(lambda book: book["活动会议"].merge_cells("E3:E5"))
    assert problems(content) == [
        "f.xlsx:活动会议!E3: [merged_cells] 合并了单元格，看不出内容属于哪一行。取消合并，逐行填写"
    ]


def test_a_renamed_sheet_is_found_by_its_hidden_key() -> None:
    def change(book: Workbook) -> None:
        count(book, "buildings", 40)
        book["数据"].title = "一、基本数据"

    assert read(filled(change)).counts == {"buildings": 40}


def test_a_missing_and_a_copied_sheet_are_refused_by_name() -> None:
    def change(book: Workbook) -> None:
        book.remove(book["事项声明"])
        book.copy_worksheet(book["活动会议"]).title = "活动会议 (2)"

    assert problems(filled(change)) == [
        "f.xlsx: [missing_sheet] 缺少工作表“事项声明”。从原表或新表里复制回来",
        "f.xlsx:活动会议 (2): [repeated_sheet] 与“活动会议”是同一张表的两份。只保留一份",
    ]


def test_a_sheet_of_one_s_own_is_noted_and_not_read() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("草稿")["A1"] = "楼组总数 40"

    assert notes(filled(change)) == ["f.xlsx:草稿: 不是本表的工作表，没有读取"]


def test_each_value_knows_its_cell() -> None:
    def change(book: Workbook) -> None:
        put(book, "活动会议", "meeting", 2, date="2025-03-12", title="例会")

    cells = form(filled(change)).source.cells
    assert cells is not None
    assert [str(cells["events", 0, key]) for key in ("date", "title", "files", "present")] == [
        "f.xlsx:活动会议!E4", "f.xlsx:活动会议!F4", "f.xlsx:活动会议!I4", "f.xlsx:活动会议!H4",
    ]  # fmt: skip
    assert str(cells["events", 0]) == "f.xlsx:活动会议!4"
    assert part_of(blank(), "活动会议") == "xl/worksheets/sheet5.xml"
