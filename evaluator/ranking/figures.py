"""Exact figures of many numbers: median, quartiles, means; and how they are printed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from evaluator.exact import printed

Json = dict[str, Any]
HALF = Fraction(1, 2)
_REMEMBERED = 100_000
_QUARTERS = (
    ("min", Fraction(0)),
    ("q1", Fraction(1, 4)),
    ("median", HALF),
    ("q3", Fraction(3, 4)),
    ("max", Fraction(1)),
)


def quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """The exact value at ``share`` (0 to 1) of ascending numbers, between two neighbours in proportion.

    The same as QUARTILE.INC and MEDIAN of a spreadsheet, without its rounding.

    >>> quantile([Fraction(1), Fraction(2)], Fraction(1, 2))
    Fraction(3, 2)
    """
    whole, part = divmod((len(ordered) - 1) * share, 1)
    low = ordered[whole]
    return low + (ordered[whole + 1] - low) * part if part else low


class Sample:
    """Many exact numbers, kept small: each different one once, shared by all samples of one ``Values``."""

    __slots__ = ("_found", "_values")

    def __init__(self, values: Values) -> None:
        self._values, self._found = values, array("I")

    def add(self, value: Fraction) -> None:
        """One more number."""
        self._found.append(self._values.number(value))

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Fraction]:
        return (self._values.listed[number] for number in self._found)

    def ordered(self) -> list[Fraction]:
        """The numbers, ascending."""
        listed = self._values.listed
        return [listed[number] for number in sorted(self._found, key=self._values.order)]


class Values:
    """The different exact numbers of many samples."""

    def __init__(self) -> None:
        self.listed: list[Fraction] = []
        self._floats: list[float] = []
        self._numbers: dict[tuple[int, int], int] = {}

    def number(self, value: Fraction) -> int:
        """The place of ``value`` in ``listed``."""
        found = self._numbers.setdefault(value.as_integer_ratio(), len(self.listed))
        if found == len(self.listed):
            self.listed.append(value)
            self._floats.append(float(value))
        return found

    def shared(self, value: Fraction) -> Fraction:
        """The one object that stands for all equal to ``value``."""
        return self.listed[self.number(value)]

    def order(self, number: int) -> tuple[float, Fraction]:
        """A key that sorts places in ``listed`` by their values, quickly: rounding to a float never reverses an order."""
        return self._floats[number], self.listed[number]

    def ranks(self) -> list[int]:
        """For each number of ``listed`` its place among them in ascending order."""
        found = [0] * len(self.listed)
        for rank, number in enumerate(sorted(range(len(found)), key=self.order)):
            found[number] = rank
        return found


def spread(ordered: Sequence[Fraction], prints: Prints) -> Json | None:
    """Least, quartiles and greatest of ascending numbers, printed; None of none."""
    if not ordered:
        return None
    return {name: prints(quantile(ordered, share)) for name, share in _QUARTERS}


def weighted_median(counts: Mapping[Fraction, int]) -> Fraction:
    """The exact median of numbers that each stand for several."""
    values = sorted(counts)
    number = sum(counts.values())
    middle = [(number - 1) // 2, number // 2]
    found, passed = [], 0
    for value in values:
        passed += counts[value]
        while middle and middle[0] < passed:
            found.append(value)
            middle.pop(0)
    return (found[0] + found[1]) / 2


class Prints:
    """Prints exact numbers so that they never contradict a comparison with ``limits``; each as a rule only once."""

    def __init__(self, limits: Iterable[Fraction] = ()) -> None:
        self.limits = tuple(limits)
        # By numerator and denominator: the hash of a fraction costs more than to look it up.
        self._known: dict[tuple[int, int], str] = {}

    def __call__(self, value: Fraction) -> str:
        """With two places, and as many more as the limits ask for."""
        key = value.as_integer_ratio()
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            found = self._known[key] = printed(value, self.limits)
        return found

    def points(self, value: Fraction) -> str:
        """As people write points: without trailing zeros."""
        return self(value).rstrip("0").rstrip(".")


def share(part: int, whole: int) -> str | None:
    """``part`` of ``whole`` in percent; never 0.00 or 100.00 where it is not just that. None of nothing."""
    return printed(Fraction(part * 100, whole), (Fraction(0), Fraction(100))) if whole else None
