"""What of an official text a clause of ``clauses.yaml``, or one item of it, stands for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from evaluator.ruleset import Clause, Clauses
from evaluator.tracing.corrections import Correction
from evaluator.tracing.fingerprints import clause_fingerprint
from evaluator.tracing.marks import Style
from evaluator.tracing.numbering import same
from evaluator.tracing.plain import Passage, plain
from evaluator.tracing.splitting import OfficialText, TextClause, TextItem

# What may stand in a clause without being listed itself: it belongs to the listed clause above it.
_FOLDED: tuple[Style, ...] = ("subpart", "point", "subpoint", "circled")
ITEM_MARK = re.compile(r"^(?:[—―─–•●▪■◆-]+|[a-z]\)|\d{1,2}[).、]|\(\d{1,2}\)|\([一二三四五六七八九十]+\))")


class Part(NamedTuple):
    """The words that a citation stands for: with an item, its own, and ``lead`` is what stands above the list."""

    clause: str
    item: str | None
    lines: tuple[int, ...]
    passage: Passage
    lead: str = ""

    @property
    def name(self) -> str:
        """The clause and the item, as messages and ``--confirm`` name them."""
        return part_name(self.clause, self.item)

    @property
    def fingerprint(self) -> str:
        """The digest of these words."""
        return (
            clause_fingerprint(self.lead, self.passage.text)
            if self.item
            else clause_fingerprint(self.passage.text)
        )


class Replaced(NamedTuple):
    """A correction of words where it was applied: the characters (line, column) that are read otherwise."""

    correction: Correction
    origin: tuple[tuple[int, int], ...]


@dataclass
class Standing:
    """Where each clause of ``clauses.yaml`` stands in the text."""

    text: OfficialText
    clauses: Clauses
    found: dict[str, TextClause] = field(default_factory=dict)
    folded: dict[str, list[TextClause]] = field(default_factory=dict)
    unlisted: list[TextClause] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    unused: list[tuple[Correction, int]] = field(default_factory=list)
    corrections: tuple[Correction, ...] = ()
    _parts: dict[tuple[str, str | None], Part | None] = field(default_factory=dict)
    _items: dict[str, Sequence[TextItem]] = field(default_factory=dict)

    def own_lines(self, clause: Clause) -> tuple[int, ...]:
        """The lines of a listed clause, with those that are folded into it; none where it is not in the text."""
        one = self.found.get(clause.id)
        if one is None:
            return ()
        below = self.folded.get(clause.id, [])
        return tuple(sorted({*one.lines, *(n for folded in below for n in folded.lines)}))

    def items(self, clause: Clause) -> Sequence[TextItem]:
        """The marked items of a listed clause: dashes, letters, or numbers that are not listed as clauses of their own."""
        if clause.id not in self._items:
            self._items[clause.id] = self._items_of(clause)
        return self._items[clause.id]

    def _items_of(self, clause: Clause) -> Sequence[TextItem]:
        one = self.found.get(clause.id)
        if one is None:
            return ()
        if one.items:
            return one.items
        below = self.folded.get(clause.id, [])
        first = [folded for folded in below if folded.above == one.id]
        lines: dict[int, list[int]] = {id(folded): [] for folded in first}
        by_id = {other.id: other for other in below}
        for other in below:
            here: TextClause | None = other
            while here is not None and id(here) not in lines:
                here = by_id.get(here.above or "")
            if here is not None:
                lines[id(here)].extend(other.lines)
        return [TextItem(folded.style, folded.heading, lines[id(folded)]) for folded in first]

    def part(self, clause: Clause, item: str | None) -> Part | None:
        """What a citation of ``clause`` and ``item`` stands for; None where the text has no such clause or item."""
        key = (clause.id, item)
        if key not in self._parts:
            self._parts[key] = self._part(clause, item)
        return self._parts[key]

    def _part(self, clause: Clause, item: str | None) -> Part | None:
        lines = self.own_lines(clause)
        if not lines:
            return None
        if item is None:
            return Part(clause.id, None, lines, self._passage(clause.id, lines))
        own = self._item_lines(clause, item, lines)
        if own is None:
            return None
        first = min((n for one in self._starts(clause, lines) for n in one), default=own[0])
        lead = self.text.passage(n for n in lines if n < min(first, own[0])).text
        return Part(clause.id, item, own, self._passage(clause.id, own), lead)

    def _item_lines(self, clause: Clause, item: str, lines: Sequence[int]) -> tuple[int, ...] | None:
        items = self.items(clause)
        if item.isdecimal():
            return tuple(items[int(item) - 1].lines) if 0 < int(item) <= len(items) else None
        for one in items:
            if self._begins(one.lines[0], item):
                return tuple(one.lines)
        starts = [n for n in lines if self._begins(n, item)]
        if not starts:
            return None
        others = {n for one in clause.items for n in lines if self._begins(n, one.item) and n > starts[0]}
        end = min(others, default=lines[-1] + 1)
        return tuple(n for n in lines if starts[0] <= n < end)

    def _starts(self, clause: Clause, lines: Sequence[int]) -> Iterator[tuple[int, ...]]:
        yield from (tuple(one.lines[:1]) for one in self.items(clause))
        yield tuple(n for one in clause.items for n in lines if self._begins(n, one.item))

    def _begins(self, n: int, item: str) -> bool:
        text = plain(self.text.lines[n])
        return not item.isdecimal() and ITEM_MARK.sub("", text).startswith(plain(item))

    def _passage(self, clause: str, lines: Iterable[int]) -> Passage:
        passage = self.text.passage(lines)
        for one in self.corrections:
            if not one.of_number and same(one.clause) == same(clause):
                passage = _corrected(passage, one) or passage
        return passage


def standing(text: OfficialText, clauses: Clauses, corrections: Sequence[Correction]) -> Standing:
    """Where ``clauses`` stand in ``text``, and which clauses of the text they lack."""
    made = Standing(text, clauses, corrections=tuple(corrections))
    listed = {same(one.id): one.id for one in clauses.clauses}
    by_id = text.by_id()
    beside = {(one.above, one.style) for one in text.clauses if one.id in listed}
    for one in text.clauses:
        if one.id in listed:
            made.found.setdefault(listed[one.id], one)
            continue
        owner = _owner(one, by_id, listed, beside)
        if owner is None:
            made.unlisted.append(one)
        else:
            made.folded.setdefault(owner, []).append(one)
    for n, correction in enumerate(corrections):
        if correction.of_number:
            if n not in text.used:
                made.unused.append((correction, 0))
            continue
        clause = made.found.get(listed.get(same(correction.clause), ""))
        lines = made.own_lines(next(c for c in clauses.clauses if same(c.id) == clause.id)) if clause else ()
        places = occurrences(text.passage(lines), correction)
        if len(places) == 1:
            end = places[0] + len(plain(correction.printed))
            made.replaced.append(Replaced(correction, made.text.passage(lines).origin[places[0] : end]))
        else:
            made.unused.append((correction, len(places)))
    return made


def part_name(clause: str, item: str | None) -> str:
    """``5.2 基础建设``; the clause alone where no item is meant."""
    return f"{clause} {item}" if item else clause


def _owner(
    one: TextClause,
    by_id: Mapping[str, TextClause],
    listed: Mapping[str, str],
    beside: Collection[tuple[str | None, Style]],
) -> str | None:
    """The listed clause that an unlisted one belongs to."""
    above = by_id.get(one.above or "")
    # A clause beside listed ones must be listed itself, and so must (一) under 一、: it is there that requirements stand.
    if one.style not in _FOLDED or above is None or (one.above, one.style) in beside:
        return None
    if one.style == "subpart" and above.style == "part":
        return None
    return listed[above.id] if above.id in listed else _owner(above, by_id, listed, beside)


def occurrences(passage: Passage, correction: Correction) -> list[int]:
    """Where in a clause the misprinted words begin: on the line that the correction names, where it names one."""
    sought = plain(correction.printed)
    found = []
    at = passage.text.find(sought) if sought else -1
    while at >= 0:
        if correction.line is None or passage.origin[at][0] + 1 == correction.line:
            found.append(at)
        at = passage.text.find(sought, at + 1)
    return found


def _corrected(passage: Passage, correction: Correction) -> Passage | None:
    places = occurrences(passage, correction)
    if len(places) != 1:
        return None
    start, text, origin = places[0], passage.text, passage.origin
    end, read = start + len(plain(correction.printed)), plain(correction.read_as)
    replaced = origin[start:end]
    middle = tuple(replaced[min(n, len(replaced) - 1)] for n in range(len(read)))
    return Passage(text[:start] + read + text[end:], (*origin[:start], *middle, *origin[end:]))
