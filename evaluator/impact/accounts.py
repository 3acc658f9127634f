"""What each criterion puts into a confirmed score, from verdicts, and by how much each that changed moved it.

A score is 100 × earned ÷ weight + direct (see ``evaluator.accounting``); caps, bounds and deductions are its rest. A crowd of
subjects is judged at once: whole numbers stay whole as long as they can, and what did not change is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from evaluator.accounting import Account, Entry, Key
from evaluator.comparing.effects import effects
from evaluator.evaluate import Judgement
from evaluator.exact import Number, total, whole
from evaluator.ruleset import Ruleset
from evaluator.score import Result, full_points

_REST: Key = ("rest", "")
_BASE: Key = ("base", "")


class Share(NamedTuple):
    """Points earned, points applicable, score points beside the quotient."""

    earned: Number
    weight: Number
    direct: Number


class Shares:
    """How the criteria of one ruleset put points in; ``names`` are the ids that they go by instead of their own."""

    def __init__(self, ruleset: Ruleset, names: Mapping[str, str], *, one_base: bool) -> None:
        self.scoring, self.one_base = ruleset.scoring, one_base
        self.points = {
            one.id: (
                names.get(one.id, one.id),
                one.level == "may",
                whole(full_points(one, ruleset.scoring)),
            )
            for _, _, one in ruleset.criteria()
        }

    def of(self, judgement: Judgement) -> dict[str, Share]:
        """The share of each criterion in the floor of the score."""
        full = self.scoring.not_applicable == "full"
        found: dict[str, Share] = {}
        for verdict in judgement.verdicts:
            name, extra, points = self.points[verdict.criterion.id]
            credit = verdict.credit
            if credit is None:
                found[name] = Share(points if full and not extra else 0, 0, 0)
            elif extra:
                found[name] = Share(0, 0, points * credit.floor)
            else:
                found[name] = Share(points * credit.floor, points, 0)
        return found

    def account(self, shares: Mapping[str, Share], result: Result, told: frozenset[str]) -> Account | None:
        """The account of the floor of ``result`` with the entries of ``told`` alone; None where nothing applies."""
        if result.score is None:
            return None
        base = total(one.weight for one in shares.values())
        if self.scoring.total is not None:
            base = self.scoring.total.value
        weight = Fraction(base)
        earned = Fraction(total(one.earned for one in shares.values()))
        direct = total(one.direct for one in shares.values())
        entries: dict[Key, Entry] = {}
        for name in sorted(told & shares.keys()):
            one = shares[name]
            entries["criterion", name] = Entry(
                Fraction(one.earned), Fraction(0 if self.one_base else one.weight), Fraction(one.direct)
            )
        if self.one_base:
            entries[_BASE] = Entry(weight=weight)
        score = Fraction(result.score.score.floor)
        entries[_REST] = Entry(direct=score - earned * 100 / weight - direct)
        return Account(score, earned, weight, entries)


def moved_by(
    old: tuple[Shares, Judgement, Result], new: tuple[Shares, Judgement, Result]
) -> tuple[dict[str, Fraction], Fraction]:
    """What each criterion that changed moved the confirmed score by, and the rest; exactly, without a remainder."""
    shares = old[0].of(old[1]), new[0].of(new[1])
    told = frozenset(
        name for name in shares[0].keys() | shares[1].keys() if shares[0].get(name) != shares[1].get(name)
    )
    before, after = (
        one.account(share, result, told) for (one, _, result), share in zip((old, new), shares, strict=True)
    )
    if before is None or after is None:
        return {}, Fraction(0)
    found = {key: one.total for key, one in effects(before, after).items()}
    moved = {key[1]: amount for key, amount in found.items() if key[0] == "criterion" and amount}
    return moved, sum((amount for key, amount in found.items() if key[0] != "criterion"), Fraction(0))
