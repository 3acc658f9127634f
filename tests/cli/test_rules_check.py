"""``duibiao rules check``: a policy officer's mistakes, all at once, for people and for programs."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from evaluator.loading import check_ruleset

SOUND = Path(__file__).parents[1] / "evaluator" / "bad_rules" / "sound"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    shutil.copytree(SOUND, tmp_path / "rules")
    return tmp_path / "rules" / "trial"


def test_a_folder_of_rulesets_and_a_file_of_one_are_checked_as_well(duibiao, sound) -> None:
    done = duibiao("rules", "check", "rules")
    assert (done.code, done.err) == (0, "")
    assert done.out == "trial：13 项指标，没有问题\ntrial-before：1 项指标，没有问题\n"
    assert duibiao("rules", "check", "rules/trial/cases.yaml").out == "trial：13 项指标，没有问题\n"


def test_a_folder_that_one_stands_in_has_its_catalogue_beside_it(sound, monkeypatch) -> None:
    monkeypatch.chdir(sound)
    checked = check_ruleset(Path())
    assert checked.problems == ()
    assert checked.catalogue == check_ruleset(sound).catalogue


def test_many_mistakes_come_at_once_whatever_their_kind(duibiao, sound, edit) -> None:
    rules = sound / "ruleset.yaml"
    edit(rules, 'from: "2020-01-01"', 'from: "2020年1月1日"')
    edit(rules, "anchors: [走访]", "anchors: [走访。]")
    edit(rules, "level: may", "level: 鼓励")
    edit(rules, "every: quarter", "evry: quarter")
    edit(rules, 'at_least: "5%"', 'at_least: "5"')
    edit(sound / "cases.yaml", "counts: {visits: 12}", "counts: {visit: 12}")
    edit(sound / "clauses.yaml", 'id: "4"', 'id: "44"')
    done = duibiao("rules", "check", sound)
    assert (done.code, done.out) == (1, "")
    assert re.findall(r"(\w+)\.yaml:\d+:\d+: \[(\w+)\]", done.err) == [
        ("cases", "unknown_item"),
        ("ruleset", "bad_date"),
        ("ruleset", "percent_meant"),
        ("ruleset", "sentence_in_anchor"),
        ("ruleset", "extra_forbidden"),
        ("ruleset", "literal_error"),
    ]
    assert done.err.endswith("共 6 处问题\n")


def test_a_warning_is_marked_and_refuses_only_where_asked(duibiao, sound, edit) -> None:
    edit(sound / "ruleset.yaml", "veto: source", "veto: editorial")
    done = duibiao("rules", "check", sound)
    assert (done.code, done.out) == (0, "trial：13 项指标，没有问题，1 处提醒\n")
    assert re.search(r"ruleset\.yaml:\d+:\d+: 提醒 \[veto_without_source\] 一票否决不是标准写的", done.err)
    assert duibiao("rules", "check", sound, "--strict").code == 1
    done = duibiao("rules", "check", sound, "--lang", "en")
    assert done.out == "trial: 13 criteria, no problems, 1 warning\n"
    assert ": warning [veto_without_source] the veto is ours" in done.err


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_programs_read_the_same_on_stdout(duibiao, sound, edit, form) -> None:
    edit(sound / "ruleset.yaml", 'at_least: "5%"', 'at_least: "5"')
    done = duibiao("rules", "check", "rules/trial", "--format", form)
    assert (done.code, done.err) == (1, "")
    if form == "json":
        found = json.loads(done.out)
        assert found["rulesets"] == [{"id": "trial", "folder": "rules/trial", "criteria": 13}]
        assert [(one["code"], one["line"]) for one in found["problems"]] == [("percent_meant", 37)]
    elif form == "sarif":
        (result,) = json.loads(done.out)["runs"][0]["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
            "uri": "rules/trial/ruleset.yaml"
        }
    else:
        assert done.out.startswith("::error file=rules/trial/ruleset.yaml,line=37,col=")


def test_editions_that_are_in_force_at_once_are_found_when_both_are_checked(duibiao, sound, edit) -> None:
    edit(sound / "ruleset.yaml", "supersedes: null", "supersedes: trial-before")
    edit(sound.parent / "trial-before" / "ruleset.yaml", 'to: "2019-12-31"', "to: null")
    assert duibiao("rules", "check", sound).code == 0
    done = duibiao("rules", "check", "rules")
    assert done.code == 1
    assert "[overlapping_editions] 本版 2020-01-01 起适用，它所取代的 trial-before 没有写止日" in done.err


def test_a_file_that_is_gone_is_one_problem_among_others(duibiao, sound, edit) -> None:
    (sound / "clauses.yaml").unlink()
    edit(sound / "ruleset.yaml", "count: visits, at_least", "count: visit, at_least")
    done = duibiao("rules", "check", sound)
    assert re.findall(r"\[(\w+)\]", done.err) == ["no_file", "unknown_item"]


def test_what_concerns_a_person_is_found_in_a_file_that_cannot_be_read_and_not_repeated(
    duibiao, sound, edit
) -> None:
    edit(sound / "cases.yaml", "format: 1", "format: 1\n# 电话 13800138000\n\tx")
    done = duibiao("rules", "check", sound)
    assert re.findall(r"\[(\w+)\]", done.err) == ["number_of_a_person", "syntax"]
    assert "13800138000" not in done.err


def test_a_fault_of_the_catalogue_hides_no_fault_that_does_not_depend_on_it(duibiao, own_rules, edit) -> None:
    edit(own_rules / "ruleset.yaml", "clause: 七(一)", "clause: 七（一）")
    (own_rules / "catalogue.yaml").write_text("catalogue: 1\ncounts: {example: 3}\n", encoding="utf-8")
    done = duibiao("rules", "check", own_rules)
    assert done.code == 1
    assert "catalogue.yaml:2:10: [model_type]" in done.err
    assert "[unknown_clause] clauses.yaml 中没有条款 七（一）" in done.err
    assert "[unknown_item]" not in done.err, "whether an item is declared is not known"
