"""Rulesets against each other: editions whose dates in force overlap. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluator.errors import Fault, Words
from evaluator.ruleset import Ruleset


def edition_faults(ruleset: Ruleset, known: Mapping[str, Ruleset]) -> Iterator[Fault]:
    """An edition before, among ``known``, that is still in force when ``ruleset`` comes into force, or that began later."""
    before = known.get(ruleset.supersedes or "")
    if before is None or before is ruleset:
        return
    start, old = ruleset.effective.from_, before.effective
    if old.from_ >= start:
        what = Words(
            f"本版 {start} 起适用，不晚于它所取代的 {before.ruleset}（{old.from_} 起）",
            f"in force from {start}, no later than {before.ruleset}, which it supersedes (from {old.from_})",
        )
        mend = Words("核对两版的 effective.from", "check effective.from of both")
        yield Fault("reversed_editions", ("effective", "from"), what, mend)
    elif old.to is None or old.to >= start:
        until = (
            Words("没有写止日", "has no end")
            if old.to is None
            else Words(f"到 {old.to} 才止", f"ends on {old.to}")
        )
        what = Words(
            f"本版 {start} 起适用，它所取代的 {before.ruleset} {until.zh}，两版同时有效",
            f"in force from {start}, while {before.ruleset}, which it supersedes, {until.en}",
        )
        mend = Words(
            f"在 {before.ruleset} 里把 effective.to 写到前一天",
            f"let effective.to of {before.ruleset} be the day before",
        )
        yield Fault("overlapping_editions", ("effective", "from"), what, mend)
