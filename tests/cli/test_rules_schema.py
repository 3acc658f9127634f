"""``rules schema``: lists the file formats, prints a schema, writes them all."""

from __future__ import annotations

import json
from pathlib import Path

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "schemas"


def test_without_a_name_the_formats_are_listed(duibiao) -> None:
    assert duibiao("rules", "schema").out.splitlines()[0] == "ruleset  规则集"
    assert (
        duibiao("rules", "schema", "--lang", "en").out.splitlines()[1].startswith("clauses  clauses.yaml: ")
    )


def test_a_schema_is_printed_as_it_is_published(duibiao) -> None:
    done = duibiao("rules", "schema", "ruleset")
    assert (done.code, done.err) == (0, "")
    assert done.out == (PUBLISHED / "ruleset.schema.json").read_text(encoding="utf-8")
    assert json.loads(done.out)["$id"] == "urn:duibiao:schema:ruleset:1"


def test_all_are_written_and_what_was_there_is_replaced(duibiao, tmp_path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "cases.schema.json").write_text("old")
    done = duibiao("rules", "schema", "--out", "out")
    assert done.out.splitlines()[0] == "out/ruleset.schema.json"
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert written == {path.name: path.read_bytes() for path in PUBLISHED.iterdir()}


def test_one_is_written_alone(duibiao, tmp_path) -> None:
    assert duibiao("rules", "schema", "review", "--out", "one").out == "one/review.schema.json\n"
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["review.schema.json"]


def test_an_unknown_name_gets_the_nearest(duibiao) -> None:
    done = duibiao("rules", "schema", "ruelset")
    assert done.code == 2
    assert "没有 ruelset。是否想写 ruleset" in done.err
    assert "did you mean ruleset?" in duibiao("rules", "schema", "ruelset", "--lang", "en").err
