"""Forms: the goal is at most 1 s to make one, and 50 ms to read a filled one of ordinary size, once everything is imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evaluator.loading import load_ruleset, load_submission, receive
from evaluator.workbook.judging.painting import live
from evaluator.workbook.layout import planned
from evaluator.workbook.making import Filled, filled_by
from evaluator.workbook.writing import write_workbook

EXAMPLES = Path(__file__).parents[1] / "examples"
RULESETS = sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())


def made(name: str, filled: Filled) -> bytes:
    """The form of a ruleset, with its live formulas."""
    loaded = load_ruleset(name)
    form = planned([(loaded.ruleset, loaded.catalogue)], loaded.catalogue, filled)
    return write_workbook(form, loaded.catalogue, live([loaded.ruleset], loaded.catalogue))


def example(name: str, size: str) -> Filled:
    """Filled in as far as most are (``middling``), or wholly (``excellent``): some hundred rows."""
    loaded = load_ruleset(name)
    return filled_by(load_submission(EXAMPLES / name / f"{size}.yaml", loaded.catalogue))


@pytest.mark.parametrize("name", RULESETS)
def test_making_a_form(benchmark: Any, name: str) -> None:
    """From the ruleset to the bytes of an empty form."""
    filled = Filled(load_ruleset(name).ruleset.subject[0])
    assert benchmark(made, name, filled).startswith(b"PK")


@pytest.mark.parametrize("size", ["middling", "excellent"])
@pytest.mark.parametrize("name", RULESETS)
def test_reading_a_filled_form(benchmark: Any, tmp_path: Path, name: str, size: str) -> None:
    """From the file to the submission: opened, looked through for persons, read, checked."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(made(name, example(name, size)))
    catalogue = load_ruleset(name).catalogue
    assert benchmark(receive, path, catalogue).submission.events
