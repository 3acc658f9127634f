"""``rules test`` in a process of its own (500 cases: goal 2 s), and the one-step changes of one ruleset (goal 15 s)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evaluator.loading import RULES, load_cases, load_ruleset, ruleset_ids
from evaluator.testing.coverage import coverage
from evaluator.testing.drafting import drafted
from evaluator.testing.noticing import noticing
from evaluator.testing.running import ran

DUIBIAO = Path(sys.executable).with_name("duibiao")
SEVERAL = 500


def with_cases(folder: Path, name: str, several: int) -> Path:
    """A copy of a ruleset with this many cases of single criteria, some of them repeated under another name."""
    copy = folder / "rules" / name
    shutil.copytree(RULES / name, copy)
    shutil.copytree(RULES / "catalogue", folder / "rules" / "catalogue")
    head, *cases = re.split(r"(?m)^(?=  - name: )", (copy / "cases.yaml").read_text(encoding="utf-8"))
    alone = [one for one in cases if "\n    criterion: " in one and "unnoticed:" not in one]
    made = [
        re.sub(r'- name: "?(.*?)"?\n', rf'- name: "{n}：\1"\n', alone[n % len(alone)], count=1)
        for n in range(several)
    ]
    (copy / "cases.yaml").write_text(head + "".join(made), encoding="utf-8")
    return copy


@pytest.mark.parametrize("name", ["sichuan-city-2022"])
def test_cold_500_cases(benchmark: Any, name: str, tmp_path: Path) -> None:
    """The whole process, from the shell and back."""
    folder = with_cases(tmp_path, name, SEVERAL)

    def run() -> str:
        return subprocess.run(
            [DUIBIAO, "rules", "test", folder, "--lang", "en"], check=True, capture_output=True, text=True
        ).stdout

    assert benchmark.pedantic(run, rounds=5, warmup_rounds=1) == f"{SEVERAL} cases, 0 differ\n"


def test_cold_all_cases(benchmark: Any) -> None:
    """The whole process over the four rulesets."""

    def run() -> str:
        return subprocess.run(
            [DUIBIAO, "rules", "test", "--lang", "en"], check=True, capture_output=True, text=True
        ).stdout

    said = benchmark.pedantic(run, rounds=5, warmup_rounds=1)
    benchmark.extra_info["cases"] = int(said.split(" ")[0])
    assert said.endswith(" cases, 0 differ\n")


@pytest.mark.parametrize("name", ruleset_ids())
def test_changes(benchmark: Any, name: str) -> None:
    """Every one-step change of a ruleset, tried on its cases."""
    loaded = load_ruleset(name)
    cases = load_cases(loaded.folder)
    found = benchmark.pedantic(noticing, (cases, loaded.ruleset, loaded.catalogue), rounds=3, warmup_rounds=1)
    benchmark.extra_info["changes"] = found.tried
    assert found.unnoticed == ()


@pytest.mark.parametrize("name", ["sichuan-community-2022"])
def test_drafting_from_nothing(benchmark: Any, name: str) -> None:
    """Drafts for every boundary and change of a ruleset that has no cases yet."""
    loaded = load_ruleset(name)
    empty = load_cases(loaded.folder).model_copy(update={"cases": (), "unnoticed": ()})
    every = ran(empty, loaded.ruleset, loaded.catalogue)

    def draft() -> Any:
        lacking = coverage(every, loaded.ruleset, loaded.catalogue)
        missed = noticing(empty, loaded.ruleset, loaded.catalogue).unnoticed
        return drafted(empty, every, loaded.ruleset, loaded.catalogue, lacking, missed)

    made = benchmark.pedantic(draft, rounds=2, warmup_rounds=0)
    benchmark.extra_info["drafts"] = len(made.drafts)
    assert len(made.drafts) > 77
