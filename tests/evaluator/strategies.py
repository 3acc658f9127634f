"""Random rulesets, evidence and verdicts for the property tests, small enough to read when one fails."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from evaluator.evaluate import Verdict
from evaluator.finding import Interval, outcome_of
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission
from tests.evaluator.building import criterion, data, ruleset, section

CHECKS = [
    "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}",
    "{kind: ratio, numerator: model_buildings, denominator: buildings, scale: {from: 10%, to: 60%}, minimum_sample: 3}",
    "{kind: ratio, numerator: visits, denominator: buildings, at_least: 200%, credit: proportional}",
    "{kind: quantity, count: incidents, equals: 0}",
    "{kind: quantity, events: meeting, at_least: 3}",
    "{kind: quantity, events: meeting, at_most: 2}",
    "{kind: quantity, documents: rules, steps: [{at_least: 2, credit: 1}, {at_least: 1, credit: 40%}]}",
    "{kind: cadence, events: meeting, every: quarter}",
    "{kind: cadence, events: training, every: half_year, at_least: 2, credit: all_or_nothing}",
    "{kind: cadence, events: training, every: month, steps: [{at_least: 50%, credit: 1}, {at_least: 3, credit: 30%}]}",
    "{kind: document, documents: plan, contains: [goals], attachment: required}",
    '{kind: document, documents: rules, issued_by: "08-31"}',
    "{kind: document, documents: permit, state: issued}",
    '{kind: lateness, documents: plan, due: "04-30", at_most: 0}',
    '{kind: lateness, documents: rules, due: "02-28", per: month, scale: {from: 6, to: 0}}',
    "{kind: statement, statement: desk}",
    "{kind: statement, statement: hotline, attachment: required}",
    (
        "{kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 50%, text: {zh: 中}}, "
        "{level: 3, credit: 1, text: {zh: 好}}]}"
    ),
    "{kind: change, count: incidents, direction: falls, by: 5%}",
    "{kind: group, each: quarter, check: {kind: statement, statement: desk}}",
    "{kind: group, each: quarter, check: {kind: quantity, count: visits, at_least: 2}, credit: all_or_nothing}",
]
CONDITIONS = [
    "{kind: subject, attribute: class, in: [rural]}",
    "{kind: quantity, count: buildings, at_least: 1}",
    "{kind: group, any: [{kind: subject, attribute: class, in: [rural]}, {kind: statement, statement: hotline}]}",
]
VETOES = ["{}", "{veto_effect: end}", "{veto_effect: cap, veto_grade: rectify}"]
START, END = date(2025, 1, 1), date(2025, 12, 31)
DAYS = st.dates(date(2024, 10, 1), date(2026, 2, 1)).map(str)
AS_OF = st.dates(date(2024, 12, 1), date(2026, 1, 31))
STAGES = st.sampled_from(["self_check", "preliminary", "inspection", "final"])
POINTS = st.sampled_from(["1", "2", "3", "0.5"])
SHARES = st.sampled_from([Fraction(n, d) for d in (1, 2, 3, 7) for n in range(d + 1)])
CREDITS = st.none() | st.tuples(SHARES, SHARES).map(lambda one: Interval(min(one), max(one)))


@st.composite
def checks(draw: st.DrawFn, depth: int = 1) -> dict[str, Any]:
    """A check, sometimes a group of others."""
    form = draw(st.sampled_from(["one", "one", "one", "all", "any", "of"])) if depth else "one"
    if form == "one":
        return data(draw(st.sampled_from(CHECKS)))
    members = draw(st.lists(checks(depth - 1), min_size=1, max_size=3))
    if form == "of":
        return {"kind": "group", "of": members, "at_least": draw(st.integers(1, len(members)))}
    return {"kind": "group", form: members}


@st.composite
def criteria(draw: st.DrawFn, name: str = "c1", requires: tuple[str, ...] = ()) -> dict[str, Any]:
    """A criterion: a check, a deduction or alternatives, perhaps with a condition and prerequisites."""
    level = draw(st.sampled_from(["must", "must", "should", "may"]))
    points = draw(POINTS)
    found = {**criterion("{}"), "id": name, "points": points, "level": level, "requires": list(requires)}
    if level != "may":
        found["veto"] = draw(st.booleans())
    if found.get("veto"):
        found |= data(draw(st.sampled_from(VETOES)))
    if level != "may" and draw(st.integers(0, 9)) == 0:
        return {**found, "points": "0", "check": draw(checks())}
    if draw(st.integers(0, 3)) == 0:
        found["applies_when"] = data(draw(st.sampled_from(CONDITIONS)))
    form = draw(st.sampled_from(["check", "check", "check", "deduct", "best_of", "earn"]))
    if form == "check":
        return {**found, "check": draw(checks())}
    if form == "best_of":
        return {
            **found,
            "best_of": [
                {"check": draw(checks(0)), "points": "0.5"},
                {"check": draw(checks(0)), "points": points},
            ],
        }
    if form == "earn":
        earnings: list[dict[str, Any]] = [
            {"each": {"count": "visits"}, "points": "0.2", "cap": "1"},
            {"each": {"events": "training"}, "points": "0.25"},
            {"each": {"documents": "rules"}, "points": "0.5"},
            {"when": draw(checks(0)), "points": "0.5"},
        ]
        return {**found, "earn": draw(st.lists(st.sampled_from(earnings), min_size=1, max_size=3))}
    return {**found, "deduct": draw(deductions())}


@st.composite
def deductions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Lines that take points."""
    lines: list[dict[str, Any]] = [
        {"unless": draw(checks(0)), "lose": draw(st.sampled_from(["0.5", "all"]))},
        {"each": {"count": "incidents"}, "lose": "0.25", "cap": "1"},
        {"each": {"events": "training"}, "lose": "0.25"},
        {"each_missed": data("{kind: cadence, events: meeting, every: quarter}"), "lose": "0.25"},
        {
            "each_above": data('{kind: lateness, documents: plan, due: "04-30", at_most: 0}'),
            "step": "10",
            "part_step": "full",
            "lose": "0.25",
        },
        {
            "each_above": data("{kind: quantity, events: training, at_most: 1}"),
            "step": "1",
            "part_step": "ignore",
            "lose": "0.25",
            "cap": "1",
        },
    ]
    return draw(st.lists(st.sampled_from(lines), min_size=1, max_size=3))


