"""Every example comes out as its golden scorecard says.

After a change that is meant: ``DUIBIAO_RESET_GOLDEN=1 .venv/bin/pytest tests/examples``, then read the difference in git.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from evaluator import assess, load_ruleset, load_submission
from scorecards import as_text, scorecard

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SUBMISSIONS = sorted(EXAMPLES.glob("*/*.yaml"))


def _text(path: Path) -> str:
    loaded = load_ruleset(path.parent.name)
    document = assess(loaded.ruleset, loaded.catalogue, load_submission(path, loaded.catalogue)).document
    return as_text(scorecard(json.loads(json.dumps(document)), "zh"))


@pytest.mark.parametrize("path", SUBMISSIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_gives_its_golden_scorecard(path: Path) -> None:
    golden = path.with_suffix(".scorecard.txt")
    text = _text(path)
    if os.environ.get("DUIBIAO_RESET_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_every_ruleset_has_three_examples() -> None:
    found = {
        folder.name: sorted(path.stem for path in folder.glob("*.yaml"))
        for folder in EXAMPLES.iterdir()
        if folder.is_dir()
    }
    rulesets = {path.parent.name for path in (EXAMPLES.parent / "rules").glob("*/ruleset.yaml")}
    assert {name: ["borderline", "excellent", "middling"] for name in rulesets} == found
