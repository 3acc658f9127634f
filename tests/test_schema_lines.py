"""Every rule file tells an editor which schema explains it, and fits that schema."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from evaluator.reading import read_yaml

ROOT = Path(__file__).resolve().parents[1]
LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
FILES = sorted([*(ROOT / "rules").rglob("*.yaml"), *(ROOT / "examples" / "rulesets").rglob("*.yaml")])


@cache
def validator(path: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def format_of(path: Path) -> str:
    return "catalogue" if path.parent.name == "catalogue" else path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_first_line_leads_to_the_schema_that_the_file_fits(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = LINE.fullmatch(text.partition("\n")[0])
    assert found is not None
    schema = (path.parent / found[1]).resolve()
    assert schema == ROOT / "docs" / "schemas" / f"{format_of(path)}.schema.json"
    errors = validator(schema).iter_errors(read_yaml(text, path.name).data)
    assert [f"{one.json_path}: {one.message[:200]}" for one in errors] == []


def test_there_are_files_of_every_format_that_is_written_by_hand() -> None:
    assert {format_of(path) for path in FILES} >= {"ruleset", "clauses", "cases", "catalogue"}
