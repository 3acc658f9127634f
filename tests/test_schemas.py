"""The published JSON Schemas agree with what the engine reads: every file of ours fits, structural faults do not."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from evaluator.errors import InputError
from evaluator.reading import read_json, read_yaml
from evaluator.schemas import schemas

ROOT = Path(__file__).parent.parent
BAD = ROOT / "tests" / "evaluator" / "bad"
SCHEMAS = schemas()
FORMATS = ("ruleset", "clauses", "cases", "catalogue", "submission")
# What a schema can see: a type, a key, a pattern, a choice. The rest is for `rules check` and `inspect`.
STRUCTURAL = {
    "bad_exact",
    "bad_number",
    "bool_type",
    "extra_forbidden",
    "greater_than_equal",
    "int_type",
    "less_than_equal",
    "literal_error",
    "missing",
    "model_attributes_type",
    "model_type",
    "not_a_mapping",
    "string_pattern_mismatch",
    "string_type",
    "tuple_type",
    "union_tag_invalid",
    "union_tag_not_found",
}


def format_of(path: Path) -> str | None:
    """Which format a file of ours has."""
    if path.parent.name == "catalogue":
        return "catalogue"
    return path.stem if path.stem in (*FORMATS, "versions", "trace") else None


def files() -> list[tuple[str, Path]]:
    found = [(format_of(path), path) for path in sorted((ROOT / "rules").rglob("*.yaml"))]
    found += [(format_of(path), path) for path in sorted((BAD / "good").glob("*.yaml"))]
    found += [(format_of(path) or "submission", path) for path in sorted((ROOT / "examples").rglob("*.yaml"))]
    return [(name, path) for name, path in found if name is not None]


def bad_files() -> list[tuple[str, Path]]:
    expected = read_yaml((BAD / "expected.yaml").read_text(encoding="utf-8"), "expected.yaml").data
    return [
        (name.split("/")[0], BAD / name)
        for name, problems in expected.items()
        if name.split("/")[0] in FORMATS and all(one["code"] in STRUCTURAL for one in problems)
    ]


def read(path: Path) -> Any:
    text = path.read_text(encoding="utf-8")
    return (read_json if path.suffix == ".json" else read_yaml)(text, str(path)).data


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[name])


@pytest.mark.parametrize("name", FORMATS)
def test_a_schema_is_valid_draft_2020_12_and_says_what_it_is(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:duibiao:schema:{name}:1"
    assert schema["description"]
    assert json.loads(json.dumps(schema)) == schema


def test_every_format_has_one_schema() -> None:
    # Reviews and assessments have their own tests: tests/evaluator/review/test_review_schema.py, test_assessment_schema.py.
    assert set(SCHEMAS) == {*FORMATS, "review", "assessment", "versions", "trace", "limits"}
    assert len({schema["$id"] for schema in SCHEMAS.values()}) == len(SCHEMAS)


@pytest.mark.parametrize(
    ("name", "path"), [pytest.param(*one, id=str(one[1].relative_to(ROOT))) for one in files()]
)
def test_every_file_of_ours_fits_its_schema(name: str, path: Path) -> None:
    errors = sorted(validator(name).iter_errors(read(path)), key=str)
    assert [f"{one.json_path}: {one.message[:200]}" for one in errors] == []


@pytest.mark.parametrize(
    ("name", "path"), [pytest.param(*one, id=str(one[1].relative_to(BAD))) for one in bad_files()]
)
def test_a_structural_fault_does_not_fit(name: str, path: Path) -> None:
    assert not validator(name).is_valid(read(path))


def test_there_are_structural_faults_of_every_format() -> None:
    assert {name for name, _ in bad_files()} == set(FORMATS)


def test_versions_fit_and_an_unknown_state_does_not() -> None:
    published = {"state": "published", "on": "2026-01-08", "document": "川民发〔2026〕1号"}
    made = {"versions": [{"version": "1.0.0", "states": [published]}]}
    assert validator("versions").is_valid(made)
    published["state"] = "printed"
    assert not validator("versions").is_valid(made)


@pytest.mark.parametrize("text", ["[", "a: 1\na: 2"])
def test_what_is_not_even_read_needs_no_schema(text: str) -> None:
    with pytest.raises(InputError):
        read_yaml(text, "f.yaml")
