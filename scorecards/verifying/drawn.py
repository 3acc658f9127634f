"""What a page shows: every character with its place, colour and size, and whether it can be seen; read from its content stream.

A small reader of our own rather than a library's text extraction: what was hidden, covered or moved off the page has to be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf.generic import ContentStream, StreamObject

from scorecards.verifying.geometry import PLAIN, Box, covers
from scorecards.verifying.interpreting import Canvas, Character, Interpreter, Run, State, unpacked
from scorecards.verifying.parts import BoundedReader, resolved

__all__ = ["Character", "Drawn", "Reading", "Run"]


class Drawn(NamedTuple):
    """A page: its runs in order, those of them that are covered afterwards, and how much else is drawn on it."""

    runs: tuple[Run, ...]
    covered: tuple[Run, ...]
    images: int
    lines: int
    curves: int
    size: tuple[float, float]

    @property
    def text(self) -> str:
        """All that is shown, in order, without blanks."""
        return "".join("".join(run.text for run in self.runs).split())


class Reading:
    """Reads the pages of one file; fonts are read once."""

    def __init__(self, reader: BoundedReader) -> None:
        self.reader = reader
        self._interpreter = Interpreter(reader)

    def pages(self) -> Iterator[Drawn]:
        """Every page in order."""
        for page in self.reader.pages:
            yield self._page(page)

    def _page(self, page: Any) -> Drawn:
        left, bottom, right, top = (float(one) for one in page.cropbox)
        canvas = Canvas()
        state = State(PLAIN, (left, bottom, right, top), ("0",), None, 0, 0, 1)
        content = resolved(page.get("/Contents"))
        if content is not None:
            data = b"\n".join(self.reader.data_of(one) for one in _streams(content))
            stream = ContentStream(unpacked(data), self.reader)
            self._interpreter.read(stream, resolved(page.get("/Resources")), state, canvas, 0)
        runs = tuple(run for _, run in canvas.runs)
        covered = tuple(run for at, run in canvas.runs if _is_covered(at, run.box, canvas.fills))
        return Drawn(runs, covered, canvas.images, canvas.lines, canvas.curves, (right - left, top - bottom))


def _streams(content: Any) -> list[StreamObject]:
    listed = [content] if isinstance(content, StreamObject) else [resolved(one) for one in content]
    return [one for one in listed if isinstance(one, StreamObject)]


def _is_covered(at: int, box: Box, fills: list[tuple[int, Box]]) -> bool:
    return any(order > at and covers(fill, box) for order, fill in reversed(fills))
