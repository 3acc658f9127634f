"""Facts, judging and scoring, each apart: 100 checks over 200 varied submissions, and the built-in rulesets on their examples.

The goal: what follows the reading of a submission (40 counts, 60 events, 80 documents) takes at most 130 µs for 100 checks.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

import pytest

from benchmarks import hundred
from evaluator.catalogue import Catalogue
from evaluator.evaluate import Judgement, program
from evaluator.facts import facts_of
from evaluator.loading import load_ruleset, load_submission
from evaluator.ruleset import Ruleset
from evaluator.score import Result, score
from evaluator.submission import Submission, in_order

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
RULESETS = ("kunming-model-community", "sichuan-city-2022", "sichuan-community-2022", "wuhu-pilot-2013")


class Work(NamedTuple):
    """A ruleset's three steps over many submissions, and how many checks and submissions they are."""

    steps: dict[str, Callable[[], None]]
    checks: int
    judged: list[Judgement]
    results: list[Result]


def work(ruleset: Ruleset, catalogue: Catalogue, sent: list[Submission]) -> Work:
    """The steps, each on what the one before it makes."""
    day = {id(one): one.as_of or one.period.to for one in sent}
    judges = [program(ruleset, catalogue, one.period.span).judge for one in sent]
    facts = [facts_of(one, day[id(one)], "inspection") for one in sent]
    judged = [judge(found) for judge, found in zip(judges, facts, strict=True)]

    # Nothing is kept: a batch, too, holds one judgement at a time, and collecting 200 of them would be what is timed.
    def index() -> None:
        for one in sent:
            facts_of(one, day[id(one)], "inspection")

    def judge_all() -> None:
        for judge, found in zip(judges, facts, strict=True):
            judge(found)

    def score_all() -> None:
        for one in judged:
            score(ruleset, one)

    results = [score(ruleset, one) for one in judged]
    return Work(
        {"facts": index, "judge": judge_all, "score": score_all}, len(ruleset.by_id()), judged, results
    )


def made(name: str) -> Work:
    """The work of one ruleset by name."""
    if name == "hundred":
        return work(hundred.ruleset(), hundred.catalogue(), hundred.submissions(200))
    loaded = load_ruleset(name)
    sent = [
        in_order(load_submission(path, loaded.catalogue)) for path in sorted((EXAMPLES / name).glob("*.yaml"))
    ]
    return work(loaded.ruleset, loaded.catalogue, sent)


@pytest.mark.benchmark(group="judging", timer=process_time)
@pytest.mark.parametrize("step", ["facts", "judge", "score"])
@pytest.mark.parametrize("name", ["hundred", *RULESETS])
def test_step(benchmark: Any, name: str, step: str) -> None:
    """One step over all submissions, in CPU time; ``µs_a_submission`` and ``µs_a_check`` are from the best round."""
    one = made(name)
    size = len(one.results)
    gc.collect()
    gc.freeze()
    benchmark.pedantic(one.steps[step], rounds=30, warmup_rounds=2, iterations=1 + 60 // size)
    gc.unfreeze()
    each = benchmark.stats.stats.min * 1e6 / size
    benchmark.extra_info |= {"µs_a_submission": round(each, 1), "µs_a_check": round(each / one.checks, 2)}
    # Met and unmet, windows and shortfalls: not the cheap half of the work.
    outcomes = {verdict.outcome for judgement in one.judged for verdict in judgement.verdicts}
    assert {"satisfied", "not_satisfied"} <= outcomes
    assert all(result.score is not None for result in one.results)
