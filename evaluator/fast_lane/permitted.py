"""What a catalogue lets a subject of each kind submit, prepared once so that whole lists are checked at once. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.fast_lane.doubt import surely
from evaluator.guarding import is_harmless
from evaluator.model import IDENTIFIER, SUBJECTS
from evaluator.submission_faults import may_state

_MOST_REMEMBERED = 200
_IDENTIFIER = re.compile(IDENTIFIER)


class Parts(dict[tuple[str, ...], tuple[str, ...] | None]):
    """The parts of a document of one type as they are written → the same in order, None where they are: reckoned once each."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def __missing__(self, written: tuple[str, ...]) -> tuple[str, ...] | None:
        surely(self.names.issuperset(written))
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        ordered = tuple(sorted(set(written)))
        found = self[written] = None if ordered == written else ordered
        return found


class Permitted(NamedTuple):
    """The names that are known and may be submitted; the guard need look at none of them.

    ``counts`` are those of the subject itself, ``all_counts`` those of its units too; ``at_most`` the wholes of each part.
    ``parts`` are those that each type of document can have, ``telephones`` the statements whose note may hold a service number.
    """

    counts: frozenset[str]
    all_counts: frozenset[str]
    at_most: tuple[tuple[str, str], ...]
    events: frozenset[str]
    parts: Mapping[str, Parts]
    statements: frozenset[str]
    all_statements: frozenset[str]
    telephones: frozenset[str]
    units: frozenset[str]
    none: frozenset[str]


def permitted_by(catalogue: Catalogue) -> dict[str, Permitted]:
    """What ``catalogue`` permits, by the kind of subject."""
    return {kind: _permitted(catalogue, kind) for kind in SUBJECTS}


def _permitted(catalogue: Catalogue, kind: str) -> Permitted:
    return Permitted(
        counts=_plain(name for name, item in catalogue.counts.items() if kind in item.subjects),
        all_counts=_plain(catalogue.counts),
        at_most=tuple((name, whole) for name, item in catalogue.counts.items() for whole in item.at_most),
        events=_plain(name for name, item in catalogue.events.items() if may_state(kind, item.subjects)),
        parts={
            name: Parts(_plain(item.parts))
            for name, item in catalogue.documents.items()
            if _plain([name]) and may_state(kind, item.subjects)
        },
        statements=_plain(
            name for name, item in catalogue.statements.items() if may_state(kind, item.subjects)
        ),
        all_statements=_plain(catalogue.statements),
        telephones=_plain(name for name, item in catalogue.statements.items() if item.public_telephone),
        units=_plain(catalogue.units),
        none=_plain([*catalogue.events, *catalogue.documents, *catalogue.units]),
    )


def _plain(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if _IDENTIFIER.fullmatch(name) and is_harmless(name))
