"""Places on a page: matrices and boxes, in points."""

from __future__ import annotations

from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


def matrix_of(operands: Any) -> Matrix:
    """Six operands as a matrix."""
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def times(one: Matrix, other: Matrix) -> Matrix:
    """``one``, then ``other``."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def box_of(matrix: Matrix, points: list[tuple[float, float]]) -> Box:
    """The box around ``points`` as ``matrix`` moves them."""
    a, b, c, d, e, f = matrix
    xs, ys = [a * x + c * y + e for x, y in points], [b * x + d * y + f for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def around(boxes: list[Box]) -> Box:
    """The box around ``boxes``."""
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def meet(one: Box, other: Box) -> Box:
    """What two boxes have in common; upside down where that is nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def covers(box: Box, run: Box) -> bool:
    """Whether the middle of ``run`` lies in ``box``, which is no mere line."""
    x, y = (run[0] + run[2]) / 2, (run[1] + run[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3] and (box[3] - box[1]) > (run[3] - run[1]) * 0.3
