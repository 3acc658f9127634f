"""A plan for each example, from what it has and from nothing: what ``wanted`` adds to an assessment.

The goals are at most 200 ms, and 50 ms to read a list that comes back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evaluator import assess, load_ruleset, load_submission
from evaluator.loading import load_rectification, ruleset_ids
from evaluator.planning.plan import Wanted, make_plan
from evaluator.planning.world import World
from scorecards import rectification_list, render_xlsx

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NOTHING = {"counts": {}, "events": (), "documents": (), "statements": (), "none": (), "units": {}}


@pytest.mark.benchmark(group="plan")
@pytest.mark.parametrize("empty", [False, True], ids=["half-filled", "from nothing"])
@pytest.mark.parametrize("name", ruleset_ids())
def test_planning(benchmark: Any, name: str, empty: bool) -> None:
    """Actions, the fewest of them, the rest, gains, losses."""
    loaded = load_ruleset(name)
    submission = load_submission(EXAMPLES / name / "middling.yaml", loaded.catalogue)
    assert submission.as_of is not None
    day = submission.as_of
    if empty:
        submission = submission.model_copy(update=NOTHING)

    def plan() -> Any:
        return make_plan(World(loaded.ruleset, loaded.catalogue, submission, day), Wanted())

    made = benchmark(plan)
    benchmark.extra_info["actions"] = len(made.actions)
    assert made.exact
    assert made.steps


@pytest.mark.benchmark(group="assessment with and without a plan")
@pytest.mark.parametrize("wanted", [None, Wanted()], ids=["without", "with"])
def test_assessing(benchmark: Any, wanted: Wanted | None) -> None:
    """The whole assessment as JSON data, digests included."""
    loaded = load_ruleset("kunming-model-community")
    submission = load_submission(EXAMPLES / "kunming-model-community" / "middling.yaml", loaded.catalogue)
    made = benchmark(lambda: assess(loaded.ruleset, loaded.catalogue, submission, wanted=wanted))
    assert ("plan" in made.document) == (wanted is not None)


@pytest.mark.benchmark(group="rectification list")
def test_a_list_comes_back(benchmark: Any, tmp_path: Path) -> None:
    """Reading the workbook of a list of 28 items."""
    loaded = load_ruleset("kunming-model-community")
    submission = load_submission(EXAMPLES / "kunming-model-community" / "middling.yaml", loaded.catalogue)
    document = assess(loaded.ruleset, loaded.catalogue, submission, wanted=Wanted()).document
    path = tmp_path / "list.xlsx"
    path.write_bytes(render_xlsx(rectification_list(document)))
    assert len(benchmark(load_rectification, path).items) == 28
