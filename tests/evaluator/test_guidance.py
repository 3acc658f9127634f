"""The handbook says of every form of criterion what is asked, how it is judged, and what counts as evidence."""

from __future__ import annotations

import re
from typing import Any

import pytest

from evaluator.guidance.document import handbook
from evaluator.loading import RULES, load_ruleset
from evaluator.loading.clauses import load_clauses
from evaluator.ruleset import Clauses
from scorecards import as_text
from scorecards.handbook import handbook_report
from tests.evaluator.building import CATALOGUE, ruleset

Json = dict[str, Any]
RATIO = "kind: ratio, numerator: model_buildings, denominator: buildings"
HAN = re.compile("[\u3400-\u9fff]")


def made(criteria: str, scoring: str = "") -> Json:
    return handbook(ruleset(criteria, *([scoring] if scoring else [])), CATALOGUE, Clauses(clauses=()))


def first(criterion: str) -> Json:
    found: Json = made(f"[{criterion}]")["sections"][0]["criteria"][0]
    return found


def degrees(criterion: str, lang: str = "zh") -> list[tuple[str, str]]:
    return [(one["case"][lang], one["worth"][lang]) for one in first(criterion)["degrees"]]


def asked(criterion: str) -> list[tuple[int, str]]:
    return [(one["depth"], one["text"]["zh"]) for one in first(criterion)["asked"]]


def test_steps_are_a_table_in_the_criterion_s_points() -> None:
    text = f"{{points: 10, check: {{{RATIO}, steps: [{{at_least: 95%, points: 10}}, {{at_least: 50%, credit: 50%}}]}}}}"
    assert asked(text) == [(0, "文明楼组数占楼组总数")]
    assert degrees(text) == [("不低于 95%", "10 分"), ("不低于 50%", "5 分"), ("其余", "0 分")]
    assert degrees(text, "en")[0] == ("at least 95%", "10 points")


def test_numbers_are_compared_as_numbers_and_attributes_named_in_words() -> None:
    steps = "steps: [{at_least: 300, points: 2}, {above: 100, points: 1}]"
    condition = "{kind: subject, attribute: class, in: [urban, former_village]}"
    text = f"{{points: 2, check: {{kind: quantity, count: visits, {steps}}}, applies_when: {condition}}}"
    assert degrees(text)[:2] == [("不少于 300 次", "2 分"), ("多于 100 次", "1 分")]
    assert first(text)["applies_when"][0]["text"] == {
        "zh": "单位类别为城镇或村改居",
        "en": "class is urban or former village",
    }


def test_levels_are_a_table_the_best_first() -> None:
    levels = "[{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 1, text: {zh: 好, en: good}}]"
    text = f"{{points: 2, check: {{kind: rating, levels: {levels}}}}}"
    assert degrees(text) == [("第 2 档：好", "2 分"), ("第 1 档：差", "0 分")]
    assert degrees(text, "en")[0] == ("Level 2: good", "2 points")


def test_dated_thresholds_are_a_table_by_date() -> None:
    text = f"{{check: {{{RATIO}, at_least: {{'2010-01-01': 5%, '2026-01-01': 8%}}}}}}"
    assert degrees(text) == [("自 2010-01-01 起", "不低于 5%"), ("自 2026-01-01 起", "不低于 8%")]


def test_deductions_say_when_and_how_much() -> None:
    lines = [
        "{unless: {kind: document, documents: plan, contains: [goals]}, lose: all}",
        "{each: {count: incidents}, lose: 5, cap: 10}",
        "{each_missed: {kind: cadence, events: meeting, every: month}, lose: 0.25}",
        f"{{each_missed: {{kind: group, each: quarter, check: {{{RATIO}, at_least: 5%}}}}, lose: 2}}",
        f"{{each_below: {{{RATIO}, at_least: 90%}}, step: 1%, lose: 2, part_step: ignore}}",
        "{each_above: {kind: lateness, documents: plan, due: 03-31, at_most: 0}, step: 1, lose: 1, part_step: full}",
    ]
    assert degrees(f"{{points: 10, deduct: [{', '.join(lines)}]}}") == [
        ("没有做到：年度计划：现行有效，内容包括目标", "扣光"),
        ("每有一起：事件数", "扣 5 分，至多 10 分"),
        ("每错过一个时段：会议每月至少 1 次", "扣 0.25 分"),
        ("每有一个小区没有做到：文明楼组数占楼组总数不低于 5%", "扣 2 分"),
        ("文明楼组数占楼组总数不低于 90%；每低 1 个百分点，不足的不计", "扣 2 分"),
        ("年度计划应于评估期内3月31日前印发，不得迟报；每迟 1 天，不足的按满一级计", "扣 1 分"),
    ]


def test_earnings_and_alternatives_say_what_they_are_worth() -> None:
    earn = (
        "{each: {events: meeting}, points: 2, cap: 4}, {when: {kind: statement, statement: desk}, points: 1}"
    )
    assert degrees(f"{{points: 5, earn: [{earn}]}}") == [
        ("每有一次：会议", "得 2 分，至多 4 分"),
        ("设有受理点", "得 1 分"),
    ]
    best = "{check: {kind: document, documents: plan}, points: 5}, {check: {kind: statement, statement: desk}, points: 2}"
    assert degrees(f"{{points: 5, best_of: [{best}]}}") == [
        ("年度计划：现行有效", "得 5 分"),
        ("设有受理点", "得 2 分"),
    ]


