"""Files: rulesets by id, version and folder; submissions with what they include."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from evaluator.errors import InputError, RulesetError, SubmissionError
from evaluator.loading import (
    RULES,
    check_ruleset,
    load_cases,
    load_ruleset,
    load_submission,
    read,
    repeated_criteria,
    ruleset_ids,
    shared_catalogue,
)
from tests.evaluator.building import CATALOGUE, CATALOGUE_TEXT

GOOD = Path(__file__).parent / "bad" / "good"
HEAD = (
    'submission: 1\nsubject: {id: %s, name: 甲, kind: %s}\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n'
)


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    """A ruleset's folder outside the installation, with a catalogue beside it."""
    folder = tmp_path / "trial"
    folder.mkdir()
    for name in ("ruleset", "clauses", "cases", "catalogue"):
        shutil.copy(GOOD / f"{name}.yaml", folder)
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "counts.yaml").write_text(CATALOGUE_TEXT, encoding="utf-8")
    return folder


def codes(error: InputError) -> list[str]:
    return [one.code for one in error.problems]


def test_a_ruleset_is_found_by_its_id_and_by_its_version() -> None:
    name = ruleset_ids()[0]
    loaded = load_ruleset(name)
    assert loaded.ruleset.ruleset == name
    assert load_ruleset(f"{name}@{loaded.ruleset.version}").ruleset is loaded.ruleset


def test_another_version_is_refused_and_the_one_here_is_named() -> None:
    name = ruleset_ids()[0]
    with pytest.raises(RulesetError) as caught:
        load_ruleset(f"{name}@99.0.0")
    assert codes(caught.value) == ["other_version"]
    assert load_ruleset(name).ruleset.version in str(caught.value)


def test_an_unknown_id_is_offered_the_nearest() -> None:
    name = ruleset_ids()[0]
    with pytest.raises(RulesetError, match=f"是否想写 {name}"):
        load_ruleset(name + "x")


def test_a_folder_anywhere_is_a_ruleset(trial: Path) -> None:
    assert load_ruleset(str(trial)).ruleset.ruleset == "trial"
    assert load_ruleset(str(trial) + "/").folder == trial.resolve()


