"""JSON lines: one submission a line, blank lines passed over; a file of any size is never held as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evaluator.algorithms import Algorithm
from evaluator.catalogue import Catalogue
from evaluator.errors import Place, Problem, SubmissionError, Words
from evaluator.limits import in_force, raising, written
from evaluator.loading.batch.items import Feed, Item, Piece, may_say_includes
from evaluator.loading.files import refused
from evaluator.loading.lines import read_line
from evaluator.loading.packages import Alone, Form
from evaluator.loading.submissions import Received, receive
from evaluator.observation import Observation
from evaluator.packages.names import shown

_BLOCK = 4 * 1024 * 1024
_BLANK = b" \t\r\n\xef\xbb\xbf"
# What a line is called while it is read: the ending says that it is JSON.
_CALLED = "line.json"


class LinesPiece(NamedTuple):
    """Lines of ``path`` that follow each other, in the bytes from ``begun`` to ``end``; the first is number ``first``.

    ``content`` are those bytes, where they are carried.
    """

    path: Path
    begun: int
    end: int
    first: int
    size: int
    content: bytes | None = None

    def items(self) -> Iterator[Item]:
        """Each line, in order."""
        return (LineItem(self.path, number, line) for number, _, line in self._lines())

    def apart(self) -> list[Piece]:
        """A piece for each line."""
        return [
            LinesPiece(self.path, begun, begun + len(line), number, 1, None if self.content is None else line)
            for number, begun, line in self._lines()
        ]

    def places(self) -> Iterator[Place]:
        """Where each line stands."""
        name = shown(self.path)
        return (Place(name, self.first + n) for n in range(self.size))

    def carried(self) -> Piece:
        """The lines themselves; where they cannot be read that is left to the worker to say."""
        try:
            return self._replace(content=self._read())
        except OSError:
            return self

    def _read(self) -> bytes:
        with self.path.open("rb") as file:
            file.seek(self.begun)
            # A line that is far too long is alone in its piece, and not read to its end.
            return file.read(min(self.end - self.begun, in_force().largest_submission + _BLOCK))

    def _lines(self) -> Iterator[tuple[int, int, bytes]]:
        content = self._read() if self.content is None else self.content
        at = self.begun
        for n, line in enumerate(content.split(b"\n", self.size)[: self.size]):
            yield self.first + n, at, line
            at += len(line) + 1


def line_pieces(path: Path, most: int) -> Iterator[LinesPiece]:
    """The lines of ``path`` in pieces of at most ``most`` lines and some megabytes; raises ``OSError``."""
    begun = end = first = count = 0
    for number, (start, after, blank) in enumerate(_bounds(path), 1):
        if count and (blank or count == most or after - begun > _BLOCK):
            yield LinesPiece(path, begun, end, first, count)
            count = 0
        if not blank:
            if not count:
                begun, first = start, number
            count, end = count + 1, after
    if count:
        yield LinesPiece(path, begun, end, first, count)


def _bounds(path: Path) -> Iterator[tuple[int, int, bool]]:
    """Where each line begins, where the next one does, and whether nothing stands in it."""
    begun, at, blank = 0, 0, True
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            start = 0
            while (end := block.find(b"\n", start)) >= 0:
                yield begun, at + end + 1, blank and _is_blank(block, start, end)
                begun, blank, start = at + end + 1, True, end + 1
            blank = blank and _is_blank(block, start, len(block))
            at += len(block)
    if at > begun:
        yield begun, at, blank


def _is_blank(block: bytes, start: int, end: int) -> bool:
    return not block[start : min(end, start + 16)].strip(_BLANK) and not block[start:end].strip(_BLANK)


class LineItem:
    """One line."""

    def __init__(self, path: Path, number: int, content: bytes) -> None:
        self.path, self.number, self.content = path, number, content
        self.folder: Path | None = path.parent

    @property
    def place(self) -> Place:
        """The file and the line."""
        return Place(shown(self.path), self.number)

    def feed(self, into: Feed, *, exactly: bool) -> None:
        """The line; ``exactly``: with its number and the file's name."""
        most = in_force().largest_submission
        if len(self.content) > most:
            size = written(most, "bytes")
            what = f"一行超过 {size}", f"a line of more than {size}"
            error = refused(self.path, "file_size", *what, raising("largest_submission"))
            raise SubmissionError(one._replace(place=self.place) for one in error.problems)
        if exactly:
            into(f"{os.fspath(self.path)}:{self.number}\0".encode("utf-8", "surrogateescape"))
        into(self.content)

    def receive(self, catalogue: Catalogue, algorithm: Algorithm = "sha256", *, lenient: bool) -> Received:
        """Read the line; raises ``SubmissionError``."""
        try:
            if not lenient:
                found = Received(read_line(self.content, _CALLED, catalogue))
                if not found.submission.includes:
                    return found
            received = receive(_Line(self.path, self.content), catalogue, lenient=lenient)
        except SubmissionError as error:
            raise SubmissionError(map(self._placed, error.problems)) from None
        return received._replace(observations=tuple(map(self._told, received.observations)))

    def may_include(self) -> bool:
        """Whether other forms may be read for it."""
        return may_say_includes(self.content)

    def _placed(self, problem: Problem) -> Problem:
        if problem.place.file != _CALLED:
            return problem
        return problem._replace(place=self.place._replace(column=problem.place.column))

    def _told(self, one: Observation) -> Observation:
        there = f"{self.path.name}:{self.number}:"
        zh, en = (text.replace(f"{_CALLED}:1:", there) for text in one.message)
        return one._replace(message=Words(zh, en))


class _Line(Alone):
    """A line as a form; what it includes lies beside the file."""

    def __init__(self, path: Path, content: bytes) -> None:
        super().__init__(path)
        self._content = content

    def form(self) -> Form:
        """The form."""
        return Form(_CALLED, _CALLED, lambda _largest: self._content)
