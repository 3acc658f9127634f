"""``ratio``: one count divided by another."""

import pytest

from tests.evaluator.building import credit, judge

FIVE_PERCENT = "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}"


@pytest.mark.parametrize(
    ("comparison", "counts", "expected"),
    [
        pytest.param(
            "at_least: 5%", "buildings: 40, model_buildings: 2", "1", id="at_least includes the number itself"
        ),
        pytest.param(
            "at_least: 5%", "buildings: 40, model_buildings: 1", "0", id="below at_least earns nothing"
        ),
        pytest.param(
            "above: 5%", "buildings: 40, model_buildings: 2", "0", id="above excludes the number itself"
        ),
        pytest.param("above: 5%", "buildings: 40, model_buildings: 3", "1", id="beyond above is enough"),
        pytest.param(
            "at_most: 5%", "buildings: 40, model_buildings: 2", "1", id="at_most includes the number itself"
        ),
        pytest.param(
            "at_most: 5%", "buildings: 40, model_buildings: 3", "0", id="beyond at_most earns nothing"
        ),
        pytest.param(
            "below: 5%", "buildings: 40, model_buildings: 2", "0", id="below excludes the number itself"
        ),
        pytest.param("below: 5%", "buildings: 40, model_buildings: 1", "1", id="under below is enough"),
        pytest.param("equals: 5%", "buildings: 40, model_buildings: 2", "1", id="equals holds at the number"),
        pytest.param("equals: 5%", "buildings: 41, model_buildings: 2", "0", id="equals holds nowhere else"),
        pytest.param(
            "at_least: 5%, at_most: 10%",
            "buildings: 40, model_buildings: 3",
            "1",
            id="between two limits both hold",
        ),
        pytest.param(
            "at_least: 5%, at_most: 10%",
            "buildings: 40, model_buildings: 5",
            "0",
            id="one broken limit of two is enough",
        ),
        pytest.param(
            "at_least: 33.333333333333%",
            "buildings: 3, model_buildings: 1",
            "1",
            id="a third is above twelve threes after the point",
        ),
        pytest.param(
            "at_least: 10%, credit: proportional",
            "buildings: 40, model_buildings: 3",
            "3/4",
            id="proportional credit is measured over required",
        ),
        pytest.param(
            "at_least: 10%, credit: proportional",
            "buildings: 40, model_buildings: 9",
            "1",
            id="proportional credit stops at 1",
        ),
        pytest.param(
            "steps: [{at_least: 10%, credit: 1}, {at_least: 5%, credit: 50%}]",
            "buildings: 40, model_buildings: 2",
            "1/2",
            id="the first step that holds gives the credit",
        ),
        pytest.param(
            "steps: [{at_least: 10%, credit: 1}, {at_least: 5%, credit: 50%}]",
            "buildings: 40, model_buildings: 1",
            "0",
            id="below every step there is no credit",
        ),
        pytest.param(
            "scale: {from: 60%, to: 90%}",
            "buildings: 100, model_buildings: 70",
            "1/3",
            id="a scale rises linearly",
        ),
        pytest.param(
            "scale: {from: 60%, to: 90%}",
            "buildings: 100, model_buildings: 60",
            "0",
            id="a scale starts at 0",
        ),
        pytest.param(
            "scale: {from: 60%, to: 90%}", "buildings: 100, model_buildings: 95", "1", id="a scale ends at 1"
        ),
        pytest.param(
            "scale: {from: 30%, to: 10%}",
            "buildings: 100, model_buildings: 15",
            "3/4",
            id="a scale may fall instead",
        ),
    ],
)
def test_credit(comparison: str, counts: str, expected: str) -> None:
    check = f"{{kind: ratio, numerator: model_buildings, denominator: buildings, {comparison}}}"
    assert credit(check, f"{{counts: {{{counts}}}}}") == expected


def test_steps_in_points_are_shares_of_the_criterion() -> None:
    check = "{kind: ratio, numerator: model_buildings, denominator: buildings, steps: [{at_least: 5%, points: 8}]}"
    assert credit(check, "{counts: {buildings: 40, model_buildings: 2}}", points=10) == "4/5"


@pytest.mark.parametrize(
    ("at_zero", "expected"),
    [("not_applicable", "n/a"), ("satisfied", "1"), ("not_satisfied", "0"), ("needs_review", "[0, 1]")],
)
def test_a_zero_denominator_is_what_when_zero_says(at_zero: str, expected: str) -> None:
    check = (
        "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%, when_zero: "
        + at_zero
        + "}"
    )
    found = judge(check, "{counts: {buildings: 0, model_buildings: 0}}")
    assert (credit(check, "{counts: {buildings: 0, model_buildings: 0}}"), found.reason) == (
        expected,
        "zero_denominator",
    )


def test_a_zero_denominator_for_review_waits_for_a_person() -> None:
    check = "{kind: ratio, numerator: visits, denominator: buildings, at_least: 5%, when_zero: needs_review}"
    assert judge(check, "{counts: {buildings: 0, visits: 0}}").waits == "person"


def test_without_when_zero_a_zero_denominator_does_not_apply() -> None:
    assert credit(FIVE_PERCENT, "{counts: {buildings: 0, model_buildings: 0}}") == "n/a"


@pytest.mark.parametrize(
    ("given", "absent"),
    [
        ("{}", ("model_buildings", "buildings")),
        ("{counts: {buildings: 40}}", ("model_buildings",)),
        ("{counts: {model_buildings: 2}}", ("buildings",)),
    ],
)
def test_what_was_not_submitted_is_undecided_at_self_check_and_closed_later(
    given: str, absent: tuple[str, ...]
) -> None:
    early, late = (
        judge(FIVE_PERCENT, given, stage="self_check"),
        judge(FIVE_PERCENT, given, stage="preliminary"),
    )
    assert (early.credit, early.waits, early.closed, early.details) == ((0, 1), "evidence", False, absent)
    assert (late.credit, late.waits, late.closed, late.details) == ((0, 0), None, True, absent)


