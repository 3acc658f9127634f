"""Facts, judging and scoring, each apart: 100 checks over 200 varied submissions, and the built-in rulesets on their examples.

The goal: what follows the reading of a submission (40 counts, 60 events, 80 documents) takes at most 130 µs for 100 checks.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import pytest

from benchmarks.submissions import lines, ruleset
from evaluator.catalogue import Catalogue
from evaluator.evaluate import Judgement, program
from evaluator.facts import facts_of
from evaluator.loading import load_submission, submission_in
from evaluator.ruleset import Ruleset
from evaluator.score import Result, score
from evaluator.submission import Submission, in_order

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
RULESETS = ("kunming-model-community", "sichuan-city-2022", "sichuan-community-2022", "wuhu-pilot-2013")
STEPS = ("facts", "judge", "score")


class Work(NamedTuple):
    """A ruleset, and the submissions that it judges."""

    ruleset: Ruleset
    catalogue: Catalogue
    sent: list[Submission]

    def once(self, best: list[list[float]]) -> None:
        """All submissions once, one after the other as in a batch; ``best`` keeps the least seconds of each and each step.

        A submission that was just read lies in the processor's cache: it is indexed once before the clock starts.
        """
        for one, least in zip(self.sent, best, strict=True):
            day = one.as_of or one.period.to
            facts_of(one, day, "inspection")
            times = [perf_counter()]
            facts = facts_of(one, day, "inspection")
            times.append(perf_counter())
            judgement = program(self.ruleset, self.catalogue, one.period.span).judge(facts)
            times.append(perf_counter())
            score(self.ruleset, judgement)
            times.append(perf_counter())
            least[:] = [min(old, b - a) for old, (a, b) in zip(least, pairwise(times), strict=True)]

    def results(self) -> list[tuple[Judgement, Result]]:
        """What all submissions come to."""
        found = []
        for one in self.sent:
            facts = facts_of(one, one.as_of or one.period.to, "inspection")
            judgement = program(self.ruleset, self.catalogue, one.period.span).judge(facts)
            found.append((judgement, score(self.ruleset, judgement)))
        return found


def made(name: str) -> Work:
    """The work of one ruleset by name."""
    loaded = ruleset(name)
    if name == "bench-100":
        sent = [in_order(submission_in(one, "a.json", loaded.catalogue)) for one in lines(loaded, 200)]
        return Work(loaded.ruleset, loaded.catalogue, sent)
    files = sorted((EXAMPLES / name).glob("*.yaml"))
    sent = [in_order(load_submission(path, loaded.catalogue)) for path in files]
    return Work(loaded.ruleset, loaded.catalogue, sent)


def no_time(work: Work) -> list[list[float]]:
    """What ``Work.once`` improves on."""
    return [[1.0] * len(STEPS) for _ in work.sent]


def microseconds(best: list[list[float]]) -> dict[str, float]:
    """The mean over the submissions of the best time of each step."""
    return {name: sum(times[n] for times in best) / len(best) * 1e6 for n, name in enumerate(STEPS)}


@pytest.mark.benchmark(group="judging")
@pytest.mark.parametrize("name", ["bench-100", *RULESETS])
def test_from_a_submission_to_its_score(benchmark: Any, name: str) -> None:
    """All three steps; ``extra_info`` has each apart, in µs a submission, and µs a check of judging."""
    work = made(name)
    best = no_time(work)
    benchmark.pedantic(work.once, [best], rounds=40, warmup_rounds=2)
    each, found = microseconds(best), work.results()
    checks = len(work.ruleset.by_id())
    benchmark.extra_info |= {f"µs_{step}": round(spent, 1) for step, spent in each.items()}
    benchmark.extra_info["µs_a_check"] = round(each["judge"] / checks, 2)
    # Met and unmet, windows and shortfalls: not the cheap half of the work.
    outcomes = {verdict.outcome for judgement, _ in found for verdict in judgement.verdicts}
    assert {"satisfied", "not_satisfied"} <= outcomes
    assert all(result.score is not None for _, result in found)
