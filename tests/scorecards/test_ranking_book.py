"""The ranking workbook: its sheets, numbers as numbers, texts as texts, filters, heads, bytes."""

from __future__ import annotations

import warnings
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from evaluator.ranking import Entry, Extent, Ranking
from scorecards.ranking_book import write_ranking_xlsx
from scorecards.ranking_rules import RULES
from scorecards.ranking_sheet import as_number
from scorecards.wording import Language
from tests.evaluator.ranking.entries import entry, rank, tally

SHEETS = (
    "说明 总排名 待定与否决 类目得分 指标失分排行 分区汇总 自评与终评偏差 临界名单 公示名单 分数分布".split()
)


def book(ranking: Ranking, folder: Path, lang: Language = "zh", **more: Any) -> Any:
    path = folder / "ranking.xlsx"
    write_ranking_xlsx(ranking, path, lang, **more)
    with warnings.catch_warnings():
        # Data bars are an extension that openpyxl does not read.
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(path)


def table(sheet: Any) -> list[dict[str, Any]]:
    """The rows below the head, by head: it is the row from which the sheet is frozen."""
    top = int("".join(filter(str.isdigit, sheet.freeze_panes))) - 1
    rows = list(sheet.iter_rows(min_row=top, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def some() -> tuple[Entry, ...]:
    return (
        entry("a", 95, claimed=Extent(Fraction(98), Fraction(98))),
        entry("b", "89.996"),
        entry("c", 50, vetoes=("c1",), integrity=("same_day", "same_day", "count_jump")),
        entry("d", 85, 95),
    )


def test_the_sheets_are_these_and_in_this_order(tmp_path: Path) -> None:
    assert book(rank(*some()), tmp_path).sheetnames == SHEETS
    two_years = book(rank(*some(), previous=(entry("a", 80),)), tmp_path).sheetnames
    assert two_years == [*SHEETS[:-1], "年度对比", SHEETS[-1]]


def test_who_is_ranked_stands_in_one_sheet_and_who_is_not_in_the_other(tmp_path: Path) -> None:
    found = book(rank(*some()), tmp_path)
    ranked, unranked = table(found["总排名"]), table(found["待定与否决"])
    assert [(one["名次"], one["标识"], one["已确认分"]) for one in ranked] == [(1, "a", 95), (2, "b", 89.996)]
    assert [(one["标识"], one["不排名的原因"]) for one in unranked] == [
        ("c", "一票否决未过：1 标题"),
        ("d", "等级未定：可能是整改至示范"),
    ]
    assert unranked[0]["提示条数"] == 3
    assert unranked[0]["提示内容"] == "数据突变、同一天有多项×2"


def test_a_score_that_needs_three_places_shows_three(tmp_path: Path) -> None:
    found = book(rank(*some()), tmp_path)["总排名"]
    cells = [cell for row in found.iter_rows(min_row=4) for cell in row if cell.value == 89.996]
    assert {cell.number_format for cell in cells} == {"0.000"}
    assert all(cell.data_type == "n" for cell in cells)


@pytest.mark.parametrize("name", ["=1+1", "+2", "-3", "@SUM(A1)"])
def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path, name: str) -> None:
    found = book(rank(entry("a", 95)._replace(name=name, region=(name,))), tmp_path)["总排名"]
    cells = [cell for row in found.iter_rows(min_row=4) for cell in row if cell.value == name]
    assert len(cells) == 2
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_every_table_has_a_filter_a_frozen_head_and_a_page_to_print_on_and_merges_nothing(
    tmp_path: Path,
) -> None:
    found = book(rank(*some(), tallies=(tally("c1", "satisfied", 4, 60),)), tmp_path)
    for sheet in found:
        assert sheet.freeze_panes, sheet.title
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.print_title_rows
        assert not sheet.merged_cells.ranges


def test_each_sheet_says_whether_it_may_circulate(tmp_path: Path) -> None:
    found = book(rank(*some()), tmp_path)
    marks = {name: found[name]["A1"].value for name in SHEETS[1:]}
    assert {name for name, text in marks.items() if "内部资料" not in text} == {
        "分区汇总",
        "公示名单",
        "分数分布",
    }
    assert "〔可传阅：不足 10 的数已隐去〕" in marks["分区汇总"]


def test_regions_are_told_as_they_may_circulate(tmp_path: Path) -> None:
    many = (entry(f"e{n:02}", 95) for n in range(20))
    others = (entry(f"x{n:02}", 50) for n in range(16))
    few = (entry(f"f{n}", 95, region=("云南省", "曲靖市")) for n in range(5))
    rows = table(book(rank(*many, *others, *few), tmp_path)["分区汇总"])
    told = [(one["地区"].strip("\u3000"), one["单位数"], one["中位数"]) for one in rows]
    assert told == [("全部", 41, 95), ("云南省", 41, 95), ("昆明市", "*", 95), ("曲靖市", "<10", None)]


def test_the_list_for_publication_carries_name_region_and_grade_only(tmp_path: Path) -> None:
    (row,) = table(book(rank(*some()), tmp_path)["公示名单"])
    assert row == {"单位": "社区a", "省（一级）": "云南省", "市（二级）": "昆明市", "等级": "示范"}


def test_self_check_and_final_are_compared_where_there_are_reviews_else_the_sheet_says_so(
    tmp_path: Path,
) -> None:
    (row,) = table(book(rank(*some()), tmp_path)["自评与终评偏差"])
    assert (row["自评已确认分"], row["终评已确认分"], row["终评减自评"]) == (98, 95, -3)
    sheet = book(rank(entry("a", 95)), tmp_path)["自评与终评偏差"]
    assert sheet["A4"].value == "没有复核记录，无从比较。"


def test_who_is_near_two_bounds_stands_there_twice(tmp_path: Path) -> None:
    rows = table(book(rank(*some(), entry("e", 61)), tmp_path)["临界名单"])
    assert [(one["标识"], one["界线"], one["高于界线"]) for one in rows] == [
        ("b", "示范", -0.004),
        ("e", "整改", 1),
    ]


def test_sections_come_before_criteria_and_points_lost_are_numbers(tmp_path: Path) -> None:
    tallies = (
        tally("c1", "not_satisfied", 3, 0, short=Fraction(5, 2), of="model_buildings"),
        tally("c2", "satisfied", 3, 60),
    )
    rows = table(book(rank(*some(), tallies=tallies), tmp_path)["指标失分排行"])
    assert [one["层级"] for one in rows] == ["类目", "类目", "指标", "指标"]
    worst = rows[2]
    assert (worst["确定失分合计"], worst["失分单位"], worst["失分占比"], worst["缺口中位数"]) == (
        180,
        3,
        1,
        2.5,
    )
    assert worst["缺口项目"] == "文明楼组数"


def test_what_is_mixed_has_a_column(tmp_path: Path) -> None:
    found = book(rank(entry("a", 95), entry("b", 94, stage="self_check")), tmp_path)
    assert [one["阶段"] for one in table(found["总排名"])] == ["验收", "自查"]
    notes = [cell.value for cell in found["说明"]["B"]]
    assert any("放在一起排的结果不一致" in str(text) for text in notes)


def test_the_notes_hold_every_rule(tmp_path: Path) -> None:
    notes = [str(cell.value) for cell in book(rank(entry("a", 95)), tmp_path)["说明"]["B"]]
    assert all(rule.text[0] in notes for rule in RULES)


def test_rows_beyond_what_excel_holds_are_counted_not_dropped_in_silence(tmp_path: Path) -> None:
    many = rank(*(entry(f"e{n}", 95) for n in range(5)))
    found = book(many, tmp_path, most_rows=6)
    assert len(table(found["总排名"])) == 3
    notes = [str(cell.value) for cell in found["说明"]["B"]]
    assert any("有 2 行没有写入" in text for text in notes)


def test_the_year_before_stands_beside(tmp_path: Path) -> None:
    found = book(
        rank(entry("a", 95), entry("new", 91), previous=(entry("a", 80), entry("gone", 70))), tmp_path
    )
    rows = {one["标识"]: one for one in table(found["年度对比"])}
    assert (rows["a"]["升降"], rows["a"]["上年名次"], rows["a"]["对应情况"]) == (15, 1, "两年都有")
    assert (rows["new"]["对应情况"], rows["gone"]["对应情况"]) == ("上年没有", "本年没有")


def test_the_same_ranking_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_ranking_xlsx(rank(*some()), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_nobody_at_all_is_a_workbook_too(tmp_path: Path) -> None:
    found = book(rank(), tmp_path)
    assert found["总排名"]["A4"].value == "没有参加排名的单位，见“待定与否决”。"


def test_an_english_workbook_has_english_heads(tmp_path: Path) -> None:
    found = book(rank(*some()), tmp_path, "en")
    assert found.sheetnames[:3] == ["Notes", "Ranking", "Undecided and vetoed"]
    assert table(found["Ranking"])[0]["Conclusion"] == "accepted"


def test_texts_are_written_as_texts_not_as_links_or_formulas(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"
    write_ranking_xlsx(rank(entry("a", 95)._replace(name="http://example.org/=1")), path)
    with zipfile.ZipFile(path) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in one or b"<hyperlink" in one for one in sheets)


def test_a_number_reads_as_it_was_printed() -> None:
    assert as_number("90.00", "score") == (90.0, "0.00")
    assert as_number("89.999999999999…", "score") == (89.999999999999, "0.000000000000")
    assert (
        as_number("45.16", "percent") == (0.45159999999999995, "0.00%")
        or as_number("45.16", "percent")[0] == 0.4516
    )
    assert as_number("-0.004", "change")[0] == -0.004


def test_who_is_accepted_with_an_open_grade_is_not_published_and_the_sheet_says_so(tmp_path: Path) -> None:
    found = book(rank(entry("a", 95), entry("b", 91, 95)._replace(grade=None)), tmp_path)["公示名单"]
    assert [one["单位"] for one in table(found)] == ["社区a"]
    assert "等级未定的，定了再公示" in found["A2"].value


def test_a_share_is_the_decimal_that_is_printed(tmp_path: Path) -> None:
    found = book(rank(entry("a", 95)._replace(decided=Fraction(9662, 10000))), tmp_path)
    assert table(found["总排名"])[0]["已定比例"] == 0.9662


def test_every_head_of_a_region_fits_its_column(tmp_path: Path) -> None:
    sheet = book(rank(entry("a", 95)), tmp_path)["总排名"]
    heads = [cell for cell in sheet[3] if "级）" in str(cell.value)]
    assert len(heads) == 2
    assert all(sheet.column_dimensions[cell.column_letter].width >= 12 for cell in heads)


def test_what_was_refused_stands_in_a_sheet_with_place_and_mend(tmp_path: Path) -> None:
    problem = {
        "place": "申报/b.json:48:7",
        "code": "bad_date",
        "what": {"zh": "不是日期", "en": "is no date"},
        "mend": None,
    }
    mended = {**problem, "place": "申报/b.json:50", "mend": {"zh": "请核对", "en": "check it"}}
    refused = [{"source": "申报/b.json", "subject": None, "problems": [problem, mended]}]
    rows = table(book(rank(*some()), tmp_path, refused=refused)["退回名单"])
    assert [(one["来源"], one["位置"], one["问题"], one["怎么改"]) for one in rows] == [
        ("申报/b.json", "申报/b.json:48:7", "不是日期", None),
        ("申报/b.json", "申报/b.json:50", "不是日期", "请核对"),
    ]
    assert book(rank(*some()), tmp_path, refused=[])["退回名单"]["A4"].value == "没有退回的申报。"
