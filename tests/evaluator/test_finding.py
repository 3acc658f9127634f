"""The outcome is read off in one place, in the order of decision 1."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.finding import FULL, NONE, UNDECIDED, Finding, Interval, leaves, outcome_of, waiting


def leaf(credit: Interval | None, waits: str | None = None, *, closed: bool = False) -> Finding:
    return Finding("statement", (), credit, "met", waits=waits, closed=closed)  # type: ignore[arg-type]


HALF = Interval(Fraction(1, 2), Fraction(1, 2))


@pytest.mark.parametrize(
    ("credit", "ends", "outcome"),
    [
        pytest.param(None, [leaf(None)], "not_applicable", id="does not apply"),
        pytest.param(UNDECIDED, [leaf(UNDECIDED, "person")], "needs_review", id="undecided, a person is awaited"),
        pytest.param(UNDECIDED, [leaf(UNDECIDED, "evidence")], "no_evidence", id="undecided, evidence is awaited"),
        pytest.param(UNDECIDED, [leaf(UNDECIDED, "time")], "no_evidence", id="undecided, the day is awaited"),
        pytest.param(UNDECIDED, [leaf(UNDECIDED, "evidence"), leaf(UNDECIDED, "person")], "needs_review",
                     id="a person among others comes first"),
        pytest.param(FULL, [leaf(FULL)], "satisfied", id="full"),
        pytest.param(HALF, [leaf(FULL), leaf(NONE)], "partly_satisfied", id="in between"),
        pytest.param(NONE, [leaf(NONE)], "not_satisfied", id="none"),
        pytest.param(NONE, [leaf(NONE, closed=True)], "no_evidence", id="none because the stage closed it"),
        pytest.param(NONE, [leaf(NONE, closed=True), leaf(NONE)], "not_satisfied", id="none, closed in part, failed in part"),
    ],
)  # fmt: skip
def test_outcome(credit: Interval | None, ends: list[Finding], outcome: str) -> None:
    assert outcome_of(credit, ends) == outcome


def test_leaves_are_the_findings_without_members() -> None:
    one, two = leaf(FULL), leaf(NONE)
    group = Finding(
        "group", (), None, "met", members=(one, Finding("group", (), None, "met", members=(two,)))
    )
    assert list(leaves(group)) == [one, two]


def test_what_is_waited_for_is_listed_once_and_a_person_first() -> None:
    found = [
        leaf(UNDECIDED, "evidence"),
        leaf(UNDECIDED, "time"),
        leaf(UNDECIDED, "person"),
        leaf(UNDECIDED, "time"),
    ]
    assert waiting(found) == ("person", "time", "evidence")


@given(st.fractions(0, 1), st.fractions(0, 1), st.sampled_from(["person", "evidence", "time"]))
def test_only_an_undecided_credit_needs_review(one: Fraction, other: Fraction, waits: str) -> None:
    credit = Interval(min(one, other), max(one, other))
    assert (outcome_of(credit, [leaf(credit, waits)]) == "needs_review") == (
        credit.floor < credit.ceiling and waits == "person"
    )
