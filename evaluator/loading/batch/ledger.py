"""What every submission of a batch came to, in the order of the source: where its row is, or why it has none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

import pyarrow as pa

from evaluator.errors import Place, Problem, Words
from evaluator.loading.batch.items import Piece
from evaluator.loading.batch.judging import FAILED, KNOWN, Done
from evaluator.loading.batch.parts import WIDTH
from evaluator.loading.batch.store import Index

_NOBODY = b"\0" * WIDTH


class Chunk(NamedTuple):
    """Rows of one part that follow each other in the source, and the positions of their submissions in the batch."""

    part: str
    rows: list[int]
    positions: list[int]


class Failure(NamedTuple):
    """A submission that has no row."""

    position: int
    problem: Problem


class Ledger:
    """Fills as pieces are done, in whatever order; read when all are."""

    def __init__(self, pieces: tuple[Piece, ...], index: Index) -> None:
        self.pieces, self.index = pieces, index
        self.begins = [0, *accumulate(piece.size for piece in pieces)]
        self._done: dict[int, list[tuple[Done, str | None]]] = {}

    def add(self, done: Done, part: str | None) -> None:
        """A piece that is done, its rows kept as ``part``; a piece that was done one by one comes in so many."""
        self._done.setdefault(done.number, []).append((done._replace(part=None), part))

    def _of_piece(self, number: int) -> list[tuple[Done, str | None]]:
        return sorted(self._done.get(number, ()), key=lambda one: one[0].within)

    def parts(self) -> set[str]:
        """The parts in which a row is."""
        return {one.part for one in self if isinstance(one, Chunk)}

    def __iter__(self) -> Iterator[Chunk | Failure]:
        for number, begun in enumerate(self.begins[:-1]):
            at = begun
            for done, part in self._of_piece(number):
                yield from self._of(done, part, at)
                at += len(done.marks)

    def _of(self, done: Done, part: str | None, begun: int) -> Iterator[Chunk | Failure]:
        failures, made = iter(done.failures), 0
        chunk: Chunk | None = None
        for n, mark in enumerate(done.marks):
            if mark == FAILED[0]:
                if chunk is not None:
                    yield chunk
                chunk = None
                yield Failure(begun + n, next(failures))
                continue
            if mark == KNOWN[0]:
                name, row, _ = self.index.find(done.keys[n * WIDTH : (n + 1) * WIDTH])
            else:
                assert part is not None
                name, row, made = part, made, made + 1
            if chunk is None or chunk.part != name:
                if chunk is not None:
                    yield chunk
                chunk = Chunk(name, [], [])
            chunk.rows.append(row)
            chunk.positions.append(begun + n)
        if chunk is not None:
            yield chunk

    def place(self, position: int) -> Place:
        """Where a submission stands."""
        number = bisect_right(self.begins, position) - 1
        within = position - self.begins[number]
        return next(place for n, place in enumerate(self.pieces[number].places()) if n == within)

    def repeated(self) -> dict[int, int]:
        """The positions of submissions of whose subject and period one stands before, with that one's position."""
        whose = b"".join(self._whose())
        buffer = pa.py_buffer(whose)
        array = pa.FixedSizeBinaryArray.from_buffers(pa.binary(WIDTH), len(whose) // WIDTH, [None, buffer])
        encoded = array.dictionary_encode()
        if len(encoded.dictionary) == len(array):
            return {}
        first: dict[bytes, int] = {}
        twice = {one["values"].as_py() for one in array.value_counts() if one["counts"].as_py() > 1}
        found: dict[int, int] = {}
        for n in range(len(array)):
            who = whose[n * WIDTH : (n + 1) * WIDTH]
            if who in twice and who != _NOBODY and first.setdefault(who, n) != n:
                found[n] = first[who]
        return found

    def _whose(self) -> Iterator[bytes]:
        for number in range(len(self.pieces)):
            for done, _ in self._of_piece(number):
                made = 0
                for n, mark in enumerate(done.marks):
                    if mark == FAILED[0]:
                        yield _NOBODY
                    elif mark == KNOWN[0]:
                        yield self.index.find(done.keys[n * WIDTH : (n + 1) * WIDTH])[2]
                    else:
                        yield done.who[made * WIDTH : (made + 1) * WIDTH]
                        made += 1


def repeated_problem(place: Place, first: Place, subject: str) -> Problem:
    """The refusal of a submission of whose subject and period one stands before."""
    zh = f"单位 {subject} 同一评估期的申报已有一份：{first}（按那份计）"
    en = f"the subject {subject} has a submission of this period already: {first}, which counts"
    mend = Words("只留一份", "keep one of them")
    return Problem("repeated_subject", place, Words(zh, en), mend)
