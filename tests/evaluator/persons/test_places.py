"""Texts with places: cells, columns, headings, sheet names, names of files; the place of a problem repeats nothing either."""

from __future__ import annotations

from evaluator.errors import Place
from evaluator.persons import persons_in

FORM = "form.xlsx"


def sheet(*rows: str, name: str = "数据") -> list[tuple[Place, str]]:
    """The cells of rows written as ``a | b | c``."""
    return [
        (Place(FORM, line, column, name), text.strip())
        for line, row in enumerate(rows, 1)
        for column, text in enumerate(row.split("|"), 1)
    ]


def said(texts: list[tuple[Place, str]], **more: list[Place]) -> list[tuple[str, str]]:
    return [(str(one.place), one.what.zh.partition("，")[0]) for one in persons_in(texts, **more)]


def test_nothing_is_said_of_an_ordinary_sheet() -> None:
    assert (
        said(
            sheet(
                "指标|本期|上期|来源",
                "楼组数|40|38|社区台账",
                "家庭数|1200|1180|社区台账",
                "金额|138|1234|5678",
            )
        )
        == []
    )


def test_a_number_is_placed_in_its_cell() -> None:
    assert said(sheet("活动|时间", "联谊 13800138000|2025-03-12")) == [
        ("form.xlsx:数据!A2", "这里有电话号码")
    ]


def test_a_column_of_names_is_known_by_most_of_its_cells() -> None:
    texts = sheet("序号|人员情况|备注", "1|张三|", "2|李四|", "3|王小五|", "4|安全|")
    assert said(texts) == [("form.xlsx:数据!B2", "这里有人员名单")]


def test_a_row_of_names_is_known_too() -> None:
    assert said(sheet("第一组|张三|李四|王小五|赵六")) == [("form.xlsx:数据!B1", "这里有人员名单")]


def test_a_single_name_is_known_below_or_beside_its_heading() -> None:
    assert said(sheet("编号|姓名", "1|高峰", "2|")) == [("form.xlsx:数据!B2", "这里有人员姓名")]
    assert said(sheet("联系人|高峰", "地点|高峰")) == [("form.xlsx:数据!B1", "这里有人员姓名")]
    assert said(sheet("负责人|民宗局", "责任单位|党建办")) == []


def test_a_number_without_a_checksum_is_known_below_or_beside_its_heading() -> None:
    assert said(sheet("序号|身份证号码", "1|110101209003070011", "2|110101209003070012")) == [
        ("form.xlsx:数据!B2", "这里有身份证号"),
        ("form.xlsx:数据!B3", "这里有身份证号"),
    ]
    assert said(sheet("座机|2345678")) == [("form.xlsx:数据!B1", "这里有固定电话或服务电话号码")]
    assert said(sheet("护照号|E12345678")) == [("form.xlsx:数据!B1", "这里有护照或通行证号码")]
    assert said(sheet("数量|2345678")) == []


def test_an_identity_number_in_boxes_of_one_figure_each_is_known() -> None:
    assert said(sheet("|".join(["证号", *"11010120900307001", "8"]))) == [
        ("form.xlsx:数据!B1", "这里有身份证号")
    ]
    assert said(sheet("1|3|8|0|0|1|3|8|0|0")) == []


def test_cells_side_by_side_are_not_joined_to_a_number() -> None:
    assert said(sheet("138|0013|8000")) == []


def test_a_fixed_line_may_stand_at_the_places_that_are_given() -> None:
    texts = sheet("服务热线|0874-23456789", "说明|13800138000")
    assert said(texts, public_telephones=[texts[1][0], texts[3][0]]) == [
        ("form.xlsx:数据!B2", "这里有电话号码")
    ]
    assert said(texts[:2]) == [("form.xlsx:数据!B1", "这里有固定电话或服务电话号码")]


def test_what_is_refused_is_left_out_of_the_place_too() -> None:
    named = [(Place(FORM, sheet="名单13800138000"), "名单13800138000")]
    assert said(named) == [("form.xlsx:名单…", "这里有电话号码")]
    member = "11010120900307001 8.jpg".replace(" ", "")
    assert said([(Place(f"pack.zip/{member}"), member)]) == [("pack.zip/….jpg", "这里有身份证号")]
    cells = [(Place("张三、李四、王五.xlsx", 1, 1, "数据"), "13800138000")]
    assert said(cells) == [("…:数据!A1", "这里有电话号码")]


def test_files_that_are_named_after_persons_are_known_together() -> None:
    files = ["签到/张三.jpg", "签到/李四.jpg", "签到/王小五_1.jpg"]
    assert said([(Place("pack.zip"), name) for name in files]) == [("pack.zip", "这里有人员名单")]
    innocent = ["E01_20250312_01.jpg", "E01_20250312_02.jpg", "方案.pdf", "计划.pdf"]
    assert said([(Place("pack.zip"), name) for name in innocent]) == []


def test_empty_texts_and_no_texts_are_nothing() -> None:
    assert persons_in([]) == []
    assert persons_in([(Place(FORM, 1, 1, "数据"), "")]) == []