def test_a_count_of_0_is_decided() -> None:
    found = judge(FIVE_PERCENT, "{counts: {buildings: 40, model_buildings: 0}}", stage="self_check")
    assert (found.credit, found.reason, found.waits) == ((0, 0), "short", None)


def test_below_the_minimum_sample_a_person_decides_at_every_stage() -> None:
    check = "{kind: ratio, numerator: visits, denominator: buildings, at_least: 90%, minimum_sample: 30}"
    small = judge(check, "{counts: {buildings: 29, visits: 29}}", stage="final")
    enough = judge(check, "{counts: {buildings: 30, visits: 30}}", stage="final")
    assert (small.credit, small.waits, small.reason) == ((0, 1), "person", "small_sample")
    assert enough.credit == (1, 1)


@pytest.mark.parametrize(
    ("comparison", "buildings", "model", "amount", "code"),
    [
        pytest.param("at_least: 5%", 40, 1, "1", "more", id="1 of 40 needs 1 more"),
        pytest.param(
            "at_least: 5%", 41, 1, "2", "more", id="1 of 41 needs 2 more since 2 of 41 is 4.88 percent"
        ),
        pytest.param("above: 5%", 40, 2, "1", "more", id="2 of 40 needs 1 beyond the number itself"),
        pytest.param("at_most: 5%", 40, 5, "3", "fewer", id="5 of 40 is 3 too many"),
        pytest.param("below: 5%", 40, 2, "1", "fewer", id="2 of 40 is 1 too many where the number itself is"),
        pytest.param("equals: 5%", 40, 5, "3", "fewer", id="5 of 40 is 3 beyond the number"),
        pytest.param("equals: 5%", 40, 1, "1", "more", id="1 of 40 is 1 short of the number"),
        pytest.param(
            "at_least: 5%, at_most: 10%",
            40,
            6,
            "2",
            "fewer",
            id="the shortfall speaks of the limit that fails",
        ),
        pytest.param(
            "steps: [{at_least: 10%, credit: 1}, {at_least: 5%, credit: 50%}]",
            40,
            2,
            "2",
            "more",
            id="steps fall short of the best one",
        ),
        pytest.param("scale: {from: 0%, to: 10%}", 40, 1, "3", "more", id="a scale falls short of its end"),
        pytest.param(
            "at_least: 10%, credit: proportional", 40, 1, "3", "more", id="partial credit still falls short"
        ),
    ],
)
def test_the_shortfall_is_the_least_whole_number_that_mends_it(
    comparison: str, buildings: int, model: int, amount: str, code: str
) -> None:
    check = f"{{kind: ratio, numerator: model_buildings, denominator: buildings, {comparison}}}"
    short = judge(check, f"{{counts: {{buildings: {buildings}, model_buildings: {model}}}}}").shortfall
    assert short is not None
    assert (str(short.amount), short.code, short.of) == (amount, code, "model_buildings")
    mended = model + int(amount) * (1 if code == "more" else -1)
    almost = mended - (1 if code == "more" else -1)
    assert (
        judge(check, f"{{counts: {{buildings: {buildings}, model_buildings: {mended}}}}}").shortfall is None
    )
    assert (
        judge(check, f"{{counts: {{buildings: {buildings}, model_buildings: {almost}}}}}").shortfall
        is not None
    )


def test_the_shortfall_of_what_is_not_counted_whole_is_exact() -> None:
    check = "{kind: ratio, numerator: budget, denominator: area, at_least: 50%}"
    short = judge(check, "{counts: {budget: 1.2, area: 3}}").shortfall
    assert short is not None
    assert str(short.amount) == "3/10"


def test_a_part_cannot_grow_beyond_its_whole() -> None:
    check = "{kind: ratio, numerator: model_buildings, denominator: buildings, above: 100%}"
    short = judge(check, "{counts: {buildings: 2, model_buildings: 2}}").shortfall
    assert short is not None
    assert not short.possible


def test_the_finding_carries_the_submitted_numbers() -> None:
    found = judge(FIVE_PERCENT, "{counts: {buildings: 40, model_buildings: 2}}")
    assert found.measured is not None
    assert (found.measured.numerator, found.measured.denominator) == (2, 40)
    assert found.measured.parts == (("model_buildings", 2), ("buildings", 40))
    assert found.evidence == ("model_buildings", "buildings")


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param("2025-01-01/2025-12-31", "1", id="the last day before the change takes the old value"),
        pytest.param("2025-01-01/2026-01-01", "0", id="the day of the change takes the new value"),
        pytest.param("2009-01-01/2009-12-31", "1", id="before all dates the earliest value holds"),
    ],
)
def test_a_dated_threshold_takes_the_value_in_force(period: str, expected: str) -> None:
    check = (
        "{kind: ratio, numerator: model_buildings, denominator: buildings, "
        'at_least: {"2026-01-01": 8%, "2011-01-01": 5%}}'
    )
    assert credit(check, "{counts: {buildings: 40, model_buildings: 2}}", period=period) == expected


def test_what_is_no_part_of_the_denominator_can_grow_beyond_it() -> None:
    check = "{kind: ratio, numerator: visits, denominator: buildings, at_least: 200%}"
    short = judge(check, "{counts: {buildings: 2, visits: 2}}").shortfall
    assert short is not None
    assert (short.amount, short.possible) == (2, True)
