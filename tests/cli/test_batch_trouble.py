"""``duibiao batch`` where the folder, the disk or the sources are not as they should be: told, and nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

RUN = ("--rules", "kunming-model-community", "--out", "out", "--jobs", "1", "--format", "parquet")


def submission(name: str) -> str:
    whole = {
        "submission": 1,
        "subject": {"id": name, "name": "示例社区", "kind": "community"},
        "period": {"from": "2025-01-01", "to": "2025-12-31"},
    }
    return json.dumps(whole, ensure_ascii=False)


@pytest.fixture
def lines(tmp_path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(f"{submission(name)}\n" for name in ("s-0", "s-1")), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("results.parquet", "no_file"),
        ("refused.json", "no_file"),
        ("scorecards", "no_folder"),
        (".batch", "no_folder"),
    ],
)
def test_what_stands_in_the_place_of_an_output_is_refused_at_once(
    duibiao, tmp_path, lines, name, code
) -> None:
    (tmp_path / "out").mkdir()
    place = tmp_path / "out" / name
    place.mkdir() if code == "no_file" else place.write_bytes(b"")
    done = duibiao("batch", lines.name, *RUN, "--resume")
    assert (done.code, f"{name}: [{code}]" in done.err) == (2, True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [name]


@pytest.mark.parametrize("name", ["results.parquet", "assessments.jsonl", "scorecards/in.jsonl"])
def test_a_source_that_the_results_would_overwrite_is_refused(duibiao, tmp_path, lines, name) -> None:
    place = tmp_path / "out" / name
    place.parent.mkdir(parents=True)
    lines.rename(place)
    before = place.read_bytes()
    done = duibiao("batch", f"out/{name}", *RUN, "--resume")
    assert (done.code, "[out_over]" in done.err) == (2, True)
    assert place.read_bytes() == before


def test_a_lock_alone_is_no_batch(duibiao, tmp_path, lines) -> None:
    (tmp_path / "out" / ".batch" / "parts").mkdir(parents=True)
    (tmp_path / "out" / ".batch" / "lock").touch()
    assert duibiao("batch", lines.name, *RUN).code == 0


def test_results_that_were_replaced_are_written_again(duibiao, tmp_path, lines) -> None:
    assert duibiao("batch", lines.name, *RUN).code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file()}
    (tmp_path / "out" / "results.parquet").write_bytes(b"something else")
    (tmp_path / "out" / "criteria.parquet").unlink()
    assert "沿用 2 份" in duibiao("batch", lines.name, *RUN, "--resume").out
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file()} == before


def test_a_pipe_among_the_submissions_is_waited_for_by_nobody(duibiao, tmp_path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "s-0.json").write_text(submission("s-0"), encoding="utf-8")
    for name in ("a.json", "b.zip", "c-1.zip"):
        os.mkfifo(folder / name)
    (folder / "c-2.zip").write_bytes(b"")
    (folder / "loop").symlink_to(".")
    (folder / "d.json").symlink_to("/dev/zero")
    (folder / "e\n\x1b[31m.json").write_text(submission("s-1"), encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/f\xff.json")).write_text(submission("s-2"), encoding="utf-8")
    done = duibiao("batch", "in", *RUN)
    assert (done.code, "Traceback" in done.err) == (2, False)
    table = pq.read_table(tmp_path / "out" / "results.parquet")
    assert table.column("subject").to_pylist() == ["s-1", "s-2", "s-0"]


def without_a_column(path: Path) -> None:
    pq.write_table(pq.read_table(path).drop_columns(["grade"]), path)


def damaged(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4] + bytes(200) + content[204:])


def nonsense(path: Path) -> None:
    table = pq.read_table(path)
    column = table.schema.get_field_index("score_floor")
    pq.write_table(table.set_column(column, "score_floor", pa.array(["1/0"] * len(table))), path)


def of_other_rules(path: Path) -> None:
    table = pq.read_table(path)
    column = table.schema.get_field_index("ruleset")
    pq.write_table(table.set_column(column, "ruleset", pa.array(["other"] * len(table))), path)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (without_a_column, "not_results"),
        (of_other_rules, "other_ruleset"),
        (cut, "unreadable"),
        (damaged, "damaged"),
        (nonsense, "damaged"),
    ],
)
def test_a_year_before_that_cannot_be_read_is_told(duibiao, tmp_path, lines, spoil, code) -> None:
    assert duibiao("batch", lines.name, *RUN).code == 0
    shutil.copytree(tmp_path / "out", tmp_path / "before", ignore=shutil.ignore_patterns(".batch"))
    spoil(tmp_path / "before" / "results.parquet")
    run = ("batch", lines.name, *RUN[:2], "--out", "now", "--format", "xlsx", "--previous", "before")
    done = duibiao(*run)
    assert done.code == 2
    assert f"before/results.parquet: [{code}]" in done.err
    assert not (tmp_path / "now" / "ranking.xlsx").exists()
    # What is seen at once is told before anything is scored.
    assert (tmp_path / "now").exists() == (code == "damaged")


def test_where_nobody_listens_it_is_done_all_the_same(tmp_path, lines, command, env) -> None:
    closed = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", command]
    assert (
        subprocess.run([*closed, "batch", lines.name, *RUN], cwd=tmp_path, env=env(), check=False).returncode
        == 0
    )
    assert pq.read_table(tmp_path / "out" / "results.parquet").num_rows == 2


def test_whoever_stops_reading_still_learns_that_some_were_refused(tmp_path, lines, command, env) -> None:
    lines.write_text("{\n", encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        run = [command, "batch", lines.name, *RUN]
        done = subprocess.run(
            run, cwd=tmp_path, env=env(), stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, b"refused.json" in done.stderr) == (2, True)


def test_a_full_disk_is_told_with_what_is_kept(tmp_path, lines, command, env) -> None:
    # A file may grow no longer than this: the last of the outputs does not fit, as on a full disk.
    limited = ["sh", "-c", 'ulimit -f 2; trap "" XFSZ; exec "$@"', "sh", command]
    run = ["batch", lines.name, *RUN[:6], "--format", "jsonl"]
    done = subprocess.run(
        [*limited, *run], cwd=tmp_path, env=env(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, "--resume" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert [
        path.name for path in (tmp_path / "out").rglob("*") if path.name not in (".batch", "lock", "parts")
    ] == []
