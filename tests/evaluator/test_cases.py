"""Worked cases: what a case compares, and that it finds what differs."""

import pytest

from evaluator.cases import Case, Defaults, run
from tests.evaluator.building import CATALOGUE, data, ruleset

RULES = ruleset(
    """
    - {id: share, points: 5, check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}}
    - {id: desk, points: 5, veto: true, check: {kind: statement, statement: desk}}
    - {id: quarterly, points: 10, check: {kind: cadence, events: meeting, every: quarter}}
    """
)
DEFAULTS = Defaults.model_validate(data('{period: {from: "2025-01-01", to: "2025-12-31"}}'))
BOTH = '{counts: {buildings: 40, model_buildings: 2}, statements: {desk: true}, events: {meeting: ["2025-02-01"]}}'


def differences(text: str) -> list[str]:
    case = Case.model_validate({"name": "试", **data(text)})
    return [f"{one.what}: {one.wanted} ≠ {one.got}" for one in run(case, DEFAULTS, RULES, CATALOGUE)]


@pytest.mark.parametrize(
    ("given", "expect"),
    [
        pytest.param(
            "{counts: {buildings: 40, model_buildings: 2}}",
            "{outcome: satisfied, earned: 5, credit: 1}",
            id="full",
        ),
        pytest.param(
            "{counts: {buildings: 41, model_buildings: 1}}",
            '{outcome: not_satisfied, earned: "0", shortfall: 2}',
            id="no",
        ),
        pytest.param("{}", "{outcome: no_evidence, earned: 0}", id="what is not given is not submitted"),
        pytest.param(
            "{counts: {buildings: 0, model_buildings: 0}}",
            "{outcome: not_applicable, earned: 0}",
            id="not applicable",
        ),
    ],
)
def test_a_case_that_comes_out_as_it_says_has_no_differences(given: str, expect: str) -> None:
    assert differences(f"{{criterion: share, given: {given}, expect: {expect}}}") == []


@pytest.mark.parametrize(
    ("expect", "found"),
    [
        ("{outcome: not_satisfied}", "outcome: not_satisfied ≠ partly_satisfied"),
        ("{credit: 50%}", "credit: 1/2 ≠ 1/4"),
        ("{credit: {floor: 1/4, ceiling: 1}}", "credit: [1/4, 1] ≠ 1/4"),
        ("{earned: 3}", "earned: 3 ≠ 5/2"),
        ('{missed: ["2025-04-01/2025-06-30"]}',
         "missed: 2025-04-01/2025-06-30 ≠ 2025-04-01/2025-06-30, 2025-07-01/2025-09-30, 2025-10-01/2025-12-31"),
        ("{shortfall: 1}", "shortfall: 1 ≠ 3"),
    ],
)  # fmt: skip
def test_a_case_of_one_criterion_tells_what_differs(expect: str, found: str) -> None:
    assert differences(
        f'{{criterion: quarterly, given: {{events: {{meeting: ["2025-02-01"]}}}}, expect: {expect}}}'
    ) == [found]


def test_a_case_compares_only_what_it_states() -> None:
    assert differences(f"{{given: {BOTH}, expect: {{outcomes: {{desk: satisfied}}}}}}") == []


@pytest.mark.parametrize(
    ("expect", "found"),
    [
        ('{score: "62.5"}', []),
        ('{score: {floor: "62.5", ceiling: "62.5"}}', []),
        ('{score: "62.51"}', ["score: 6251/100 ≠ 125/2"]),
        ("{grade: rectify, accepted: false, vetoes: []}", []),
        ("{grade: model}", ["grade: model ≠ rectify"]),
        ("{grade: null}", ["grade: None ≠ rectify"]),
        ("{accepted: true}", ["accepted: True ≠ False"]),
        ("{vetoes: [desk]}", ["vetoes: desk ≠ "]),
        ("{outcomes: {share: satisfied, quarterly: satisfied}}", ["quarterly: satisfied ≠ partly_satisfied"]),
    ],
)
def test_a_case_of_the_whole_ruleset_tells_what_differs(expect: str, found: list[str]) -> None:
    assert differences(f"{{given: {BOTH}, expect: {expect}}}") == found


@pytest.mark.parametrize(("written", "found"), [("33.33", []), ("33.34", ["score: 1667/50 ≠ 100/3"])])
def test_a_score_may_be_written_with_two_places(written: str, found: list[str]) -> None:
    given = "{counts: {buildings: 0, model_buildings: 0}, statements: {desk: true}}"
    assert differences(f'{{given: {given}, expect: {{score: "{written}"}}}}') == found


def test_the_stage_is_inspection_unless_the_case_says_otherwise() -> None:
    assert differences("{criterion: desk, expect: {credit: 0}}") == []
    assert differences("{criterion: desk, stage: self_check, expect: {credit: {floor: 0, ceiling: 1}}}") == []


def test_a_case_may_have_its_own_period_and_data_date() -> None:
    period = 'period: {from: "2024-07-01", to: "2025-06-30"}'
    given = 'given: {events: {meeting: ["2024-08-01", "2024-11-01"]}}'
    assert differences(f"{{criterion: quarterly, {period}, {given}, expect: {{credit: 1/2}}}}") == []
    open_ = "expect: {credit: {floor: 1/2, ceiling: 1}}"
    assert differences(f'{{criterion: quarterly, {period}, as_of: "2025-01-31", {given}, {open_}}}') == []


def test_documents_and_statements_of_a_case_are_supported_unless_it_says_otherwise() -> None:
    rules = ruleset("[{check: {kind: document, documents: rules, attachment: required}}]")
    for given, outcome in (
        ('["2020-01-01"]', "satisfied"),
        ('[{issued: "2020-01-01", files: []}]', "not_satisfied"),
    ):
        case = Case.model_validate(
            {
                "name": "试",
                **data(
                    f"{{criterion: c1, given: {{documents: {{rules: {given}}}}}, expect: {{outcome: {outcome}}}}}"
                ),
            }
        )
        assert run(case, DEFAULTS, rules, CATALOGUE) == ()
