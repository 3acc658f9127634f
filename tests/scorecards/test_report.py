"""A report: one model for the printed lists beside the scorecard, as text, HTML, PDF and workbook."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from scorecards import Report, as_text, render_html, render_pdf, render_xlsx, scorecard
from scorecards.glyphs import places
from scorecards.model import Fact, Part, Passage, cell, number, row, table
from scorecards.wording import Line
from tests.scorecards import samples
from tests.scorecards.conftest import poppler

HOSTILE = '=HYPERLINK("http://x","a")'


def report(**more: Any) -> Report:
    listed = table(
        "gaps",
        ("序号", "问题", "可增分"),
        [
            row(number("1"), cell("楼组不足", "再创建 2 个楼组"), number("2.50")),
            row(number("2"), HOSTILE, number("1–2")),
        ],
        widths=(10, 70, 20),
    )
    given: dict[str, Any] = {
        "lang": "zh",
        "title": Line("整改清单"),
        "subtitle": "自查",
        "running": "自查结果　示例社区",
        "facts": (Fact("申报单位", (Line("示例社区"),)), Fact("评估期", (Line("2025年"),), wide=True)),
        "parts": (
            Part("一、差距", (Line("共 2 项。"),), listed),
            Part("二、其他", passages=(Passage("（一）无", table=table("none", ("甲",), [], "无。")),)),
        ),
        "remarks": (Line("按评估结果生成。"),),
    }
    return Report(**{**given, **more})


def test_the_text_shows_everything_in_reading_order() -> None:
    assert as_text(report()).splitlines() == [
        "# 整改清单",
        "自查",
        "[自查结果　示例社区]",
        "申报单位: 示例社区",
        "评估期: 2025年",
        "按评估结果生成。",
        "",
        "## 一、差距",
        "共 2 项。",
        "  序号 | 问题 | 可增分",
        "  1 | 楼组不足 / 再创建 2 个楼组 | 2.50",
        f"  2 | {HOSTILE} | 1–2",
        "",
        "## 二、其他",
        "### （一）无",
        "无。",
    ]


@pytest.mark.parametrize("wide", [False, True])
def test_the_pdf_bears_heads_numbers_and_widths(tmp_path, wide) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf(report(wide=wide)))
    text = poppler("pdftotext", "-layout", str(path), "-").replace(" ", "").replace("\u3000", "")
    for wanted in ("整改清单", "自查结果示例社区", "再创建2个楼组", "—1—"):
        assert wanted in text
    assert render_pdf(report(wide=wide)) == path.read_bytes()


def test_the_page_escapes_what_is_written_in_it() -> None:
    page = render_html(report(remarks=(Line("<script>alert(1)</script>"),)))
    assert "<script>" not in page
    assert "width: 10.0%" in page


def test_a_character_without_a_glyph_is_found_in_a_report() -> None:
    assert places(report(remarks=(Line("喆"),)), "喆") == {"喆": "整改清单"}
    assert places(report(), "楼") == {"楼": "一、差距 · 1 · 楼组不足"}


def sheets(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def test_the_workbook_has_a_sheet_for_each_table_and_numbers_as_numbers() -> None:
    book = sheets(render_xlsx(report()))
    assert book.sheetnames == ["概况", "一、差距", "（一）无"]
    gaps = book["一、差距"]
    assert [[cell.value for cell in line] for line in gaps.iter_rows(min_row=3)] == [
        ["序号", "问题", "可增分"],
        [1, "楼组不足\n再创建 2 个楼组", 2.5],
        [2, HOSTILE, "1–2"],
    ]
    assert gaps["B5"].data_type == "s", "a text that looks like a formula stays a text"
    assert (gaps.freeze_panes, gaps.auto_filter.ref, gaps.print_title_rows) == ("A4", "A3:C5", "$3:$3")
    assert book["（一）无"]["A3"].value == "无。"


def test_the_same_report_gives_the_same_workbook() -> None:
    assert render_xlsx(report()) == render_xlsx(report())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["rich", "hostile", "unscored"])
def test_a_scorecard_as_a_workbook_holds_every_criterion(name, lang) -> None:
    card = scorecard(getattr(samples, name)(), lang)
    book = sheets(render_xlsx(card))
    assert {sheet.oddFooter.left.text for sheet in book} == {card.foot}
    assert card.criteria is not None
    assert card.criteria.table is not None
    listed = next(sheet for sheet in book if sheet.title == card.criteria.heading[:31])
    heads = card.criteria.table.heads
    assert [cell.value for cell in list(listed.iter_rows())[1 + len(card.criteria.intro)]][
        : len(heads)
    ] == list(heads)
    assert listed.max_row == 2 + len(card.criteria.intro) + len(card.criteria.table.rows)
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)


def test_sheets_of_one_name_are_told_apart() -> None:
    part = report().parts[0]
    names = sheets(render_xlsx(report(parts=(part, part, Part("a/b:c*" * 9, table=part.table))))).sheetnames
    assert names == ["概况", "一、差距", "一、差距 2", ("a b c " * 9)[:31].strip()]


def test_a_share_may_break_before_the_numbers_behind_it() -> None:
    shares = table("shares", ("实际",), [row("55.00%（550/1000）<b>"), row("5%")])
    html = render_html(report(parts=(Part("一、比例", table=shares),)))
    assert "55.00%<wbr/>（550/1000）&lt;b&gt;<" in html
    assert html.count("<wbr/>") == 1
