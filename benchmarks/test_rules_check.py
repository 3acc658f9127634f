"""``rules check`` of 100 criteria with 200 cases: cold, as a process of its own, and warm, in one process.

Goals: at most 0.7 s cold, 60 ms warm. Warm stands for an editor that checks at each save: the rules have changed since
(``edited``), or all three files have (``all new``). Warm times are CPU seconds: one process that waits for nothing.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from benchmarks.large_ruleset import write_ruleset
from evaluator.loading import check_ruleset, shared_catalogue

DUIBIAO = Path(sys.executable).with_name("duibiao")


@pytest.fixture
def large(tmp_path: Path) -> Path:
    return write_ruleset(tmp_path, shared_catalogue(), 100)


def test_cold(benchmark: Any, large: Path) -> None:
    """The whole process, from the shell's view; ``cpu_seconds`` is the median of user and system time."""
    spent: list[float] = []

    def run() -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([DUIBIAO, "rules", "check", large], check=False, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    benchmark.pedantic(run, rounds=7, warmup_rounds=1)
    benchmark.extra_info["cpu_seconds"] = round(sorted(spent[1:])[len(spent) // 2 - 1], 3)


@pytest.mark.benchmark(timer=time.process_time)
@pytest.mark.parametrize(
    "edited",
    [pytest.param(("ruleset",), id="edited"), pytest.param(("ruleset", "clauses", "cases"), id="all new")],
)
def test_warm(benchmark: Any, large: Path, edited: tuple[str, ...]) -> None:
    """In a process that has checked before."""
    numbers = count()

    def edit() -> None:
        for name in edited:
            path = large / f"{name}.yaml"
            lines = path.read_text(encoding="utf-8").split("\n# saved")[0]
            path.write_text(f"{lines}\n# saved {next(numbers)}\n", encoding="utf-8")

    found = check_ruleset(large)
    assert (found.problems, found.warnings) == ((), ())
    benchmark.pedantic(lambda: check_ruleset(large), setup=edit, rounds=20, warmup_rounds=2)
