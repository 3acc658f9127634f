"""A plan of a sample: what counts as a risk, how strata are made, what is checked on the spot."""

from __future__ import annotations

from typing import Any

import pytest

from evaluator.assessment import assess
from evaluator.errors import Words
from evaluator.integrity import Observation
from evaluator.ruleset import Ruleset
from evaluator.sampling import Candidate, FileSent, candidate, plan, with_shared_files
from evaluator.sampling.plan import Wanted, region_level
from evaluator.sampling.spot_checks import chosen
from evaluator.submission import Submission
from tests.evaluator.building import CATALOGUE, data, ruleset

Json = dict[str, Any]
DESK = "check: {kind: statement, statement: desk}"
SHARE = "check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 50%}"
MEETINGS = "check: {kind: quantity, events: meeting, at_least: 2}"
RATED = "check: {kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 1, text: {zh: 好}}]}"
RULES = f"[{{points: 9, {DESK}}}, {{points: 1, {SHARE}}}]"


def sent(given: str = "{}", name: str = "a", region: tuple[str, ...] = ("省", "市")) -> Submission:
    return Submission.model_validate(
        {
            "submission": 1,
            "subject": {"id": name, "name": f"{name}社区", "kind": "community", "region": list(region)},
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
            **data(given),
        }
    )


def risks(given: str, criteria: str = RULES, **more: Any) -> list[tuple[str, str]]:
    found = candidate(ruleset(criteria), CATALOGUE, sent(given), **more)
    return [(one.code, one.text.zh) for one in found.risks]


YES = "{id: S1, type: desk, value: true}"
NO = "{id: S1, type: desk, value: false}"


def test_a_score_near_the_pass_mark_is_a_risk_and_one_far_from_it_is_none() -> None:
    near = risks(f"{{statements: [{YES}]}}")
    assert near == [("near_threshold", "自评 90.00 分，距达标线 90 分不超过 3 分")]
    assert risks(f"{{statements: [{NO}]}}") == []
    assert risks(f"{{statements: [{YES}], counts: {{buildings: 2, model_buildings: 1}}}}") == []


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (f"{{statements: [{NO}]}}", "veto_failed", "一票否决项未达标：标题"),
        ("{}", "veto_undecided", "1 项一票否决项待定"),
    ],
)
def test_a_veto_that_failed_or_is_open_is_a_risk(given: str, code: str, words: str) -> None:
    assert (code, words) in risks(given, f"[{{veto: true, {DESK}}}]")


@pytest.mark.parametrize(
    ("before", "now", "rose"),
    [(10, 21, True), (10, 20, False), (3, 12, False), (0, 10, True), (0, 9, False), (5, 5, False)],
)
def test_a_count_that_more_than_doubled_by_ten_or_more_rose_suddenly(
    before: int, now: int, rose: bool
) -> None:
    found = risks(f"{{counts: {{buildings: {now}}}, previous: {{counts: {{buildings: {before}}}}}}}")
    assert (("sudden_rise", f"比上期骤增：楼组总数由 {before} 增至 {now}") in found) == rose


def test_findings_on_the_evidence_are_a_risk() -> None:
    seen = [Observation("set_aside", (), Words("填报有误", "faulty"))]
    assert risks("{}", observations=seen) == [("integrity", "填报提示 1 条")]


def test_a_file_that_two_sent_is_a_risk_of_both_and_of_no_third() -> None:
    rules = ruleset(RULES)
    files = {
        "a": [FileSent("x", ("E1",)), FileSent("y", ("E2",))],
        "b": [FileSent("x")],
        "c": [FileSent("z", ("E1",)), FileSent("z", ("E2",))],
    }
    found = with_shared_files(
        candidate(rules, CATALOGUE, sent(name=name), files=own) for name, own in files.items()
    )
    assert [one.shared for one in found] == [("E1",), (), ()]
    assert [[risk.text.zh for risk in one.risks] for one in found] == [
        ["1 个文件与b的相同"],
        ["1 个文件与a的相同"],
        [],
    ]


@pytest.mark.parametrize(
    ("regions", "level"),
    [
        ([("云南省", "昆明市", "五华区"), ("云南省", "昆明市", "盘龙区")], 3),
        ([("云南省", "昆明市", "五华区"), ("云南省", "玉溪市")], 2),
        ([("云南省",), ("云南省",)], 0),
        ([(), ()], 0),
        ([(), ("云南省",)], 1),
    ],
)
def test_regions_are_told_apart_at_the_first_level_that_differs(regions, level) -> None:
    found = [Candidate(str(n), "", one, "", None, None, (), (), ()) for n, one in enumerate(regions)]
    assert region_level(found) == level


def planned(rules: Ruleset, submissions: list[Submission], wanted: Wanted) -> Json:
    by_id = {one.subject.id: one for one in submissions}
    return plan(
        [candidate(rules, CATALOGUE, one) for one in submissions],
        rules,
        wanted,
        lambda name: assess(rules, CATALOGUE, by_id[name]).document,
    )


def test_the_plan_lists_strata_picks_and_everybody_s_lot() -> None:
    rules = ruleset(RULES)
    submissions = [sent(f"{{statements: [{YES}]}}", f"a{n}", ("省", "甲市")) for n in range(6)]
    submissions += [sent("{}", f"b{n}", ("省", "乙市")) for n in range(3)]
    found = planned(rules, submissions, Wanted(4, 1, 2, "2025"))
    strata = [
        (one["region"][-1], one["grade"]["zh"], one["size"], one["share"], one["picks"])
        for one in found["strata"]
    ]
    assert strata == [("乙市", "暂不具备", 3, "1.00", 1), ("甲市", "示范", 6, "2.00", 2)]
    assert [one["by"] for one in found["picks"]].count("risk") == 1
    assert [one["region"][-1] for one in found["picks"]] == ["乙市", "甲市", "甲市", "甲市"]
    assert [one["id"] for one in found["population"]] == [
        "b0",
        "b1",
        "b2",
        "a0",
        "a1",
        "a2",
        "a3",
        "a4",
        "a5",
    ]
    assert found == planned(rules, submissions[::-1], Wanted(4, 1, 2, "2025"))
    assert found != planned(rules, submissions, Wanted(4, 1, 2, "2026"))