@st.composite
def rulesets(draw: st.DrawFn) -> Ruleset:
    """A ruleset of up to six criteria in up to two sections, with caps, bonus and deductions at times."""
    count = draw(st.integers(1, 6))
    names = [f"c{n}" for n in range(1, count + 1)]
    found = []
    for n, name in enumerate(names):
        requires = (names[n - 1],) if n and draw(st.integers(0, 4)) == 0 else ()
        found.append(draw(criteria(name, requires)))
    scoring = draw(
        st.sampled_from(
            [
                "{}",
                "{model: flat}",
                "{model: absolute, total: 8, not_applicable: full}",
                "{model: absolute, total: 8, not_applicable: zero}",
                "{bonus: null}",
                "{deductions: {cap: 10, lines: [{title: {zh: 扣, en: Lost}, each: {count: incidents}, lose: 3}]}}",
            ]
        )
    )
    cut = draw(st.integers(0, count))
    cap = draw(st.sampled_from([None, None, "2"]))
    parts = [section("a", found[:cut], cap), section("b", found[cut:])]
    if draw(st.integers(0, 2)) == 0:
        title = {"zh": "类目扣分", "en": "Lost"}
        parts[1]["deductions"] = [{"title": title, **line} for line in draw(deductions())]
    base = ruleset("[]", scoring).model_dump(by_alias=True)
    return Ruleset.model_validate({**base, "sections": [part for part in parts if part["criteria"]]})


@st.composite
def evidence(draw: st.DrawFn) -> dict[str, Any]:
    """What a subject submits; each item is present or absent."""
    counts = {
        name: draw(st.integers(0, 12))
        for name in ("buildings", "model_buildings", "visits", "incidents")
        if draw(st.integers(0, 3))
    }
    events = [
        {"id": f"E{n}", "type": draw(st.sampled_from(["meeting", "training"])), "date": draw(DAYS)}
        for n in range(draw(st.integers(0, 7)))
    ]
    documents = [
        {
            "id": f"D{n}",
            "type": draw(st.sampled_from(["plan", "rules", "permit"])),
            "issued": draw(st.none() | DAYS),
            "valid_to": draw(st.none() | DAYS),
            "contains": draw(st.sampled_from([[], ["goals"]])),
            "files": draw(st.sampled_from([[], ["a.pdf"]])),
        }
        for n in range(draw(st.integers(0, 4)))
    ]
    for paper in documents:
        if paper["type"] != "plan":
            paper["contains"] = []
    statements = [
        {
            "id": f"S{name}",
            "type": name,
            "value": draw(st.booleans()),
            "files": draw(st.sampled_from([[], ["b.jpg"]])),
        }
        for name in ("desk", "hotline")
        if draw(st.booleans())
    ]
    present = {one["type"] for one in [*events, *documents]}
    none = [
        name
        for name in ("meeting", "training", "rules", "plan")
        if name not in present and draw(st.booleans())
    ]
    units = [
        {"id": f"Q{n}", "statements": draw(st.sampled_from([{}, {"desk": True}, {"desk": False}])),
         "counts": draw(st.sampled_from([{}, {"visits": 1}, {"visits": 2}]))}
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    return {
        "counts": counts,
        "previous": {"counts": draw(st.sampled_from([{}, {"incidents": 0}, {"incidents": 5}]))},
        "events": events,
        "documents": documents,
        "statements": statements,
        "none": none,
        "units": {"quarter": units} if units else {},
        "attributes": draw(st.sampled_from([{}, {"class": "rural"}, {"class": "urban"}])),
    }


def sent(found: dict[str, Any]) -> Submission:
    """``evidence`` as a submission."""
    rest = {key: value for key, value in found.items() if key != "attributes"}
    return Submission.model_validate(
        {
            "submission": 1,
            "subject": {"id": "demo", "name": "示例", "kind": "community", "attributes": found["attributes"]},
            "period": {"from": str(START), "to": str(END)},
            **rest,
        }
    )


def verdicts_of(rules: Ruleset, credits: list[Interval | None]) -> tuple[Verdict, ...]:
    """Verdicts of ``rules`` with ``credits``."""
    return tuple(
        Verdict(one, credit, outcome_of(credit, ()), (), ())
        for (_, _, one), credit in zip(rules.criteria(), credits, strict=True)
    )


def later(day: date, days: int) -> date:
    """``days`` after ``day``."""
    return day + timedelta(days=days)
