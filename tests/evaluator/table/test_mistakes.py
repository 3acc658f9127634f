"""Every mistake is named at its cell, in Chinese, with its mend; then nothing is changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evaluator.errors import InputError
from evaluator.loading.tables import imported
from evaluator.table.columns import of_sheet
from evaluator.table.names import SHEETS
from evaluator.workbook.form import letters
from tests.evaluator.table.editing import typed

# Rows of the exported table: 检查 3-4 总分, 5 e-1, 6-9 e-2 with its steps, 10-11 e-3, 12-19 e-4 …
MISTAKES = [
    ("检查", 5, "不低于", "5个", "[bad_exact] 不低于：“5个”不是精确数"),
    ("检查", 5, "不低于", "明年起 8%", "[bad_dated] 不低于：“明年起 8%”不是分日期的数，或日期重复。写成“2011-01-01 起 5%"),
    ("检查", 5, "不低于", "110%", "[never_met] 不低于 110% 永远达不到"),
    ("检查", 5, "佐证", "阅览室", "[unknown_item] 佐证：没有数据“阅览室”。是否想写 阅览室数 [own_rooms]"),
    ("检查", 5, "佐证", "开放日 [own_day]", "[wrong_kind_of_item] 佐证：这里要数据，“开放日 [own_day]”是活动。改选，或改种类"),
    ("检查", 5, "佐证", "楼组总数 [own_rooms]", "[label_and_id] 佐证：“楼组总数”和编号 own_rooms 不是同一项"),
    ("检查", 5, "分母", None, "[missing] 缺少 分母"),
    ("检查", 5, "种类", "比列", "[bad_kind] 种类：这里不能是“比列”。是否想写 比例"),
    ("检查", 5, "种类", None, "[bad_kind] 没有写种类"),
    ("检查", 5, "用处", "扣份", "[bad_role] 用处：这里不能是“扣份”。是否想写 扣分"),
    ("检查", 7, "层次", "3.1", "[no_row_above] 上面没有层次 3 的行"),
    ("检查", 7, "层次", "第一", "[bad_row_number] “第一”不是层次。写 1、2，或 1.1、1.2"),
    ("检查", 6, "指标编号", "e-9", "[unknown_item] 没有指标“e-9”。是否想写"),
    ("检查", 5, "每", "月", "[not_here] 这一行不用“每”一栏。清空这一格，或核对种类"),
    ("检查", 5, "分母为零时", "不知道", "[literal_error] 分母为零时：不能是 不知道。可用的有："),
    ("检查", 13, "怎样扣、怎样得", "每有", "[bad_form] 怎样扣、怎样得：这里不能是“每有”"),
    ("检查", 13, "扣分数", "全部", "[bad_exact] 扣分数：“全部”不是精确数"),
    ("检查", 12, "写明的内容", "目的", "[unknown_item] 写明的内容：没有内容“目的”"),
    ("检查", 12, "最迟印发日", "13-31", "[bad_deadline] 最迟印发日：“13-31”不是期限"),
    ("指标", 4, "分值", 0, "@row [bad_points] e-2 分档：分值要是大于 0 的数"),
    ("指标", 3, "要求程度", "必须", "[literal_error] 要求程度：不能是 必须。写成 应"),
    ("指标", 3, "一票否决", "也许", "[no_answer] 一票否决：“也许”不是“是”或“否”。填“是”或“否”"),
    ("指标", 3, "一级指标", "第三类", "[unknown_item] 没有类目“第三类”"),
    ("指标", 3, "编号", "e-one", "[changed_id] 编号原为 e-1，不能改。改回 e-1"),
    ("指标", 3, "二级指标", None, "[missing] 缺少 二级指标"),
    ("指标", 3, "二级指标（英文）", None, "[missing] 缺少 二级指标（英文）"),
    ("指标", 3, "条款", "4.9", "[unknown_clause] “条款”表中没有条款 4.9"),
    ("指标", 3, "数值的依据", None, "[basis_missing] 有阈值，但没有写 数值的依据。写明 标准原文"),
    ("指标", 3, "谁的职责", "社区、学校", "[literal_error] 谁的职责：不能是 学校"),
    ("指标", 4, "前提指标", "e-0", "[unknown_item] 前提指标：没有指标“e-0”。是否想写"),
    ("总体", 3, "内容", "other", "[folder_name] 文件夹名 everything 与规则集标识 other 不一致。导入到名为 other 的文件夹"),
    ("总体", 4, "内容", "一", "[string_pattern_mismatch] 版本：“一”的写法不对。版本号写成"),
    ("总体", 14, "内容", "2010-02-30", "[bad_date] 适用起日：“2010-02-30”不是日期。没有这一天"),
    ("等级", 3, "不低于", "90%", "[percent_of_score] 这里写分数，不写百分比：90%。去掉 %"),
    ("条款", 3, "提出要求", "是", "@row [uncited_clause] 条款 4.1 没有指标引用"),
    ("数据", 3, "名称", None, "[missing] 缺少 名称"),
    ("数据", 3, "补足的说法", "再开放几个", "[string_pattern_mismatch] 补足的说法：“再开放几个”的写法不对。文字中要有 {n}"),
    ("数据", 3, "不超过哪个总数", "没有的", "[unknown_item] 没有数据“没有的”"),
    ("数据", 4, "统计口径", "改了的口径", "[shared_item] 共用目录的佐证不在这里改。改回原样"),
    ("文件", 3, "可要求写明的内容", "目标", "[bad_part] 可要求写明的内容：“目标”没有写成三段，或编号重复"),
    ("指标", 3, "要求", "联系人电话 13800138000", "[number_of_a_person] 这里有电话号码"),
    ("指标", 3, "评分办法（自动生成）", "联系人电话 13800138000", "[number_of_a_person] 这里有电话号码"),
]  # fmt: skip


def cell(sheet: str, row: int, head: str) -> str:
    """The cell of a row under a head: the letters move when a column comes in between."""
    columns = ["", "项目", "内容"] if sheet == "总体" else [one.title for one in of_sheet(_IDS[sheet])]
    return f"{sheet}!{letters(columns.index(head))}{row}"


_IDS = {words.zh: sheet for sheet, words in SHEETS.items()}


@pytest.mark.parametrize(("sheet", "row", "head", "value", "said"), MISTAKES)
def test_a_mistake_is_named_at_its_cell(sheet, row, head, value, said, exported, folder, tmp_path) -> None:
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    place = cell(sheet, row, head)
    (tmp_path / "t.xlsx").write_bytes(typed(exported, {place: "" if value is None else str(value)}))
    with pytest.raises(InputError) as raised:
        imported(tmp_path / "t.xlsx", folder, None, removal=False, newer=False)
    found = [one.in_language("zh").removeprefix(f"{tmp_path}/t.xlsx:") for one in raised.value.problems]
    wanted = said.replace("@row", f"{sheet}!{row}:") if said.startswith("@row") else f"{place}: {said}"
    assert any(one.startswith(wanted) for one in found), found
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before


def problems(path: Path, folder: Path, **more: bool) -> list[str]:
    with pytest.raises(InputError) as raised:
        imported(path, folder, None, **{"removal": False, "newer": False, **more})
    return [one.in_language("zh").replace(str(path), path.name) for one in raised.value.problems]


def test_all_mistakes_are_told_at_once_and_none_in_the_keys_of_files(exported, folder, tmp_path) -> None:
    wrong = [
        ("检查", 5, "不低于", "x"), ("检查", 6, "种类", "比列"), ("指标", 5, "分值", ""),
        ("等级", 3, "不低于", "120"), ("总体", 17, "内容", "年"), ("数据", 3, "单位", ""),
    ]  # fmt: skip
    cells = {cell(sheet, row, head): value for sheet, row, head, value in wrong}
    (tmp_path / "t.xlsx").write_bytes(typed(exported, cells))
    found = problems(tmp_path / "t.xlsx", folder)
    assert len(found) >= len(cells)
    for one in found:
        told = re.sub(r"^\S+ \[\w+\] ", "", one)
        assert not re.search(r"\b(at_least|points|title|basis|kind|scoring|criteria|unit)\b", told), one


def test_a_workbook_of_another_kind_is_refused_by_what_it_is(exported, folder, tmp_path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(_written(tmp_path / "t.xlsx", exported))
    del book["_目录"]
    book.save(tmp_path / "t.xlsx")
    assert problems(tmp_path / "t.xlsx", folder)[0].startswith("t.xlsx: [not_a_table] 这不是规则表")
    (tmp_path / "t.xlsx").write_bytes(b"PK nonsense")
    assert problems(tmp_path / "t.xlsx", folder)[0].startswith("t.xlsx: [damaged_workbook]")


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_sheet_or_a_column_that_is_missing_is_named(exported, folder, tmp_path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(_written(tmp_path / "t.xlsx", exported))
    del book["条款"]
    book["指标"].delete_cols(12)
    book.save(tmp_path / "t.xlsx")
    found = problems(tmp_path / "t.xlsx", folder)
    assert "t.xlsx:条款: [missing_sheet] 缺少工作表“条款”。从新导出的表里把它复制回来" in found
    assert "t.xlsx:指标: [missing_column] 缺少“分值”一栏。从新导出的表里把这一栏补回来" in found


def test_a_formula_without_its_result_is_no_value(exported, folder, tmp_path) -> None:
    _written(tmp_path / "t.xlsx", typed(exported, {cell("指标", 3, "分值"): "=1+1"}, without=["指标!60"]))
    assert (
        f"t.xlsx:{cell('指标', 3, '分值')}: [no_value] 分值：单元格里没有值，只有公式、错误或图片。直接填写内容"
        in problems(tmp_path / "t.xlsx", folder)
    )


def test_what_is_gone_from_the_table_is_not_deleted_silently(exported, folder, tmp_path) -> None:
    _written(tmp_path / "t.xlsx", typed(exported, without=["检查!9"]))
    assert problems(tmp_path / "t.xlsx", folder) == [
        "t.xlsx: [removed] 指标 e-2《分档》：删除检查 分档（50%，50%）。确要删除，加 --allow-removal；误删的，从原表补回这一行"
    ]


def test_files_that_changed_after_the_export_are_not_gone_over(exported, folder, tmp_path) -> None:
    rules = folder / "ruleset.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace('cap: "40"', 'cap: "50"'), encoding="utf-8")
    _written(tmp_path / "t.xlsx", exported)
    assert problems(tmp_path / "t.xlsx", folder)[0].startswith(
        "t.xlsx: [newer_files] 导出这张表以后，规则文件又改过"
    )
    found = imported(tmp_path / "t.xlsx", folder, None, removal=False, newer=True)
    assert [one.in_language("zh") for one in found.changes] == ["类目 first《第一类》：得分上限 50 → 40"]


def test_a_table_of_another_ruleset_is_refused(exported, folder, tmp_path) -> None:
    other = folder.rename(tmp_path / "other")
    rules = other / "ruleset.yaml"
    rules.write_text(
        rules.read_text(encoding="utf-8").replace("ruleset: everything", "ruleset: other"), encoding="utf-8"
    )
    _written(tmp_path / "t.xlsx", exported)
    assert any(
        "[other_ruleset] 这张表是 everything 的，不是 other 的" in one
        for one in problems(tmp_path / "t.xlsx", other)
    )


def test_files_written_with_anchors_are_left_alone(exported, folder, tmp_path) -> None:
    rules = folder / "ruleset.yaml"
    text = rules.read_text(encoding="utf-8")
    text = text.replace("remedy: {zh: 增加}", "remedy: &more {zh: 增加}", 1).replace(
        "remedy: {zh: 增加}", "remedy: *more", 1
    )
    rules.write_text(text, encoding="utf-8")
    _written(tmp_path / "t.xlsx", typed(exported, {cell("检查", 5, "不低于"): "6%"}))
    assert "[not_editable] 这个文件用了锚点" in problems(tmp_path / "t.xlsx", folder)[0]
