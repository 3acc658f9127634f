"""What formulas judge: for each shipped ruleset the criteria that are left, by name; and what is left says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.catalogue import Catalogue
from evaluator.checks.rating import Rating
from evaluator.loading import load_ruleset, ruleset_ids
from evaluator.ruleset import Ruleset
from evaluator.workbook.addresses import Addresses
from evaluator.workbook.judging.coverage import uncovered
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.workbook.agreeing import blank, results_of
from tests.evaluator.workbook.libreoffice import worked_out

# The criteria that formulas cannot judge, and those that wait for an inspector's level whatever is filled in.
LEFT: dict[str, set[str]] = {
    "kunming-model-community": set(),
    "sichuan-city-2022": set(),
    "sichuan-community-2022": set(),
    "wuhu-pilot-2013": set(),
}
RATED = {
    "kunming-model-community": {"km-4-6"},
    "sichuan-city-2022": {"scity-5-4-01"},
    "sichuan-community-2022": {"scom-5-2-07"},
    "wuhu-pilot-2013": {"wh-3-6-07"},
}


def left_of(rules: Ruleset, catalogue: Catalogue) -> dict[str, str]:
    form, _ = blank([rules], catalogue)
    return {name: words.zh for name, words in uncovered(rules, Addresses(form, catalogue)).items()}


def test_every_shipped_ruleset_is_listed() -> None:
    assert set(LEFT) == set(RATED) == set(ruleset_ids())


@pytest.mark.parametrize("name", sorted(LEFT))
def test_formulas_judge_every_criterion_but_those_listed(name: str) -> None:
    loaded = load_ruleset(name)
    assert set(left_of(loaded.ruleset, loaded.catalogue)) == LEFT[name]


@pytest.mark.parametrize("name", sorted(RATED))
def test_the_criteria_that_wait_for_an_inspector_are_those_listed(name: str) -> None:
    criteria = load_ruleset(name).ruleset.by_id()
    assert {one.id for one in criteria.values() if isinstance(one.check, Rating)} == RATED[name]


OTHERS = """\
- {check: {kind: change, count: incidents, direction: falls}}
- {check: {kind: subject, attribute: class, in: [rural]}}
- {check: {kind: group, each: quarter, check: {kind: statement, statement: desk}}}
- {check: {kind: quantity, events: meeting, steps: [{at_least: 2, credit: 1}, {at_least: 1, credit: 40%}]}}
- {check: {kind: cadence, events: meeting, every: quarter, scale: {from: 50%, to: 100%}}}
- check: {kind: group, all: [{kind: statement, statement: desk}, {kind: change, count: incidents, direction: rises}]}
- {deduct: [{each: {count: incidents}, lose: "0.5"}]}
- {best_of: [{check: {kind: statement, statement: desk}, points: "1"}]}
- {applies_when: {kind: subject, attribute: class, in: [rural]}, check: {kind: statement, statement: desk}}
- {requires: [c1], check: {kind: statement, statement: desk}}
- {check: {kind: document, documents: rules, issued_by: "02-29"}}
- {check: {kind: statement, statement: desk}}
"""


def test_what_formulas_cannot_judge_is_listed_with_its_reason() -> None:
    assert left_of(ruleset(OTHERS), CATALOGUE) == {
        "c1": "change 类检查",
        "c2": "subject 类检查",
        "c3": "逐个单元判断",
        "c4": "按次数或项数分档",
        "c5": "按次数或项数分档",
        "c6": "change 类检查",
        "c7": "扣分规则",
        "c8": "几种情形取最高",
        "c9": "subject 类检查",
        "c10": "前提指标 c1 不能判",
        "c11": "期限为闰日",
    }


def test_what_formulas_cannot_judge_says_so_on_the_sheet_and_stays_open_in_the_score(tmp_path: Path) -> None:
    lines = "{deductions: {cap: 10, lines: [{title: {zh: 扣, en: Lost}, each: {count: incidents}, lose: 3}]}}"
    rules = ruleset(OTHERS, lines)
    _, empty = blank([rules], CATALOGUE)
    seen = results_of(worked_out(tmp_path, {"empty": empty})["empty"])
    assert {name for name, one in seen.items() if one["outcome"] == "表内不能判"} == {
        f"c{n}" for n in range(1, 12)
    }
    assert seen["c1"]["short"] == "表内不能判，以系统评分为准"
    assert (seen["c1"]["earned"], seen["c1"]["attainable"]) == ("0", "1")
    assert "总分扣分（至多 10 分）表内不能算" in seen["试验"]["short"]
