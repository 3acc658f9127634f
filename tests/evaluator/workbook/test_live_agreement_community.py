"""自查结果 against the engine, for the standards of communities.

``script/live-sweep 500`` compares so many submissions under each ruleset.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evaluator.loading import load_ruleset
from tests.evaluator.workbook.agreeing import disagreements

NUMBER = int(os.environ.get("LIVE_SUBMISSIONS", "8"))


@pytest.mark.parametrize("name", ["kunming-model-community", "sichuan-community-2022"])
def test_the_form_says_of_every_criterion_finding_and_figure_what_the_engine_says(
    name: str, tmp_path: Path
) -> None:
    loaded = load_ruleset(name)
    assert disagreements(tmp_path, [loaded.ruleset], loaded.catalogue, NUMBER) == []


def test_a_form_for_two_standards_says_of_each_what_the_engine_says(tmp_path: Path) -> None:
    both = [load_ruleset(name) for name in ("kunming-model-community", "sichuan-community-2022")]
    rulesets = [one.ruleset for one in both]
    assert disagreements(tmp_path, rulesets, both[0].catalogue, NUMBER // 4 or 1) == []
