"""What the program fails on is refused by itself, and whatever stands beside it is done."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evaluator.errors import Place
from evaluator.loading import load_ruleset
from evaluator.loading.batch.asking import Asked
from evaluator.loading.batch.items import Item, Piece
from evaluator.loading.batch.lines import LineItem, line_pieces
from evaluator.loading.batch.running import Batch
from evaluator.loading.batch.sources import Listed
from evaluator.loading.batch.store import Store, written
from evaluator.loading.workers import JobLost, Pool

LINE = json.dumps(
    {
        "submission": 1,
        "subject": {"id": "s-%d", "name": "示例社区", "kind": "community"},
        "period": {"from": "2025-01-01", "to": "2025-12-31"},
    }
)


class Piecemeal:
    """Submissions of which some end the process that reads them, and some raise what nobody expected."""

    def __init__(self, numbers: tuple[int, ...], deadly: int, faulty: int) -> None:
        self.numbers, self.deadly, self.faulty = numbers, deadly, faulty
        self.size = len(numbers)

    def items(self) -> Iterator[Item]:
        return (Trap(self, n) for n in self.numbers)

    def apart(self) -> list[Piece]:
        return [Piecemeal((n,), self.deadly, self.faulty) for n in self.numbers]

    def places(self) -> Iterator[Place]:
        return (Place("all.jsonl", n) for n in self.numbers)


class Trap(LineItem):
    def __init__(self, piece: Piecemeal, number: int) -> None:
        super().__init__(Path("all.jsonl"), number, (LINE % number).encode())
        self.piece = piece

    def receive(self, catalogue, algorithm="sha256", *, lenient):
        if self.number == self.piece.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.number == self.piece.faulty:
            raise ZeroDivisionError
        return super().receive(catalogue, algorithm, lenient=lenient)


class Killing(Pool):
    """Loses every job, and then the file that held it."""

    def __init__(self, path: Path) -> None:
        super().__init__(1)
        self.path = path

    def run(self, make, arguments, jobs):
        for job in jobs:
            yield JobLost(job)
        self.path.unlink()


def done(folder: Path, deadly: int, faulty: int) -> tuple[Batch, list[str], list[dict]]:
    pieces = tuple(Piecemeal(tuple(range(n, n + 4)), deadly, faulty) for n in (1, 5, 9))
    asked = Asked(load_ruleset("kunming-model-community"), worded="none")
    with Store(folder) as store:
        batch = Batch(store, asked, Listed(pieces, 0), ())
        counted: list[int] = []
        work = batch.judge(Pool(2), counted.append)
        batch.write(("parquet",), None)
    assert sum(counted) == 12
    assert work.known + work.made == 12 - (deadly > 0) - (faulty > 0) or work.known
    refused = json.loads((folder / "refused.json").read_bytes())["submissions"]
    return batch, pq.read_table(folder / "results.parquet").column("subject").to_pylist(), refused


def test_the_submission_that_ends_a_process_is_found_and_refused(tmp_path) -> None:
    _, subjects, refused = done(tmp_path / "out", deadly=6, faulty=0)
    assert subjects == [f"s-{n}" for n in range(1, 13) if n != 6]
    assert [(one["source"], one["problems"][0]["code"]) for one in refused] == [
        ("all.jsonl:6", "program_error")
    ]


def test_a_source_that_is_gone_when_one_of_its_submissions_is_looked_for_is_told(tmp_path) -> None:
    lines = tmp_path / "all.jsonl"
    lines.write_text("".join(LINE % n + "\n" for n in (1, 2, 3)), encoding="utf-8")
    (piece,) = line_pieces(lines, 3)
    with Store(tmp_path / "out") as store:
        asked = Asked(load_ruleset("kunming-model-community"), worded="none")
        batch = Batch(store, asked, Listed((piece,), 0), ())
        counted: list[int] = []
        batch.judge(Killing(lines), counted.append)
        told = batch.write(("parquet",), None)
    assert (told.good, told.refused, sum(counted)) == (0, 3, 3)
    refused = json.loads((tmp_path / "out" / "refused.json").read_bytes())["submissions"]
    assert [one["source"] for one in refused] == [f"{lines}:{n}" for n in (1, 2, 3)]
    assert {one["problems"][0]["code"] for one in refused} == {"unreadable"}


def test_the_submission_on_which_the_program_fails_is_refused(tmp_path) -> None:
    _, subjects, refused = done(tmp_path / "out", deadly=0, faulty=7)
    assert subjects == [f"s-{n}" for n in range(1, 13) if n != 7]
    assert [one["problems"][0]["code"] for one in refused] == ["program_error"]
    assert "ZeroDivisionError" in refused[0]["problems"][0]["what"]["zh"]


def test_what_the_program_failed_on_is_tried_again(tmp_path) -> None:
    done(tmp_path / "out", deadly=6, faulty=7)
    batch, subjects, refused = done(tmp_path / "out", deadly=0, faulty=0)
    assert len(batch.ledger.index.known) == 10
    assert subjects == [f"s-{n}" for n in range(1, 13)]
    assert refused == []


@pytest.mark.parametrize("sizes", [(1,) * 12, (5, 7), (12,)])
def test_the_files_do_not_depend_on_the_pieces(tmp_path, sizes) -> None:
    done(tmp_path / "whole", deadly=0, faulty=3)
    numbers = iter(range(1, 13))
    pieces = tuple(Piecemeal(tuple(next(numbers) for _ in range(size)), 0, 3) for size in sizes)
    asked = Asked(load_ruleset("kunming-model-community"), worded="none")
    with Store(tmp_path / "out") as store:
        batch = Batch(store, asked, Listed(pieces, 0), ())
        batch.judge(Pool(2), lambda _: None)
        batch.write(("parquet",), None)
    for name in ("results.parquet", "criteria.parquet", "refused.json"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def made_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def of_an_older_layout(path: Path) -> None:
    with pa.ipc.open_file(path.read_bytes()) as reader:
        rows = reader.get_batch(0).drop_columns(["sent_by", "accepted"])
    path.unlink()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, rows.schema) as writer:
        writer.write_batch(rows)
    content = bytes(sink.getvalue())
    path.with_name(f"{hashlib.sha256(content).hexdigest()[:32]}.arrow").write_bytes(content)


@pytest.mark.parametrize("spoil", [cut, flipped, emptied, made_a_folder, of_an_older_layout])
def test_a_part_that_does_not_hold_is_done_again(tmp_path, spoil) -> None:
    batch, _, _ = done(tmp_path / "out", deadly=0, faulty=0)
    for path in list(batch.store.parts.glob("*.arrow")):
        spoil(path)
    batch, subjects, _ = done(tmp_path / "out", deadly=0, faulty=0)
    assert len(batch.ledger.index.known) == 0
    assert len(subjects) == 12


def test_what_an_ended_batch_left_half_made_is_gone_when_the_next_begins(tmp_path) -> None:
    batch, _, _ = done(tmp_path / "out", deadly=0, faulty=0)
    store = batch.store
    (store.temporary / "tmp1").mkdir(parents=True)
    (store.temporary / "tmp1" / "ranking.xlsx").write_bytes(b"half")
    (store.parts / "0.arrow.tmp").write_bytes(b"half")
    with Store(tmp_path / "out"):
        assert list(store.temporary.iterdir()) == []
    assert not store.temporary.exists()
    assert all(path.suffix == ".arrow" for path in store.parts.iterdir())


def test_a_batch_that_keeps_nothing_leaves_no_folder(tmp_path) -> None:
    (tmp_path / "there").mkdir()
    for out in ("there", "new/below"):
        with Store(tmp_path / out):
            assert (tmp_path / out / ".batch" / "lock").exists()
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["there"]


def test_a_lock_that_was_cleared_away_is_no_lock(tmp_path) -> None:
    with Store(tmp_path / "out") as first:
        (first.work / "lock").unlink()
        with Store(tmp_path / "out") as second:
            assert second.parts.is_dir()
            assert (second.work / "lock").exists()


def test_a_file_that_cannot_be_written_whole_leaves_nothing(tmp_path) -> None:
    (tmp_path / "name").mkdir()
    with pytest.raises(IsADirectoryError):
        written(tmp_path / "name", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["name"]
