"""What can still be done: evidence in, actions out; nothing in the past, nothing that cannot be done."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evaluator.assessment import assess
from evaluator.entries import Document, Event, Statement
from evaluator.planning.actions import actions_of
from evaluator.planning.solving import solve
from evaluator.planning.world import World
from evaluator.ruleset import Ruleset
from tests.evaluator.building import CATALOGUE, ruleset, submitted
from tests.evaluator.strategies import STAGES, evidence, rulesets, sent

MEETINGS = "{kind: cadence, events: meeting, every: month}"


def options(check: str, given: str = "{}", as_of: str = "2025-10-15", **more: str) -> dict[str, list[str]]:
    """The actions for one criterion with ``check``, each option in a line."""
    telling = "".join(f", {key}: {value}" for key, value in more.items())
    world = World(
        ruleset(f"[{{check: {check}{telling}}}]"), CATALOGUE, submitted(given), date.fromisoformat(as_of)
    )
    return {action.id: [shown(option) for option in action.options] for action in actions_of(world)}


def shown(option: Any) -> str:
    visits = " ".join(f"{one.start:%m%d}-{one.end:%m%d}x{one.times}" for one in option.visits)
    parts = "+".join(option.parts)
    words = [option.code, str(option.to) if option.to is not None else "", visits, parts]
    words += (
        ["attach"] * option.attached
        + [option.document, f"by {option.due:%m%d}"]
        + ["assumed"] * option.assumed
    )
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(
    ("check", "given", "expected"),
    [
        pytest.param(MEETINGS, '{events: [{id: E1, type: meeting, date: "2025-01-09"}]}',
                     {"event:meeting": ["hold 1016-1031x1 1101-1130x1 1201-1231x1 by 1231"]},
                     id="one in each month that is not over"),
        pytest.param("{kind: cadence, events: meeting, every: month, at_least: 2}",
                     '{events: [{id: E1, type: meeting, date: "2025-10-09"}]}',
                     {"event:meeting": ["hold 1016-1031x1 1101-1130x2 1201-1231x2 by 1231"]},
                     id="what a month still lacks"),
        pytest.param(MEETINGS, "{}", {"event:meeting": ["hold 1016-1031x1 1101-1130x1 1201-1231x1 by 1231"]},
                     id="nothing reported yet"),
        pytest.param("{kind: cadence, events: meeting, every: quarter}", "{none: [meeting]}",
                     {"event:meeting": ["hold 1016-1231x1 by 1231"]}, id="one in the quarter that is open"),
        pytest.param("{kind: cadence, events: meeting, every: year, months: [9]}", "{none: [meeting]}", {},
                     id="a September that is over is never made up"),
        pytest.param("{kind: cadence, events: meeting, every: month, credit: all_or_nothing}", "{none: [meeting]}", {},
                     id="no meeting where a missed month has lost everything"),
        pytest.param("{kind: cadence, events: meeting, every: month, steps: [{at_least: 2, credit: 1}]}", "{none: [meeting]}",
                     {"event:meeting": ["hold 1016-1031x1 1101-1130x1 by 1130"]}, id="no more than a step asks for"),
        pytest.param("{kind: quantity, events: meeting, at_least: 3}", '{events: [{id: E1, type: meeting, date: "2025-01-09"}]}',
                     {"event:meeting": ["hold 1016-1231x2 by 1231"]}, id="a number of events until the end of the period"),
        pytest.param("{kind: quantity, events: meeting, at_most: 0}",
                     '{events: [{id: E1, type: meeting, date: "2025-01-09"}]}', {},
                     id="what was held is not undone"),
        pytest.param(f"{{kind: group, all: [{MEETINGS}, {{kind: quantity, events: meeting, at_least: 5}}]}}", "{none: [meeting]}",
                     {"event:meeting": ["hold 1016-1031x1 1101-1130x1 1016-1231x2 1201-1231x1 by 1231"]},
                     id="one event serves its month and the number"),
    ],
)  # fmt: skip
def test_events_that_can_still_be_held(check: str, given: str, expected: dict[str, list[str]]) -> None:
    assert options(check, given) == expected


@pytest.mark.parametrize(
    ("check", "given", "expected"),
    [
        pytest.param("{kind: document, documents: plan, contains: [goals, tasks], attachment: required}", "{}",
                     {"document:plan": ["issue goals+tasks attach by 1231"]}, id="issued whole"),
        pytest.param("{kind: document, documents: plan, contains: [goals, tasks]}",
                     '{documents: [{id: D1, type: plan, issued: "2025-02-01", contains: [goals]}]}',
                     {"document:plan": ["complete tasks D1 by 1231"]}, id="completed by what it lacks"),
        pytest.param("{kind: document, documents: rules, attachment: required}",
                     '{documents: [{id: D1, type: rules, issued: "2020-02-01"}]}',
                     {"document:rules": ["complete attach D1 by 1231"]}, id="attached"),
        pytest.param('{kind: document, documents: rules, issued_by: "11-30"}', "{none: [rules]}",
                     {"document:rules": ["issue by 1130"]}, id="issued by its deadline"),
        pytest.param('{kind: document, documents: rules, issued_by: "08-31"}', "{none: [rules]}", {},
                     id="never after its deadline"),
        pytest.param('{kind: document, documents: plan, issued_by: "08-31", contains: [goals]}',
                     '{documents: [{id: D1, type: plan, issued: "2025-08-01"}]}', {},
                     id="what it did not say by its deadline is not added"),
        pytest.param('{kind: document, documents: plan, issued_by: "08-31", attachment: required}',
                     '{documents: [{id: D1, type: plan, issued: "2025-08-01"}]}',
                     {"document:plan": ["complete attach D1 by 1231"]}, id="an attachment is still added"),
        pytest.param("{kind: document, documents: permit}",
                     '{documents: [{id: D1, type: permit, issued: "2024-01-01", valid_to: "2025-11-30"}]}',
                     {"document:permit": ["renew by 1231"]}, id="renewed before it expires"),
        pytest.param("{kind: document, documents: rules}", "{documents: [{id: D1, type: rules}]}", {},
                     id="a document without a date waits for a person"),
        pytest.param("{kind: quantity, documents: rules, at_least: 3}",
                     '{documents: [{id: D1, type: rules, issued: "2025-02-01"}]}',
                     {"document:rules": ["issue by 1231"]}, id="as many as are lacking"),
        pytest.param('{kind: group, all: [{kind: document, documents: plan, issued_by: "11-30"}, '
                     "{kind: document, documents: plan, contains: [tasks]}]}", "{}",
                     {"document:plan": ["issue tasks by 1130"]}, id="one document serves two checks"),
        pytest.param("{kind: document, documents: rules}", '{documents: [{id: D1, type: rules, issued: "2025-11-01"}]}',
                     {"document:rules": ["issue by 1231"]}, id="what is only announced is still to be issued"),
    ],
)  # fmt: skip
def test_documents_that_can_still_be_issued(check: str, given: str, expected: dict[str, list[str]]) -> None:
    assert options(check, given) == expected


@pytest.mark.parametrize(
    ("check", "given", "expected"),
    [
        pytest.param("{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}",
                     "{counts: {buildings: 40, model_buildings: 1}}", {"count:model_buildings": ["raise 2 by 1231"]},
                     id="raised"),
        pytest.param("{kind: ratio, numerator: model_buildings, denominator: buildings, steps: "
                     "[{at_least: 200%, credit: 1}, {at_least: 50%, credit: 40%}]}",
                     "{counts: {buildings: 4, model_buildings: 0}}", {"count:model_buildings": ["raise 2 by 1231"]},
                     id="to the best step within the whole"),
        pytest.param("{kind: quantity, count: visits, at_most: 3}", "{counts: {visits: 5}}",
                     {"count:visits": ["lower 3 by 1231"]}, id="lowered"),
        pytest.param("{kind: quantity, count: incidents, equals: 0}", "{counts: {incidents: 1}}",
                     {"count:incidents": ["lower 0 by 1231"]}, id="brought down to none"),
        pytest.param("{kind: change, count: incidents, direction: falls, by: 50%}",
                     "{counts: {incidents: 5}, previous: {counts: {incidents: 6}}}",
                     {"count:incidents": ["lower 3 by 1231"]}, id="against the period before"),
        pytest.param("{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}",
                     "{counts: {buildings: 40}}", {"count:model_buildings": ["report 2 by 1231 assumed"]}, id="reported"),
        pytest.param("{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 50%}", "{}",
                     {"count:model_buildings": ["report 1 by 1231 assumed"], "count:buildings": ["report 1 by 1231 assumed"]},
                     id="both to be reported"),
        pytest.param("{kind: quantity, count: budget, above: 5}", "{counts: {budget: 5}}",
                     {"count:budget": ["raise 501/100 by 1231"]}, id="just above"),
        pytest.param("{kind: ratio, numerator: visits, denominator: buildings, at_least: 200%, minimum_sample: 9}",
                     "{counts: {buildings: 4, visits: 1}}", {}, id="a small sample waits for a person"),
        pytest.param("{kind: statement, statement: hotline, attachment: required}", "{}",
                     {"statement:hotline": ["put attach by 1231"]}, id="a statement put in place"),
        pytest.param("{kind: group, each: quarter, check: {kind: quantity, count: visits, at_least: 2}}",
                     "{units: {quarter: [{id: Q1, counts: {visits: 1}}, {id: Q2, counts: {visits: 2}}, {id: Q3}]}}",
                     {"unit:quarter:visits": ["put by 1231"]}, id="the units that fall short"),
    ],
)  # fmt: skip
def test_figures_and_statements(check: str, given: str, expected: dict[str, list[str]]) -> None:
    assert options(check, given) == expected


def test_what_a_prohibition_forbids_cannot_be_undone() -> None:
    check, given = "{kind: quantity, count: incidents, at_most: 0}", "{counts: {incidents: 1}}"
    assert options(check, given, nature="prohibition") == {}
    assert options(check, "{}", nature="prohibition") == {"count:incidents": ["report 0 by 1231 assumed"]}


def test_a_condition_is_a_fact_and_no_action() -> None:
    check = "{kind: statement, statement: desk}"
    assert options(check, "{}", applies_when="{kind: statement, statement: hotline}") == {
        "statement:desk": ["put by 1231"]
    }


@pytest.mark.parametrize("as_of", ["2025-12-31", "2026-01-20"])
def test_nothing_can_be_done_once_the_period_is_over(as_of: str) -> None:
    for check in (MEETINGS, "{kind: document, documents: rules}", "{kind: statement, statement: desk}"):
        assert options(check, "{none: [meeting, rules]}", as_of) == {}


def test_before_the_period_everything_is_open_from_its_first_day() -> None:
    found = options("{kind: cadence, events: meeting, every: quarter}", "{none: [meeting]}", "2024-11-30")
    assert found == {"event:meeting": ["hold 0101-0331x1 0401-0630x1 0701-0930x1 1001-1231x1 by 1231"]}


AS_OF = st.dates(date(2024, 12, 1), date(2025, 12, 30))


@given(rulesets(), evidence(), STAGES, AS_OF)
def test_nothing_is_planned_before_the_data_date_or_after_the_period(
    rules: Ruleset, found: dict[str, Any], stage: Any, day: date
) -> None:
    world = World(rules, CATALOGUE, sent(found), day, stage=stage)
    before = {one.id for one in (*world.submission.events, *world.submission.documents)}
    for action in actions_of(world):
        for option in action.options:
            dates = [option.due, *(visit.end for visit in option.visits)]
            if option.change.kind == "events":
                dates += [one.date for one in option.change.entries if one.id not in before]
            if option.change.kind == "documents":
                dates += [one.issued for one in option.change.entries if one.id not in before]
            assert all(max(day, date(2024, 12, 31)) < one <= date(2025, 12, 31) for one in dates)


# Checks of which more evidence never earns less.
KINDLY = [
    "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}",
    "{kind: ratio, numerator: model_buildings, denominator: buildings, scale: {from: 10%, to: 60%}}",
    "{kind: ratio, numerator: visits, denominator: buildings, at_least: 200%, credit: proportional}",
    "{kind: quantity, count: visits, steps: [{above: 9, credit: 1}, {at_least: 4, credit: 40%}]}",
    "{kind: quantity, events: meeting, at_least: 3}",
    "{kind: quantity, documents: rules, steps: [{at_least: 2, credit: 1}, {at_least: 1, credit: 40%}]}",
    "{kind: cadence, events: meeting, every: quarter}",
    "{kind: cadence, events: meeting, every: year, months: [3, 9, 11], at_least: 2}",
    "{kind: cadence, events: training, every: half_year, at_least: 2, credit: all_or_nothing}",
    "{kind: cadence, events: training, every: month, steps: [{at_least: 50%, credit: 1}, {at_least: 3, credit: 30%}]}",
    "{kind: document, documents: plan, contains: [goals], attachment: required}",
    "{kind: document, documents: plan, contains: [tasks], state: issued}",
    '{kind: document, documents: rules, issued_by: "08-31"}',
    '{kind: document, documents: rules, issued_by: "11-15", attachment: required}',
    "{kind: document, documents: permit, state: in_force}",
    "{kind: statement, statement: desk}",
    "{kind: statement, statement: hotline, attachment: required}",
]


@st.composite
def kindly(draw: st.DrawFn) -> Ruleset:
    """A ruleset in which more evidence never hurts: checks, alone and in groups of every form, some required by others."""
    criteria = []
    for n in range(draw(st.integers(1, 4))):
        members = draw(st.lists(st.sampled_from(KINDLY), min_size=1, max_size=3))
        form = draw(st.sampled_from(["all", "any", "of"]))
        more = (
            ", at_least: 1"
            if form == "of"
            else ", credit: all_or_nothing"
            if draw(st.booleans()) and form == "all"
            else ""
        )
        check = members[0] if len(members) == 1 else f"{{kind: group, {form}: [{', '.join(members)}]{more}}}"
        requires = f", requires: [c{n}]" if n and draw(st.booleans()) else ""
        criteria.append(f"{{check: {check}, points: {draw(st.sampled_from(['1', '2', '0.5']))}{requires}}}")
    return ruleset(f"[{', '.join(criteria)}]")


@given(kindly(), evidence(), st.sampled_from(["self_check", "inspection"]), AS_OF)
def test_no_evidence_whatever_earns_more_than_all_actions(
    rules: Ruleset, found: dict[str, Any], stage: Any, day: date
) -> None:
    """All that anybody could still hold, issue, count and say, against the actions.

    A document without its day or its term waits for a person; a score of nothing is no score.
    """
    found["documents"] = [
        one for one in found["documents"] if one["issued"] and (one["valid_to"] or one["type"] != "permit")
    ]
    world = World(rules, CATALOGUE, sent(found), day, stage=stage)
    most = solve(world, actions_of(world)).most()
    ideal = assess(rules, CATALOGUE, everything(world), stage=stage, as_of=date(2025, 12, 31)).result.score
    assume(most is not None and ideal is not None)
    _, result = world.result(one.change for one in most.choices())
    assert result.score.score.floor == ideal.score.floor


def everything(world: World) -> Any:
    """The submission with everything that could still be added after the data date."""
    first = world.first
    days = [date(2025, month, monthrange(2025, month)[1]) for month in range(1, 13)]
    days = [one for one in days if one >= first]
    events = tuple(
        Event(id=f"X{n}-{k}-{name}", type=name, date=one)
        for n, one in enumerate(days)
        for k in range(4)
        for name in ("meeting", "training")
    )
    documents = tuple(
        Document(id=f"Y{n}-{k}-{name}", type=name, issued=one, valid_to=date(2026, 12, 31), files=("a.pdf",),
                 contains=("goals", "tasks") if name == "plan" else ())
        for n, one in enumerate([first, *days])
        for k in range(3)
        for name in ("plan", "rules", "permit")
    )  # fmt: skip
    own = world.submission
    completed = tuple(
        one.model_copy(
            update={"contains": ("goals", "tasks") if one.type == "plan" else (), "files": ("a.pdf",)}
        )
        if one.type != "rules"
        else one
        for one in own.documents
    )
    statements = tuple(
        Statement(id=f"Z{name}", type=name, value=True, files=("a.jpg",)) for name in ("desk", "hotline")
    )
    buildings = (
        max(own.counts.get("buildings", 1), 1) if "buildings" not in own.counts else own.counts["buildings"]
    )
    counts = {**own.counts, "buildings": buildings, "model_buildings": max(buildings, own.counts.get("model_buildings", 0)),
              "visits": 1000, "incidents": own.counts.get("incidents", 0)}  # fmt: skip
    return own.model_copy(
        update={
            "events": (*own.events, *events),
            "documents": (*completed, *documents),
            "statements": statements,
            "counts": counts,
            "none": (),
        }
    )
