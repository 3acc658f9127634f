"""Where the seals go: the round places on the signature page of an issued scorecard, found in what is drawn there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

# A place is drawn as a circle of 45 mm (templates/print.css).
_WIDTH = 45 * 72 / 25.4
_TOLERANCE = 3.0
_DEEPEST_TREE = 32
Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
# One operation a line, as the layout engine writes it.
_NUMBER = rb"-?\d{0,9}\.?\d{1,9}"
_OPERATION = re.compile(rb"^((?:%s ){0,6})(q|Q|cm|m|l|c|f|f\*|n)$" % _NUMBER, re.MULTILINE)
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class SealPlace(NamedTuple):
    """The square around a round place on the page with this index (from 0), in points from the lower left corner."""

    page: int
    left: float
    lower: float
    right: float
    upper: float

    def holds(self, page: int, box: Box) -> bool:
        """Whether ``box`` on that page lies within this place, but for a point at each side."""
        left, lower, right, upper = box
        inside = self.left - 1 <= left <= right <= self.right + 1
        return page == self.page and inside and self.lower - 1 <= lower <= upper <= self.upper + 1


def pages_of(root: Any) -> list[Any]:
    """The pages below a document catalog, in order; each is a reference. Raises ``ValueError`` for a tree that is none."""
    found: list[Any] = []

    def walk(node: Any, depth: int) -> None:
        kids = node.get_object().get("/Kids")
        if kids is None:
            found.append(node)
            return
        if depth > _DEEPEST_TREE:
            raise ValueError("page tree")
        for kid in kids.get_object():
            walk(kid, depth + 1) if hasattr(kid, "get_object") else None

    for kid in root["/Pages"]["/Kids"]:
        walk(kid, 1)
    return found


def seal_places(root: Any) -> tuple[SealPlace, ...]:
    """The places on the last page of the document with this catalog, from above; none where it has no signature page."""
    pages = pages_of(root)
    if not pages:
        return ()
    contents = pages[-1].get_object()["/Contents"]
    streams = [contents] if hasattr(contents, "data") else [one.get_object() for one in contents]
    circles = set(_circles(b"\n".join(one.data for one in streams)))
    from_above = sorted(circles, key=lambda box: -box[3])
    return tuple(SealPlace(len(pages) - 1, *box) for box in from_above)


def _circles(drawn: bytes) -> Iterator[Box]:
    matrix, kept = _SAME, list[Matrix]()
    points: list[tuple[float, float]] = []
    curves = 0
    for one in _OPERATION.finditer(drawn):
        numbers, operator = [float(value) for value in one[1].split()], one[2]
        if operator == b"q":
            kept.append(matrix)
        elif operator == b"Q":
            matrix = kept.pop() if kept else _SAME
        elif operator == b"cm" and len(numbers) == 6:
            matrix = _times(numbers, matrix)
        elif operator in (b"m", b"l", b"c"):
            points += [_moved(*pair, matrix) for pair in zip(numbers[::2], numbers[1::2], strict=False)]
            curves += operator == b"c"
        elif operator in (b"f", b"f*", b"n"):
            if curves >= 4:
                across, upwards = zip(*points, strict=True)
                box = (min(across), min(upwards), max(across), max(upwards))
                if all(abs(side - _WIDTH) < _TOLERANCE for side in (box[2] - box[0], box[3] - box[1])):
                    yield box
            points, curves = [], 0


def _times(first: list[float], second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
