"""What the file itself offers to those who fill it: colours, lists, bounds, help, protection, print."""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import ImageFont

from evaluator.loading import load_ruleset, ruleset_ids
from evaluator.workbook.archive import Archive
from evaluator.workbook.layout import planned
from evaluator.workbook.making import Filled, filled_by
from evaluator.workbook.styles import OPEN
from evaluator.workbook.writing import write_workbook
from scorecards.fonts import font_paths
from tests.evaluator.building import CATALOGUE, submitted
from tests.evaluator.workbook.forms import RULES, blank, book, column, made, row

TABLES = ("单位信息", "自查结果", "数据", "活动会议", "文件制度", "事项声明", "单元", "街道提供", "佐证目录")


@lru_cache(maxsize=8)
def workbook(kind: str = "community") -> Workbook:
    return book(blank(kind))


@lru_cache(maxsize=8)
def installed(name: str) -> Workbook:
    loaded = load_ruleset(name)
    empty = Filled(loaded.ruleset.subject[0])
    form = planned([(loaded.ruleset, loaded.catalogue)], loaded.catalogue, empty)
    return book(write_workbook(form, loaded.catalogue))


def cell(sheet: str, item: str, key: str, of: Workbook | None = None) -> Any:
    into = (of or workbook())[sheet]
    return into.cell(row(into, item), column(into, key))


def columns(sheet: Worksheet) -> dict[int, tuple[float, bool]]:
    """The width of each column and whether it is hidden: the file says it once for neighbours that are alike."""
    return {
        n: (one.width, bool(one.hidden))
        for one in sheet.column_dimensions.values()
        for n in range(one.min, one.max + 1)
    }


def validation(sheet: str, item: str, key: str) -> Any:
    coordinate = cell(sheet, item, key).coordinate
    return next(one for one in workbook()[sheet].data_validations.dataValidation if coordinate in one.sqref)


def test_the_same_form_is_the_same_bytes() -> None:
    assert made(Filled("community")) == made(Filled("community"))


def test_the_workbook_holds_no_macro_and_no_reference_to_another_file() -> None:
    names = Archive(blank(), "f").names
    assert [name for name in names if "vba" in name.lower() or "external" in name.lower()] == []


def test_heads_stand_in_one_row_under_a_hidden_row_of_keys() -> None:
    for name in TABLES:
        sheet = workbook()[name]
        assert sheet.row_dimensions[1].hidden
        assert str(sheet["A1"].value).startswith("item:")
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes[-1] == "3"
        assert all(sheet.cell(2, n).value for n in range(1, sheet.max_column + 1))


def test_ids_and_working_columns_are_hidden() -> None:
    hidden = columns(workbook()["活动会议"])
    keys = ("item", "_type", "_day", "_faulty", "date", "label", "serves")
    assert [key for key in keys if hidden[cell("活动会议", "meeting", key).column][1]] == list(keys[:4])
    assert workbook()["_目录"].sheet_state == "hidden"


@pytest.mark.parametrize(
    ("sheet", "item", "key", "open_"),
    [
        ("数据", "buildings", "now", True),
        ("数据", "buildings", "label", False),
        ("数据", "buildings", "help", False),
        ("活动会议", "meeting", "date", True),
        ("活动会议", "meeting", "label", False),
        ("活动会议", "", "label", True),
        ("文件制度", "plan", "part.1", True),
        ("事项声明", "desk", "value", True),
        ("自查结果", "c1", "rating", False),
        ("自查结果", "c13", "rating", True),
        ("街道提供", "permit", "date", False),
        ("佐证目录", "", "files", True),
        ("单位信息", "name", "value", True),
    ],
)
def test_what_people_fill_is_light_yellow_and_all_else_is_closed(sheet, item, key, open_) -> None:
    one = cell(sheet, item, key)
    assert one.protection.locked is not open_
    assert (one.fill.fgColor.rgb == f"FF{OPEN[1:]}") is open_


def test_the_street_fills_what_is_closed_for_its_communities() -> None:
    assert not cell("街道提供", "permit", "date", workbook("street")).protection.locked


def test_every_sheet_is_protected_without_a_password() -> None:
    for sheet in workbook():
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not sheet.protection.formatColumns
        assert not sheet.protection.autoFilter
        assert not sheet.protection.sort


def test_lists_offer_the_labels_of_the_form_s_items() -> None:
    assert validation("活动会议", "meeting", "have").formula1 == '"有,无"'
    assert validation("事项声明", "desk", "value").formula1 == '"是,否"'
    found = re.fullmatch(r"'_目录'!\$F\$(\d+):\$F\$(\d+)", validation("活动会议", "", "label").formula1)
    labels = [workbook()["_目录"][f"F{n}"].value for n in range(int(found[1]), int(found[2]) + 1)]
    assert labels == ["会议", "培训"]


def test_a_date_and_a_number_are_checked_as_they_are_typed() -> None:
    day, number = validation("活动会议", "meeting", "date"), validation("活动会议", "meeting", "expected")
    # No style of error is written where it is the one that stops.
    assert (day.type, day.errorStyle) == ("date", None)
    assert day.error == "请写到日，用 - 或 / 分开，如 2025-03-12；没有就空着。"
    assert (number.type, number.formula1, number.formula2) == ("whole", "0", "999999")


