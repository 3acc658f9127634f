"""What a ruleset asks a subject for: the items that its checks read, with all that the generator has to know of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evaluator.checks import Check
from evaluator.checks.group import Group
from evaluator.loading import Loaded, shared_catalogue

COUNTS = 40


class Paper(NamedTuple):
    """One type of documents: its label, the parts that it can have, and how long it holds."""

    type: str
    label: str
    parts: tuple[str, ...]
    valid: str


class Asked(NamedTuple):
    """The items to submit, each kind in alphabetical order; ``wholes`` come before ``parts`` (part, its wholes).

    ``units`` are the kinds of unit with the counts and statements that are read of each.
    """

    kind: str
    wholes: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    previous: tuple[str, ...]
    events: tuple[tuple[str, str], ...]
    documents: tuple[Paper, ...]
    statements: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


def asked_by(loaded: Loaded) -> Asked:
    """The items that the checks of ``loaded`` read, with the wholes that their counts are parts of."""
    found: dict[str, set[str]] = {
        kind: set() for kind in ("counts", "previous", "events", "documents", "statements")
    }
    units: dict[str, dict[str, set[str]]] = {}
    for _, _, criterion in loaded.ruleset.criteria():
        for _, check in criterion.checks():
            for unit, kind, name in _read(check, None):
                if unit is None:
                    found[kind].add(name)
                elif name:
                    units.setdefault(unit, {"counts": set(), "statements": set()})[kind].add(name)
        for _, line in criterion.lines():
            for use in line.own_uses():
                found[use.kind].add(use.id)
    catalogue, kind = loaded.catalogue, loaded.ruleset.subject[0]
    mine = _counts(loaded, kind, found["counts"] | found["previous"])
    return Asked(
        kind=kind,
        wholes=tuple(name for name in mine if not catalogue.counts[name].at_most),
        parts=tuple(_parts_in_order({name: catalogue.counts[name].at_most for name in mine})),
        previous=tuple(name for name in mine if name in found["previous"]),
        events=tuple((name, catalogue.events[name].label.zh) for name in sorted(found["events"])),
        documents=tuple(
            Paper(name, item.label.zh, tuple(sorted(item.parts)), item.valid)
            for name in sorted(found["documents"])
            for item in (catalogue.documents[name],)
        ),
        statements=tuple((name, catalogue.statements[name].label.zh) for name in sorted(found["statements"])),
        units=tuple(
            (unit, tuple(sorted(read["counts"])), tuple(sorted(read["statements"])))
            for unit, read in sorted(units.items())
        ),
    )


def _counts(loaded: Loaded, kind: str, read: set[str]) -> list[str]:
    """The counts of a subject: those that are read and their wholes, and others of the catalogue, as it serves all rulesets."""
    items, shared = loaded.catalogue.counts, shared_catalogue().counts
    chosen: set[str] = set()
    for name in (*sorted(read), *sorted(items, key=lambda one: (one in shared, one))):
        whole = {name, *items[name].at_most}
        if name in read or len(chosen | whole) <= COUNTS:
            chosen |= whole
    return sorted(name for name in chosen if kind in items[name].subjects)


def _read(check: Check, unit: str | None) -> Iterator[tuple[str | None, str, str]]:
    if isinstance(check, Group):
        for _, member in check.members():
            yield from _read(member, check.each or unit)
        return
    for use in check.uses():
        yield unit, use.kind, use.id


def _parts_in_order(parts: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    # A part of a part comes after it.
    left = {name: wholes for name, wholes in parts.items() if wholes}
    while left:
        ready = [name for name, wholes in left.items() if not any(one in left for one in wholes)]
        assert ready, "parts of each other"
        for name in ready:
            yield name, left.pop(name)
