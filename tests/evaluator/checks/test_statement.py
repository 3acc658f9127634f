"""``statement``: whether the institution says yes."""

import pytest

from tests.evaluator.building import credit, judge

SUPPORTED = "{kind: statement, statement: desk, attachment: required}"


@pytest.mark.parametrize(
    ("given", "stage", "expected", "reason"),
    [
        pytest.param("{statements: {desk: true}}", "self_check", "1", "met", id="a yes is decided"),
        pytest.param("{statements: {desk: false}}", "self_check", "0", "said_no", id="a no is decided"),
        pytest.param("{}", "self_check", "[0, 1]", "missing", id="nothing said is undecided at self-check"),
        pytest.param("{}", "inspection", "0", "closed", id="nothing said is closed later"),
        pytest.param(
            "{statements: {hotline: true}}", "inspection", "0", "closed", id="another statement does not help"
        ),
    ],
)
def test_credit(given: str, stage: str, expected: str, reason: str) -> None:
    check = "{kind: statement, statement: desk}"
    assert (credit(check, given, stage=stage), judge(check, given, stage=stage).reason) == (expected, reason)


def test_a_yes_without_the_support_that_is_asked_for_stays_a_yes_and_says_so() -> None:
    bare = judge(SUPPORTED, "{statements: {desk: {value: true, files: []}}}")
    shown = judge(SUPPORTED, "{statements: {desk: true}}")
    assert (bare.credit, bare.reason) == ((1, 1), "unsupported_yes")
    assert (shown.credit, shown.reason) == ((1, 1), "met")


def test_a_no_falls_short_by_itself() -> None:
    found = judge(SUPPORTED, "{statements: {desk: false}}")
    assert found.shortfall is not None
    assert (found.shortfall.code, found.shortfall.of, found.evidence) == ("statement", "desk", ("S1",))


def test_a_yes_falls_short_of_nothing() -> None:
    assert judge(SUPPORTED, "{statements: {desk: true}}").shortfall is None
