"""Every example comes out as its golden scorecard and its golden rectification list say.

After a change that is meant: ``DUIBIAO_RESET_GOLDEN=1 .venv/bin/pytest tests/examples``, then read the difference in git.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evaluator import assess, load_ruleset, load_submission
from evaluator.loading import ruleset_ids
from evaluator.planning.plan import Wanted
from scorecards import as_text, rectification_list, scorecard

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
RULESETS = ruleset_ids()
SUBMISSIONS = sorted(path for name in RULESETS for path in (EXAMPLES / name).glob("*.yaml"))


@cache
def _assessment(path: Path) -> str:
    loaded = load_ruleset(path.parent.name)
    submission = load_submission(path, loaded.catalogue)
    return json.dumps(assess(loaded.ruleset, loaded.catalogue, submission, wanted=Wanted()).document)


@pytest.mark.parametrize("made", [scorecard, rectification_list], ids=["scorecard", "plan"])
@pytest.mark.parametrize("path", SUBMISSIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_gives_its_golden_text(path: Path, made: Any) -> None:
    golden = path.with_suffix(".scorecard.txt" if made is scorecard else ".plan.txt")
    text = as_text(made(json.loads(_assessment(path)), "zh"))
    if os.environ.get("DUIBIAO_RESET_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_every_ruleset_has_three_examples() -> None:
    found = {name: sorted(path.stem for path in (EXAMPLES / name).glob("*.yaml")) for name in RULESETS}
    assert found == {name: ["borderline", "excellent", "middling"] for name in RULESETS}
