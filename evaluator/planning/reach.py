"""Which criteria (and deductions from the total or a section) each evidence item bears on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from evaluator.identity import Same
from evaluator.ruleset import Ruleset

# A criterion by its id, a deduction of ``Ruleset.taken`` by its position: no id begins with this sign.
LOSS = "="


def reach_of(ruleset: Ruleset) -> Mapping[str, tuple[str, ...]]:
    """The elements that read each item, in the ruleset's order, with the criteria that require them."""
    return _reach_of(Same(ruleset))


@lru_cache(maxsize=64)
def _reach_of(of: Same[Ruleset]) -> Mapping[str, tuple[str, ...]]:
    ruleset = of.value
    criteria = ruleset.by_id()
    found: dict[str, set[str]] = {}
    for name, criterion in criteria.items():
        for use in criterion.uses():
            found.setdefault(use.id, set()).add(name)
    for n, (_, _, line) in enumerate(ruleset.taken()):
        inner = (use for _, check in line.checks() for use in check.uses())
        for use in (*line.own_uses(), *inner):
            found.setdefault(use.id, set()).add(f"{LOSS}{n}")
    requiring = {name: one.requires for name, one in criteria.items()}
    order = {name: n for n, name in enumerate(criteria)}
    return {
        item: tuple(
            sorted(_with_dependants(names, requiring), key=lambda one: (order.get(one, len(order)), one))
        )
        for item, names in found.items()
    }


def _with_dependants(names: Iterable[str], requiring: Mapping[str, tuple[str, ...]]) -> set[str]:
    found = set(names)
    while True:
        more = {name for name, needs in requiring.items() if name not in found and found.intersection(needs)}
        if not more:
            return found
        found |= more