def test_a_folder_may_be_named_relatively(trial: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(trial.parent)
    assert load_ruleset("trial").ruleset.ruleset == "trial"
    monkeypatch.chdir(trial)
    assert load_ruleset(".").ruleset.ruleset == "trial"


def test_a_folder_has_the_catalogue_beside_it_and_its_own(trial: Path) -> None:
    items = load_ruleset(str(trial)).catalogue
    assert "own_count" in items.counts
    assert "model_buildings" in items.counts


def test_a_folder_without_a_catalogue_beside_it_has_the_shared_one(trial: Path) -> None:
    shutil.rmtree(trial.parent / "catalogue")
    text = (
        (trial / "ruleset.yaml")
        .read_text(encoding="utf-8")
        .replace("statement: desk", "statement: affairs_desk")
    )
    (trial / "ruleset.yaml").write_text(text, encoding="utf-8")
    assert set(shared_catalogue().counts) < set(load_ruleset(str(trial)).catalogue.counts)


def test_the_catalogue_may_lie_in_several_files(trial: Path) -> None:
    (trial.parent / "catalogue" / "events.yaml").write_text(
        "catalogue: 1\nevents:\n"
        "  fair: {label: {zh: 集市, en: Fair}, help: {zh: 说明}, subjects: [community], held_by: community}\n",
        encoding="utf-8",
    )
    assert {"meeting", "fair"} <= set(load_ruleset(str(trial)).catalogue.events)


@pytest.mark.parametrize("name", ["ruleset", "clauses", "cases"])
def test_a_folder_without_one_of_its_files_says_which(trial: Path, name: str) -> None:
    (trial / f"{name}.yaml").unlink()
    problems = check_ruleset(trial).problems
    assert [(one.code, Path(one.place.file).name) for one in problems] == [("no_file", f"{name}.yaml")]


def test_a_ruleset_with_faults_is_not_loaded_but_can_be_checked(trial: Path) -> None:
    text = (trial / "ruleset.yaml").read_text(encoding="utf-8")
    (trial / "ruleset.yaml").write_text(
        text.replace("numerator: model_buildings", "numerator: mdl_buildings"), encoding="utf-8"
    )
    with pytest.raises(RulesetError) as caught:
        load_ruleset(str(trial))
    assert codes(caught.value) == ["unknown_item"]
    assert [one.code for one in check_ruleset(trial).problems] == ["unknown_item"]


def test_the_faults_of_all_files_of_a_folder_are_told_together(trial: Path) -> None:
    for name, old, new in (("ruleset", "pass: model", "pass: modell"), ("clauses", "normative: true", "normative: yes"),
                           ("cases", "outcome: satisfied", "outcome: fine")):  # fmt: skip
        text = (trial / f"{name}.yaml").read_text(encoding="utf-8")
        (trial / f"{name}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    found = check_ruleset(trial).problems
    assert [(Path(one.place.file).name, one.code) for one in found] == [
        ("cases.yaml", "literal_error"),
        ("clauses.yaml", "bool_type"),
        ("ruleset.yaml", "unknown_grade"),
    ]


def test_a_criterion_id_is_unique_over_all_rulesets(trial: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(trial, other)
    text = (
        (other / "ruleset.yaml")
        .read_text(encoding="utf-8")
        .replace("ruleset: trial", "ruleset: other")
        .replace("t-2", "o-2")
    )
    (other / "ruleset.yaml").write_text(text, encoding="utf-8")
    found = repeated_criteria([check_ruleset(trial), check_ruleset(other)])
    assert [one.code for one in found] == ["repeated_id"]
    assert "t-1" in found[0].what.zh


def test_cases_are_loaded_from_the_folder(trial: Path) -> None:
    assert [case.criterion for case in load_cases(trial).cases] == ["t-1", "t-1", "t-2", "t-2"]


def test_a_threshold_may_change_as_long_as_one_is_in_force_from_the_start(trial: Path) -> None:
    text = (trial / "ruleset.yaml").read_text(encoding="utf-8")
    dated = '{"2010-01-01": "5%", "2030-01-01": "8%"}'
    (trial / "ruleset.yaml").write_text(
        text.replace('at_least: "5%"', f"at_least: {dated}"), encoding="utf-8"
    )
    assert check_ruleset(trial).problems == ()


def test_a_case_may_give_what_its_criterion_does_not_ask_for(trial: Path) -> None:
    text = """\
  - name: 与受理点无关的文件不影响判定
    criterion: t-2
    given: {documents: {plan: [{issued: "2025-01-08", contains: [goals]}]}, none: [meeting], statements: {desk: true}}
    expect: {outcome: satisfied}
"""
    (trial / "cases.yaml").write_text(
        (trial / "cases.yaml").read_text(encoding="utf-8") + text, encoding="utf-8"
    )
    assert check_ruleset(trial).problems == ()


def write(path: Path, text: str, name: str = "demo", kind: str = "community") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD % (name, kind) + text, encoding="utf-8")
    return path


def test_an_include_adds_what_the_street_states_once_for_its_communities(tmp_path: Path) -> None:
    write(
        tmp_path / "street.yaml",
        'events: [{id: X1, type: meeting, date: "2025-02-01"}]\nnone: [training]\n',
        "s",
        "street",
    )
    path = write(tmp_path / "in" / "a.yaml", "counts: {buildings: 40}\nincludes: [../street.yaml]\n")
    found = load_submission(path, CATALOGUE)
    assert (found.subject.id, found.counts, [one.id for one in found.events], found.none) == (
        "demo",
        {"buildings": 40},
        ["X1"],
        ("training",),
    )


def test_a_count_that_both_state_alike_is_no_clash(tmp_path: Path) -> None:
    write(tmp_path / "street.yaml", "counts: {buildings: 40}\n")
    path = write(tmp_path / "a.yaml", "counts: {buildings: 40}\nincludes: [street.yaml]\n")
    assert load_submission(path, CATALOGUE).counts == {"buildings": 40}


def test_a_part_in_one_file_cannot_exceed_its_whole_in_the_other(tmp_path: Path) -> None:
    write(tmp_path / "street.yaml", "counts: {buildings: 40}\n")
    path = write(tmp_path / "a.yaml", "counts: {model_buildings: 41}\nincludes: [street.yaml]\n")
    with pytest.raises(SubmissionError) as caught:
        load_submission(path, CATALOGUE)
    assert codes(caught.value) == ["part_over_whole"]


def test_what_one_file_says_there_is_none_of_cannot_stand_in_the_other(tmp_path: Path) -> None:
    write(tmp_path / "street.yaml", 'events: [{id: X1, type: meeting, date: "2025-02-01"}]\n')
    path = write(tmp_path / "a.yaml", "none: [meeting]\nincludes: [street.yaml]\n")
    with pytest.raises(SubmissionError) as caught:
        load_submission(path, CATALOGUE)
    assert codes(caught.value) == ["none_yet_some"]


def test_units_of_one_kind_in_both_files_are_not_lost(tmp_path: Path) -> None:
    write(tmp_path / "street.yaml", "units: {quarter: [{id: Q1}]}\n")
    path = write(tmp_path / "a.yaml", "units: {quarter: [{id: Q2}]}\nincludes: [street.yaml]\n")
    found = {unit.id for unit in load_submission(path, CATALOGUE).units["quarter"]}
    assert found == {"Q1", "Q2"}


def test_included_and_written_out_a_submission_is_the_same(tmp_path: Path) -> None:
    from evaluator.canonical import digest

    street = 'events: [{id: X1, type: meeting, date: "2025-02-01"}]\n'
    write(tmp_path / "street.yaml", street)
    with_include = load_submission(
        write(tmp_path / "a.yaml", "counts: {buildings: 40}\nincludes: [street.yaml]\n"), CATALOGUE
    )
    in_one = load_submission(write(tmp_path / "b.yaml", "counts: {buildings: 40}\n" + street), CATALOGUE)
    assert digest(with_include) == digest(in_one)


def test_a_submission_may_be_json_and_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '{"submission": 1, "subject": {"id": "a", "name": "甲", "kind": "community"}, '
        '"period": {"from": "2025-01-01", "to": "2025-12-31"}}',
        encoding="utf-8-sig",
    )
    assert load_submission(path, CATALOGUE).subject.name == "甲"


def test_a_submission_needs_no_catalogue_but_the_shared_one(tmp_path: Path) -> None:
    assert load_submission(write(tmp_path / "a.yaml", "counts: {buildings: 40}\n")).counts == {
        "buildings": 40
    }


@pytest.mark.parametrize("name", ["", ".", "x" * 300 + ".yaml", "a\0b.yaml", "no/such/file.yaml"])
def test_any_path_that_is_no_file_is_an_input_error(name: str) -> None:
    with pytest.raises(InputError):
        load_submission(name, CATALOGUE)


@pytest.mark.skipif(os.name == "nt", reason="no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    with pytest.raises(InputError):
        read(tmp_path / "a.yaml", 1000)


def test_the_rules_lie_where_loading_looks() -> None:
    assert (RULES / "catalogue").is_dir()
    assert len(ruleset_ids()) >= 4


def test_every_name_of_the_package_is_found_where_its_table_says() -> None:
    import evaluator.loading

    assert [name for name in evaluator.loading.__all__ if not hasattr(evaluator.loading, name)] == []