def test_without_levels_the_grade_alone_makes_the_strata() -> None:
    submissions = [sent(name=f"a{n}", region=("省", f"{n}市")) for n in range(3)]
    found = planned(ruleset(RULES), submissions, Wanted(1, 0, 1, "s", 0))
    assert [(one["region"], one["size"]) for one in found["strata"]] == [([], 3)]


def test_where_nothing_applies_there_is_a_stratum_without_a_score() -> None:
    rural = f"[{{applies_when: {{kind: subject, attribute: class, in: [rural]}}, {DESK}}}]"
    one = sent()
    one = one.model_copy(
        update={"subject": one.subject.model_copy(update={"attributes": {"class": "urban"}})}
    )
    found = planned(ruleset(rural), [one], Wanted(1, 0, 3, "s"))
    assert [(stratum["grade"], stratum["picks"]) for stratum in found["strata"]] == [(None, 1)]
    assert (found["picks"][0]["score"], found["picks"][0]["criteria"]) == (None, [])


def spots(criteria: str, given: str, number: int = 20, **more: Any) -> dict[str, list[str]]:
    rules, submission = ruleset(criteria), sent(given)
    one = candidate(rules, CATALOGUE, submission)._replace(**more)
    found = chosen(assess(rules, CATALOGUE, submission).document, one, number, "s")
    return {spot.criterion["id"]: [risk.code for risk in spot.risks] for spot in found}


EVENTS = (
    "{id: E1, type: meeting, date: '2025-01-01', files: [a.jpg]}, {id: E2, type: meeting, date: '2025-02-01'}"
)


@pytest.mark.parametrize(
    ("criterion", "given", "codes"),
    [
        (f"{{{MEETINGS}}}", f"{{events: [{EVENTS}]}}", []),
        (f"{{{MEETINGS}, method: on_site}}", f"{{events: [{EVENTS}]}}", ["on_site"]),
        (f"{{{MEETINGS}, veto: true}}", f"{{events: [{EVENTS}]}}", ["veto"]),
        (f"{{{DESK}}}", f"{{statements: [{YES}]}}", ["no_files"]),
        (f"{{{DESK}}}", f"{{statements: [{YES[:-1]}, files: [a.jpg]}}]}}", []),
        (f"{{{RATED}}}", "{ratings: [{criterion: c1, level: 2, reason: 好}]}", ["self_rated", "waits_for_person"]),
        (f"{{{SHARE}}}", "{counts: {buildings: 100, model_buildings: 54}}", ["near_threshold", "no_files"]),
        (f"{{{SHARE}}}", "{counts: {buildings: 100, model_buildings: 56}}", ["no_files"]),
        (
            f"{{{SHARE}}}",
            "{counts: {buildings: 100, model_buildings: 90}, previous: {counts: {model_buildings: 9}}}",
            ["no_files", "sudden_rise"],
        ),
        (f"{{{MEETINGS}}}", f"{{events: [{EVENTS}, {{id: E3, type: meeting, date: '2025-02-01'}}]}}", ["integrity"]),
    ],
)  # fmt: skip
def test_what_speaks_for_checking_a_criterion(criterion: str, given: str, codes: list[str]) -> None:
    assert spots(f"[{criterion}]", given) == {"c1": codes}


def test_a_file_that_another_sent_too_speaks_for_its_criterion() -> None:
    assert spots(f"[{{{MEETINGS}}}]", f"{{events: [{EVENTS}]}}", shared=("E1",)) == {"c1": ["shared_files"]}


def test_more_points_than_usual_speak_for_a_criterion() -> None:
    criteria = f"[{{points: 5, {MEETINGS}}}, {{points: 1, {MEETINGS}}}, {{points: 1, {MEETINGS}}}]"
    assert spots(criteria, f"{{events: [{EVENTS}]}}") == {"c1": ["high_points"], "c2": [], "c3": []}


def test_three_quarters_go_to_the_risks_and_what_earned_nothing_comes_last() -> None:
    site = ", ".join(f"{{{MEETINGS}, method: on_site}}" for _ in range(10))
    plain = ", ".join(f"{{{MEETINGS}}}" for _ in range(10))
    failed = "{check: {kind: quantity, events: training, at_least: 2}}"
    criteria, given = f"[{site}, {plain}, {failed}]", f"{{events: [{EVENTS}], none: [training]}}"
    assert len(spots(criteria, given, 8)) == 8
    rules, submission = ruleset(criteria), sent(given)
    document = assess(rules, CATALOGUE, submission).document
    one = candidate(rules, CATALOGUE, submission)
    found = chosen(document, one, 8, "s")
    assert sum(not spot.by_lot for spot in found) == 6
    assert all(spot.risks for spot in found if not spot.by_lot)
    assert "c21" not in {spot.criterion["id"] for spot in chosen(document, one, 20, "s")}
    assert "c21" in {spot.criterion["id"] for spot in chosen(document, one, 21, "s")}
    assert len(chosen(document, one, 99, "s")) == 21
    assert [spot.criterion["id"] for spot in found] != [
        spot.criterion["id"] for spot in chosen(document, one, 8, "t")
    ]
