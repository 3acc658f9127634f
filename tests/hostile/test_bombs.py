"""Texts that take a parser apart are refused by every reader, with their place, in both languages, within bounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.bombs import BYTES, JSONS, YAML
from tests.hostile.conftest import Refused

LARGE = 100_000
RULES = ("--rules", "kunming-model-community")


@pytest.mark.parametrize("name", YAML)
def test_a_yaml_bomb_is_refused(name: str, refused: Refused, tmp_path: Path) -> None:
    made, code = YAML[name]
    (tmp_path / "bomb.yaml").write_text(made(), encoding="utf-8")
    said = refused(
        "inspect", "bomb.yaml", at="bomb.yaml", code=1, large=(tmp_path / "bomb.yaml").stat().st_size > LARGE
    )
    assert f"[{code}" in said.zh


@pytest.mark.parametrize("name", JSONS)
def test_a_json_bomb_is_refused(name: str, refused: Refused, tmp_path: Path) -> None:
    made, code = JSONS[name]
    (tmp_path / "bomb.json").write_text(made(), encoding="utf-8")
    said = refused(
        "inspect", "bomb.json", at="bomb.json", code=1, large=(tmp_path / "bomb.json").stat().st_size > LARGE
    )
    assert f"[{code}" in said.zh


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_text_are_refused(name: str, refused: Refused, tmp_path: Path) -> None:
    made, code = BYTES[name]
    (tmp_path / "bomb.yaml").write_bytes(made())
    said = refused(
        "inspect", "bomb.yaml", at="bomb.yaml", code=1, large=(tmp_path / "bomb.yaml").stat().st_size > LARGE
    )
    assert f"[{code}" in said.zh
