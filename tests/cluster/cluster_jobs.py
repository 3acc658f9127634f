"""What the tests have a cluster do; found by name here and on the workers."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

from evaluator import assess
from evaluator.catalogue import Catalogue
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.evaluate import program
from evaluator.facts import facts_of
from evaluator.ruleset import Ruleset
from evaluator.score import score
from evaluator.submission import Submission

made: list[bool] = []


def judging(
    ruleset: Ruleset, catalogue: Catalogue
) -> Callable[[list[Submission]], tuple[int, int, list[str]]]:
    """Judges some submissions, and words the first; tells in which process, and how often a function was made there."""
    made.append(True)

    def judge(submissions: list[Submission]) -> tuple[int, int, list[str]]:
        found = [assess(ruleset, catalogue, submissions[0]).document["digest"]]
        for one in submissions:
            judgement = program(ruleset, catalogue, one.period.span).judge(facts_of(one, one.period.to))
            outcomes = [verdict.outcome for verdict in judgement.verdicts]
            found.append(f"{one.subject.id}: {score(ruleset, judgement)}, {outcomes}")
        return os.getpid(), len(made), found

    return judge


def alone(seconds: float) -> Callable[[int], int]:
    """Fails where another job is done in the same process at the same time."""
    busy = threading.Lock()

    def work(job: int) -> int:
        assert busy.acquire(blocking=False)
        time.sleep(seconds)
        busy.release()
        return job

    return work


def obeying() -> Callable[[str], str]:
    """Does as it is told."""

    def obey(word: str) -> str:
        if word == "die":
            os._exit(1)
        if word == "raise":
            raise InputError([Problem("code", Place("a.yaml", 7), Words("坏", "bad"))])
        if word.startswith("sleep"):
            time.sleep(float(word.removeprefix("sleep")))
        return word

    return obey
