"""The difference of two rulesets as JSON data: every change in words, what it does, and the version number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from evaluator.canonical import plain_data
from evaluator.catalogue import Catalogue
from evaluator.digests import ruleset_digest
from evaluator.errors import Words
from evaluator.exact import decimal
from evaluator.revising.asked import Asked
from evaluator.revising.change import Change, Entry, told
from evaluator.revising.criteria import criterion_entry, moved
from evaluator.revising.heads import head_entries, points_by_section
from evaluator.revising.items import item_entries
from evaluator.revising.matching import matches
from evaluator.revising.policy import raised
from evaluator.revising.sentences import sentence
from evaluator.revising.sides import Side, Two
from evaluator.revising.words import aspect
from evaluator.ruleset import Ruleset

Json = dict[str, Any]


def difference(old: tuple[Ruleset, Catalogue], new: tuple[Ruleset, Catalogue]) -> Json:
    """What changed in meaning from ``old`` to ``new``: ``{"ruleset_difference": 1, …}``, as docs/rules/diff.md says."""
    two = Two(Side(*old), Side(*new))
    found = [entry for entry in entries(two) if entry.changes]
    names = tuple((side.ruleset.ruleset, side.ruleset.version) for side in two)
    step = raised(names[0], names[1], found)
    changes = [change for entry in found for change in entry.changes]
    return {
        "ruleset_difference": 1,
        "old": _side(two.old),
        "new": _side(two.new),
        "same": not found,
        "counts": {
            "natures": dict(Counter(one.nature for one in changes)),
            "effects": dict(Counter(one.effect for one in changes if one.nature == "judgement")),
        },
        "version": {
            "needed": step.needed,
            "raised": step.raised,
            "enough": step.enough,
            "next": step.next,
            "text": step.text._asdict(),
        },
        "points": [
            {"section": name, "title": title._asdict(), "old": decimal(before), "new": decimal(after)}
            for name, (title, before, after) in points_by_section(two).items()
        ],
        "entries": [_entry(entry) for entry in found],
    }


def entries(two: Two) -> Iterator[Entry]:
    """What changed in the ruleset, its scoring and sections, in each criterion, and in the items that both use."""
    heads = list(head_entries(two))
    items = list(item_entries(two))
    criteria = list(_criteria(two))
    yield from heads
    yield from criteria
    yield from items
    if not any(one.changes for one in (*heads, *criteria, *items)):
        yield from _left(two)


def _criteria(two: Two) -> Iterator[Entry]:
    asked = Asked(two)
    places = [{c.id: section for _, section, c in side.ruleset.criteria()} for side in two]
    for matched in matches(two.old.ruleset, two.new.ruleset):
        entry = criterion_entry(matched, two, asked)
        if len(matched.old) == len(matched.new) == 1:
            shift = moved(places[0][matched.old[0].id], places[1][matched.new[0].id])
            entry = entry._replace(changes=(*entry.changes, *([shift] if shift else [])))
        yield entry


def _left(two: Two) -> Iterator[Entry]:
    """Whatever differs although nothing above told it: members in another order, and the like."""
    plain = [{key: one for key, one in plain_data(side.ruleset).items() if key != "version"} for side in two]
    if plain[0] != plain[1]:
        change = told(
            aspect("order"), Words("原顺序", "before"), Words("新顺序", "after"), "reordered", "wording"
        )
        yield Entry("ruleset", "same", (), (), "", Words("规则集", "ruleset"), (change,))


def _side(side: Side) -> Json:
    ruleset = side.ruleset
    return {
        "id": ruleset.ruleset,
        "version": ruleset.version,
        "title": {"zh": ruleset.title.zh, "en": ruleset.title.en},
        "digest": ruleset_digest(ruleset, side.catalogue),
        "criteria": sum(1 for _ in ruleset.criteria()),
    }


def _entry(entry: Entry) -> Json:
    return {
        "scope": entry.scope,
        "match": entry.match,
        "old": list(entry.old),
        "new": list(entry.new),
        "clause": entry.clause,
        "title": entry.title._asdict(),
        "changes": [_change(entry, change) for change in entry.changes],
    }


def _change(entry: Entry, change: Change) -> Json:
    return {
        "code": change.code,
        "nature": change.nature,
        "effect": change.effect,
        "part": change.part,
        "aspect": change.aspect._asdict(),
        "old": change.old._asdict() if change.old else None,
        "new": change.new._asdict() if change.new else None,
        "reason": change.reason._asdict() if change.reason else None,
        "text": sentence(entry, change)._asdict(),
    }
