"""What the program fails on is refused by itself, and whatever stands beside it is done."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from evaluator.errors import Place
from evaluator.loading import load_ruleset
from evaluator.loading.batch.asking import Asked
from evaluator.loading.batch.items import Item, Piece
from evaluator.loading.batch.lines import LineItem
from evaluator.loading.batch.running import Batch
from evaluator.loading.batch.sources import Listed
from evaluator.loading.batch.store import Store
from evaluator.loading.workers import Pool

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

    def receive(self, catalogue, *, lenient):
        if self.number == self.piece.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.number == self.piece.faulty:
            raise ZeroDivisionError
        return super().receive(catalogue, lenient=lenient)


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


def test_a_part_that_is_damaged_is_done_again(tmp_path) -> None:
    batch, _, _ = done(tmp_path / "out", deadly=0, faulty=0)
    for path in batch.store.parts.glob("*.arrow"):
        path.write_bytes(path.read_bytes()[:200])
    batch, subjects, _ = done(tmp_path / "out", deadly=0, faulty=0)
    assert len(batch.ledger.index.known) == 0
    assert len(subjects) == 12
