"""By how much each criterion moved a confirmed score between two rulesets, from verdicts: exactly, without a remainder.

A score is 100 × earned ÷ weight + direct (see ``evaluator.accounting``). A crowd is judged at once, so that only what differs
is taken apart: what both sides put in alike, with caps, bounds and deductions, is their rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from evaluator.accounting import Account, Entry, Key
from evaluator.comparing.effects import effects
from evaluator.evaluate import Judgement, Verdict
from evaluator.exact import total
from evaluator.ruleset import Ruleset, full_points
from evaluator.score import Result

_REST: Key = ("rest", "")
_NOTHING = Fraction(0)


class Shares:
    """How the criteria of one ruleset put points in; ``names`` are the ids that they go by instead of their own."""

    def __init__(self, ruleset: Ruleset, names: Mapping[str, str], *, one_base: bool) -> None:
        self.scoring, self.one_base = ruleset.scoring, one_base
        self.full = ruleset.scoring.not_applicable == "full"
        self.worth = {
            one.id: (names.get(one.id, one.id), one.level == "may", full_points(one, ruleset.scoring))
            for _, _, one in ruleset.criteria()
        }

    def of(self, judgement: Judgement) -> dict[str, tuple[object, Verdict]]:
        """By name what a criterion's share follows from, to compare, and its verdict."""
        found: dict[str, tuple[object, Verdict]] = {}
        for verdict in judgement.verdicts:
            name, extra, points = self.worth[verdict.criterion.id]
            found[name] = ((extra, points, verdict.credit), verdict)
        return found

    def entry(self, verdict: Verdict) -> Entry:
        """What a criterion puts into the floor of the score."""
        _, extra, points = self.worth[verdict.criterion.id]
        credit = verdict.credit
        if credit is None:
            return Entry(points if self.full and not extra else _NOTHING)
        if extra:
            return Entry(direct=points * credit.floor)
        return Entry(points * credit.floor, _NOTHING if self.one_base else points)

    def account(self, told: Mapping[str, Verdict], result: Result) -> Account | None:
        """The account of the floor of ``result`` with entries for ``told`` alone; None where nothing applies."""
        if result.score is None:
            return None
        scoring = self.scoring
        weight = Fraction(result.score.applicable if scoring.total is None else scoring.total.value)
        earned, score = Fraction(result.score.earned.floor), Fraction(result.score.score.floor)
        entries: dict[Key, Entry] = {("criterion", name): self.entry(one) for name, one in told.items()}
        listed = entries.values()
        entries[_REST] = Entry(
            earned - total(one.earned for one in listed),
            weight - total(one.weight for one in listed),
            score - earned * 100 / weight - total(one.direct for one in listed),
        )
        return Account(score, earned, weight, entries)


def moved_by(
    old: tuple[Shares, Judgement, Result], new: tuple[Shares, Judgement, Result]
) -> tuple[dict[str, Fraction], Fraction]:
    """What each criterion that changed moved the confirmed score by, and the rest."""
    before, after = old[0].of(old[1]), new[0].of(new[1])
    nothing = (None, None)
    names = [
        name
        for name in dict.fromkeys((*after, *before))
        if before.get(name, nothing)[0] != after.get(name, nothing)[0]
    ]
    accounts = [
        shares.account({name: found[name][1] for name in names if name in found}, result)
        for (shares, _, result), found in ((old, before), (new, after))
    ]
    if accounts[0] is None or accounts[1] is None:
        return {}, _NOTHING
    found = {key: one.total for key, one in effects(accounts[0], accounts[1]).items()}
    return {key[1]: amount for key, amount in found.items() if key != _REST and amount}, found[_REST]
