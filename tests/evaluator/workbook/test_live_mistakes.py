"""自查结果 where something is typed wrongly, left open, or beyond what formulas judge: it says so, and gives no verdict."""

from __future__ import annotations

from datetime import date

import pytest

from evaluator.loading import load_ruleset
from evaluator.workbook.form import FIRST_ROW, Form, letters
from tests.evaluator.workbook.agreeing import Shown, blank, results_of
from tests.evaluator.workbook.libreoffice import Cells, Value, filled_in, worked_out

LOADED = load_ruleset("kunming-model-community")
TITLE = LOADED.ruleset.title.zh
YEAR: list[tuple[str, str, dict[str, Value]]] = [
    ("单位信息", "from", {"value": date(2025, 1, 1)}),
    ("单位信息", "to", {"value": date(2025, 12, 31)}),
]
BUILDINGS: list[tuple[str, str, dict[str, Value]]] = [
    ("数据", "buildings", {"now": 40}),
    ("数据", "model_buildings", {"now": 2}),
]
CASES: dict[str, list[tuple[str, str, dict[str, Value]]]] = {
    "right": [*YEAR, *BUILDINGS],
    "text for a number": [*YEAR, *BUILDINGS, ("数据", "model_buildings", {"now": "四个"})],
    "a number below 0": [*YEAR, *BUILDINGS, ("数据", "model_buildings", {"now": -1})],
    "part over whole": [*YEAR, *BUILDINGS, ("数据", "model_buildings", {"now": 41})],
    "a blank that is a space": [*YEAR, *BUILDINGS, ("数据", "model_buildings", {"now": " "})],
    "no date": [*YEAR, ("活动会议", "mobilisation_meeting", {"date": "三月"})],
    "a date in words": [*YEAR, ("活动会议", "mobilisation_meeting", {"date": "2025年3月12日"})],
    "none, yet a date": [
        *YEAR,
        ("活动会议", "mobilisation_meeting", {"have": "无", "date": date(2025, 3, 12)}),
    ],
    "none": [*YEAR, ("活动会议", "mobilisation_meeting", {"have": "无"})],
    "no answer": [*YEAR, ("事项声明", "contact_card", {"value": "办理中"})],
    "a tick for yes": [*YEAR, ("事项声明", "contact_card", {"value": "√"})],
    "period in words": [
        ("单位信息", "from", {"value": "2025.1.1"}),
        ("单位信息", "to", {"value": "2025年12月31日"}),
        *BUILDINGS,
    ],
    "no period": BUILDINGS,
    "half a period": [YEAR[0], *BUILDINGS],
    "reversed period": [YEAR[0], ("单位信息", "to", {"value": date(2024, 12, 31)}), *BUILDINGS],
    "no data date": [*YEAR, *BUILDINGS, ("单位信息", "as_of", {"value": "年底"})],
    "four years": [
        ("单位信息", "from", {"value": date(2022, 1, 1)}),
        YEAR[1],
        *BUILDINGS,
        ("活动会议", "unity_month", {"date": date(2025, 9, 10)}),
    ],
    "street's form": [*YEAR, *BUILDINGS, ("单位信息", "includes.1", {"value": "街道.xlsx"})],
}


def cells(form: Form, stated: list[tuple[str, str, dict[str, Value]]]) -> Cells:
    found: Cells = {}
    for sheet, item, values in stated:
        table = next(table for table in form.tables() if table.name == sheet)
        row = next(n for n, one in enumerate(table.rows) if one.item == item)
        for key, value in values.items():
            found[sheet, f"{letters(table.column(key))}{FIRST_ROW + row + 1}"] = value
    return found


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    """Each case's form as LibreOffice shows it."""
    form, empty = blank([LOADED.ruleset], LOADED.catalogue)
    books = {f"{n}": filled_in(empty, cells(form, stated)) for n, stated in enumerate(CASES.values())}
    found = worked_out(tmp_path_factory.mktemp("forms"), books)
    return {name: found[f"{n}"] for n, name in enumerate(CASES)}


