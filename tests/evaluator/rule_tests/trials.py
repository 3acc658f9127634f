"""A ruleset with its cases in short YAML, for the tests of this folder."""

from __future__ import annotations

from typing import Any

from evaluator.cases import CaseFile
from evaluator.ruleset import Ruleset
from evaluator.testing.coverage import Coverage, coverage
from evaluator.testing.drafting import Drafted, drafted
from evaluator.testing.noticing import Noticing, noticing
from evaluator.testing.running import Ran, ran
from tests.evaluator.building import CATALOGUE, data

DEFAULTS = {"period": {"from": "2025-01-01", "to": "2025-12-31"}}


def case_file(cases: str, unnoticed: str = "[]") -> CaseFile:
    """Cases (each named after its place unless it has a name) and explanations."""
    named = [{"name": f"第{n}例", **one} for n, one in enumerate(data(cases), 1)]
    return CaseFile.model_validate(
        {"format": 1, "defaults": DEFAULTS, "cases": named, "unnoticed": data(unnoticed)}
    )


def judged(rules: Ruleset, cases: str) -> tuple[Ran, ...]:
    """The cases as they came out: all of them as they say."""
    found = ran(case_file(cases), rules, CATALOGUE)
    assert [one.differences for one in found if one.differences] == []
    return found


def tried(rules: Ruleset, cases: str, unnoticed: str = "[]") -> Noticing:
    """What the cases notice."""
    judged(rules, cases)
    return noticing(case_file(cases, unnoticed), rules, CATALOGUE)


def left(rules: Ruleset, cases: str, *, of: str = "check") -> list[str]:
    """The changes of ``of`` that the cases do not notice."""
    return [one.change.name for one in tried(rules, cases).unnoticed if one.change.name.startswith(of)]


def covered(rules: Ruleset, cases: str) -> Coverage:
    """What the cases cover."""
    return coverage(judged(rules, cases), rules, CATALOGUE)


def drafts(rules: Ruleset, cases: str, *, mutate: bool = False) -> Drafted:
    """What is drafted for what the cases lack."""
    file = case_file(cases)
    every = ran(file, rules, CATALOGUE)
    missed: Any = noticing(file, rules, CATALOGUE).unnoticed if mutate else ()
    return drafted(file, every, rules, CATALOGUE, coverage(every, rules, CATALOGUE), missed)
