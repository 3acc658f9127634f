"""The tools for inspectors: comparing two assessments, drawing a sample of 200, a ledger of 200.

Goals: a comparison without PDF at most 0.3 s; a plan over 200 submissions in a few seconds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commands.writing import json_bytes
from evaluator import assess, load_ruleset, load_submission
from evaluator.comparing import compare
from evaluator.loading import arrived, load_assessment
from evaluator.sampling import candidate, plan
from evaluator.sampling.plan import Wanted
from evaluator.submission import Submission
from scorecards import as_text, render_xlsx
from scorecards.comparison import comparison_report

EXAMPLE = Path(__file__).resolve().parents[1] / "examples/kunming-model-community/middling.yaml"
MANY = 200


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    """A self-check and an inspection of one community."""
    loaded = load_ruleset("kunming-model-community")
    sent = load_submission(EXAMPLE, loaded.catalogue)
    paths = []
    for stage in ("self_check", "inspection"):
        paths.append(tmp_path / f"{stage}.json")
        document = assess(loaded.ruleset, loaded.catalogue, sent, stage=stage).document  # type: ignore[arg-type]
        paths[-1].write_bytes(json_bytes(document))
    return paths


@pytest.mark.parametrize("form", ["json", "text", "xlsx"])
def test_compare(benchmark: Any, two: list[Path], form: str) -> None:
    """Both files read and checked, compared, and written in this form."""

    def run() -> bytes:
        found = compare(*(load_assessment(path) for path in two))
        if form == "json":
            return json_bytes(found)
        report = comparison_report(found)
        return as_text(report).encode() if form == "text" else render_xlsx(report)

    made = benchmark(run)
    assert len(made) > 3_000
    if form == "json":
        assert json.loads(made)["score"]["ceiling"] == "-20.97"


def test_sample_of_200(benchmark: Any) -> None:
    """A plan of 20 communities with 10 criteria each, from 200 submissions that have been read."""
    loaded = load_ruleset("kunming-model-community")
    base = load_submission(EXAMPLE, loaded.catalogue)
    sent = {f"s{n}": _called(base, f"s{n}") for n in range(MANY)}

    def run() -> dict[str, Any]:
        return plan(
            [candidate(loaded.ruleset, loaded.catalogue, one) for one in sent.values()],
            loaded.ruleset,
            Wanted(20, 6, 10, "2025"),
            lambda name: assess(loaded.ruleset, loaded.catalogue, sent[name]).document,
        )

    found = benchmark(run)
    assert [len(one["criteria"]) for one in found["picks"]] == [10] * 20


def _called(one: Submission, name: str) -> Submission:
    return one.model_copy(update={"subject": one.subject.model_copy(update={"id": name})})


def test_reading_200_arrivals(benchmark: Any, tmp_path: Path) -> None:
    """What ``intake`` and ``sample`` read: 200 forms of YAML."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for n in range(MANY):
        (tmp_path / f"s{n}.yaml").write_text(text.replace("cuihu-an", f"s{n}"), encoding="utf-8")
    found = benchmark.pedantic(arrived, (tmp_path,), rounds=3)
    assert sum(one.received is not None for one in found.arrivals) == MANY
