"""Two standards on the same evidence: how their demands stand to each other, and what one lacks where the other is met."""

from __future__ import annotations

import pytest

from evaluator.crosswalk import Side, crosswalk, lacking
from tests.evaluator.building import CATALOGUE, period_of, ruleset, submission

DATED = "at_least: {'2011-01-01': '5%', '2030-01-01': '8%'}"
SAME = "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: '5%'}"


def side(criteria: str, prefix: str = "c") -> Side:
    """A ruleset of these criteria, whose ids begin with ``prefix``."""
    rules = ruleset(criteria)
    sections = tuple(
        one.model_copy(
            update={
                "criteria": tuple(
                    each.model_copy(update={"id": each.id.replace("c", prefix, 1)}) for each in one.criteria
                )
            }
        )
        for one in rules.sections
    )
    return Side(rules.model_copy(update={"sections": sections}), CATALOGUE)


def relations(first: str, second: str) -> dict[str, str]:
    """How the demands of one criterion of each standard stand to each other, by item."""
    found = crosswalk(side(f"[{first}]"), side(f"[{second}]", "d"))
    return {item["id"]: item["relation"] for pair in found["pairs"] for item in pair["items"]}


def check(text: str) -> str:
    return f"{{check: {text}}}"


def ratio(way: str) -> str:
    return check(f"{{kind: ratio, numerator: model_buildings, denominator: buildings, {way}}}")


def meetings(text: str) -> str:
    return check(f"{{{text}, events: meeting}}")


def plan(way: str) -> str:
    return check(f"{{kind: document, documents: plan, {way}}}")


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (ratio("at_least: '5%'"), ratio("at_least: '5%'"), "same"),
        (ratio("at_least: '5%'"), ratio("at_least: '8%'"), "stricter"),
        (ratio("at_least: '8%'"), ratio("at_least: '5%'"), "looser"),
        (ratio("at_least: '5%'"), ratio("above: '5%'"), "stricter"),
        (ratio("at_most: '5%'"), ratio("at_most: '3%'"), "stricter"),
        (ratio("at_most: '5%'"), ratio("at_least: '5%'"), "differs"),
        (ratio("at_least: '5%', at_most: '9%'"), ratio("at_least: '5%'"), "looser"),
        (ratio("at_least: '5%'"), ratio("scale: {from: '1%', to: '5%'}"), "differs"),
        (ratio("at_least: '5%'"), ratio("scale: {from: '1%', to: '6%'}"), "stricter"),
        (ratio("at_least: '5%'"), ratio("steps: [{at_least: '9%', credit: 1}, {at_least: '2%', credit: '0.5'}]"), "stricter"),
        (ratio("at_least: '5%'"), ratio("at_least: '5%', credit: proportional"), "differs"),
        (ratio(DATED), ratio("at_least: '5%'"), "looser"),
    ],
)  # fmt: skip
def test_two_thresholds_on_one_ratio(first: str, second: str, wanted: str) -> None:
    found = relations(first, second)
    assert found == {"model_buildings": wanted, "buildings": wanted}


def test_a_dated_threshold_is_read_for_the_period_that_is_asked_about() -> None:
    both = side(f"[{ratio(DATED)}]"), side(f"[{check(SAME)}]", "d")
    [pair] = crosswalk(*both, period_of("2025-01-01/2025-12-31").span)["pairs"]
    assert {item["relation"] for item in pair["items"]} == {"same"}


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("kind: cadence, every: quarter", "kind: cadence, every: month", "stricter"),
        ("kind: cadence, every: month", "kind: cadence, every: half_year", "looser"),
        ("kind: cadence, every: quarter", "kind: quantity, at_least: '4'", "looser"),
        ("kind: cadence, every: quarter", "kind: quantity, at_least: '5'", "differs"),
        ("kind: quantity, at_least: '2'", "kind: cadence, every: quarter", "stricter"),
        ("kind: cadence, every: quarter, at_least: '2'", "kind: cadence, every: half_year, at_least: '4'", "looser"),
        ("kind: cadence, every: year", "kind: cadence, every: year, months: [9]", "stricter"),
        ("kind: cadence, every: quarter", "kind: cadence, every: year, months: [9]", "differs"),
        ("kind: cadence, every: quarter", "kind: cadence, every: quarter, credit: all_or_nothing", "differs"),
        ("kind: quantity, at_most: '2'", "kind: cadence, every: year", "differs"),
    ],
)  # fmt: skip
def test_two_rhythms_of_one_kind_of_event(first: str, second: str, wanted: str) -> None:
    assert relations(meetings(first), meetings(second)) == {"meeting": wanted}


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("state: in_force", "contains: []", "same"),
        ("contains: [goals]", "contains: [goals, tasks]", "stricter"),
        ("contains: [goals]", "contains: [tasks]", "differs"),
        ("state: in_force", "attachment: required", "stricter"),
        ("state: issued", "state: in_force", "differs"),
        ("issued_by: '06-30'", "issued_by: '03-31'", "stricter"),
        ("issued_by: '03-31'", "issued_by: '2025-03-31'", "differs"),
        ("issued_by: '03-31', contains: [goals]", "issued_by: '06-30'", "looser"),
    ],
)
def test_two_demands_on_one_kind_of_document(first: str, second: str, wanted: str) -> None:
    assert relations(plan(first), plan(second)) == {"plan": wanted}


