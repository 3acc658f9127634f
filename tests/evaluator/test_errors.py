"""Errors as data."""

from __future__ import annotations

import pickle

import pytest

from evaluator.errors import EnvironmentFault, InputError, Place, Problem, ReviewError, Words

WORDS = Words("坏了", "it broke")
PROBLEM = Problem("code", Place("file.yaml", 3), WORDS, WORDS)


@pytest.mark.parametrize("kind", [InputError, ReviewError])
def test_an_input_error_comes_whole_out_of_another_process(kind) -> None:
    error = pickle.loads(pickle.dumps(kind([PROBLEM])))
    assert (type(error), error.problems, str(error)) == (kind, (PROBLEM,), "file.yaml:3: [code] 坏了。坏了")


def test_an_environment_fault_comes_whole_out_of_another_process() -> None:
    fault = pickle.loads(pickle.dumps(EnvironmentFault("code", WORDS, WORDS)))
    assert (fault.code, fault.in_language("en")) == ("code", "[code] it broke. it broke")
