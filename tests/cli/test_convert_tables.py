"""``duibiao convert`` into evidence tables: many submissions in one folder of Parquet files, or none of it."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from evaluator.loading import load_submission, shared_catalogue
from evaluator.loading.evidence_tables.columns import TABLES
from evaluator.loading.evidence_tables.opening import submissions_in_parquet

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "kunming-model-community"


def subjects(folder: Path) -> list[str]:
    """The ids in the tables of ``folder``."""
    return pq.read_table(folder / "subjects.parquet")["id"].to_pylist()


def test_a_folder_of_submissions_becomes_tables_that_say_the_same(duibiao, tmp_path) -> None:
    done = duibiao("convert", FOLDER, "-o", "tables")
    assert (done.code, done.out) == (0, "tables：3 份申报\n")
    assert sorted(one.name for one in (tmp_path / "tables").iterdir()) == sorted(
        f"{one}.parquet" for one in TABLES
    )
    found = [one.submission for one in submissions_in_parquet(tmp_path / "tables", shared_catalogue())]
    assert found == [load_submission(one) for one in sorted(FOLDER.glob("*.yaml"))]


def test_one_submission_and_json_lines_become_tables_too(duibiao, middling, tmp_path) -> None:
    assert duibiao("convert", middling, "-o", "a.json").code == 0
    one = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    lines = [json.dumps({**one, "subject": {**one["subject"], "id": name}}) for name in ("a", "b")]
    (tmp_path / "x.jsonl").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    assert duibiao("convert", "a.json", "-o", "tables", "--lang", "en").out == "tables: 1 submission\n"
    assert duibiao("convert", "x.jsonl", "-o", "more", "--lang", "en").out == "more: 2 submissions\n"
    assert (subjects(tmp_path / "tables"), subjects(tmp_path / "more")) == (["cuihu-an"], ["a", "b"])


def test_nothing_is_written_where_any_submission_has_problems(duibiao, middling, edit, tmp_path) -> None:
    (tmp_path / "in").mkdir()
    edit(middling, "model_buildings: 1", "model_buildings: 41", tmp_path / "in" / "a.yaml")
    edit(middling, "buildings", "bildings", tmp_path / "in" / "b.yaml")
    done = duibiao("convert", "in", "-o", "tables")
    assert done.code == 2
    assert [one.split(":")[0] for one in done.err.splitlines()][:2] == ["in/a.yaml", "in/b.yaml"]
    assert not (tmp_path / "tables").exists()


def test_the_lines_with_problems_are_told_by_their_numbers(duibiao, tmp_path) -> None:
    (tmp_path / "x.jsonl").write_text('{"submission": 1}\n{\n', encoding="utf-8")
    done = duibiao("convert", "x.jsonl", "-o", "tables")
    assert done.code == 2
    assert [":".join(one.split(":")[:2]) for one in done.err.splitlines()] == [
        "x.jsonl:1",
        "x.jsonl:1",
        "x.jsonl:2",
        "共 3 处问题",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("there", "-o", "tables"), "文件夹里没有申报"),
        (("nowhere.jsonl", "-o", "tables"), "nowhere.jsonl: [unreadable] 文件读不出来"),
        ((str(FOLDER), "-o", "there"), "文件已存在，不覆盖"),
        ((str(FOLDER), "-o", "tables", "--rules", "kunming"), "没有规则集 kunming"),
    ],
)
def test_what_cannot_become_tables_is_refused(duibiao, tmp_path, arguments, words) -> None:
    (tmp_path / "there").mkdir()
    done = duibiao("convert", *arguments)
    assert done.code == 2
    assert words in done.err
    assert not (tmp_path / "tables").exists()
