"""A submission as it is written: its entries typed, the rest as plain as it stands. Pure.

msgspec checks the form: it is as strict as the models (no number for a text, no 40.0 for 40), and knows every key.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from evaluator.entries import Document, Event, Statement

Json = dict[str, Any]


class Written(Struct, forbid_unknown_fields=True):
    """The fields of ``Submission``, by their keys; ``UNSET`` where nothing is written."""

    submission: int
    subject: Json
    period: Json
    as_of: str | UnsetType | None = UNSET
    includes: list[Any] | UnsetType = UNSET
    counts: dict[str, int] | UnsetType = UNSET
    sources: dict[str, str] | UnsetType = UNSET
    previous: Json | UnsetType = UNSET
    events: tuple[Event, ...] | UnsetType = UNSET
    documents: tuple[Document, ...] | UnsetType = UNSET
    statements: tuple[Statement, ...] | UnsetType = UNSET
    none: list[str] | UnsetType = UNSET
    units: dict[str, list[Json]] | UnsetType = UNSET
    ratings: list[Json] | UnsetType = UNSET

    def keys(self) -> list[str]:
        """Those that are written."""
        return [name for name in self.__struct_fields__ if getattr(self, name) is not UNSET]


class _Keys(Struct):
    """The entries, each with no more than its keys; a key that stands twice is one."""

    events: list[dict[str, Raw]] = []
    documents: list[dict[str, Raw]] = []
    statements: list[dict[str, Raw]] = []


written_in = msgspec.json.Decoder(Written).decode
_keys_in = msgspec.json.Decoder(_Keys).decode


def keys_of_entries(content: bytes) -> int:
    """How many keys the events, documents and statements have in JSON that ``written_in`` has read."""
    found = _keys_in(content)
    return sum(len(one) for listed in (found.events, found.documents, found.statements) for one in listed)
