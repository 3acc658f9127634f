"""A thousand submissions under a change of rules, and under each value of a threshold, each in a process of its own.

The goal is at most 5 s on two processors, from nothing, with the whole report printed; the submissions are JSON.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evaluator import load_ruleset, load_submission
from evaluator.canonical import plain_data

ROOT = Path(__file__).resolve().parents[1]
DUIBIAO = Path(sys.executable).with_name("duibiao")
RULES = "kunming-model-community"
DISTRICTS = ("五华区", "盘龙区", "官渡区", "西山区")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand communities of three kinds in four districts, with numbers that differ: the same each time."""
    loaded, chance = load_ruleset(RULES), random.Random(7)
    folder = tmp_path_factory.mktemp("crowd")
    kinds = [
        plain_data(load_submission(ROOT / "examples" / RULES / f"{name}.yaml", loaded.catalogue))
        for name in ("borderline", "middling", "excellent")
    ]
    for n in range(1000):
        one = json.loads(json.dumps(kinds[n % 3]))
        one["subject"].update(
            id=f"unit-{n:04}", name=f"示例社区{n:04}", region=["云南省", "昆明市", DISTRICTS[n % 4]]
        )
        one["counts"]["model_buildings"] = chance.randint(0, 5)
        one["counts"]["model_families"] = chance.randint(90, 150)
        (folder / f"{n:04}.json").write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ruleset with a raised threshold, quarterly instead of monthly meetings, and evidence that was never asked for."""
    folder = tmp_path_factory.mktemp("revised") / RULES
    shutil.copytree(ROOT / "rules" / RULES, folder)
    path = folder / "ruleset.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ('denominator: buildings, at_least: "5%"', 'denominator: buildings, at_least: "8%"'),
        (
            "events: coordination_group_meeting, every: month",
            "events: coordination_group_meeting, every: quarter",
        ),
        ("events: creation_significance_publicity", "events: cultural_exchange_activity"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", ["text", "xlsx"])
def test_a_thousand_under_two_rulesets(
    benchmark: Any, crowd: Path, revised: Path, form: str, tmp_path: Path
) -> None:
    """The whole command: two rulesets, a thousand submissions read and judged under both, added up and printed."""
    runs = iter(range(100))

    def run() -> str:
        out = [] if form == "text" else ["-o", tmp_path / f"{next(runs)}.xlsx"]
        line = [DUIBIAO, "rules", "impact", RULES, revised, crowd, "--format", "json", *out]
        return subprocess.run(line, check=True, capture_output=True, text=True).stdout

    found = json.loads(benchmark.pedantic(run, rounds=3))
    assert found["totals"]["units"] == 1000
    assert found["unknown"][0]["reason"] == "never_asked"


def test_a_thousand_with_five_values(benchmark: Any, crowd: Path) -> None:
    """The whole command with ``--shift``."""
    line = [DUIBIAO, "rules", "impact", RULES, crowd, "--shift", "km-2-6=6%..10%", "--format", "json"]

    def run() -> str:
        return subprocess.run(line, check=True, capture_output=True, text=True).stdout

    found = json.loads(benchmark.pedantic(run, rounds=3))
    assert [one["value"] for one in found["rows"]] == ["5%", "6%", "7%", "8%", "9%", "10%"]
