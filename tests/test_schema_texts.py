"""Editors explain every key and every choice in Chinese and in English."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evaluator.schema_texts import TEXTS
from evaluator.schemas import _FORMATS, NAMES, schemas
from evaluator.validating import _models

MADE = schemas()
ROOT = Path(__file__).resolve().parents[1]
HAN = re.compile(r"[\u4e00-\u9fff]")
# Words that a file holds, or that are typed, as they are.
AS_TYPED = set(
    "true false null yes no ratio quantity cadence document lateness statement rating change subject group required class urban "
    "rules test trace mutate confirm publish each_above earn veto_grade veto_effect".split()
)


def objects(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a schema that has keys of its own."""
    yield name, MADE[name]
    yield from MADE[name].get("$defs", {}).items()


def described() -> Iterator[tuple[str, dict[str, Any]]]:
    for name in MADE:
        for owner, made in objects(name):
            yield f"{name}: {owner}", made
            for key, value in made.get("properties", {}).items():
                yield f"{name}: {owner}.{key}", value


def choices(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict) and isinstance(value.get("enum"), list):
        yield path, value
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(one, dict | list):
            yield from choices(one, f"{path}.{key}")


def test_every_object_and_every_key_is_explained_in_both_languages() -> None:
    wrong = []
    for where, made in described():
        zh, _, en = made.get("description", "").partition("\n\n")
        if not (HAN.search(zh) and re.search("[A-Za-z]{2}", en) and not HAN.search(en)):
            wrong.append(f"{where}: {made.get('description')!r}")
    assert wrong == []


def test_every_value_of_every_choice_is_explained_in_both_languages() -> None:
    wrong = []
    for name, made in MADE.items():
        for path, one in choices(made, name):
            texts = one.get("enumDescriptions", [])
            good = [text for text in texts if HAN.search(text) and re.search("[A-Za-z]{2}", text)]
            if len(good) != len(one["enum"]):
                wrong.append(f"{path}: {one['enum']}")
    assert wrong == []


def test_every_text_belongs_to_a_key() -> None:
    seen: set[type] = set()
    waiting: list[type] = [model for model, _ in _FORMATS.values()]
    while waiting:
        model: Any = waiting.pop()
        if model not in seen:
            seen.add(model)
            waiting.extend(
                found for field in model.model_fields.values() for found in _models(field.annotation)
            )
    known = {
        (owner.__name__, key)
        for model in seen
        for owner in model.__mro__
        for key in ("", *((field.alias or name) for name, field in model.model_fields.items()))  # type: ignore[attr-defined]
    }
    stale = {(owner, key) for owner, texts in TEXTS.items() for key in texts} - known
    assert stale == set()


def test_no_chinese_text_holds_an_english_word_but_what_a_file_holds() -> None:
    keys = {key for _, made in described() for key in made.get("properties", {})}
    values = {str(value) for made in MADE.values() for _, one in choices(made, "") for value in one["enum"]}
    known = keys | values | AS_TYPED
    found = {
        f"{where}: {word}"
        for where, made in described()
        for word in re.findall("[A-Za-z_]{2,}", made["description"].partition("\n\n")[0])
        if word not in known
    }
    assert found == set()


def test_every_object_below_the_top_is_named_in_chinese() -> None:
    named = [
        one["title"]
        for made in MADE.values()
        for one in made.get("$defs", {}).values()
        if "properties" in one
    ]
    assert [title for title in named if re.search("[A-Za-z]", title) or not 1 < len(title) <= 16] == []


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_schema_is_named_in_both_languages(name: str) -> None:
    assert MADE[name]["description"].startswith(NAMES[name].zh)
    assert NAMES[name].en in MADE[name]["description"]


def test_what_judges_loads_no_text() -> None:
    code = "import sys, cli, evaluator.assessment, evaluator.loading; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert "evaluator.assessment " in loaded
    assert not {"evaluator.schema_texts", "evaluator.schemas", "evaluator.assessment_shape"} & set(
        loaded.split()
    )
