"""``group``: how many of several checks hold; members that do not apply drop out."""

import pytest

from tests.evaluator.building import credit, judge

# Each member's credit, as decision 1 tabulates them: [1, 1], [0, 1], [0, 0], does not apply.
YES = "{kind: statement, statement: desk}"
OPEN = (
    "{kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 1, text: {zh: 好}}]}"
)
NO = "{kind: statement, statement: hotline}"
IDLE = "{kind: ratio, numerator: visits, denominator: buildings, at_least: 5%}"
GIVEN = "{statements: {desk: true, hotline: false}, counts: {visits: 0, buildings: 0}}"
QUARTERS = "{kind: group, each: quarter, check: {kind: statement, statement: desk}}"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        pytest.param(
            f"all: [{YES}, {OPEN}, {NO}, {IDLE}]",
            "[1/3, 2/3]",
            id="all is the mean of the members that apply",
        ),
        pytest.param(f"any: [{YES}, {OPEN}, {NO}, {IDLE}]", "1", id="any is the best"),
        pytest.param(
            f"of: [{YES}, {OPEN}, {NO}, {IDLE}], at_least: 2", "[1/2, 1]", id="of is the mean of the k best"
        ),
        pytest.param(f"all: [{YES}, {OPEN}, {NO}, {IDLE}], credit: all_or_nothing", "0", id="all or nothing"),
        pytest.param(
            f"all: [{YES}, {OPEN}], credit: all_or_nothing", "[0, 1]", id="all or nothing, still open"
        ),
        pytest.param(
            f"all: [{YES}, {OPEN}, {NO}], steps: [{{at_least: 2, credit: 1}}, {{at_least: 1, credit: 25%}}]",
            "[1/4, 1]",
            id="steps count the members that hold, between one and two",
        ),
        pytest.param(
            f"of: [{YES}, {OPEN}, {NO}], steps: [{{at_least: 2, credit: 1}}, {{at_least: 1, credit: 25%}}]",
            "[1/4, 1]",
            id="steps of a chosen number",
        ),
        pytest.param(
            f"all: [{YES}, {OPEN}, {NO}], scale: {{from: 0%, to: 100%}}",
            "[1/3, 2/3]",
            id="a scale over the share",
        ),
        pytest.param(f"all: [{IDLE}]", "n/a", id="where no member applies the group does not"),
        pytest.param(f"of: [{YES}, {IDLE}], at_least: 2", "1", id="k is at most the members that apply"),
        pytest.param(
            f"of: [{YES}, {NO}, {IDLE}], at_least: 2", "1/2", id="what does not apply lowers nothing else"
        ),
        pytest.param(
            f"of: [{YES}, {NO}], at_least: 1, credit: all_or_nothing", "1", id="all or nothing with a number"
        ),
        pytest.param(f"any: [{OPEN}, {NO}]", "[0, 1]", id="any of an open and a failed one is open"),
        pytest.param(f"any: [{NO}]", "0", id="any of failed ones fails"),
        pytest.param(
            f"all: [{YES}, {{kind: group, all: [{YES}, {NO}]}}]", "3/4", id="a group in a group counts once"
        ),
    ],
)
def test_credit_as_decision_1_tabulates_it(form: str, expected: str) -> None:
    assert credit(f"{{kind: group, {form}}}", GIVEN) == expected


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        pytest.param(
            "[{id: Q1, statements: {desk: true}}, {id: Q2, statements: {desk: true}}]",
            "1",
            id="every unit holds",
        ),
        pytest.param(
            "[{id: Q1, statements: {desk: true}}, {id: Q2, statements: {desk: false}}]", "1/2", id="the mean"
        ),
        pytest.param(
            "[{id: Q1, statements: {desk: true}}, {id: Q2}]",
            "[1/2, 1]",
            id="a unit without its fact is undecided",
        ),
        pytest.param("[]", "n/a", id="no units at all"),
    ],
)
def test_each_judges_every_unit(units: str, expected: str) -> None:
    assert credit(QUARTERS, f"{{units: {{quarter: {units}}}}}", stage="self_check") == expected


def test_each_closes_inside_units_too() -> None:
    given = "{units: {quarter: [{id: Q1, statements: {desk: true}}, {id: Q2}]}}"
    assert credit(QUARTERS, given, stage="inspection") == "1/2"


def test_each_names_the_unit_that_a_member_speaks_of() -> None:
    found = judge(
        QUARTERS,
        "{units: {quarter: [{id: Q1, statements: {desk: true}}, {id: Q2, statements: {desk: false}}]}}",
    )
    assert [(one.label, one.credit) for one in found.members] == [("Q1", (1, 1)), ("Q2", (0, 0))]