def test_members_of_a_group_stand_below_it_those_of_units_too() -> None:
    inner = "{kind: group, any: [{kind: statement, statement: desk}, {kind: statement, statement: hotline}]}"
    text = f"{{check: {{kind: group, all: [{{kind: document, documents: rules}}, {inner}]}}}}"
    assert asked(text) == [
        (0, "各项都达标"),
        (1, "制度：现行有效"),
        (1, "至少一项达标"),
        (2, "设有受理点"),
        (2, "开通热线"),
    ]
    each = f"{{check: {{kind: group, each: quarter, check: {{{RATIO}, at_least: 5%}}}}}}"
    assert asked(each) == [(0, "每个小区都达标"), (1, "文明楼组数占楼组总数不低于 5%")]


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (f"{RATIO}, at_least: 5%", ["做到得满分，做不到不得分", "总数为 0 时不适用"]),
        (f"{RATIO}, at_least: 5%, credit: proportional, minimum_sample: 20, when_zero: satisfied",
         ["按测得占要求的比例得分，最多得满分", "总数为 0 时算达标", "总数不足 20 时由人判定"]),
        ("kind: cadence, events: meeting, every: month", ["按够次数的时段所占份额得分"]),
        ("kind: cadence, events: meeting, every: month, credit: all_or_nothing", ["全部做到得满分，否则不得分"]),
        ("kind: quantity, count: visits, scale: {from: 0, to: 10}", ["两端之间按比例得分"]),
        ("kind: group, of: [{kind: statement, statement: desk}, {kind: statement, statement: hotline}], at_least: 1",
         ["取其中最好的 1 项平均得分"]),
    ],
)  # fmt: skip
def test_how_what_is_measured_becomes_points(check: str, said: list[str]) -> None:
    assert [one["zh"] for one in first(f"{{check: {{{check}}}}}")["credit"]] == said


def test_evidence_says_what_counts_and_what_is_asked_of_it() -> None:
    check = "{kind: document, documents: plan, attachment: required, contains: [goals, tasks]}"
    condition = "{kind: statement, statement: desk, attachment: required}"
    found = first(f"{{check: {check}, applies_when: {condition}}}")
    assert [(one["label"]["zh"], [each["zh"] for each in one["lines"]]) for one in found["evidence"]] == [
        ("设有受理点", ["要附照片、公示等佐证"]),
        (
            "年度计划",
            ["由社区印发", "年度文件，要在评估期内印发或写明有效期", "要附文件本身", "要写明：目标、任务"],
        ),
    ]
    assert found["evidence"][1]["help"] == {"zh": "每年一份"}
    changed = first("{check: {kind: change, count: incidents, direction: falls, by: 10%}}")
    assert changed["asked"][0]["text"]["zh"] == "事件数较上期下降至少 10%"
    assert [one["zh"] for one in changed["evidence"][0]["lines"]] == ["单位：起", "还要填上一评估期的数"]


def test_the_index_names_every_criterion_of_an_item() -> None:
    two = "[{id: a, check: {kind: statement, statement: desk}}, {id: b, check: {kind: statement, statement: desk}}]"
    assert [(one["id"], one["criteria"]) for one in made(two)["evidence"]] == [("desk", ["a", "b"])]


@pytest.mark.parametrize("name", sorted(path.parent.name for path in RULES.glob("*/ruleset.yaml")))
def test_a_chinese_handbook_of_ours_has_no_english_word_and_an_english_one_marks_its_chinese(
    name: str,
) -> None:
    loaded = load_ruleset(name)
    found = handbook(loaded.ruleset, loaded.catalogue, load_clauses(loaded.folder))
    text = as_text(handbook_report(found, "zh"))
    ids = {name, *loaded.ruleset.by_id()}
    words = set(re.findall(r"[A-Za-z][\w@.-]*", text)) - ids - {f"{name}@{loaded.ruleset.version}"}
    digest = found["ruleset"]["digest"].removeprefix("sha256:")
    # The shortened digest is of letters, too.
    assert {word for word in words if word not in digest} == set()
    for criterion in loaded.ruleset.by_id().values():
        assert criterion.title.zh in text
    english = handbook_report(found, "en")
    assert not HAN.search(english.subtitle + "".join(one.label for one in english.facts))
    for part in english.parts:
        for passage in part.passages:
            for row in passage.table.rows if passage.table else ():
                for cell in row.cells:
                    assert all(line.lang == "zh" or not HAN.search(line.text) for line in cell.lines), cell


def test_a_criterion_without_points_says_so() -> None:
    (credit,) = first(f"{{points: 0, check: {{{RATIO}, at_least: 5%}}}}")["credit"]
    assert credit["zh"] == "本身不计分"


def test_the_total_says_that_sections_have_caps() -> None:
    text = as_text(
        handbook_report(
            handbook(
                ruleset(f"[{{check: {{{RATIO}, at_least: 5%}}}}]", caps="{s: 1}"),
                CATALOGUE,
                Clauses(clauses=()),
            ),
            "zh",
        )
    )
    assert "类目写明得分上限的，多出的分不计" in text


def test_how_long_a_document_holds_is_said_where_it_has_to_be_in_force() -> None:
    held = [one["zh"] for one in first("{check: {kind: document, documents: plan}}")["evidence"][0]["lines"]]
    issued = first("{check: {kind: document, documents: plan, state: issued}}")["evidence"][0]["lines"]
    assert [one for one in held if one not in [each["zh"] for each in issued]] == [
        "年度文件，要在评估期内印发或写明有效期"
    ]
