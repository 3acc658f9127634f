"""The comparison of two assessments as plain data: the contract is docs/inspection-tools.md. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from evaluator.accounting import ENDS, NOTHING, Account, End, Entry, Key, account
from evaluator.algorithms import algorithm_of
from evaluator.comparing.changes import CAUSES, Change, Frame, cause_of, changes
from evaluator.comparing.effects import Effect, effects
from evaluator.comparing.evidence import evidence_of
from evaluator.comparing.matching import Pair, pairs
from evaluator.comparing.sharing import places_of, shared_by_group
from evaluator.exact import fraction_text, plain, rounded

Json = dict[str, Any]
Accounts = Mapping[End, tuple[Account, Account]]


def compare(before: Json, after: Json) -> Json:
    """What changed from one assessment to another, criterion by criterion, and by how much each change moved the score."""
    matched = list(pairs(before, after))
    accounts = _accounts(before, after, matched)
    moved = {end: effects(*both) for end, both in accounts.items()}
    frame = _frame(before, after)
    found = {pair.id: changes(pair, frame) for pair in matched}
    adjusted = _adjusted(moved)
    groups: dict[str, list[Key]] = {}
    for name, own in found.items():
        groups.setdefault(cause_of(own) or "", []).append(("criterion", name))
    printed = _effects([*groups.values(), *([key] for key in adjusted)], moved, before, after)
    criteria = [_criterion(pair, found[pair.id], printed.get(("criterion", pair.id))) for pair in matched]
    return {
        "comparison": 1,
        "before": _side(before),
        "after": _side(after),
        "same": _same(before, after, criteria),
        "score": _score(before, after, accounts),
        "causes": list(_causes(criteria)),
        "criteria": criteria,
        "adjustments": [_adjustment(key, accounts, printed[key], before, after) for key in adjusted],
        "integrity": _integrity(before, after),
    }


def _frame(before: Json, after: Json) -> Frame:
    occasions = [(one["submission"]["subject"]["id"], one["submission"]["period"]) for one in (before, after)]
    evidence = evidence_of(before, after) if occasions[0] == occasions[1] else None
    return Frame(evidence, _same_rules(before["ruleset"], after["ruleset"]))


def _same_rules(before: Json, after: Json) -> bool:
    """Whether the digests agree; of different algorithms they cannot be compared, and all else that is said of the rules is."""
    old, new = before["digest"], after["digest"]
    if algorithm_of(old) == algorithm_of(new):
        return bool(old == new)
    return {**before, "digest": None} == {**after, "digest": None}


def _accounts(before: Json, after: Json, matched: Sequence[Pair]) -> Accounts:
    """Both accounts at each end, under the later one's ids; empty where either assessment has no score."""
    models = [one["ruleset"]["scoring"]["model"] for one in (before, after)]
    # What the denominator is made of can be compared only where both add up the criteria.
    one_base = len({model == "absolute" for model in models}) > 1
    names = {pair.before["id"]: pair.id for pair in matched if pair.before is not None}
    found: dict[End, tuple[Account, Account]] = {}
    for end in ENDS:
        old, new = (account(one, end, one_base=one_base) for one in (before, after))
        if old is None or new is None:
            return {}
        renamed = {
            (kind, names[name] if kind == "criterion" else name): entry
            for (kind, name), entry in old.entries.items()
        }
        found[end] = (old._replace(entries=renamed), new)
    return found


def _adjusted(moved: Mapping[End, Mapping[Key, Effect]]) -> list[Key]:
    """What moved the score beside the criteria."""
    return list(
        dict.fromkeys(
            key
            for found in moved.values()
            for key, one in found.items()
            if key[0] != "criterion" and one.total
        )
    )


def _effects(
    groups: Sequence[Sequence[Key]], moved: Mapping[End, Mapping[Key, Effect]], before: Json, after: Json
) -> Mapping[Key, Json]:
    """The effect of each key as it is printed and exactly; what is printed adds up to the difference of the printed scores."""
    if not moved:
        return {}
    shown: dict[End, Mapping[Key, str]] = {}
    for end in ENDS:
        totals = [{key: moved[end].get(key, Effect()).total for key in group} for group in groups]
        shown[end] = shared_by_group(totals, *_difference(before, after, end))
    return {
        key: {
            **{end: shown[end][key] for end in ENDS},
            "exact": {end: fraction_text(moved[end].get(key, Effect()).total) for end in ENDS},
            "base": {end: fraction_text(moved[end].get(key, Effect()).base) for end in ENDS},
        }
        for group in groups
        for key in group
    }


def _difference(before: Json, after: Json, end: End) -> tuple[Fraction, int]:
    """The difference of the printed scores and its decimals."""
    old, new = before["score"][end], after["score"][end]
    return Fraction(new.rstrip("…")) - Fraction(old.rstrip("…")), max(places_of(old), places_of(new))


