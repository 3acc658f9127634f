"""The worked example adds up to the score that the scorecard prints, whatever the ruleset's way of scoring."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evaluator import assess, load_ruleset, load_submission
from scorecards import as_text, scorecard

MEAL = Path(__file__).parents[2] / "examples/rulesets/meal-service-2026"


@pytest.fixture(scope="module")
def made() -> Any:
    loaded = load_ruleset(str(MEAL))
    sent = load_submission(MEAL / "submission.yaml", loaded.catalogue)
    assert sent.as_of == date(2026, 10, 31)
    return json.loads(json.dumps(assess(loaded.ruleset, loaded.catalogue, sent).document))


def example(assessment: Any) -> str:
    return next(line for line in as_text(scorecard(assessment)).splitlines() if "全表：" in line)


def test_caps_and_deductions_of_sections_are_said_to_be_in_the_sum(made) -> None:
    assert "各项得分直接相加（类目得分以上限为限，类目扣分已减），加鼓励分" in example(made)
    assert "不适用的指标按零分计" in as_text(scorecard(made))


def test_a_veto_that_ends_the_assessment_is_no_sum(made) -> None:
    one = deepcopy(made)
    veto = next(each for each in one["criteria"] if each.get("veto_effect") == "end")
    veto["credit"] = {"floor": "0", "ceiling": "0"}
    one["score"]["floor"] = "0.00"
    earned = one["score"]["earned"]["floor"]
    assert f"{earned} + 0 − 0 = {earned}；没有确认达标的一票否决项终止评估，记 0.00 分。" in example(one)


def test_another_total_and_points_that_do_not_apply_are_in_the_sum(made) -> None:
    one = deepcopy(made)
    one["ruleset"]["scoring"] |= {"total": "120", "not_applicable": "full"}
    earned, away = one["score"]["earned"]["floor"], one["score"]["not_applicable_points"]
    assert f"({earned} + {away}（不适用）) ÷ 120 × 100" in example(one)
