"""The scorecard PDF: the goals are 25 pages a second on two cores, three times the naive way in the same run, 200 MB, 2 s cold.

The figures are printed; nothing is asserted about time.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import chain, cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from benchmarks.pdf.weasy import naive
from evaluator import assess, load_ruleset, load_submission
from evaluator.loading import ruleset_ids
from scorecards import Scorecard, render_pdf, scorecard
from tests.scorecards import samples

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
MEDIANS: dict[str, float] = {}
COLD = """
import json, sys, time
start = time.perf_counter()
from scorecards import render_pdf, scorecard
made = render_pdf(scorecard(json.load(sys.stdin)))
took = time.perf_counter() - start
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(took, int(peak) / 1024)
"""


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return scorecard(samples.rich())


def pages(pdf: bytes) -> int:
    done = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    found = re.search(rb"Pages:\s+(\d+)", done.stdout)
    assert found is not None
    return int(found[1])


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print a figure past pytest's capture."""

    def speak(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{text}\n")

    return speak


@pytest.mark.benchmark(group="scorecard pdf")
def test_ours(benchmark: Any, card: Scorecard, say: Callable[[str], None]) -> None:
    """52 criteria, 63 items of evidence, all eight parts."""
    made = benchmark.pedantic(render_pdf, (card,), warmup_rounds=1, rounds=5)
    count, took = pages(made), benchmark.stats.stats.median * 1000
    MEDIANS["ours"] = took
    assert count > 6
    say(f"ours: {took:.0f} ms, {count} pages, {took / count:.1f} ms a page, {len(made) // 1024} KB")


@pytest.mark.benchmark(group="scorecard pdf")
def test_the_naive_way(benchmark: Any, card: Scorecard, say: Callable[[str], None]) -> None:
    """The same content, written as one would first write it."""
    made = benchmark.pedantic(naive, (card,), warmup_rounds=1, rounds=3)
    took = benchmark.stats.stats.median * 1000
    assert pages(made) > 6
    say(f"naive: {took:.0f} ms, {pages(made)} pages; {took / MEDIANS['ours']:.1f} times ours")


def many(count: int) -> list[bytes]:
    """So many scorecards of the four middling examples, one after another, as a worker of a batch sets them."""
    return [render_pdf(card) for card in islice(cycle(middling()), count)]


@cache
def middling() -> tuple[Scorecard, ...]:
    found = []
    for name in ruleset_ids():
        loaded = load_ruleset(name)
        submission = load_submission(EXAMPLES / name / "middling.yaml", loaded.catalogue)
        found.append(scorecard(assess(loaded.ruleset, loaded.catalogue, submission).document))
    return tuple(found)


@pytest.mark.benchmark(group="scorecards from two processes")
def test_two_processes(benchmark: Any, say: Callable[[str], None]) -> None:
    """Eight scorecards from each of two workers that have set some before."""
    with ProcessPoolExecutor(2, get_context("forkserver")) as pool:
        list(pool.map(many, (4, 4)))
        made = benchmark.pedantic(lambda: [*chain(*pool.map(many, (8, 8)))], rounds=2)
    count, took = sum(map(pages, made)), benchmark.stats.stats.min
    assert len(made) == 16
    say(f"two processes: {count} pages in {took:.2f} s, {count / took:.1f} pages/s")


@pytest.mark.benchmark(group="scorecard pdf, summary")
def test_a_summary(benchmark: Any) -> None:
    """Parts 1 to 4."""
    made = benchmark.pedantic(
        render_pdf, (scorecard(samples.rich(), summary=True),), warmup_rounds=1, rounds=5
    )
    assert 1 < pages(made) < 8


@pytest.mark.benchmark(group="scorecard model")
def test_the_model(benchmark: Any) -> None:
    """From the assessment to the scorecard model."""
    card = benchmark(scorecard, samples.rich())
    assert card.criteria is not None


@pytest.mark.benchmark(group="scorecard pdf, cold process")
def test_a_cold_process(benchmark: Any, say: Callable[[str], None]) -> None:
    """Imports, model and PDF in a new process; its peak memory."""
    text = json.dumps(samples.rich())
    done = benchmark.pedantic(
        lambda: subprocess.run(
            [sys.executable, "-c", COLD],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            cwd=HERE.parent,
        ),
        rounds=3,
    )
    seconds, peak = (float(part) for part in done.stdout.split())
    assert seconds > 0
    assert peak > 0
    say(f"cold process: {seconds:.2f} s after the interpreter's start, peak memory {peak:.0f} MB")
