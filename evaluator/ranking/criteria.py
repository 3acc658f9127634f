"""Which criteria cost most points, and how far subjects fall short: tallies summed up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, get_args

from evaluator.errors import Words
from evaluator.exact import decimal
from evaluator.finding import Outcome
from evaluator.ranking.entry import Tally
from evaluator.ranking.figures import Prints, share, weighted_median
from evaluator.required_wording import LATE_UNITS
from evaluator.ruleset import Ruleset
from evaluator.wording import Wording

Json = dict[str, Any]
_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


class _Criterion:
    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.certain = self.open = Fraction(0)
        self.failing = self.waiting = 0
        self.short: dict[tuple[str, str], Counter[Fraction]] = defaultdict(Counter)

    def add(self, tally: Tally) -> None:
        number = tally.subjects
        self.outcomes[tally.outcome] += number
        if tally.outcome == "not_applicable":
            return
        lost, left = tally.points - tally.earned.ceiling, tally.earned.ceiling - tally.earned.floor
        self.certain += lost * number
        self.open += left * number
        # A veto may be worth no points: it fails all the same.
        if lost > 0 or tally.outcome in ("partly_satisfied", "not_satisfied"):
            self.failing += number
        if tally.outcome in ("no_evidence", "needs_review") and (left > 0 or not tally.points):
            self.waiting += number
        if tally.short is not None and tally.short > 0 and tally.of is not None:
            self.short[tally.of, tally.short_by or "more"][tally.short] += number

    def document(self, prints: Prints, wording: Wording, *, encouraged: bool) -> Json:
        every = sum(self.outcomes.values())
        applied = every - self.outcomes["not_applicable"]
        return {
            "outcomes": {name: self.outcomes[name] for name in _OUTCOMES},
            "applied": applied,
            "failing": self.failing,
            "waiting": self.waiting,
            # What is only encouraged earns a bonus: nothing is lost without it.
            "lost": None
            if encouraged
            else {"certain": prints.points(self.certain), "open": prints.points(self.open)},
            "of_applied": self._shares(prints, applied, encouraged=encouraged),
            "of_all": self._shares(prints, every, encouraged=encouraged),
            "short": [
                _short(of, by, counts, wording)
                for (of, by), counts in sorted(self.short.items(), key=lambda one: (-one[1].total(), one[0]))
            ],
        }

    def _shares(self, prints: Prints, subjects: int, *, encouraged: bool) -> Json:
        """The share that fails, and the points lost in the mean, of so many subjects."""
        mean = None if encouraged or not subjects else subjects
        return {
            "failing_rate": share(self.failing, subjects),
            "mean_certain": mean and prints(self.certain / mean),
            "mean_open": mean and prints(self.open / mean),
        }


def criteria(tallies: Iterable[Tally], ruleset: Ruleset, wording: Wording) -> list[Json]:
    """Every criterion of ``ruleset`` that ``tallies`` tell of: most points lost for certain first, encouraged ones last.

    Tallies of criteria that are not in the ruleset are passed over.
    """
    found: dict[str, _Criterion] = defaultdict(_Criterion)
    for tally in tallies:
        found[tally.criterion].add(tally)
    prints, order = Prints((Fraction(0),)), []
    for n, (_, _, criterion) in enumerate(ruleset.criteria()):
        if criterion.id in found:
            one, encouraged = found[criterion.id], criterion.level == "may"
            document = one.document(prints, wording, encouraged=encouraged)
            order.append(((encouraged, -one.certain, -one.open, n), {"id": criterion.id, **document}))
    return [document for _, document in sorted(order, key=lambda one: one[0])]


# In what it counts how far short one is, where that is not the item's own unit.
_UNITS = {
    "members": Words("个", "of them"),
    "statement": Words("项", "statement"),
    "document": Words("份", "document"),
    "not_attached": Words("份附件", "attachment"),
    "parts_missing": Words("项内容", "parts"),
    "level": Words("档", "levels"),
    **{f"late_{per}": unit for per, unit in LATE_UNITS.items()},
}
_SEVERAL = Words("应做到的事项", "What is to be done")


def _short(of: str, by: str, counts: Counter[Fraction], wording: Wording) -> Json:
    return {
        "of": of,
        "by": by,
        "label": (wording.label(of) if of else _SEVERAL)._asdict(),
        "unit": (_UNITS.get(by) or wording.unit(of))._asdict(),
        "subjects": counts.total(),
        "median": decimal(weighted_median(counts)),
        "max": decimal(max(counts)),
    }
