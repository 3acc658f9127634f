"""The on-site record as data: a page for each place that inspectors go to, with a line for each thing to verify there. Pure.

A site is who has to do first what is verified by seeing, asking or surveying: the subject itself, its street, its district …; and
each unit of the subject that has figures or answers of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from evaluator.errors import Language
from evaluator.exact import decimal
from evaluator.review_entries import Thing
from evaluator.review_form.evidence_sheets import claim_text, item_of
from evaluator.review_form.matter import Json, Matter, levels_words
from evaluator.reviewing.claims import claimed
from evaluator.reviewing.entries import levels_of
from evaluator.reviewing.words import NO, NOT_SUBMITTED, YES

SEEN = ("on_site", "interview", "survey")
_HOLDERS = {
    "community": ("社区", "Community"),
    "street": ("街道", "Street office"),
    "district": ("区（县）", "District"),
    "city": ("市", "City"),
    "province": ("省", "Province"),
}


class SiteLine(NamedTuple):
    """One thing to verify: a criterion by its id, or a count or statement of a unit by its item.

    ``levels`` are those that can be given, ``claim`` what was claimed, as a reader takes it; ``waits`` says that a tick alone
    decides nothing; ``points`` are the full points of a criterion.
    """

    item: str
    number: int | None
    title: str
    requirement: str
    claimed: str
    method: str
    levels: tuple[int, ...] = ()
    claim: str = ""
    waits: bool = False
    points: str = ""


class Site(NamedTuple):
    """One page."""

    name: str
    lines: tuple[SiteLine, ...]


def sites(matter: Matter, lang: Language, chosen: Collection[str] = ()) -> tuple[Site, ...]:
    """The sites to visit; ``chosen`` are the criteria to verify instead of those that are seen, asked or surveyed."""
    by_holder: dict[str, list[SiteLine]] = {}
    for one in matter.document["criteria"]:
        wanted = one["id"] in chosen if chosen else one["method"] in SEEN
        if wanted and one["outcome"] != "not_applicable":
            by_holder.setdefault(one["duty_of"][0], []).append(_line(one, matter, lang))
    found = (
        Site(_name(holder, matter, lang), tuple(by_holder[holder]))
        for holder in _HOLDERS
        if holder in by_holder
    )
    return (*found, *(() if chosen else _units(matter, lang)))


def _name(holder: str, matter: Matter, lang: Language) -> str:
    if holder == matter.submission.subject.kind:
        return matter.submission.subject.name
    zh, en = _HOLDERS[holder]
    return f"所在{zh}" if lang == "zh" else en


def _line(one: Json, matter: Matter, lang: Language) -> SiteLine:
    levels = levels_of(matter.ruleset.by_id()[one["id"]])
    nothing = NOT_SUBMITTED.in_language(lang) if one["outcome"] == "no_evidence" else ""
    requirement = str(one["requirement"].get(lang) or one["requirement"]["zh"])
    return SiteLine(
        one["id"],
        matter.numbers()[one["id"]],
        one["title"][lang],
        "\n".join(filter(None, (requirement, levels_words(levels, lang)))),
        matter.claims(one["id"], lang) or nothing,
        one["method"] if one["method"] in SEEN else "on_site",
        tuple(level.level for level in levels),
        waits="person" in one["waits"],
        points=one["points"],
    )


def _units(matter: Matter, lang: Language) -> Iterator[Site]:
    for units in matter.submission.units.values():
        for unit in units:
            things = [
                *(Thing("count", name, unit.id) for name in sorted(unit.counts)),
                *(Thing("statement", name, unit.id) for name in sorted(unit.statements)),
            ]
            if things:
                name = f"{unit.id} {unit.name}" if unit.name else unit.id
                yield Site(name, tuple(_of_unit(thing, matter, lang) for thing in things))


def _of_unit(thing: Thing, matter: Matter, lang: Language) -> SiteLine:
    claim, catalogue = claimed(thing, matter.submission), matter.catalogue
    if isinstance(claim, bool):
        shown, kind = (YES if claim else NO).in_language(lang), "statements"
    else:
        item, kind = catalogue.counts.get(thing.id), "counts"
        unit = "" if item is None else f" {item.unit.zh if lang == 'zh' else item.unit.en}"
        shown = f"{decimal(claim)}{unit}"
    declared = catalogue.items(kind).get(thing.id)
    help_ = "" if declared is None else str(getattr(declared.help, lang) or declared.help.zh)
    label = catalogue.label(thing.id)
    return SiteLine(
        item_of(thing),
        None,
        label.zh if lang == "zh" else label.en,
        help_,
        shown,
        "on_site",
        claim=claim_text(claim) or "",
    )
