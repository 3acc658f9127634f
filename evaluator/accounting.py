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

    Keys: ``("criterion", id)``, ``("section_cap", section)``, ``("section_floor", section)`` (no section falls below 0 by its own
    deductions), ``("base", "")`` (the stated total of the absolute model), ``("bonus_cap", "")``, ``("deduction", title)``,
    ``("deductions_cap", "")``, ``("bounds", "")`` (a score lies within 0 and 100), ``("ended", "")`` (a veto ended it at 0).
    ``one_base`` puts the whole denominator into ``base``, so that different models can be compared.
    """
    scoring = document["ruleset"]["scoring"]
    entries: dict[Key, Entry] = {}
    lines = _lines(document, end)
    for section in document["sections"]:
        own = [one for one in document["criteria"] if one["section"] == section["id"]]
        losses = {key: lost for key, (of, lost) in lines.items() if of == section["id"]}
        entries.update(_section(section, own, losses, scoring, end))
    applicable = _total(one.weight for one in entries.values())
    if not applicable:
        return None
    if scoring["model"] == "absolute":
        one_base, applicable = True, Fraction(scoring["total"])
    if one_base:
        entries = {key: one._replace(weight=NOTHING) for key, one in entries.items()}
        entries["base", ""] = Entry(weight=applicable)
    entries.update(_capped_bonus(entries, scoring))
    entries.update(_deductions({key: lost for key, (of, lost) in lines.items() if of is None}, scoring))
    earned = _total(one.earned for one in entries.values())
    quotient = earned * 100 / applicable
    direct = _total(one.direct for one in entries.values())
    score = Fraction(clamped(Fraction(clamped(quotient, 0, 100)) + direct, 0, 100))
    if score != quotient + direct:
        entries["bounds", ""] = Entry(direct=score - quotient - direct)
    if score and _is_ended(document, end):
        entries["ended", ""], score = Entry(direct=-score), NOTHING
    return Account(score, earned, applicable, entries)


def _is_ended(document: Json, end: End) -> bool:
    return any(
        one.get("veto_effect") == "end" and one["credit"] is not None and Fraction(one["credit"][end]) < 1
        for one in document["criteria"]
    )


def _lines(document: Json, end: End) -> dict[Key, tuple[str | None, Fraction]]:
    """Every deduction by its title: the section that it is taken from (None: the total), and how much."""
    found: dict[Key, tuple[str | None, Fraction]] = {}
    for line in document["deductions"]:
        title = line["title"]["zh"]
        while ("deduction", title) in found:
            title += "+"
        # The lowest score is the one with the greatest losses.
        lost = Fraction(line["exact"]["ceiling" if end == "floor" else "floor"])
        found["deduction", title] = (line.get("section"), lost)
    return found


def _section(
    section: Json, criteria: list[Json], losses: Mapping[Key, Fraction], scoring: Json, end: End
) -> dict[Key, Entry]:
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
        earned += cut.earned
    found.update((key, Entry(-lost)) for key, lost in losses.items())
    spared = max(NOTHING, _total(losses.values()) - earned)
    if spared:
        found["section_floor", section["id"]] = Entry(spared)
    return found


def _capped_bonus(entries: Mapping[Key, Entry], scoring: Json) -> dict[Key, Entry]:
    found = _total(one.direct for one in entries.values())
    cut = min(found, Fraction(scoring["bonus_cap"] or 0)) - found
    return {("bonus_cap", ""): Entry(direct=cut)} if cut else {}


def _deductions(losses: Mapping[Key, Fraction], scoring: Json) -> dict[Key, Entry]:
    found = {key: Entry(direct=-lost) for key, lost in losses.items()}
    lost = _total(losses.values())
    spared = lost - min(lost, Fraction(scoring["deductions_cap"] or 0))
    if spared:
        found["deductions_cap", ""] = Entry(direct=spared)
    return found


def _total(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, NOTHING)