@pytest.mark.parametrize(("stage", "expected"), [("self_check", "[0, 1]"), ("inspection", "0")])
def test_units_that_were_not_submitted_are_undecided_then_closed(stage: str, expected: str) -> None:
    assert credit(QUARTERS, "{}", stage=stage) == expected


def test_units_said_to_be_none_do_not_apply() -> None:
    assert credit(QUARTERS, "{none: [quarter]}") == "n/a"


def test_each_reads_the_units_counts_not_the_subjects() -> None:
    check = (
        "{kind: group, each: quarter, "
        "check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 50%}}"
    )
    given = (
        "{counts: {buildings: 9, model_buildings: 9}, "
        "units: {quarter: [{id: Q1, counts: {buildings: 2, model_buildings: 1}}, "
        "{id: Q2, counts: {buildings: 3, model_buildings: 1}}]}}"
    )
    assert credit(check, given) == "1/2"


@pytest.mark.parametrize(
    ("form", "amount"),
    [
        pytest.param(f"all: [{YES}, {NO}, {NO}]", 2, id="all lacks two"),
        pytest.param(f"any: [{NO}, {NO}]", 1, id="any lacks one"),
        pytest.param(f"of: [{YES}, {NO}, {NO}], at_least: 2", 1, id="of lacks what is missing to its number"),
        pytest.param(
            f"all: [{YES}, {NO}, {NO}, {NO}], steps: [{{at_least: 2, credit: 1}}]",
            1,
            id="steps lack what the best one lacks",
        ),
        pytest.param(
            f"of: [{YES}, {NO}, {NO}, {NO}], steps: [{{at_least: 3, credit: 1}}]",
            2,
            id="so do the steps of a chosen number",
        ),
    ],
)
def test_the_shortfall_is_the_least_number_of_members_that_mends_it(form: str, amount: int) -> None:
    short = judge(f"{{kind: group, {form}}}", GIVEN).shortfall
    assert short is not None
    assert (short.code, short.amount) == ("members", amount)


def test_an_undecided_group_waits_for_what_its_members_wait_for() -> None:
    assert judge(f"{{kind: group, all: [{YES}, {OPEN}]}}", GIVEN).waits == "person"
    assert (
        judge(f"{{kind: group, all: [{YES}, {NO}]}}", "{statements: {desk: true}}", stage="self_check").waits
        == "evidence"
    )


def test_steps_inside_a_group_state_credit() -> None:
    member = "{kind: quantity, count: visits, steps: [{at_least: 2, credit: 1}, {at_least: 1, credit: 50%}]}"
    assert (
        credit(f"{{kind: group, all: [{member}, {YES}]}}", "{counts: {visits: 1}, statements: {desk: true}}")
        == "3/4"
    )


def test_a_units_statement_needs_no_attachment_of_its_own() -> None:
    check = "{kind: group, each: quarter, check: {kind: statement, statement: desk, attachment: required}}"
    found = judge(check, "{units: {quarter: [{id: Q1, statements: {desk: true}}]}}")
    assert found.members[0].reason == "met"


@pytest.mark.parametrize(
    "units",
    [
        "{id: Q1, statements: {desk: true}}",
        "{id: Q1, statements: {desk: true}}, {id: Q2, statements: {desk: true}}",
    ],
)
def test_a_group_that_holds_falls_short_of_nothing(units: str) -> None:
    assert judge(QUARTERS, f"{{units: {{quarter: [{units}]}}}}").shortfall is None


def test_a_group_says_whether_its_members_hold() -> None:
    assert judge(f"{{kind: group, all: [{YES}]}}", GIVEN).reason == "met"
    assert judge(f"{{kind: group, all: [{YES}, {NO}]}}", GIVEN).reason == "members_short"
    assert judge(f"{{kind: group, all: [{YES}, {OPEN}]}}", GIVEN).reason == "open_members"


@pytest.mark.parametrize(
    ("members", "possible"), [(f"[{NO}]", True), ("[{kind: quantity, events: meeting, at_least: 1}]", False)]
)
def test_a_group_can_be_mended_where_its_members_can(members: str, possible: bool) -> None:
    short = judge(
        f"{{kind: group, all: {members}}}", "{statements: {hotline: false}, none: [meeting]}"
    ).shortfall
    assert short is not None
    assert short.possible == possible


def test_one_member_that_cannot_be_mended_is_enough_to_spoil_all() -> None:
    missed = "{kind: quantity, events: meeting, at_least: 1}"
    short = judge(
        f"{{kind: group, all: [{NO}, {missed}]}}", "{statements: {hotline: false}, none: [meeting]}"
    ).shortfall
    assert short is not None
    assert not short.possible
