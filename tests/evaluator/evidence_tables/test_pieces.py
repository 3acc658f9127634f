"""Parquet as a source of a batch: pieces that workers can be sent, whose submissions say what was read of them."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evaluator.errors import SubmissionError
from evaluator.loading.evidence_tables.pieces import ParquetItem, is_parquet, parquet_pieces
from tests.evaluator.building import CATALOGUE
from tests.evaluator.evidence_tables.making import folder, read, subject

EVENT = {"subject": "a", "id": "E1", "type": "meeting", "date": "2025-03-12"}
BAD = {"subject": "b", "id": "E1", "type": "meeting", "date": "2025-02-30"}


def rows(path: Any, names: str) -> Any:
    """A file with a submission in each row."""
    texts = [
        json.dumps({"submission": 1, "subject": {"id": one, "name": one, "kind": "community"},
                    "period": {"from": "2025-01-01", "to": "2025-12-31"}})
        for one in names
    ]  # fmt: skip
    pq.write_table(pa.table({"submission": texts}), path / "x.parquet", row_group_size=3)
    return path / "x.parquet"


def said(item: ParquetItem, *, exactly: bool = False) -> bytes:
    """What an item hands over to be digested."""
    found: list[bytes] = []
    item.feed(found.append, exactly=exactly)
    return b"".join(found)


@pytest.mark.parametrize("form", ["tables", "rows"])
def test_pieces_that_were_sent_elsewhere_hold_every_submission_once(tmp_path, form) -> None:
    path = (
        folder(
            tmp_path / "tables",
            subjects=[subject(one) for one in "abcdefg"],
            events=[{**EVENT, "subject": "g"}, EVENT],
        )
        if form == "tables"
        else rows(tmp_path, "abcdefg")
    )
    pieces = pickle.loads(pickle.dumps(parquet_pieces(path, 2, tmp_path)))
    assert sum(one.size for one in pieces) == 7
    items = [item for piece in pieces for item in piece.items()]
    assert [one.receive(CATALOGUE, lenient=False).submission for one in items] == [
        one.submission for one in read(path)
    ]
    assert [one.place for one in items] == [place for piece in pieces for place in piece.places()]
    alone = [item for piece in pieces for one in piece.apart() for item in one.items()]
    assert [(one.place, said(one)) for one in alone] == [(one.place, said(one)) for one in items]


def test_rows_that_belong_nowhere_are_a_piece_that_is_refused(tmp_path) -> None:
    *_, strays = parquet_pieces(folder(tmp_path, events=[EVENT, {**EVENT, "subject": "x"}]), 10, tmp_path)
    (item,) = strays.items()
    assert [str(one) for one in strays.places()] == [f"{tmp_path}/events.parquet:2"]
    with pytest.raises(SubmissionError, match="subjects 表中没有单位 x，它有 1 行"):
        item.receive(CATALOGUE, lenient=True)


def test_a_bad_item_is_refused_or_leniently_set_aside(tmp_path) -> None:
    path = folder(
        tmp_path,
        subjects=[subject("a"), subject("b")],
        events=[EVENT, BAD, {**BAD, "id": "E2", "date": "2025-03-12"}],
    )
    (piece,) = parquet_pieces(path, 10, tmp_path)
    _, item = piece.items()
    with pytest.raises(SubmissionError, match=r"events.parquet:2:4: \[bad_date\]"):
        item.receive(CATALOGUE, lenient=False)
    received = item.receive(CATALOGUE, lenient=True)
    assert [one.id for one in received.submission.events] == ["E2"]
    (observed,) = received.observations
    assert observed.message.zh.startswith("填报有误，暂不计分（events.parquet:2:4）：")


def test_a_person_is_refused_leniently_too(tmp_path) -> None:
    (piece,) = parquet_pieces(folder(tmp_path, events=[{**EVENT, "title": "找13800138000"}]), 10, tmp_path)
    (item,) = piece.items()
    with pytest.raises(SubmissionError, match="number_of_a_person"):
        item.receive(CATALOGUE, lenient=True)


def test_what_is_handed_over_changes_with_what_is_said(tmp_path) -> None:
    def of(name: str, **tables: Any) -> ParquetItem:
        (piece,) = parquet_pieces(folder(tmp_path / name, **tables), 10, tmp_path)
        return list(piece.items())[-1]

    one, same, other = (
        of("x", events=[EVENT]),
        of("y", events=[EVENT]),
        of("z", events=[{**EVENT, "id": "E2"}]),
    )
    assert said(one) == said(same) != said(other)
    assert said(one, exactly=True) != said(same, exactly=True)
    twice = of("w", subjects=[subject(), subject()])
    assert said(twice) != said(of("v"))
    raw = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")]
    )
    unreadable = of(
        "u", events=pa.table({name: [value] for name, value in EVENT.items()}).append_column("title", raw)
    )
    assert said(unreadable) != said(one)


def test_what_is_parquet_is_told_by_its_name_or_by_its_tables(tmp_path) -> None:
    assert is_parquet(folder(tmp_path / "a"))
    assert is_parquet(rows(tmp_path, "a"))
    assert not is_parquet(tmp_path)
    assert not is_parquet(tmp_path / "x.json")
