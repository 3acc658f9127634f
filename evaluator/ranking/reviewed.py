"""What the reviews changed: the final score beside the one from the self-check, of all who have both."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from evaluator.ranking.figures import HALF, Prints, Sample, Values, quantile

Json = dict[str, Any]


class Reviewed:
    """How far confirmed scores moved under review."""

    def __init__(self, values: Values) -> None:
        self._counts: Counter[str] = Counter()
        self._changes = Sample(values)

    def add(self, change: Fraction) -> None:
        """One more subject: its final confirmed score less that of its self-check."""
        self._counts["up" if change > 0 else "down" if change < 0 else "same"] += 1
        self._changes.add(change)

    def document(self, prints: Prints) -> Json | None:
        """How many rose, fell and stayed, and the median change in points; None where nobody was reviewed."""
        if not len(self._changes):
            return None
        return {
            "directions": {name: self._counts[name] for name in ("up", "down", "same")},
            "median_change": prints(quantile(self._changes.ordered(), HALF)),
        }
