"""``duibiao limits``, and a file of limits that holds for every command, its workers too."""

from __future__ import annotations

import json
import re
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from jsonschema import Draft202012Validator

from evaluator.limits import DEFAULTS, KEYS
from evaluator.schemas import schema
from tests.cli.conftest import LOCALES

SUBMISSION = (
    '{"submission": 1, "subject": {"id": "%s", "name": "甲社区", "kind": "community"}, '
    '"period": {"from": "2025-01-01", "to": "2025-12-31"}, "counts": {"buildings": 40}}'
)
RULES = ("--rules", "kunming-model-community")


@pytest.fixture
def stated(tmp_path: Path) -> Path:
    """A file of limits; runs that are given it as ``DUIBIAO_LIMITS`` keep them."""
    path = tmp_path / "limits.yaml"
    path.write_text("limits: 1\nmost_items: 15\nlargest_submission: 1 KB\n", encoding="utf-8")
    return path


def width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


@pytest.mark.parametrize("locale", LOCALES.values())
def test_every_limit_stands_in_an_aligned_table_of_a_screen_s_width(duibiao, locale) -> None:
    done = duibiao("limits", locale=locale)
    lines = done.out.partition("\n\n")[0].splitlines()
    assert (done.code, done.err) == (0, "")
    assert [line.split()[0] for line in lines[1:]] == list(KEYS)
    assert max(map(width, lines)) <= 100
    # The last column begins at one place in all lines: behind two blanks.
    begins = {width(re.match(r"(?:\S+(?: \S+)*  +){5}", line)[0]) for line in lines[1:]}
    assert len(begins) == 1


def test_a_limit_that_is_set_says_where(duibiao, stated) -> None:
    lines = duibiao("limits", DUIBIAO_LIMITS=str(stated)).out.splitlines()
    assert next(line.split()[:2] for line in lines if line.startswith("most_items")) == ["most_items", "15"]
    assert [line.split()[0] for line in lines if " 行  " in line] == ["largest_submission", "most_items"]
    assert lines[-1] == f"限度文件：{stated}"


def test_the_limits_as_json_are_what_the_schema_says(duibiao, stated) -> None:
    found = json.loads(duibiao("limits", "--format", "json", DUIBIAO_LIMITS=str(stated)).out)
    assert not list(Draft202012Validator(schema("limits")).iter_errors(found))
    values = {one["key"]: one for one in found["values"]}
    assert list(values) == list(KEYS)
    assert (values["most_items"]["value"], values["most_items"]["from"]) == (15, f"{stated}:2:1")
    assert values["package_files"]["from"] is None


def test_the_example_states_the_defaults_once_its_marks_are_taken_away(duibiao, tmp_path) -> None:
    example = duibiao("limits", "--example").out
    lines = [re.sub(r"^# ([a-z_]+: )", r"\1", line) for line in example.splitlines()]
    path = tmp_path / "example.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = json.loads(duibiao("limits", "--format", "json", DUIBIAO_LIMITS=str(path)).out)
    assert {one["key"]: one["value"] for one in found["values"]} == DEFAULTS._asdict()
    assert all(one["from"] is not None for one in found["values"])


@pytest.mark.parametrize("command", [("limits",), ("inspect", "a.json"), ("doctor",)])
def test_a_faulty_file_of_limits_ends_every_command(duibiao, stated, command) -> None:
    stated.write_text("limits: 1\nmost_itms: 5\n", encoding="utf-8")
    done = duibiao(*command, DUIBIAO_LIMITS=str(stated))
    assert (done.code, done.out) == (2, "")
    assert "limits.yaml:2:1: [extra_forbidden] 没有叫 most_itms 的限度。是否想写 most_items" in done.err


def test_help_is_given_whatever_the_file_of_limits_says(duibiao, stated) -> None:
    stated.write_text("nonsense", encoding="utf-8")
    assert duibiao("score", "--help", DUIBIAO_LIMITS=str(stated)).code == 0


def test_a_command_keeps_the_limits(duibiao, stated, tmp_path) -> None:
    (tmp_path / "a.json").write_text(SUBMISSION % "a", encoding="utf-8")
    done = duibiao("inspect", "a.json", DUIBIAO_LIMITS=str(stated))
    assert done.code == 1
    assert (
        "[too_large] 内容超过 15 项。分成几份，或只留与申报有关的；"
        "如确有需要，在 limits.yaml 里把 most_items 调大（现为 15），见 duibiao limits" in done.err
    )
    assert duibiao("inspect", "a.json").code == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_workers_of_a_batch_keep_them_and_a_raised_limit_lets_it_go_on(
    duibiao, stated, tmp_path, jobs
) -> None:
    lines = [SUBMISSION % f"a{n}" for n in range(3)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    batch = ("batch", "many.jsonl", *RULES, "--out", "out", "--jobs", jobs)
    assert duibiao(*batch, DUIBIAO_LIMITS=str(stated)).code == 2
    refused = (tmp_path / "out" / "refused.json").read_text(encoding="utf-8")
    assert refused.count("most_items 调大") == 3
    # What was refused under other limits is read again.
    assert duibiao(*batch, "--resume").code == 0