def _side(document: Json) -> Json:
    ruleset = document["ruleset"]
    return {
        "digest": document["digest"],
        "stage": document["stage"],
        "as_of": document["as_of"],
        "ruleset": {key: ruleset[key] for key in ("id", "version", "digest", "title")},
        "pass": next(
            {"title": one["title"], "at_least": one["at_least"]}
            for one in ruleset["scoring"]["grades"]
            if one["id"] == ruleset["scoring"]["pass"]
        ),
        "submission": document["submission"],
        "reviews": len(document["reviews"]),
        "score": document["score"],
        "grade": _grade(document),
        "accepted": document["accepted"],
        "vetoes": document["vetoes"],
    }


def _grade(document: Json) -> Json | None:
    grades = {one["id"]: one["title"] for one in document["ruleset"]["scoring"]["grades"]}
    return (
        None if document["grade"] is None else {"id": document["grade"], "title": grades[document["grade"]]}
    )


def _score(before: Json, after: Json, accounts: Accounts) -> Json | None:
    if not accounts:
        return None
    found: Json = {"exact": {}, "applicable_points": {}}
    for end, (old, new) in accounts.items():
        whole, places = _difference(before, after, end)
        found[end] = rounded(whole, places)
        found["exact"][end] = fraction_text(new.score - old.score)
    for name, one in zip(("before", "after"), accounts["floor"], strict=True):
        found["applicable_points"][name] = plain(one.weight)
    return found


def _criterion(pair: Pair, found: list[Change], effect: Json | None) -> Json:
    one = pair.after or pair.before
    assert one is not None
    changed = bool(found) or (effect is not None and effect["exact"] != dict.fromkeys(ENDS, "0"))
    return {
        "id": pair.id,
        "match": pair.match,
        "section": one["section"],
        "clause": one["clause"],
        "item": one["item"],
        "title": one["title"],
        "before": _state(pair.before),
        "after": _state(pair.after),
        "changed": changed,
        "effect": effect,
        "cause": cause_of(found),
        "changes": [{"code": each.code, "text": each.text._asdict()} for each in found],
    }


def _state(criterion: Mapping[str, Any] | None) -> Json | None:
    if criterion is None:
        return None
    keys = ("id", "clause", "level", "veto", "outcome", "waits", "points", "credit", "earned")
    return {key: criterion[key] for key in keys}


def _causes(criteria: Iterable[Json]) -> Iterator[Json]:
    """For each cause: how many criteria, and what they moved together."""
    listed = list(criteria)
    for cause in CAUSES:
        own = [one for one in listed if one["cause"] == cause]
        if own:
            effects_ = [one["effect"] for one in own if one["effect"] is not None]
            yield {
                "cause": cause,
                "criteria": [one["id"] for one in own],
                "effect": _sum(effects_) if effects_ else None,
            }


def _sum(effects_: Sequence[Json]) -> Json:
    found: Json = {"exact": {}}
    for end in ENDS:
        places = max(places_of(one[end]) for one in effects_)
        found[end] = rounded(sum((Fraction(one[end]) for one in effects_), NOTHING), places)
        found["exact"][end] = fraction_text(sum((Fraction(one["exact"][end]) for one in effects_), NOTHING))
    return found


def _adjustment(key: Key, accounts: Accounts, effect: Json, before: Json, after: Json) -> Json:
    kind, name = key
    amounts: Json = {}
    for n, side in enumerate(("before", "after")):
        entries = {end: accounts[end][n].entries.get(key, Entry()) for end in ENDS}
        amounts[side] = {
            end: plain(one.weight if kind == "base" else one.earned + one.direct)
            for end, one in entries.items()
        }
    return {"kind": kind, "title": _title(kind, name, before, after), **amounts, "effect": effect}


def _title(kind: str, name: str, before: Json, after: Json) -> Json | None:
    """The title of the section or deduction that an adjustment speaks of."""
    sections = {one["id"]: one["title"] for document in (before, after) for one in document["sections"]}
    lines = {
        one["title"]["zh"]: one["title"] for document in (before, after) for one in document["deductions"]
    }
    if kind in ("section_cap", "section_floor"):
        return sections.get(name)
    return lines.get(name.rstrip("+")) if kind == "deduction" else None


def _integrity(before: Json, after: Json) -> Json:
    old, new = before["integrity"], after["integrity"]
    return {"added": [one for one in new if one not in old], "gone": [one for one in old if one not in new]}


def _same(before: Json, after: Json, criteria: Iterable[Json]) -> bool:
    return not any(one["changed"] for one in criteria) and all(
        before[key] == after[key] for key in ("score", "grade", "accepted", "vetoes")
    )
