"""The JSON Schemas in docs/schemas are those of the code.

After a change that is meant: ``DUIBIAO_RESET_GOLDEN=1 .venv/bin/pytest tests/test_published_schemas.py``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from commands.writing import json_bytes
from evaluator.schemas import schemas

PUBLISHED = Path(__file__).resolve().parents[1] / "docs" / "schemas"
MADE = schemas()


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_published_schema_is_the_one_of_the_code(name: str) -> None:
    text = json_bytes(MADE[name]).decode()
    path = PUBLISHED / f"{name}.schema.json"
    if os.environ.get("DUIBIAO_RESET_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_nothing_else_is_published() -> None:
    assert {path.name for path in PUBLISHED.iterdir()} == {f"{name}.schema.json" for name in MADE}


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_published_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(
        json.loads((PUBLISHED / f"{name}.schema.json").read_text(encoding="utf-8"))
    )
