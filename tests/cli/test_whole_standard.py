"""A standard that none of the four resembles, from its files to a scorecard: YAML alone, no line of Python.

``examples/rulesets/meal-service-2026`` is a table of a hundred points: sections, one with a cap and one with its own deductions,
tiers, earnings, deductions per occurrence, lateness, a bonus, vetoes that end and that cap, units and a survey.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES

MEAL = EXAMPLES / "rulesets" / "meal-service-2026"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the folder, as its authors have it."""
    return Path(shutil.copytree(MEAL, tmp_path / MEAL.name))


IDIOMS = """
total: "100"|not_applicable: zero|cap: "30"|bonus:|deductions:|steps:|scale:|earn:|deduct:|best_of:|kind: change|kind: lateness
each_missed:|each_below:|each_above:|each: residential_quarter|credit: all_or_nothing|requires:|minimum_sample:|applies_when:
veto_effect: end|veto_effect: cap|level: may|points: "0"
"""


@pytest.mark.parametrize("idiom", IDIOMS.strip().replace("\n", "|").split("|"))
def test_it_has_every_idiom(idiom: str) -> None:
    assert idiom in (MEAL / "ruleset.yaml").read_text(encoding="utf-8")


def test_it_is_checked_tested_and_traced_without_a_word_of_complaint(duibiao) -> None:
    checked = duibiao("rules", "check", MEAL, "--strict")
    tested = duibiao("rules", "test", MEAL, "--mutate")
    traced = duibiao("rules", "trace", MEAL, "--text", MEAL / "notice.txt")
    assert (checked.code, checked.out) == (0, "meal-service-2026：20 项指标，没有问题\n")
    assert tested.code == 0
    assert tested.out.splitlines()[0].endswith("个用例，0 个不符")
    assert tested.out.splitlines()[1].endswith("，0 处没有用例察觉")
    assert traced.code == 0
    assert traced.out.endswith("与原文一致，没有要处理的\n")


def test_it_is_mapped_against_its_next_edition_and_against_a_standard_of_another_kind(
    duibiao, tmp_path: Path
) -> None:
    assert duibiao("rules", "new", "meal-service-2027", "--from", MEAL).code == 0
    told = {}
    for other in ("meal-service-2027", "sichuan-community-2022"):
        assert duibiao("rules", "map", MEAL, other, "-o", f"{other}.json").code == 0
        told[other] = json.loads((tmp_path / f"{other}.json").read_bytes())
    assert {name: (one["shared_items"], one["first"]["paired"]) for name, one in told.items()} == {
        "meal-service-2027": (25, 20),
        "sichuan-community-2022": (0, 0),
    }


def test_it_goes_through_the_table_and_comes_back_the_same(duibiao, own: Path) -> None:
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    assert duibiao("rules", "export", own, "--xlsx", "table.xlsx").code == 0
    done = duibiao("rules", "import", "table.xlsx", "--out", own)
    assert (done.code, done.out) == (0, "没有改动\n")
    assert {path.name: path.read_bytes() for path in own.iterdir()} == before


def test_it_is_published_and_scored_alike_from_folder_and_bundle(duibiao, own: Path, tmp_path: Path) -> None:
    submission = MEAL / "submission.yaml"
    drawn = duibiao("score", submission, "--rules", MEAL, "--format", "json", "--out", "-")
    assert duibiao("rules", "state", own, "--to", "approved", "--on", "2025-12-01").code == 0
    assert duibiao("rules", "key", "-o", "office").code == 0
    done = duibiao("rules", "publish", own, "--key", "office.pem", "--on", "2025-12-10", "-o", "meal.duibiao")
    assert done.code == 0, done.err
    assert (
        duibiao("score", submission, "--rules", "meal.duibiao", "--out", "-").code == 2
    )  # nobody trusts the key yet
    trusting = {"DUIBIAO_TRUSTED": str(tmp_path)}
    scored = duibiao(
        "score", submission, "--rules", "meal.duibiao", "--format", "json", "--out", "-", **trusting
    )
    one, other = json.loads(drawn.out), json.loads(scored.out)
    assert one["score"]["exact"] == other["score"]["exact"]
    assert one["ruleset"]["digest"] == other["ruleset"]["digest"]
    assert [each["earned"] for each in one["criteria"]] == [each["earned"] for each in other["criteria"]]


def test_a_capped_grade_is_said_where_the_score_is_said(duibiao, own: Path) -> None:
    text = (own / "submission.yaml").read_text(encoding="utf-8")
    (own / "submission.yaml").write_text(
        text.replace("food_accidents: 0", "food_accidents: 1"), encoding="utf-8"
    )
    done = duibiao(
        "score",
        own / "submission.yaml",
        "--rules",
        MEAL,
        "--stage",
        "inspection",
        "--as-of",
        "2026-12-31",
        "--out",
        "cards",
    )
    assert done.out.splitlines()[0].endswith("；一票否决未通过：“没有食品安全事故”，等次为“不合格”")
