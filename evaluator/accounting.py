"""The account of an assessment: what each criterion, cap and deduction puts into the score, exactly. Pure, from JSON.

A score is 100 × earned ÷ weight + direct. Each entry adds to these three: a criterion its points earned and its points
applicable, an encouraged one its bonus directly, a cap what it cuts. So a score can be taken apart without a rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from evaluator.exact import clamped

Json = Mapping[str, Any]
End = Literal["floor", "ceiling"]
ENDS: tuple[End, ...] = ("floor", "ceiling")
Key = tuple[str, str]
NOTHING = Fraction(0)


class Entry(NamedTuple):
    """What one line puts in: points earned, points that count as applicable, and score points beside the quotient."""

    earned: Fraction = NOTHING
    weight: Fraction = NOTHING
    direct: Fraction = NOTHING


class Account(NamedTuple):
    """One end of a score, taken apart. ``entries`` are keyed by kind and id; see ``account``."""

    score: Fraction
    earned: Fraction
    weight: Fraction
    entries: Mapping[Key, Entry]


def account(document: Json, end: End, *, one_base: bool = False) -> Account | None:
    """The account of one end of ``document``'s score; None where nothing applies.

    Keys: ``("criterion", id)``, ``("section_cap", section)``, ``("base", "")`` (the stated total of the absolute model),
    ``("bonus_cap", "")``, ``("deduction", title)``, ``("deductions_cap", "")``, ``("bounds", "")`` (a score lies within 0
    and 100). ``one_base`` puts the whole denominator into ``base``, so that different models can be compared.
    """
    scoring = document["ruleset"]["scoring"]
    entries: dict[Key, Entry] = {}
    for section in document["sections"]:
        own = [one for one in document["criteria"] if one["section"] == section["id"]]
        entries.update(_section(section, own, scoring, end))
    applicable = _total(one.weight for one in entries.values())
    if not applicable:
        return None
    if scoring["model"] == "absolute":
        one_base, applicable = True, Fraction(scoring["total"])
    if one_base:
        entries = {key: one._replace(weight=NOTHING) for key, one in entries.items()}
        entries["base", ""] = Entry(weight=applicable)
    entries.update(_capped_bonus(entries, scoring))
    entries.update(_deductions(document, end))
    earned = _total(one.earned for one in entries.values())
    quotient = earned * 100 / applicable
    direct = _total(one.direct for one in entries.values())
    score = Fraction(clamped(Fraction(clamped(quotient, 0, 100)) + direct, 0, 100))
    if score != quotient + direct:
        entries["bounds", ""] = Entry(direct=score - quotient - direct)
    return Account(score, earned, applicable, entries)


def _section(section: Json, criteria: list[Json], scoring: Json, end: End) -> dict[Key, Entry]:
    found: dict[Key, Entry] = {}
    earned = weight = NOTHING
    for one in criteria:
        key, points, credit = ("criterion", one["id"]), Fraction(one["points"]), one["credit"]
        if one["level"] == "may":
            found[key] = Entry(direct=points * Fraction(credit[end]) if credit is not None else NOTHING)
        elif credit is None:
            found[key] = Entry(points if scoring["not_applicable"] == "full" else NOTHING)
        else:
            found[key] = Entry(points * Fraction(credit[end]), points)
            earned, weight = earned + found[key].earned, weight + points
    if section["cap"] is not None:
        cap = Fraction(section["cap"])
        cut = Entry(min(earned, cap) - earned, min(weight, cap) - weight)
        if cut != Entry():
            found["section_cap", section["id"]] = cut
    return found


def _capped_bonus(entries: Mapping[Key, Entry], scoring: Json) -> dict[Key, Entry]:
    found = _total(one.direct for one in entries.values())
    cut = min(found, Fraction(scoring["bonus_cap"] or 0)) - found
    return {("bonus_cap", ""): Entry(direct=cut)} if cut else {}


def _deductions(document: Json, end: End) -> dict[Key, Entry]:
    # The lowest score is the one with the greatest losses.
    found: dict[Key, Entry] = {}
    for line in document["deductions"]:
        lost = Fraction(line["exact"]["ceiling" if end == "floor" else "floor"])
        title = line["title"]["zh"]
        while ("deduction", title) in found:
            title += "+"
        found["deduction", title] = Entry(direct=-lost)
    lost = -_total(one.direct for one in found.values())
    spared = lost - min(lost, Fraction(document["ruleset"]["scoring"]["deductions_cap"] or 0))
    if spared:
        found["deductions_cap", ""] = Entry(direct=spared)
    return found


def _total(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, NOTHING)
