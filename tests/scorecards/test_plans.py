"""The action plan on the scorecard and the rectification list, in both languages."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evaluator import assess, load_ruleset, load_submission
from evaluator.loading import ruleset_ids
from evaluator.planning import progress
from evaluator.planning.plan import Wanted
from evaluator.planning.rectification import Item, Returned
from scorecards import (
    as_text,
    rectification_lines,
    rectification_list,
    render_pdf,
    render_xlsx,
    scorecard,
)
from scorecards import rectification as list_module
from scorecards.steps import Action
from scorecards.wording import Wording
from tests.scorecards.conftest import poppler
from tests.scorecards.test_scorecard_model import HAN, _unmarked

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
RULESETS = ruleset_ids()
KUNMING = "kunming-model-community"


@cache
def text_of(ruleset: str, as_of: str | None, grade: str | None, name: str) -> str:
    loaded = load_ruleset(ruleset)
    submission = load_submission(EXAMPLES / ruleset / f"{name}.yaml", loaded.catalogue)
    items = (
        Item(1, "document:community_coordination_group_document", ("km-1-2",), "done"),
        Item(2, "event:coordination_group_meeting", ("km-7-3",), "in_progress"),
        Item(3, "statement:affairs_desk", ("km-4-1",), None),
    )
    returned = Returned("cuihu-an", KUNMING, date(2025, 10, 1), "sha256:aa", items)
    one = assess(
        loaded.ruleset,
        loaded.catalogue,
        submission,
        as_of=date.fromisoformat(as_of) if as_of else None,
        wanted=Wanted(grade),
        returned=returned if ruleset == KUNMING and name == "middling" else None,
    )
    return json.dumps(one.document)


def assessment(
    ruleset: str = KUNMING, as_of: str | None = None, grade: str | None = None, name: str = "middling"
) -> Any:
    return json.loads(text_of(ruleset, as_of, grade, name))


def test_with_a_plan_there_are_nine_parts_and_every_reference_follows() -> None:
    text = as_text(scorecard(assessment()))
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert [head[3] for head in heads] == list("一二三四五六七八九")
    assert heads[4] == "## 五、行动计划"
    assert "达到“示范”最少需要做 11 件事，见第五部分。" in text
    assert "理由见第六部分" in text
    assert "### （三）周期性要求逐月情况" in text
    assert "8.3 Periodic requirements" in as_text(scorecard(assessment(), "en"))


def test_a_summary_ends_with_the_plan() -> None:
    heads = [
        line for line in as_text(scorecard(assessment(), summary=True)).splitlines() if line.startswith("## ")
    ]
    assert [head[3] for head in heads] == list("一二三四五")


def test_without_a_plan_nothing_is_said_of_one() -> None:
    one = assessment()
    del one["plan"], one["rectification"]
    text = as_text(scorecard(one))
    assert "行动计划" not in text
    assert "## 五、全部指标" in text


def test_a_step_says_what_when_and_who() -> None:
    text = as_text(scorecard(assessment()))
    assert (
        "  12 | 再举办 2 次“社区民族工作协调小组会议”（11月、12月各 1 次） | 七（一） 协调小组每月开会 | 0.33 | 90.32 | "
        "首次 2025年11月30日 / 末次 2025年12月31日 | 社区"
    ) in text
    assert (
        "  45 | 七（一） 协调小组每月开会 | 0.17 | 已错过：2025年8月1日至2025年8月31日 / 有时段次数不足，且已过期，不能补办"
        in text
    )


@pytest.mark.parametrize(
    ("as_of", "grade", "name", "said"),
    [
        pytest.param(
            "2025-10-15",
            "rectify",
            "middling",
            "不必再做什么，到 2025年12月31日 已可确认 72.31 分，达到“限期整改”（60 分）。",
            id="reached",
        ),
        pytest.param(
            "2025-12-31",
            None,
            "middling",
            "数据截止日已到评估期末，本期不能再做什么：可确认 72.31 分，没有达到“示范”（90 分）。",
            id="over",
        ),
        pytest.param("2025-12-20", None, "middling", "达到“示范”（90 分）最少需要做 ", id="reachable"),
    ],
)
def test_the_state_is_said_in_a_sentence(as_of: str, grade: str | None, name: str, said: str) -> None:
    assert said in as_text(scorecard(assessment(KUNMING, as_of, grade, name)))


def test_a_veto_that_bars_the_grade_is_named_when_nothing_can_be_done_any_more() -> None:
    one = assessment(KUNMING, "2025-12-31")
    barred = one["criteria"][0]
    one["plan"]["vetoes"] = [barred["id"]]
    said = f"一票否决项“{barred['title']['zh']}”还不能确认达标；没有达到“示范”（90 分）"
    assert said in as_text(scorecard(one))


def test_a_plan_that_was_made_step_by_step_says_so() -> None:
    one = assessment()
    one["plan"]["method"] = "greedy"
    assert "是逐件选取的，件数未必最少" in as_text(scorecard(one))
    assert "fewer might do" in as_text(scorecard(one, "en"))


def test_what_does_not_reach_the_grade_says_how_far_it_comes() -> None:
    one = assessment()
    one["plan"]["state"], one["plan"]["vetoes"] = "out_of_reach", ["km-1-2"]
    text = as_text(scorecard(one))
    assert (
        "只靠本单位能做的，本期不能确保“示范”（90 分）：一票否决项“成立社区民族工作协调小组”还不能确认达标；"
        "下列 11 件都做到，可确认 90.05 分；等待核验和补充的都得满分，为 98.12 分。"
    ) in text
    assert "（一）还能做的（11 件）" in text


@pytest.mark.parametrize("ruleset", RULESETS)
def test_the_english_plan_has_chinese_only_where_it_is_marked(ruleset: str) -> None:
    one = assessment(ruleset)
    assert [text for text in _unmarked(scorecard(one, "en").plan) if HAN.search(text)] == []
    report = rectification_list(one, "en")
    loose = [text for text in _unmarked(report) if HAN.search(text)]
    assert loose == [report.subtitle, report.running]


@pytest.mark.parametrize("ruleset", RULESETS)
def test_the_chinese_plan_has_no_english_word(ruleset: str) -> None:
    text = as_text(rectification_list(assessment(ruleset)))
    assert set(re.findall(r"[A-Za-z]{4,}", re.sub(r"sha256:\w+", "", text))) == set()


def test_the_list_has_the_columns_of_a_rectification_list() -> None:
    report = rectification_list(assessment())
    table = report.parts[0].table
    assert table is not None
    assert table.heads == (
        "序号",
        "问题",
        "依据条款",
        "整改措施",
        "责任单位",
        "配合单位",
        "完成时限",
        "可增分",
        "状态",
    )
    assert [cell.text for cell in table.rows[2].cells] == [
        "3",
        "2.50%（1/40），未达到要求的数量",
        "六（二） 民族团结文明楼组（单位）比例",
        "再创建 1 个民族团结文明楼组（单位） / 按评比办法再创建文明楼组（单位），公示并印发命名文件",
        "社区",
        "—",
        "2025年12月31日",
        "2",
        "",
    ]
    assert [part.heading for part in report.parts] == [
        "一、达到“示范”最少要做的",
        "二、此外还可以做的",
        "三、不可补办的",
        "四、上次清单的办理情况",
    ]


def test_a_list_that_has_nothing_to_do_says_so() -> None:
    report = rectification_list(assessment(grade="rectify", name="excellent", as_of="2025-12-31"))
    assert "没有要整改的事项。" in as_text(report)


def test_the_workbook_comes_back_as_it_went() -> None:
    one = assessment()
    book = openpyxl.load_workbook(BytesIO(render_xlsx(rectification_list(one))))
    sheets = [
        progress.Sheet(sheet.title, [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()])
        for sheet in book
    ]
    found = progress.returned(sheets, "list.xlsx")
    assert (found.subject, found.ruleset, str(found.as_of), found.digest) == (
        "cuihu-an", KUNMING, "2025-10-15", one["digest"],
    )  # fmt: skip
    assert [item.action for item in found.items] == [
        step["id"] for step in (*one["plan"]["steps"], *one["plan"]["further"])
    ]
    assert [item.number for item in found.items] == list(range(1, len(found.items) + 1))
    assert {item.status for item in found.items} == {None}
    sheet = book.worksheets[1]
    assert sheet.column_dimensions["J"].hidden
    assert sheet.data_validations.dataValidation[0].formula1 == '"未开始,进行中,已完成"'
    assert sheet.auto_filter.ref == "A2:M13", "sorting takes the hidden columns along"
    assert sheet["I3"].fill.fgColor.rgb == "FFFFF9DB"


def test_writer_and_reader_agree_on_the_hidden_columns() -> None:
    assert (list_module.KEYS, list_module.FORMAT) == (progress.KEYS, progress.FORMAT)


@pytest.mark.parametrize(("lang", "closed", "asked"), [("zh", "已销号", "请"), ("en", "Closed", "ask the")])
def test_what_became_of_the_last_list(lang: Any, closed: str, asked: str) -> None:
    text = as_text(scorecard(assessment(), lang))
    assert f"{closed} | —" in text
    said = {
        "zh": "2025年10月1日的整改清单共 3 项：已销号 1 项，申报已完成、系统未见 1 项，未完成 1 项。",
        "en": "The list of 1 Oct 2025 has 3 items: closed: 1; said to be done, not found: 1; open: 1.",
    }[lang]
    assert said in text
    assert said in "\n".join(rectification_lines(assessment(), lang))
    assert asked in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_is_printed_on_landscape_pages(tmp_path, lang) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(render_pdf(rectification_list(assessment(), lang)))
    size = poppler("pdfinfo", str(path))
    assert re.search(r"Page size:\s+841\.\d+ x 595\.\d+", size)


@pytest.mark.parametrize(
    ("visits", "zh", "en"),
    [
        ([("2025-10-16", "2025-12-31", 2)], "", ""),
        (
            [("2025-10-16", "2025-10-31", 1), ("2025-11-01", "2025-11-30", 1)],
            "（10月、11月各 1 次）",
            " (1 each: Oct, Nov)",
        ),
        ([("2025-11-01", "2025-11-30", 2)], "（11月 2 次）", " (2: Nov)"),
        (
            [("2025-10-16", "2025-11-30", 1), ("2025-12-01", "2025-12-31", 3)],
            "（2025年11月30日前 1 次，12月 3 次）",
            " (1: by 30 Nov 2025; 3: Dec)",
        ),
        ([("2025-11-01", "2025-12-31", 1)], "（11月至12月 1 次）", " (1: Nov to Dec)"),
    ],
)
def test_when_to_hold_it(visits: Any, zh: str, en: str) -> None:
    plan = {"from": "2025-10-16", "to": "2025-12-31"}
    data = {
        "text": {"zh": "做", "en": "do"},
        "assumed": False,
        "reported": True,
        "schedule": [{"from": first, "to": last, "times": times} for first, last, times in visits],
    }
    assert Action(1, data, plan, (), Wording("zh")).what().text == "做" + zh
    assert Action(1, data, plan, (), Wording("en")).what().text == "do" + en


def test_in_a_period_of_two_years_a_month_bears_its_year() -> None:
    plan = {"from": "2013-10-16", "to": "2014-12-31"}
    data = {
        "text": {"zh": "做", "en": "do"},
        "assumed": True,
        "reported": False,
        "schedule": [{"from": "2014-09-01", "to": "2014-09-30", "times": 1}],
    }
    assert Action(1, data, plan, (), Wording("zh")).what().text == "做（2014年9月 1 次） △ *"


def test_the_gain_names_a_bonus() -> None:
    def gain(points: str, bonus: str) -> str:
        return Action(1, {"points": points, "bonus": bonus}, {}, (), Wording("zh")).gain()

    assert [gain("2", "0"), gain("0", "1"), gain("2", "0.5")] == ["2", "加分 1", "2，加分 0.5"]
