"""Cold starts, each in a process of its own: CPU seconds (user and system) and wall time.

Goals: ``--help`` at most 0.15 s of CPU, ``rules list`` at most 0.4 s, one score with PDF at most 2 s.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
DUIBIAO = Path(sys.executable).with_name("duibiao")
EXAMPLE = "examples/kunming-model-community/middling.yaml"


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--help"], id="help"),
        pytest.param(["rules", "list"], id="rules list"),
        pytest.param(
            ["score", EXAMPLE, "--rules", "kunming-model-community", "--out", "out"], id="score with PDF"
        ),
        pytest.param(
            ["score", EXAMPLE, "--rules", "kunming-model-community", "--out", "out", "--summary"],
            id="score with summary PDF",
        ),
    ],
)
def test_cold(benchmark: Any, arguments: list[str], tmp_path: Path) -> None:
    """One command in a fresh process; ``cpu_seconds`` is the median of user and system time."""
    folder = tmp_path / "out"
    spent: list[float] = []
    line = [str(folder) if one == "out" else one for one in arguments]

    def run() -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([DUIBIAO, *line], cwd=ROOT, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    benchmark.pedantic(run, rounds=7, warmup_rounds=1)
    benchmark.extra_info["cpu_seconds"] = round(sorted(spent[1:])[len(spent) // 2 - 1], 3)
    made = {path.suffix for path in folder.iterdir()} if folder.exists() else set()
    assert made == ({".pdf", ".json"} if "score" in arguments else set())
    shutil.rmtree(folder, ignore_errors=True)
