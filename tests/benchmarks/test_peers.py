"""The decisions that every peer's rules are written from say what our engine says; a peer that says otherwise has no figure."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from benchmarks.peers import ours
from benchmarks.peers.facts import converter, day_number
from benchmarks.peers.rego import policy
from benchmarks.peers.terms import Op
from benchmarks.peers.work import DifferentError, Work, agree, work

COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    name: getattr(operator, name) for name in ("ge", "gt", "le", "lt", "eq")
}


def _of_facts(facts: Any, name: str, *rest: Any) -> Any:
    what = rest[0]
    match name:
        case "count" | "before":
            return facts["c" if name == "count" else "p"][what]
        case "counted" | "had":
            return facts["c" if name == "counted" else "p"][what] >= 0
        case "events":
            return facts["e"][what]["n"]
        case "held":
            return facts["e"][what]["k"]
        case "window":
            return sum(facts["e"][what]["m"][month] for month in rest[1:])
        case "known":
            return facts["d"][what]["k"]
        case "some" | "number":
            held = sum(bool(value(rest[1], facts, paper)) for paper in facts["d"][what]["l"])
            return held > 0 if name == "some" else held
        case "said":
            return facts["s"][what]
    assert name == "as_of_from"
    return facts["a"] >= _day(what)


def _of_paper(paper: Any, name: str, *rest: Any) -> Any:
    match name:
        case "issued_from":
            return paper["i"] >= _day(rest[0])
        case "issued_to":
            return paper["i"] <= _day(rest[0])
        case "undated":
            return paper["i"] < 0
        case "part":
            return rest[0] in paper["p"]
    return paper[{"expired": "x", "open": "o", "attached": "f"}[name]]


def _day(day: date) -> int:
    return day_number(str(day))


def value(term: Any, facts: Any, paper: Any = None) -> Any:
    """What a term comes to, in the plainest way."""
    if not isinstance(term, Op):
        return term
    name, args = term
    if name in COMPARED:
        return COMPARED[name](*(value(one, facts, paper) for one in args))
    match name:
        case "and":
            return all(value(one, facts, paper) for one in args)
        case "or":
            return any(value(one, facts, paper) for one in args)
        case "not":
            return not value(args[0], facts, paper)
        case "mul":
            return value(args[0], facts) * args[1]
    return _of_facts(facts, name, *args) if paper is None else _of_paper(paper, name, *args)


@pytest.fixture(scope="module")
def done() -> Work:
    return work(40)


@pytest.fixture(scope="module")
def expected(done: Work) -> list[list[int]]:
    engine = ours.engine(done)
    return [engine.judge(engine.prepare(line)) for line in done.lines]


def test_the_decisions_come_to_our_engines_outcomes(done: Work, expected: list[list[int]]) -> None:
    """A hundred checks on forty submissions, a fifth of them before the period is over."""
    convert = converter(done.loaded.catalogue, done.names)
    found = []
    for line in done.lines:
        facts = convert(line)
        found.append(
            [
                next((code for condition, code in one.cases if value(condition, facts)), one.other)
                for one in done.decisions
            ]
        )
    agree(done, expected, found, "the decisions")


def test_a_peer_with_another_outcome_ends_the_run(done: Work, expected: list[list[int]]) -> None:
    """The message says which submission, which check, and both outcomes."""
    other = [[*one] for one in expected]
    other[3][41] = (other[3][41] + 1) % 6
    with pytest.raises(DifferentError, match=r"1 outcomes differ: submission 4, bench-042: \w+, by it \w+"):
        agree(done, expected, other, "it")


def test_a_policy_has_a_rule_for_each_check(done: Work) -> None:
    """Rego is the one language that needs more than an expression."""
    text = policy(done.decisions)
    assert [f"check_{n} := " in text for n in range(101)] == [True] * 100 + [False]
