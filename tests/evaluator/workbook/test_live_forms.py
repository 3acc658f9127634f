"""自查结果 against the engine, for every form of check and every way to score, also those that no shipped ruleset uses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evaluator.workbook.addresses import Addresses
from evaluator.workbook.judging.coverage import uncovered
from tests.evaluator.building import CATALOGUE
from tests.evaluator.workbook.agreeing import blank, disagreements
from tests.evaluator.workbook.every_form import SCORINGS, every_form

NUMBER = int(os.environ.get("LIVE_SUBMISSIONS", "25")) // len(SCORINGS)


@pytest.mark.parametrize("scoring", SCORINGS)
def test_every_form_of_check_and_scoring_is_judged_as_the_engine_judges_it(
    scoring: str, tmp_path: Path
) -> None:
    rules = every_form(scoring)
    seed = SCORINGS.index(scoring)
    assert disagreements(tmp_path, [rules], CATALOGUE, NUMBER, seed) == []


def test_every_form_of_check_is_covered() -> None:
    rules = every_form()
    form, _ = blank([rules], CATALOGUE)
    assert uncovered(rules, Addresses(form, CATALOGUE)) == {}
