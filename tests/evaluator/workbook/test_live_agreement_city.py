"""自查结果 against the engine, for the standards of cities and of the pilot.

``script/live-sweep 500`` compares so many submissions under each ruleset.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evaluator.loading import load_ruleset
from tests.evaluator.workbook.agreeing import disagreements

NUMBER = int(os.environ.get("LIVE_SUBMISSIONS", "8"))


@pytest.mark.parametrize("name", ["sichuan-city-2022", "wuhu-pilot-2013"])
def test_the_form_says_of_every_criterion_finding_and_figure_what_the_engine_says(
    name: str, tmp_path: Path
) -> None:
    loaded = load_ruleset(name)
    assert disagreements(tmp_path, [loaded.ruleset], loaded.catalogue, NUMBER) == []
