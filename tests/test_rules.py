"""Every ruleset is without faults, every worked case comes out as it says, and nothing about the kinds of check drifts apart."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import evaluator.checks
from evaluator.cases import CaseFile, run
from evaluator.checks import KINDS
from evaluator.loading import (
    RULES,
    Checked,
    check_ruleset,
    load_cases,
    load_ruleset,
    repeated_criteria,
    ruleset_ids,
    shared_catalogue,
)
from evaluator.score import score
from tests.evaluator.building import facts, period_of

TESTS = Path(__file__).parent
NAMES = ruleset_ids()


@cache
def checked(name: str) -> Checked:
    return check_ruleset(RULES / name)


@cache
def cases(name: str) -> CaseFile:
    return load_cases(RULES / name)


def test_the_four_standards_are_there() -> None:
    assert {
        "sichuan-city-2022",
        "sichuan-community-2022",
        "kunming-model-community",
        "wuhu-pilot-2013",
    } <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_ruleset_has_no_faults(name: str) -> None:
    assert [one.in_language("zh") for one in checked(name).problems] == []


def test_no_criterion_id_stands_in_two_rulesets() -> None:
    assert [one.in_language("zh") for one in repeated_criteria(checked(name) for name in NAMES)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_worked_case_comes_out_as_it_says(name: str) -> None:
    loaded, file = load_ruleset(name), cases(name)
    wrong = [
        f"{case.name}: {one.what}: {one.wanted} ≠ {one.got}"
        for case in file.cases
        for one in run(case, file.defaults, loaded.ruleset, loaded.catalogue)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_a_ruleset_has_cases_of_the_whole(name: str) -> None:
    assert [case.name for case in cases(name).cases if case.criterion is None]


@pytest.mark.parametrize("name", NAMES)
def test_without_evidence_a_self_check_decides_nothing_but_what_is_not_asked(name: str) -> None:
    from evaluator.evaluate import program

    loaded = load_ruleset(name)
    found = program(loaded.ruleset, loaded.catalogue, period_of("2025-01-01/2025-12-31").span).judge(
        facts("{}", "self_check")
    )
    assert {one.outcome for one in found.verdicts} <= {"no_evidence", "needs_review"}
    total = score(loaded.ruleset, found).score
    assert total is not None
    assert total.score == (0, 100)


@pytest.mark.parametrize("name", NAMES)
def test_without_evidence_an_inspection_finds_nothing_satisfied(name: str) -> None:
    from evaluator.evaluate import program

    loaded = load_ruleset(name)
    found = program(loaded.ruleset, loaded.catalogue, period_of("2025-01-01/2025-12-31").span).judge(
        facts("{}", "inspection")
    )
    assert {one.outcome for one in found.verdicts} <= {"no_evidence", "needs_review", "not_satisfied"}


def used_items(name: str) -> set[str]:
    ruleset = load_ruleset(name).ruleset
    used = {use.id for _, _, criterion in ruleset.criteria() for use in criterion.uses()}
    for line in ruleset.scoring.deductions.lines if ruleset.scoring.deductions else ():
        used |= {use.id for use in line.own_uses()} | {
            use.id for _, check in line.checks() for use in check.uses()
        }
    return used


def test_what_only_one_ruleset_declares_it_also_uses() -> None:
    shared = {item for _, item, _ in shared_catalogue().all()}
    for name in NAMES:
        own = {item: one for _, item, one in load_ruleset(name).catalogue.all() if item not in shared}
        wholes = {whole for one in own.values() for whole in getattr(one, "at_most", ())}
        assert {item for item, one in own.items() if not one.retired} - used_items(name) - wholes == set(), (
            name
        )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_of_check_has_its_file_its_tests_its_documentation_and_an_example(kind: str) -> None:
    assert KINDS[kind].__module__ == f"evaluator.checks.{kind}"
    assert (Path(evaluator.checks.__file__).parent / f"{kind}.py").is_file()
    tests = TESTS / "evaluator" / "checks" / f"test_{kind}.py"
    assert f"kind: {kind}" in tests.read_text(encoding="utf-8")
    guide = (RULES / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^#+ `?{kind}\b", guide, re.MULTILINE)
    rulesets = [path.read_text(encoding="utf-8") for path in RULES.glob("*/ruleset.yaml")]
    assert any(re.search(rf"kind: {kind}\b", text) for text in (guide, *rulesets))


def test_every_file_of_checks_is_a_kind() -> None:
    files = {path.stem for path in Path(evaluator.checks.__file__).parent.glob("*.py")}
    assert files - {"__init__", "base"} == set(KINDS)