@pytest.mark.parametrize(
    ("case", "criterion", "outcome"),
    [
        ("right", "km-2-6", "达标"),
        ("right", "km-2-7", "未提交佐证"),
        ("text for a number", "km-2-6", "填写有误"),
        ("a number below 0", "km-2-6", "填写有误"),
        ("part over whole", "km-2-6", "填写有误"),
        ("a blank that is a space", "km-2-6", "未提交佐证"),
        ("no date", "km-2-4", "填写有误"),
        ("a date in words", "km-2-4", "达标"),
        ("none, yet a date", "km-2-4", "填写有误"),
        ("none", "km-2-4", "未达标"),
        ("no answer", "km-4-4", "填写有误"),
        ("a tick for yes", "km-4-4", "达标"),
        ("period in words", "km-2-6", "达标"),
        ("no period", "km-2-6", "未提交佐证"),
        ("half a period", "km-2-6", "未提交佐证"),
        ("reversed period", "km-2-6", "填写有误"),
        ("no data date", "km-2-6", "填写有误"),
        ("four years", "km-2-5", "表内不能判"),
        ("four years", "km-2-6", "达标"),
        ("street's form", "km-2-6", "达标"),
        ("street's form", "km-1-1", "表内不能判"),
    ],
)
def test_a_criterion_says_what_is_wrong_with_what_it_reads(
    case: str, criterion: str, outcome: str, shown: dict[str, Shown]
) -> None:
    assert results_of(shown[case])[criterion]["outcome"] == outcome


@pytest.mark.parametrize(
    "case", [case for case in CASES if case not in ("right", "period in words", "street's form")]
)
def test_what_is_wrong_or_left_open_spoils_no_other_criterion(case: str, shown: dict[str, Shown]) -> None:
    outcomes = {one["outcome"] for one in results_of(shown[case]).values() if one["item"] != "#"}
    assert not any("#" in outcome or "Err" in outcome for outcome in outcomes)
    if "period" not in case and case not in ("no data date", "four years"):
        wrong = [name for name, one in results_of(shown[case]).items() if one["outcome"] == "填写有误"]
        assert len(wrong) <= 1


@pytest.mark.parametrize(
    ("case", "criterion", "short"),
    [
        ("text for a number", "km-2-6", "填写有误，请改：数、日期、是或否"),
        ("none", "km-2-4", "再举办 1 次（示范社区创建宣传动员会）（本期已不能补）"),
        ("four years", "km-2-5", "表内不能判，以系统评分为准"),
        ("no period", "km-2-6", "请先在“单位信息”填好评估期的起止日期"),
        ("right", "km-4-6", "等待检查人员评定档次"),
    ],
)
def test_a_criterion_says_what_to_do(case: str, criterion: str, short: str, shown: dict[str, Shown]) -> None:
    assert results_of(shown[case])[criterion]["short"] == short


def test_the_score_says_how_many_criteria_are_wrong_or_left_to_the_engine(shown: dict[str, Shown]) -> None:
    wrong, left = (results_of(shown[case])[TITLE]["short"] for case in ("text for a number", "four years"))
    assert "（其中填写有误 1 项）" in wrong
    assert "（其中表内不能判 12 项）" in left
    assert "正式得分以系统评分为准" in wrong
    assert "引用的街道申报文件不在本页计算" in results_of(shown["street's form"])[TITLE]["short"]


@pytest.mark.parametrize("case", ["no period", "half a period"])
def test_a_form_without_its_period_asks_for_it(case: str, shown: dict[str, Shown]) -> None:
    score = results_of(shown[case])[TITLE]
    assert score["outcome"] == "请先在“单位信息”填好评估期"
    assert (score["earned"], score["attainable"]) == ("0", "100")
