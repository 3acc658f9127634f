"""Each limit refuses what is beyond it, names itself in the refusal, and takes the same input when it is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from evaluator.errors import SubmissionError
from evaluator.limits import CEILINGS, DEFAULTS, KEYS, Limits, in_force, least_of, put_in_force, raising
from evaluator.limits_table import table
from evaluator.loading import load_submission
from evaluator.loading.fast_reading import fast
from tests.evaluator.building import CATALOGUE
from tests.evaluator.limits.inputs import CASES, Case, problems_of

Limited = Callable[..., None]


@pytest.fixture
def limited() -> Iterator[Limited]:
    """Put other values of some limits in force, for the test."""
    before = in_force()
    yield lambda **values: put_in_force(before._replace(**values)) and None
    put_in_force(before)


def named(case: Case) -> str:
    return f"{case.key} {case.called}".strip()


@pytest.mark.parametrize("case", CASES, ids=named)
def test_beyond_a_limit_an_input_is_refused_and_the_limit_is_named(limited, tmp_path, case: Case) -> None:
    limited(**{case.key: case.refusing})
    mends = [one.mend for one in problems_of(case, tmp_path) if one.mend is not None]
    assert any(f"把 {case.key} 调大（现为 " in mend.zh for mend in mends), mends
    assert any(f"raise {case.key} in limits.yaml (now " in mend.en for mend in mends)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_within_a_raised_limit_the_same_input_is_taken(limited, tmp_path, case: Case) -> None:
    limited(**{case.key: case.taking})
    assert [one.code for one in problems_of(case, tmp_path)] == ([case.then] if case.then else [])


def test_every_limit_has_such_an_input() -> None:
    assert {case.key for case in CASES} == set(KEYS)


@pytest.mark.parametrize("one", table(), ids=lambda one: one.key)
def test_a_default_lies_between_the_least_and_the_most(one) -> None:
    assert least_of(one.key) <= one.default < one.most == getattr(CEILINGS, one.key)


def test_at_the_most_that_may_be_set_nobody_is_told_to_raise_it(limited) -> None:
    limited(**CEILINGS._asdict())
    assert [raising(key) for key in KEYS] == [None] * len(KEYS)


def test_nesting_as_deep_as_may_be_set_is_read_and_judged(limited, tmp_path) -> None:
    """No recursion of ours or of a library ends at it."""
    limited(deepest_nesting=CEILINGS.deepest_nesting)
    depth = CEILINGS.deepest_nesting - 2
    path = tmp_path / "a.json"
    path.write_text('{"submission": ' + "[" * depth + "]" * depth + "}", encoding="utf-8")
    with pytest.raises(SubmissionError, match="submission：不能是"):
        load_submission(path, CATALOGUE)


def test_the_fast_lane_takes_nothing_that_the_careful_reader_refuses(limited) -> None:
    events = ", ".join(f'{{"id": "E{n}", "type": "meeting", "date": "2025-03-12"}}' for n in range(100))
    content = (
        '{"submission": 1, "subject": {"id": "a", "name": "甲", "kind": "community"}, '
        f'"period": {{"from": "2025-01-01", "to": "2025-12-31"}}, "events": [{events}]}}'
    ).encode()
    assert fast(content, "a.json", CATALOGUE) is not None
    limited(most_items=700)
    assert fast(content, "a.json", CATALOGUE) is None


def test_what_is_read_is_the_same_under_any_limits(limited, tmp_path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        'submission: 1\nsubject: {id: a, name: 甲, kind: community}\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n',
        encoding="utf-8",
    )
    first = load_submission(path, CATALOGUE)
    limited(**CEILINGS._asdict())
    assert load_submission(path, CATALOGUE) == first
    assert Limits() == DEFAULTS
