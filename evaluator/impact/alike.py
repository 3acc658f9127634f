"""What two rulesets read and judge alike: a crowd is not judged twice where both come to the same."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.canonical import plain_data
from evaluator.catalogue import Catalogue, DocumentItem
from evaluator.ruleset import Criterion, Ruleset

Rules = tuple[Ruleset, Catalogue]
# What nothing is judged by.
_TEXTS = {"title", "requirement", "remedy", "anchors", "basis", "printed", "responsible", "duty_of", "method"}


def readable(old: Catalogue, new: Catalogue) -> Catalogue:
    """The catalogue that submissions are read with: the items of both, as the old one declares them, with all their parts."""
    found = new.joined(old)
    documents: dict[str, DocumentItem] = {}
    for name, item in found.documents.items():
        theirs = new.documents.get(name)
        parts = {**(theirs.parts if theirs else {}), **item.parts}
        documents[name] = item if parts == item.parts else item.model_copy(update={"parts": parts})
    return found.model_copy(update={"documents": documents})


def unchanged(old: Rules, new: Rules, former: Mapping[str, str]) -> frozenset[str]:
    """The criteria of ``new`` that judge as their ``former`` selves did; none where the catalogues disagree on an item."""
    if any(old[1].items(kind).get(name, item) != item for kind, name, item in new[1].all()):
        return frozenset()
    before, after = old[0].by_id(), new[0].by_id()
    return frozenset(
        ours for ours, theirs in former.items() if _judging(before[theirs]) == _judging(after[ours])
    )


def settled(old: Ruleset, new: Ruleset, former: Mapping[str, str], alike: frozenset[str]) -> frozenset[str]:
    """Those of ``alike`` that kept their ids, and require only such: one verdict serves both rulesets."""
    if old.scoring.transition != new.scoring.transition:
        return frozenset()  # another day may pick another threshold
    criteria = new.by_id()

    def holds(name: str) -> bool:
        wanted, queue = {name}, [name]
        while queue:
            more = set(criteria[queue.pop()].requires) - wanted
            wanted |= more
            queue.extend(more)
        return wanted <= alike and name == former[name]

    return frozenset(filter(holds, alike))


def _judging(criterion: Criterion) -> object:
    return {key: one for key, one in plain_data(criterion).items() if key not in _TEXTS}
