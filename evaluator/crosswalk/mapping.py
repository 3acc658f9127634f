"""The crosswalk of two rulesets as JSON: pairs of criteria with the evidence that they share, and what each has alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from evaluator.catalogue import Catalogue, DocumentItem, EventItem
from evaluator.crosswalk.demands import Demand, Frame, demands, frame
from evaluator.crosswalk.relating import BEST_FIRST, relation
from evaluator.digests import ruleset_digest
from evaluator.errors import Words
from evaluator.ruleset import Criterion, Ruleset
from evaluator.windows import Span

Json = dict[str, Any]


class Side(NamedTuple):
    """One of the two rulesets with its catalogue."""

    ruleset: Ruleset
    catalogue: Catalogue


def crosswalk(first: Side, second: Side, span: Span | None = None) -> Json:
    """``{"crosswalk": 1, "first", "second", "items", "pairs", "only_first", "only_second"}``.

    A pair is two criteria that read the same item; each of its items says how the second standard's demand stands to the first's:
    ``same``, ``stricter``, ``looser``, ``differs`` (about the same, not to be compared) or ``other`` (used for something else).
    ``span`` is the period for which dated thresholds are read; without one they are read as they are stated last.
    """
    one, other = frame(*first, span), frame(*second, span)
    asked = [_asked(side) for side in (one, other)]
    pairs: list[Json] = [
        {"first": _named(a), "second": _named(b), "items": shared}
        for a, wanted in asked[0]
        for b, given in asked[1]
        if (shared := _shared(wanted, given, one, other))
    ]
    paired: list[set[str]] = [{pair[side]["id"] for pair in pairs} for side in ("first", "second")]
    used = [{demand.id for _, found in side for demand in found} for side in asked]
    return {
        "crosswalk": 1,
        "first": _side(first, len(used[0]), len(paired[0])),
        "second": _side(second, len(used[1]), len(paired[1])),
        "shared_items": len(used[0] & used[1]),
        "pairs": pairs,
        "only_first": [_alone(*each, one) for each in asked[0] if each[0].id not in paired[0]],
        "only_second": [_alone(*each, other) for each in asked[1] if each[0].id not in paired[1]],
    }


def _asked(of: Frame) -> list[tuple[Criterion, list[Demand]]]:
    return [(criterion, list(demands(criterion, of))) for _, _, criterion in of.ruleset.criteria()]


def _side(side: Side, items: int, paired: int) -> Json:
    ruleset = side.ruleset
    return {
        "id": ruleset.ruleset,
        "version": ruleset.version,
        "digest": ruleset_digest(ruleset, side.catalogue),
        "title": {"zh": ruleset.title.zh, "en": ruleset.title.en},
        "subject": list(ruleset.subject),
        "criteria": len(ruleset.by_id()),
        "paired": paired,
        "items": items,
    }


def _named(criterion: Criterion) -> Json:
    return {
        "id": criterion.id,
        "clause": criterion.clause,
        "item": criterion.item,
        "title": {"zh": criterion.title.zh, "en": criterion.title.en},
    }


def _alone(criterion: Criterion, found: Iterable[Demand], of: Frame) -> Json:
    names = dict.fromkeys(demand.id for demand in found)
    return {**_named(criterion), "items": [item_of(name, of.catalogue) for name in names]}


def _shared(wanted: list[Demand], given: list[Demand], one: Frame, other: Frame) -> list[Json]:
    shared = []
    for kind, name in dict.fromkeys((demand.kind, demand.id) for demand in wanted):
        found = [
            (BEST_FIRST.index(relation(a, b, one, other)), n, a, b)
            for n, (a, b) in enumerate((a, b) for a in wanted for b in given)
            if (a.kind, a.id) == (b.kind, b.id) == (kind, name)
        ]
        if found:
            best, _, a, b = min(found, key=lambda each: each[:2])
            shared.append(
                {
                    **item_of(name, one.catalogue),
                    "relation": BEST_FIRST[best],
                    "same_definition": one.catalogue.items(kind).get(name)
                    == other.catalogue.items(kind).get(name),
                    "first": {"role": a.role, "text": _words(a.text)},
                    "second": {"role": b.role, "text": _words(b.text)},
                }
            )
    return shared


def _words(words: Words) -> Json:
    return {"zh": words.zh, "en": words.en}


def item_of(name: str, catalogue: Catalogue) -> Json:
    """An item as a report names it: what kind of evidence, its label, what counts, and whose it is where the catalogue says."""
    kind = catalogue.kind_of(name)
    label = catalogue.label(name)
    found: Json = {"id": name, "kind": kind, "label": {"zh": label.zh, "en": label.en}, "by": None}
    item = catalogue.items(kind).get(name) if kind is not None else None
    if isinstance(item, EventItem):
        found["by"] = item.held_by
    elif isinstance(item, DocumentItem):
        found["by"] = item.issued_by
    return found
