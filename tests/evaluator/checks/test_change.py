"""``change``: a count against the period before."""

import pytest

from tests.evaluator.building import credit, judge


def given(now: str, before: str) -> str:
    return f"{{counts: {{incidents: {now}}}, previous: {{counts: {{incidents: {before}}}}}}}"


@pytest.mark.parametrize(
    ("direction", "now", "before", "expected"),
    [
        pytest.param("direction: falls", "9", "10", "1", id="fewer than before is a fall"),
        pytest.param("direction: falls", "10", "10", "0", id="the same is no fall"),
        pytest.param("direction: rises", "11", "10", "1", id="more than before is a rise"),
        pytest.param("direction: rises", "10", "10", "0", id="the same is no rise"),
        pytest.param("direction: not_above", "10", "10", "1", id="the same is not above"),
        pytest.param("direction: not_above", "11", "10", "0", id="more is above"),
        pytest.param("direction: not_below", "10", "10", "1", id="the same is not below"),
        pytest.param("direction: not_below", "9", "10", "0", id="fewer is below"),
        pytest.param(
            "direction: falls, by: 5%", "95", "100", "1", id="a fall by exactly 5 percent is enough"
        ),
        pytest.param("direction: falls, by: 5%", "96", "100", "0", id="a fall by 4 percent is not"),
        pytest.param(
            "direction: rises, by: 5%", "105", "100", "1", id="a rise by exactly 5 percent is enough"
        ),
        pytest.param("direction: rises, by: 5%", "104", "100", "0", id="a rise by 4 percent is not"),
        pytest.param("direction: falls, by: 2", "8", "10", "1", id="a fall by a number"),
        pytest.param("direction: falls, by: 2", "9", "10", "0", id="a fall by less than the number"),
        pytest.param(
            "direction: not_above, by: 10%", "110", "100", "1", id="not above, give or take 10 percent"
        ),
        pytest.param("direction: not_above, by: 10%", "111", "100", "0", id="above by more than 10 percent"),
        pytest.param(
            "direction: not_below, by: 10%", "90", "100", "1", id="not below, give or take 10 percent"
        ),
        pytest.param("direction: not_below, by: 10%", "89", "100", "0", id="below by more than 10 percent"),
        pytest.param(
            "direction: falls, by: 5%", "0", "0", "[0, 1]", id="from zero nothing falls by a percentage"
        ),
        pytest.param("direction: not_above", "0", "0", "1", id="zero is not above zero"),
        pytest.param("direction: rises", "1", "0", "1", id="one is a rise from zero"),
    ],
)
def test_credit(direction: str, now: str, before: str, expected: str) -> None:
    assert credit(f"{{kind: change, count: incidents, {direction}}}", given(now, before)) == expected


def test_from_zero_to_zero_is_no_rise_by_a_percentage() -> None:
    assert credit("{kind: change, count: incidents, direction: rises, by: 5%}", given("0", "0")) != "1"


def test_a_percentage_of_zero_is_for_a_person() -> None:
    found = judge(
        "{kind: change, count: incidents, direction: falls, by: 5%}", given("1", "0"), stage="final"
    )
    assert (found.credit, found.waits, found.reason) == ((0, 1), "person", "from_zero")


@pytest.mark.parametrize("sent", ["{}", "{counts: {incidents: 1}}", "{previous: {counts: {incidents: 1}}}"])
def test_both_periods_are_needed(sent: str) -> None:
    check = "{kind: change, count: incidents, direction: falls}"
    assert credit(check, sent, stage="self_check") == "[0, 1]"
    assert credit(check, sent, stage="inspection") == "0"


@pytest.mark.parametrize(
    ("direction", "now", "before", "amount", "code"),
    [
        pytest.param("direction: falls", "10", "10", "1", "fewer", id="a fall needs one fewer than before"),
        pytest.param("direction: falls, by: 5%", "99", "101", "4", "fewer", id="95.95 is reached at 95"),
        pytest.param("direction: rises", "8", "10", "3", "more", id="a rise needs one beyond before"),
        pytest.param("direction: rises, by: 5%", "101", "101", "6", "more", id="106.05 is reached at 107"),
        pytest.param(
            "direction: not_above", "12", "10", "2", "fewer", id="not above is reached at the number itself"
        ),
        pytest.param(
            "direction: not_below", "7", "10", "3", "more", id="not below is reached at the number itself"
        ),
    ],
)
def test_the_shortfall_is_the_least_whole_number_that_mends_it(
    direction: str, now: str, before: str, amount: str, code: str
) -> None:
    short = judge(f"{{kind: change, count: incidents, {direction}}}", given(now, before)).shortfall
    assert short is not None
    assert (str(short.amount), short.code) == (amount, code)


def test_the_shortfall_of_what_is_not_counted_whole_is_exact() -> None:
    sent = "{counts: {budget: 10.2}, previous: {counts: {budget: 10}}}"
    short = judge("{kind: change, count: budget, direction: rises, by: 5%}", sent).shortfall
    assert short is not None
    assert str(short.amount) == "3/10"


@pytest.mark.parametrize(
    ("count", "direction", "details", "amount"),
    [
        pytest.param(
            "budget", "rises", ("beyond",), 0, id="more than nothing more, where it is not counted whole"
        ),
        pytest.param("budget", "not_below", (), 1, id="reaching the number is enough"),
        pytest.param("incidents", "rises", (), 1, id="one more, where it is counted whole"),
    ],
)
def test_a_movement_beyond_the_number_says_so(
    count: str, direction: str, details: tuple[str, ...], amount: int
) -> None:
    now = 9 if direction == "not_below" else 10
    sent = f"{{counts: {{{count}: {now}}}, previous: {{counts: {{{count}: 10}}}}}}"
    short = judge(f"{{kind: change, count: {count}, direction: {direction}}}", sent).shortfall
    assert short is not None
    assert (short.details, short.amount, short.possible) == (details, amount, True)