def test_one_item_may_be_used_for_another_thing() -> None:
    desk = "{kind: statement, statement: desk}"
    assert relations(check(desk), f"{{applies_when: {desk}, check: {SAME}}}") == {"desk": "other"}
    turned = "{kind: ratio, numerator: buildings, denominator: families, at_least: '5%'}"
    assert relations(check(SAME), check(turned)) == {"buildings": "other"}


def test_of_several_demands_on_one_item_the_nearest_is_told() -> None:
    several = f"{{check: {{kind: group, all: [{SAME}, {SAME.replace('5%', '9%')}]}}}}"
    assert relations(several, check(SAME.replace("5%", "9%"))) == {
        "model_buildings": "same",
        "buildings": "same",
    }


def test_steps_in_points_of_the_criterion_are_compared_by_the_best() -> None:
    steps = "steps: [{at_least: '8%', points: '4'}, {at_least: '5%', points: '2'}]"
    several = (
        "{points: '4', check: {kind: ratio, numerator: model_buildings, denominator: buildings, "
        + steps
        + "}}"
    )
    assert relations(ratio("at_least: '8%'"), several) == {
        "model_buildings": "differs",
        "buildings": "differs",
    }
    assert relations(ratio("at_least: '5%'"), several) == {
        "model_buildings": "stricter",
        "buildings": "stricter",
    }


def test_what_is_only_counted_is_shared_too() -> None:
    deduct = "{deduct: [{each: {count: buildings}, lose: '1'}]}"
    assert relations(deduct, deduct) == {"buildings": "differs"}
    earn = "{earn: [{each: {events: meeting}, points: '1'}]}"
    assert relations(earn, meetings("kind: cadence, every: year")) == {"meeting": "differs"}


def test_lateness_is_compared_by_its_limit() -> None:
    late = "{{check: {{kind: lateness, documents: plan, due: '03-31', per: day, at_most: '{}'}}}}"
    assert relations(late.format(5), late.format(3)) == {"plan": "stricter"}
    assert relations(late.format(5), late.format(5).replace("03-31", "06-30")) == {"plan": "differs"}


def test_what_shares_nothing_stands_alone() -> None:
    found = crosswalk(
        side(f"[{check(SAME)}, {plan('contains: []')}]"),
        side(f"[{check(SAME)}, {meetings('kind: cadence, every: year')}]", "d"),
    )
    assert [(one["first"]["id"], one["second"]["id"]) for one in found["pairs"]] == [("c1", "d1")]
    assert [one["id"] for one in found["only_first"]] == ["c2"]
    assert [one["id"] for one in found["only_second"]] == ["d2"]
    assert [item["id"] for item in found["only_second"][0]["items"]] == ["meeting"]
    assert (found["first"]["criteria"], found["first"]["paired"], found["first"]["items"]) == (2, 1, 3)
    assert found["shared_items"] == 2


def test_an_item_that_two_catalogues_define_otherwise_is_marked() -> None:
    other = CATALOGUE.model_copy(
        update={
            "counts": {
                **CATALOGUE.counts,
                "buildings": CATALOGUE.counts["buildings"].model_copy(update={"whole_number": False}),
            }
        }
    )
    first, second = side(f"[{check(SAME)}]"), side(f"[{check(SAME)}]", "d")
    found = crosswalk(first, Side(second.ruleset, other))["pairs"][0]["items"]
    assert {item["id"]: item["same_definition"] for item in found} == {
        "model_buildings": True,
        "buildings": False,
    }


def test_what_is_lacking_is_what_nothing_was_said_of() -> None:
    first = side(f"[{check(SAME)}]")
    second = side(f"[{check(SAME)}, {meetings('kind: cadence, every: year')}, {plan('contains: []')}]", "d")
    sent = submission("{counts: {buildings: 40, model_buildings: 2}, none: [plan]}")
    found = lacking(sent, first, second)
    assert [(one["id"], one["outcome"], one["floor"]) for one in found["decided"]] == [
        ("d1", "satisfied", "1"),
        ("d3", "not_satisfied", "0"),
    ]
    assert [(one["id"], one["lacks"]) for one in found["open"]] == [("d2", ["meeting"])]
    [missing] = found["missing"]
    assert (missing["id"], missing["kind"], missing["criteria"]) == ("meeting", "events", ["d2"])
    assert (missing["points"], missing["also_first"], missing["by"]) == (
        "1",
        False,
        CATALOGUE.events["meeting"].held_by,
    )
    assert found["score"] == {"floor": "33.33", "ceiling": "66.67"}


def test_what_the_first_asks_for_too_and_nobody_submitted_is_marked() -> None:
    found = lacking(
        submission("{counts: {buildings: 40}}"), side(f"[{check(SAME)}]"), side(f"[{check(SAME)}]", "d")
    )
    assert [(one["id"], one["also_first"]) for one in found["missing"]] == [("model_buildings", True)]
