"""Findings → sentences in both languages."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

import evaluator
from evaluator.finding import Finding
from evaluator.wording import _REASONS
from tests.evaluator.building import WORDING, judge

SOURCE = Path(evaluator.__file__).parent


@pytest.mark.parametrize(
    ("check", "given", "measured", "required", "shortfall"),
    [
        pytest.param(
            "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}",
            "{counts: {buildings: 41, model_buildings: 1}}",
            "2.44% (1 of 41)", "at least 5%", "create 2 more model buildings", id="ratio",
        ),
        pytest.param(
            "{kind: ratio, numerator: model_buildings, denominator: buildings, above: 5%}",
            "{counts: {buildings: 40, model_buildings: 2}}",
            "5.00% (2 of 40)", "above 5%", "create 1 more model buildings", id="ratio above",
        ),
        pytest.param("{kind: quantity, count: visits, at_least: 12}", "{counts: {visits: 9}}",
                     "9 visits", "at least 12 visits", "3 more visits", id="quantity"),
        pytest.param("{kind: quantity, count: visits, at_most: 5}", "{counts: {visits: 9}}",
                     "9 visits", "at most 5 visits", "4 visits too many", id="quantity at most"),
        pytest.param("{kind: quantity, events: training, at_least: 2}", "{none: [training]}",
                     "0 held", "at least 2", "hold 2 more trainings (can no longer", id="events of a period that is over"),
        pytest.param("{kind: cadence, events: meeting, every: quarter}", '{events: {meeting: ["2025-02-01"]}}',
                     "1 of 4 windows met", "each quarter", "3 windows", id="cadence"),
        pytest.param("{kind: document, documents: plan, contains: [goals, tasks]}",
                     '{documents: {plan: [{issued: "2025-01-08", contains: [goals]}]}}',
                     "none", "stating goals, tasks", "add: tasks", id="document"),
        pytest.param("{kind: statement, statement: desk}", "{statements: {desk: false}}",
                     "no", "Affairs desk", "put it in place", id="statement"),
        pytest.param("{kind: change, count: incidents, direction: falls, by: 5%}",
                     "{counts: {incidents: 10}, previous: {counts: {incidents: 10}}}",
                     "10, before 10", "by at least 5%", "1 incidents too many", id="change"),
        pytest.param("{kind: group, all: [{kind: statement, statement: desk}, {kind: statement, statement: hotline}]}",
                     "{statements: {desk: true, hotline: false}}", "1 of 2 members hold", "all members hold", "1 more",
                     id="group"),
    ],
)  # fmt: skip
def test_what_was_measured_required_and_short(
    check: str, given: str, measured: str, required: str, shortfall: str
) -> None:
    found = judge(check, given)
    words = (WORDING.measured(found), WORDING.required(found), WORDING.shortfall(found))
    assert all(one is not None and re.search(r"[\u4e00-\u9fff0-9]", one.zh) for one in words)
    for one, part in zip(words, (measured, required, shortfall), strict=True):
        assert one is not None
        assert part in one.en


@pytest.mark.parametrize(
    ("check", "given", "zh"),
    [
        pytest.param("{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}", "{}",
                     "文明楼组数、楼组总数", id="names what was not submitted"),
        pytest.param('{kind: document, documents: rules, issued_by: "2025-08-31"}', '{documents: {rules: ["2025-09-01"]}}',
                     "2025-09-01", id="names both days of a late document"),
        pytest.param("{kind: document, documents: plan, contains: [tasks]}", '{documents: {plan: ["2025-01-08"]}}',
                     "任务", id="names the part that is missing"),
        pytest.param("{kind: group, each: quarter, check: {kind: statement, statement: desk}}", "{}", "小区", id="the units"),
    ],
)  # fmt: skip
def test_a_reason_names_what_it_is_about(check: str, given: str, zh: str) -> None:
    assert zh in WORDING.reason(judge(check, given, stage="self_check")).zh


def test_a_unit_is_named_in_its_reason() -> None:
    found = judge(
        "{kind: group, each: quarter, check: {kind: statement, statement: desk}}",
        "{units: {quarter: [{id: Q1}]}}",
    )
    for text in WORDING.reason(found.members[0]):
        assert text.startswith("Q1")


def test_every_reason_that_the_engine_gives_has_its_words() -> None:
    judging = [*SOURCE.glob("*.py"), *(SOURCE / "checks").glob("*.py")]
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(judging))
    given = set(re.findall(r'(?:credit|NONE|FULL|UNDECIDED|earned|None), "([a-z_]+)"', code))
    given |= {one for line in re.findall(r" reason = (.*)", code) for one in re.findall(r'"([a-z_]+)"', line)}
    given |= set(re.findall(r'Lack\(\d+, "([a-z_]+)"', code))
    given |= set(re.findall(r'_required\("([a-z_]+)"', code))
    assert {"late", "open_windows", "missed_windows", "undated", "required_failed"} <= given
    # "satisfied" stands beside a credit as the outcome of a verdict.
    given -= {"short", "satisfied"}
    assert given <= set(_REASONS), given - set(_REASONS)


@pytest.mark.parametrize("reason", sorted(_REASONS))
def test_every_reason_is_said_in_both_languages(reason: str) -> None:
    found = Finding("quantity", ("visits",), None, reason, details=("desk", "hotline"))
    zh, en = WORDING.reason(found)
    assert re.search(r"[\u4e00-\u9fff]", zh)
    assert re.search(r"[A-Za-z]", en)
    assert not set("{}") & set(zh + en)


def test_what_a_subject_has_not_stated_of_itself_is_named_in_words() -> None:
    found = judge("{kind: subject, attribute: class, in: [urban]}", "{}", "self_check")
    assert WORDING.reason(found).zh == "尚未提交：单位类别"


STEPS = "{kind: quantity, count: visits, steps: [{at_least: 9, points: 8}, {at_least: 5, credit: 25%}]}"


@pytest.mark.parametrize(
    ("flat", "zh"),
    [
        pytest.param(False, "走访次数：分档：不少于 9 次 得 8 分；不少于 5 次 得 2.5 分", id="in points"),
        pytest.param(
            True,
            "走访次数：分档：不少于 9 次 得 80%；不少于 5 次 得 25%",
            id="where all weigh alike, as shares",
        ),
    ],
)
def test_steps_that_are_stated_in_points_are_told_in_points(flat: bool, zh: str) -> None:
    words = WORDING.required(judge(STEPS, "{counts: {visits: 3}}", points=Fraction(10), flat=flat))
    assert words is not None
    assert words.zh == zh