def test_a_part_cannot_exceed_its_whole_and_the_message_says_which() -> None:
    part = validation("数据", "model_buildings", "now")
    assert part.formula1 == 'AND(ISNUMBER(E4),E4>=0,E4=INT(E4),OR(E3="",E4<=E3))'
    assert part.error == "请填 0 或正整数，只写数字。不能大于“楼组总数”。"
    assert "INT" not in validation("数据", "budget", "now").formula1


def test_each_cell_says_how_it_is_filled() -> None:
    assert validation("数据", "buildings", "now").prompt.startswith("总数\n不小于 0，只填数")
    assert validation("事项声明", "hotline", "note").prompt.startswith("写公布的服务电话")
    prompts = [
        one.prompt or ""
        for sheet in installed("sichuan-city-2022")
        for one in sheet.data_validations.dataValidation
    ]
    assert max(map(len, prompts)) <= 255


@pytest.mark.parametrize("name", TABLES)
def test_a_sheet_is_printed_on_a4_with_its_heads_on_each_page(name) -> None:
    sheet = workbook()[name]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # As wide as one page (which is not written), and as long as it takes.
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        9,
        None,
        0,
    )
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.page_setup.orientation == ("portrait" if name in ("单位信息", "佐证目录") else "landscape")
    assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"


def test_a_sheet_too_wide_for_one_page_is_printed_on_two_with_its_types_on_each() -> None:
    sheet = installed("sichuan-city-2022")["文件制度"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$C", "$2:$2")


def test_what_a_number_cell_cannot_hold_exactly_is_written_as_text() -> None:
    given = submitted('counts: {budget: "1234567890.123456", area: "0.1", visits: 999999999999999}')
    of = book(made(given))
    assert cell("数据", "budget", "now", of).value == "1234567890.123456"
    assert cell("数据", "area", "now", of).value == 0.1
    assert cell("数据", "visits", "now", of).value == 999999999999999


def test_texts_never_become_formulas_or_links() -> None:
    given = submitted(
        'events: [{id: "1", type: meeting, date: "2025-03-12", title: "=1+1", files: ["http://a.b"]}]'
    )
    of = book(made(given))
    one = cell("活动会议", "meeting", "title", of)
    assert (one.value, one.data_type, one.number_format) == ("=1+1", "f", "@") or one.data_type == "s"
    assert cell("活动会议", "meeting", "files", of).hyperlink is None
    assert cell("活动会议", "meeting", "id", of).value == "1"


def test_a_judge_writes_the_live_formulas_and_may_add_a_hidden_sheet() -> None:
    def judge(writer: Any, addresses: Any) -> None:
        writer.result(1, "outcome", f'IF({addresses.counts("buildings")[0]}>0,"达标","")', "达标")
        writer.hidden_sheet("_计算").write_string(0, 0, "x")

    of = book(write_workbook(planned([(RULES, CATALOGUE)], CATALOGUE, Filled("community")), CATALOGUE, judge))
    written = cell("自查结果", "c1", "outcome", of).value
    assert written.startswith("=IF(INDEX('数据'!$E$3:")
    assert written.endswith('>0,"达标","")')
    assert of["_计算"].sheet_state == "hidden"


# A font's own widths, and a line of 10.5 points as this font spaces it.
_PIXELS, _LINE = 14, 15.0


@lru_cache(maxsize=1)
def _font() -> Any:
    return ImageFont.truetype(str(font_paths()["duibiao:font/song"]), _PIXELS)


@pytest.mark.parametrize("name", ruleset_ids())
def test_no_cell_is_clipped(name) -> None:
    loaded = load_ruleset(name)
    of = installed(name)
    clipped = []
    for sheet in (of[one] for one in of.sheetnames if not one.startswith("_")):
        known = columns(sheet)
        for line in sheet.iter_rows(min_row=2):
            height = sheet.row_dimensions[line[0].row].height
            for one in line:
                width, hidden = known[one.column]
                if one.value is None or hidden or str(one.value).startswith("="):
                    continue
                needed = (
                    _lines(str(one.value), width * 7 - 4, one.font.sz / 10.5) * _LINE * one.font.sz / 10.5
                )
                if needed > height + 1:
                    clipped.append((sheet.title, one.coordinate, one.value, height, needed))
    assert clipped == []
    assert loaded.ruleset.ruleset == name


def _lines(text: str, room: float, scale: float) -> int:
    return sum(max(1, ceil(_font().getlength(part) * scale / room)) for part in text.split("\n"))


def test_a_form_that_holds_a_submission_has_room_for_its_texts() -> None:
    given = submitted(f'events: [{{id: "1", type: meeting, date: "2025-03-12", title: {"长" * 200}}}]')
    of = book(write_workbook(planned([(RULES, CATALOGUE)], CATALOGUE, filled_by(given)), CATALOGUE))
    one = cell("活动会议", "meeting", "title", of)
    room = columns(of["活动会议"])[one.column][0] * 7 - 4
    needed = _lines(str(one.value), room, 1) * _LINE
    assert needed > 10 * _LINE
    assert of["活动会议"].row_dimensions[one.row].height >= needed - 1
