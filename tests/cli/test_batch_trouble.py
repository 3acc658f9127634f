"""``duibiao batch`` where the folder, the disk or the sources are not as they should be: told, and nothing half-written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

RUN = ("--rules", "kunming-model-community", "--out", "out", "--format", "parquet")


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
