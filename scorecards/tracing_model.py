"""The page that shows an official text beside the criteria that cite it: a model in reading order, no HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scorecards.wording import Language, Line

RowKind = Literal["cited", "excused", "background", "uncited", "unlisted", "absent", "heading"]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one line: plain, ``cited`` by a criterion, or ``corrected`` and then read as ``read_as``."""

    text: str
    kind: Literal["", "cited", "corrected"] = ""
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that does not agree; ``level`` is error, suspect or warning; ``target`` the row or card it concerns."""

    level: str
    label: str
    text: str
    mend: str
    place: str
    target: str


@dataclass(frozen=True, slots=True)
class Card:
    """One criterion beside its clause; ``status`` is a word of ours, ``label`` what the reader sees."""

    id: str
    title: str
    requirement: Line
    judged: tuple[str, ...]
    particulars: str
    status: str
    label: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """One clause, or one item of it: its lines with their numbers, and what stands beside them."""

    name: str
    kind: RowKind
    target: str
    lines: tuple[tuple[int, tuple[Run, ...]], ...]
    note: str
    cards: tuple[Card, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class TracePage:
    """The whole page: particulars, sums, what is to be done, the corrections, then text and criteria side by side."""

    lang: Language
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sums: tuple[tuple[str, str], ...]
    notices: tuple[Notice, ...]
    none: str
    remarks: tuple[str, ...]
    corrections: tuple[tuple[str, ...], ...]
    rows: tuple[Beside, ...]
    words: dict[str, str]
