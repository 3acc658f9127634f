"""By how much each entry moved a score from one account to another: exactly, so that the effects add up to the difference. Pure.

A score is 100 E ÷ W + D. Between two of them

    100 (E₂ ÷ W₂ − E₁ ÷ W₁) = 50 (1 ÷ W₁ + 1 ÷ W₂) ΔE − 50 (E₁ + E₂) ÷ (W₁ W₂) ΔW

and E, W and D are sums over entries, so each entry's share is plain: what its earned points moved (``earned``), what its
applicable points moved by making every other point worth more or less (``base``), and what it moved directly. Only entries
that changed have a share, and exchanging the two accounts turns every sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from evaluator.accounting import NOTHING, Account, Entry, Key


class Effect(NamedTuple):
    """Score points: through the points earned, through the applicable points, and directly."""

    earned: Fraction = NOTHING
    base: Fraction = NOTHING
    direct: Fraction = NOTHING

    @property
    def total(self) -> Fraction:
        """All three."""
        return self.earned + self.base + self.direct


def effects(before: Account, after: Account) -> Mapping[Key, Effect]:
    """The effect of every entry of either account, those of ``after`` first; they sum to ``after.score − before.score``."""
    worth = 50 * (1 / before.weight + 1 / after.weight)
    thinned = 50 * (before.earned + after.earned) / (before.weight * after.weight)
    found: dict[Key, Effect] = {}
    for key in (*after.entries, *before.entries):
        old, new = before.entries.get(key, Entry()), after.entries.get(key, Entry())
        found[key] = Effect(
            worth * (new.earned - old.earned), -thinned * (new.weight - old.weight), new.direct - old.direct
        )
    return found
