"""Every reader under a hundred hostile inputs, the same in every run; ``script/fuzz`` tries a hundred thousand."""

from __future__ import annotations

import pytest

from fuzzing.engines.by_hypothesis import inputs_of, searched
from fuzzing.guard import Outcome, interrupted, outcome
from fuzzing.targets import NAMES, target

_INPUTS = 100
_SEED = 20260101


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_accepts_or_refuses_whatever_it_is_given(name: str) -> None:
    one = target(name)
    read = one.reader()
    found: list[Outcome] = []
    with interrupted():
        searched(inputs_of(one), lambda content: found.append(outcome(read, content)), _INPUTS, _SEED)
    assert [f"{each.crash}\n{each.trace}" for each in found if each.crash] == []
    # What is refused at once tries little of a reader, and what is always accepted is no trial of it.
    accepted = sum(each.accepted for each in found)
    assert 0 < accepted < len(found)


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_is_accepted(name: str) -> None:
    one = target(name)
    found = outcome(one.reader(), one.seeds()[0])
    assert (found.accepted, found.crash) == (True, "")
