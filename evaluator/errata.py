"""What an erratum touches: the criteria that two versions judge otherwise, and the assessments made with the old one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from evaluator.algorithms import algorithm_of
from evaluator.canonical import plain_data
from evaluator.catalogue import Catalogue
from evaluator.digests import ruleset_digest
from evaluator.ruleset import Criterion, Ruleset

Json = dict[str, Any]
Change = Literal["added", "removed", "judged", "prerequisite", "worded"]
# What is only read by people; whatever else a criterion states may decide its outcome.
_WORDS = frozenset(
    "title requirement remedy clause item printed anchors basis duty_of responsible method supersedes".split()
)
_ITEM_WORDS = frozenset("label help unit action".split())
_HEAD_WORDS = frozenset("ruleset version supersedes title standard sections".split())


class Edition(NamedTuple):
    """One version of a ruleset with its catalogue."""

    ruleset: Ruleset
    catalogue: Catalogue


def changes(old: Edition, new: Edition) -> Json:
    """``{"whole": [...], "criteria": [{"id", "clause", "item", "title", "change"}]}``: what ``new`` changes of ``old``.

    ``whole`` names what concerns every result: keys of the head (``scoring``, ``effective`` …) and ``sections``. A criterion is
    ``judged`` otherwise, or its ``prerequisite`` is, or it is only ``worded`` otherwise.
    """
    before, after = old.ruleset.by_id(), new.ruleset.by_id()
    kinds: dict[str, Change] = {}
    for name in dict.fromkeys((*before, *after)):
        if name not in after:
            kinds[name] = "removed"
        elif name not in before:
            kinds[name] = "added"
        elif _judged(before[name], old.catalogue) != _judged(after[name], new.catalogue):
            kinds[name] = "judged"
        elif _whole(before[name], old.catalogue) != _whole(after[name], new.catalogue):
            kinds[name] = "worded"
    _spread(kinds, before, after)
    listed = [(name, kinds[name]) for name in dict.fromkeys((*after, *before)) if name in kinds]
    return {
        "whole": list(_heads(old.ruleset, new.ruleset)),
        "criteria": [_told(after.get(name) or before[name], change) for name, change in listed],
    }


def _spread(kinds: dict[str, Change], before: dict[str, Criterion], after: dict[str, Criterion]) -> None:
    """Whoever requires a criterion that is judged otherwise may be judged otherwise, too."""
    open_, found = True, {name for name, change in kinds.items() if change != "worded"}
    while open_:
        open_ = False
        for name, criterion in (*before.items(), *after.items()):
            if name not in found and found.intersection(criterion.requires):
                found.add(name)
                kinds[name] = "prerequisite"
                open_ = True


def _told(criterion: Criterion, change: Change) -> Json:
    return {
        "id": criterion.id,
        "clause": criterion.clause,
        "item": criterion.item,
        "title": {"zh": criterion.title.zh, "en": criterion.title.en},
        "change": change,
    }


def _heads(old: Ruleset, new: Ruleset) -> Iterator[str]:
    left, right = plain_data(old), plain_data(new)
    for key in dict.fromkeys((*left, *right)):
        if key not in _HEAD_WORDS and left.get(key) != right.get(key):
            yield key
    both = set(old.by_id()) & set(new.by_id())
    if list(_sections(old, both)) != list(_sections(new, both)):
        yield "sections"


def _sections(ruleset: Ruleset, both: set[str]) -> Iterator[Json]:
    for section in ruleset.sections:
        stated = {
            key: value for key, value in plain_data(section).items() if key not in ("title", "criteria")
        }
        yield {**stated, "of": sorted(one.id for one in section.criteria if one.id in both)}


def _judged(criterion: Criterion, catalogue: Catalogue) -> Json:
    stated = {key: value for key, value in plain_data(criterion).items() if key not in _WORDS}
    return {"criterion": stated, "items": dict(_items(criterion, catalogue, words=False))}


def _whole(criterion: Criterion, catalogue: Catalogue) -> Json:
    return {"criterion": plain_data(criterion), "items": dict(_items(criterion, catalogue, words=True))}


def _items(criterion: Criterion, catalogue: Catalogue, *, words: bool) -> Iterator[tuple[str, Json]]:
    for name in sorted({use.id for use in criterion.uses()}):
        kind = catalogue.kind_of(name)
        stated = plain_data(catalogue.items(kind)[name]) if kind is not None else {}
        if not words:
            stated = {key: value for key, value in stated.items() if key not in _ITEM_WORDS}
            stated["parts"] = sorted(stated.get("parts", ()))
        yield name, {"kind": kind, **stated}


def touched(old: Edition, new: Edition, assessments: Iterable[tuple[str, Json]]) -> Json:
    """Which of ``assessments`` (each with the name of its file) were made with ``old`` and may come out otherwise under ``new``.

    ``{"touched": 1, "old", "new", "whole", "criteria", "assessments", "worded_only", "other_digest", "passed_over"}``. An
    assessment of the old version's number but another digest was made with other rules: it is listed apart. Those of other
    versions and other standards are counted in ``passed_over``.
    """
    found = changes(old, new)
    weighty = any(one["change"] != "worded" for one in found["criteria"]) or bool(found["whole"])
    made: list[Json] = []
    other: list[str] = []
    passed = 0
    for name, document in assessments:
        named = document["ruleset"]
        if (named["id"], named["version"]) != (old.ruleset.ruleset, old.ruleset.version):
            passed += 1
        elif named["digest"] != ruleset_digest(*old, algorithm_of(named["digest"])):
            other.append(name)
        else:
            made.append(_assessment(name, document, {one["id"] for one in found["criteria"]}))
    made.sort(key=lambda one: (one["subject"]["region"], one["subject"]["id"], one["as_of"], one["file"]))
    return {
        "touched": 1,
        "old": _edition(old),
        "new": _edition(new),
        **found,
        "assessments": made if weighty else [],
        "worded_only": 0 if weighty else len(made),
        "other_digest": sorted(other),
        "passed_over": passed,
    }


def _edition(edition: Edition) -> Json:
    ruleset = edition.ruleset
    return {
        "id": ruleset.ruleset,
        "version": ruleset.version,
        "digest": ruleset_digest(*edition),
        "title": {"zh": ruleset.title.zh, "en": ruleset.title.en},
    }


def _assessment(name: str, document: Json, changed: set[str]) -> Json:
    subject = document["submission"]["subject"]
    return {
        "file": name,
        "digest": document["digest"],
        "subject": {"id": subject["id"], "name": subject["name"], "region": list(subject["region"])},
        "period": document["submission"]["period"],
        "stage": document["stage"],
        "as_of": document["as_of"],
        "score": document["score"] and {key: document["score"][key] for key in ("floor", "ceiling")},
        "accepted": document["accepted"],
        "criteria": [
            {"id": one["id"], "outcome": one["outcome"], "earned": one["earned"], "points": one["points"]}
            for one in document["criteria"]
            if one["id"] in changed
        ],
    }
