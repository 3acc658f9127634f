"""What holds of every ruleset, submission and score."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evaluator.assessment import assess
from evaluator.deductions import Loss
from evaluator.evaluate import Judgement, Program
from evaluator.facts import facts_of
from evaluator.finding import Finding, Interval
from evaluator.ruleset import Ruleset
from evaluator.score import Result, score
from tests.evaluator.building import CATALOGUE, check_of, judge, ruleset, submission
from tests.evaluator.strategies import (
    AS_OF,
    CREDITS,
    STAGES,
    checks,
    evidence,
    later,
    rulesets,
    sent,
    verdicts_of,
)

SHAPES = [
    "{}",
    "{model: flat}",
    "{model: absolute, total: 12, not_applicable: full}",
    "{model: absolute, total: 12, not_applicable: zero}",
]
CRITERION = "{section: %s, points: %s, level: %s, check: {kind: statement, statement: desk}}"
LOSSES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=2)


@st.composite
def scored(draw: st.DrawFn) -> tuple[Ruleset, list[Interval | None], tuple[Loss, ...]]:
    """A ruleset with a credit for each criterion and losses from the total: what ``score`` reads, without any check."""
    credits = draw(st.lists(CREDITS, min_size=1, max_size=6))
    lines = [
        CRITERION
        % (
            draw(st.sampled_from("ab")),
            draw(st.sampled_from(["1", "2.5", "4"])),
            draw(st.sampled_from(["must", "should", "may"])),
        )
        for _ in credits
    ]
    losses = [Loss(min(one), max(one), Finding("quantity", (), None, "met")) for one in draw(LOSSES)]
    listed = ", ".join(["{title: {zh: 扣, en: Lost}, each: {count: incidents}, lose: 1}"] * len(losses))
    scoring = draw(st.sampled_from(SHAPES))
    if losses:
        scoring = (
            scoring[:-1] + ("" if scoring == "{}" else ", ") + f"deductions: {{cap: 5, lines: [{listed}]}}}}"
        )
    caps = draw(st.sampled_from(["{}", '{a: "3"}', '{a: "1", b: "2"}']))
    return ruleset(f"[{', '.join(lines)}]", scoring, caps), credits, tuple(losses)


def result_of(rules: Ruleset, credits: list[Interval | None], losses: tuple[Loss, ...] = ()) -> Result:
    # A ruleset groups its criteria by section, so credits are dealt out in its order.
    return score(rules, Judgement(verdicts_of(rules, credits), losses))


def ends(found: Result) -> tuple[Fraction, Fraction] | None:
    return (
        None
        if found.score is None
        else (Fraction(found.score.score.floor), Fraction(found.score.score.ceiling))
    )


def summary(found: Result) -> tuple[Any, ...]:
    return ends(found), found.grade, found.accepted, set(found.vetoes)


@settings(max_examples=150)
@given(scored())
def test_a_score_is_an_interval_within_0_to_100(
    one: tuple[Ruleset, list[Interval | None], tuple[Loss, ...]],
) -> None:
    found = result_of(*one).score
    if found is not None:
        assert 0 <= found.score.floor <= found.score.ceiling <= 100
        assert 0 <= found.decided <= 1
        assert found.applicable > 0


@settings(max_examples=150)
@given(scored(), st.data())
def test_more_credit_for_one_criterion_never_lowers_a_score(
    one: tuple[Ruleset, list[Interval | None], tuple[Loss, ...]], choose: st.DataObject
) -> None:
    rules, credits, losses = one
    position = choose.draw(st.integers(0, len(credits) - 1))
    old = credits[position]
    assume(old is not None)
    assert old is not None
    floor = choose.draw(st.sampled_from([old.floor, old.ceiling, Fraction(1)]))
    better = Interval(floor, max(floor, choose.draw(st.sampled_from([old.ceiling, Fraction(1)]))))
    before = ends(result_of(rules, credits, losses))
    after = ends(result_of(rules, [*credits[:position], better, *credits[position + 1 :]], losses))
    if before is not None:
        assert after is not None
        assert after[0] >= before[0]
        assert after[1] >= before[1]


@given(scored(), st.sampled_from(["1", "7"]))
def test_what_does_not_apply_leaves_the_denominator(
    one: tuple[Ruleset, list[Interval | None], tuple[Loss, ...]], points: str
) -> None:
    rules, credits, losses = one
    assume(rules.scoring.model != "absolute")
    extra = ruleset(f"[{{id: extra, {CRITERION[1:] % ('z', points, 'must')}]").sections[0]
    wider = rules.model_copy(update={"sections": (*rules.sections, extra)})
    first, second = result_of(rules, credits, losses), result_of(wider, [*credits, None], losses)
    assert summary(first) == summary(second)
    if second.score is not None and first.score is not None:
        weight = 1 if rules.scoring.model == "flat" else Fraction(points)
        assert second.score.not_applicable == first.score.not_applicable + weight


@given(scored())
def test_what_is_encouraged_never_lowers_a_score(
    one: tuple[Ruleset, list[Interval | None], tuple[Loss, ...]],
) -> None:
    rules, credits, losses = one
    levels = [criterion.level for _, _, criterion in rules.criteria()]
    without = [None if level == "may" else credit for level, credit in zip(levels, credits, strict=True)]
    plain, with_bonus = ends(result_of(rules, without, losses)), ends(result_of(rules, credits, losses))
    if plain is not None and with_bonus is not None:
        assert with_bonus[0] >= plain[0]
        assert with_bonus[1] >= plain[1]
        assert with_bonus[1] <= plain[1] + 5


@given(scored())
def test_narrower_credits_make_a_narrower_score(
    one: tuple[Ruleset, list[Interval | None], tuple[Loss, ...]],
) -> None:
    rules, credits, losses = one
    decided = [None if credit is None else Interval(credit.ceiling, credit.ceiling) for credit in credits]
    wide, narrow = ends(result_of(rules, credits, losses)), ends(result_of(rules, decided, losses))
    if wide is not None and narrow is not None:
        assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


@given(scored())
def test_acceptance_and_grade_follow_the_ends(
    one: tuple[Ruleset, list[Interval | None], tuple[Loss, ...]],
) -> None:
    found = result_of(*one)
    limits = ends(found)
    if limits is not None:
        assert (found.accepted is True) == (limits[0] >= 90)
        assert (found.accepted is False) == (limits[1] < 90)
        grades = ["model" if end >= 90 else "rectify" if end >= 60 else "not_ready" for end in limits]
        assert found.grade == (grades[0] if grades[0] == grades[1] else None)


def judged(rules: Ruleset, found: dict[str, Any], as_of: date, stage: str) -> Judgement:
    one = sent(found)
    return Program(rules, CATALOGUE, one.period.span).judge(facts_of(one, as_of, stage, {"c1": 2}))  # type: ignore[arg-type]


@settings(max_examples=120)
@given(rulesets(), evidence(), AS_OF, STAGES)
def test_every_credit_is_an_interval_within_0_to_1(
    rules: Ruleset, found: dict[str, Any], as_of: date, stage: str
) -> None:
    done = judged(rules, found, as_of, stage)
    for verdict in done.verdicts:
        if verdict.credit is not None:
            assert 0 <= verdict.credit.floor <= verdict.credit.ceiling <= 1
            assert bool(verdict.waits) == (verdict.credit.floor < verdict.credit.ceiling), verdict
    total = score(rules, done).score
    if total is not None:
        assert 0 <= total.score.floor <= total.score.ceiling <= 100


@settings(max_examples=80)
@given(rulesets(), evidence(), AS_OF, STAGES, st.randoms(use_true_random=False))
def test_the_order_of_evidence_never_matters(
    rules: Ruleset, found: dict[str, Any], as_of: date, stage: str, random: Any
) -> None:
    mixed = {
        key: random.sample(value, len(value))
        if isinstance(value, list)
        else dict(random.sample(sorted(value.items()), len(value)))
        for key, value in found.items()
    }
    first, second = judged(rules, found, as_of, stage), judged(rules, mixed, as_of, stage)
    assert [one.credit for one in first.verdicts] == [one.credit for one in second.verdicts]
    assert [one.outcome for one in first.verdicts] == [one.outcome for one in second.verdicts]
    assert summary(score(rules, first)) == summary(score(rules, second))


@settings(max_examples=80)
@given(rulesets(), evidence(), AS_OF, STAGES, st.randoms(use_true_random=False))
def test_the_order_of_criteria_and_sections_never_matters(
    rules: Ruleset, found: dict[str, Any], as_of: date, stage: str, random: Any
) -> None:
    sections = [
        one.model_copy(update={"criteria": tuple(random.sample(one.criteria, len(one.criteria)))})
        for one in rules.sections
    ]
    mixed = rules.model_copy(update={"sections": tuple(random.sample(sections, len(sections)))})
    first, second = judged(rules, found, as_of, stage), judged(mixed, found, as_of, stage)
    by_id = {one.criterion.id: one.credit for one in second.verdicts}
    assert {one.criterion.id: one.credit for one in first.verdicts} == by_id
    assert summary(score(rules, first)) == summary(score(mixed, second))


@settings(max_examples=120)
@given(rulesets(), evidence(), AS_OF)
def test_closing_only_narrows_and_only_lowers_ceilings(
    rules: Ruleset, found: dict[str, Any], as_of: date
) -> None:
    early, late = judged(rules, found, as_of, "self_check"), judged(rules, found, as_of, "inspection")
    for one, other in zip(early.verdicts, late.verdicts, strict=True):
        assert (one.credit is None) == (other.credit is None)
        if one.credit is not None and other.credit is not None:
            assert one.credit.floor <= other.credit.floor
            assert other.credit.ceiling <= one.credit.ceiling
    first, second = ends(score(rules, early)), ends(score(rules, late))
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first[0] <= second[0] <= second[1] <= first[1]


@given(rulesets(), evidence(), AS_OF)
def test_the_later_stages_judge_alike(rules: Ruleset, found: dict[str, Any], as_of: date) -> None:
    stages = [judged(rules, found, as_of, stage) for stage in ("preliminary", "inspection", "final")]
    assert stages[0] == stages[1] == stages[2]


GROWING = [
    "{kind: quantity, events: meeting, at_least: 3}",
    "{kind: quantity, events: meeting, at_least: 4, credit: proportional}",
    "{kind: cadence, events: meeting, every: month}",
    "{kind: cadence, events: meeting, every: quarter, at_least: 2}",
    "{kind: cadence, events: meeting, every: half_year, credit: all_or_nothing}",
    "{kind: quantity, documents: rules, at_least: 2}",
    "{kind: document, documents: rules}",
    '{kind: document, documents: rules, issued_by: "08-31"}',
    "{kind: group, any: [{kind: document, documents: rules}, {kind: cadence, events: meeting, every: quarter}]}",
    "{kind: group, all: [{kind: document, documents: rules}, {kind: cadence, events: meeting, every: quarter}]}",
]


@settings(max_examples=150)
@given(st.sampled_from(GROWING), evidence(), AS_OF, STAGES, st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_adding_evidence_that_counts_never_lowers_a_floor(
    check: str, found: dict[str, Any], as_of: date, stage: str, day: date
) -> None:
    rules = ruleset(f"[{{check: {check}}}]")
    more = {
        **found,
        "events": [*found["events"], {"id": "E99", "type": "meeting", "date": str(day)}],
        "documents": [
            *found["documents"],
            {"id": "D99", "type": "rules", "issued": str(day), "files": ["a.pdf"]},
        ],
        "none": [one for one in found["none"] if one not in ("meeting", "rules")],
    }
    before = judged(rules, found, as_of, stage).verdicts[0].credit
    after = judged(rules, more, as_of, stage).verdicts[0].credit
    assert before is not None
    assert after is not None
    assert after.floor >= before.floor


@settings(max_examples=150)
@given(st.integers(1, 60), st.integers(0, 60), st.integers(1, 60), st.integers(1, 120))
def test_a_larger_part_never_lowers_a_ratio(whole: int, part: int, more: int, percent: int) -> None:
    for credit in ("", ", credit: proportional"):
        check = f"{{kind: ratio, numerator: visits, denominator: buildings, at_least: {percent}%{credit}}}"
        first = judge(check, f"{{counts: {{buildings: {whole}, visits: {part}}}}}").credit
        second = judge(check, f"{{counts: {{buildings: {whole}, visits: {part + more}}}}}").credit
        assert first is not None
        assert second is not None
        assert second.floor >= first.floor


@settings(max_examples=150)
@given(
    st.integers(1, 60),
    st.integers(0, 60),
    st.integers(1, 120),
    st.sampled_from(["at_least", "above", "at_most", "below"]),
)
def test_a_shortfall_made_up_is_exactly_enough(whole: int, part: int, percent: int, comparison: str) -> None:
    check = f"{{kind: ratio, numerator: visits, denominator: buildings, {comparison}: {percent}%}}"

    def short(number: int) -> Any:
        return judge(check, f"{{counts: {{buildings: {whole}, visits: {number}}}}}").shortfall

    found = short(part)
    assume(found is not None)
    step = 1 if found.code == "more" else -1
    assert found.amount >= 1
    enough = part + step * found.amount
    if enough >= 0:
        assert short(enough) is None
    assert short(enough - step) is not None


@settings(max_examples=120)
@given(
    st.sampled_from(
        [
            "{kind: cadence, events: meeting, every: quarter}",
            "{kind: cadence, events: meeting, every: month, steps: [{at_least: 6, credit: 1}, {at_least: 2, credit: 30%}]}",
            "{kind: quantity, events: meeting, at_least: 3}",
            "{kind: quantity, events: meeting, at_most: 2}",
            "{kind: quantity, events: meeting, steps: [{at_least: 6, credit: 0}, {at_least: 3, credit: 1}]}",
        ]
    ),
    evidence(),
    st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    st.integers(0, 200),
)
def test_time_that_passes_decides_but_never_contradicts(
    check: str, found: dict[str, Any], as_of: date, days: int
) -> None:
    # Whatever is done from now on, the credit of a later day lies within today's interval.
    rules = ruleset(f"[{{check: {check}}}]")
    assume(any(one["type"] == "meeting" for one in found["events"]))
    early = judged(rules, found, as_of, "inspection").verdicts[0].credit
    late = judged(rules, found, later(as_of, days), "inspection").verdicts[0].credit
    assert early is not None
    assert late is not None
    assert early.floor <= late.floor <= late.ceiling <= early.ceiling


@settings(max_examples=60)
@given(st.lists(checks(0), min_size=1, max_size=4), evidence(), AS_OF, STAGES, st.data())
def test_groups_keep_their_bounds(
    members: list[dict[str, Any]], found: dict[str, Any], as_of: date, stage: str, choose: st.DataObject
) -> None:
    number = choose.draw(st.integers(1, len(members)))
    one = sent(found)
    known = facts_of(one, as_of, stage, {})  # type: ignore[arg-type]

    def credit(group: dict[str, Any]) -> Interval | None:
        from pydantic import TypeAdapter

        from evaluator.checks import Check
        from evaluator.crediting import Context

        check = TypeAdapter(Check).validate_python({"kind": "group", **group})
        context = Context(one.period.span, one.period.to, CATALOGUE, criterion="c1")
        return check.compile(context)(known).credit

    every, best = credit({"all": members}), credit({"any": members})
    some, strict = (
        credit({"of": members, "at_least": number}),
        credit({"all": members, "credit": "all_or_nothing"}),
    )
    alone = [one for one in (credit({"all": [member]}) for member in members) if one is not None]
    if every is None or best is None or some is None or strict is None:
        assert not alone
        assert every is best is some is strict is None
        return
    for end in (0, 1):
        assert strict[end] <= every[end] <= some[end] <= best[end]
        assert best[end] == max(one[end] for one in alone)
        assert every[end] * len(alone) == sum(one[end] for one in alone)


@settings(max_examples=60)
@given(rulesets(), evidence(), AS_OF, STAGES)
def test_what_an_assessment_prints_compares_like_what_is_exact(
    rules: Ruleset, found: dict[str, Any], as_of: date, stage: str
) -> None:
    document = assess(rules, CATALOGUE, sent(found), stage=stage, as_of=as_of, ratings={"c1": 2}).document  # type: ignore[arg-type]
    if document["score"] is None:
        return
    for end in ("floor", "ceiling"):
        printed, exact = (
            Fraction(document["score"][end].rstrip("…")),
            Fraction(document["score"]["exact"][end]),
        )
        for grade in rules.scoring.grades:
            assert (printed >= grade.at_least.value) == (exact >= grade.at_least.value)
        assert abs(printed - exact) <= Fraction(1, 200)


@settings(max_examples=60)
@given(rulesets(), evidence(), AS_OF, STAGES)
def test_an_assessment_is_the_same_each_time_and_whatever_the_order_of_keys(
    rules: Ruleset, found: dict[str, Any], as_of: date, stage: str
) -> None:
    turned = {
        key: dict(reversed(value.items())) if isinstance(value, dict) else value
        for key, value in reversed(found.items())
    }
    first, second = (
        assess(rules, CATALOGUE, sent(one), stage=stage, as_of=as_of).document  # type: ignore[arg-type]
        for one in (found, turned)
    )
    assert first["submission"]["digest"] == second["submission"]["digest"]
    assert first["score"] == second["score"]
    assert assess(rules, CATALOGUE, sent(found), stage=stage, as_of=as_of).document == first  # type: ignore[arg-type]


@settings(max_examples=60)
@given(rulesets(), evidence(), AS_OF, STAGES)
def test_every_text_of_an_assessment_is_filled_in(
    rules: Ruleset, found: dict[str, Any], as_of: date, stage: str
) -> None:
    document = assess(rules, CATALOGUE, sent(found), stage=stage, as_of=as_of).document  # type: ignore[arg-type]
    for criterion in document["criteria"]:
        for finding in criterion["findings"]:
            for part in (
                finding["reason"],
                *(one["text"] for one in (finding["measured"], finding["required"]) if one),
            ):
                assert part["zh"], finding
                assert part["en"], finding
                assert not set("{}") & set(part["zh"] + part["en"]), finding


@pytest.mark.parametrize("stage", ["self_check", "preliminary", "inspection", "final"])
def test_nothing_at_all_can_be_judged(stage: str) -> None:
    rules = ruleset("[{check: {kind: statement, statement: desk}}]")
    found = assess(rules, CATALOGUE, submission(), stage=stage).document  # type: ignore[arg-type]
    assert found["criteria"][0]["outcome"] == "no_evidence"
    assert check_of("{kind: statement, statement: desk}")
