"""What a mutation asks for: numbers below a bound. Two sources of them, so that two engines share every mutation."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Choices:
    """Choices made by ``below(n)``: a whole number from 0 to before ``n``."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below

    def pick(self, options: Sequence[T]) -> T:
        """One of ``options``, of which there is at least one."""
        return options[self.below(len(options))]

    def one_in(self, n: int) -> bool:
        """True about once in ``n`` times."""
        return self.below(n) == n - 1

    def span(self, length: int, longest: int = 64) -> tuple[int, int]:
        """A stretch of something of that ``length``: where it begins, and where it ends."""
        start = self.below(length + 1)
        return start, min(length, start + self.below(longest + 1))


def seeded(seed: int) -> Choices:
    """Choices that only depend on ``seed``."""
    random = Random(seed).random
    return Choices(lambda n: int(random() * n))


def taken(content: bytes) -> Choices:
    """Choices taken from ``content``, four bytes each; what is asked for beyond its end depends on it alone."""
    numbers = iter(struct.unpack(f">{len(content) // 4}I", content[: len(content) // 4 * 4]))
    random = Random(content).random

    def below(n: int) -> int:
        number = next(numbers, None)
        return int(random() * n) if number is None else number * n >> 32

    return Choices(below)
