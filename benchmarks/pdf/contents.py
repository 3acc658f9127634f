"""A scorecard's contents as plain blocks, for programs that know neither our templates nor our model."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from benchmarks.peers.ours import read
from benchmarks.submissions import lines, ruleset
from evaluator.assessment import assess
from scorecards import Scorecard, scorecard
from scorecards.html import _pairs as pairs
from scorecards.model import Part, Passage, Table

RULES = "sichuan-community-2022"


class Block(NamedTuple):
    """A title (level 1), heading (2 or 3), paragraph (0), or a table: rows of cells, each a text and how many columns it spans.

    ``wide`` blocks stand on landscape pages; ``heads`` is the number of rows that are repeated on each page.
    """

    level: int = 0
    text: str = ""
    rows: tuple[tuple[tuple[str, int], ...], ...] = ()
    heads: int = 0
    columns: int = 0
    wide: bool = False


def cards(number: int) -> list[Scorecard]:
    """The scorecards of the first ``number`` generated submissions, each another one."""
    loaded = ruleset(RULES)
    sent = (read(line, loaded.catalogue) for line in lines(loaded, number))
    return [scorecard(assess(loaded.ruleset, loaded.catalogue, one).document) for one in sent]


def blocks(card: Scorecard) -> list[Block]:
    """Everything on ``card``, in reading order."""
    return [*_first(card), *_rest(card)]


def _first(card: Scorecard) -> Iterator[Block]:
    first = card.conclusion
    yield Block(1, f"{card.title.text}\n{card.subtitle}")
    yield Block(text=card.notice)
    yield Block(2, first.heading)
    facts = [
        [part for one in pair for part in ((one.label, 1), (_text(one.cell.lines), one.cell.span))]
        for pair in pairs(first.facts)
    ]
    yield _grid(facts, 0, 4)
    yield Block(text=first.verdict)
    figures = [[(getattr(one, name), 1) for one in first.figures] for name in ("label", "value", "note")]
    yield _grid(figures, 1, len(first.figures))
    yield Block(text="".join(line.text for line in first.remarks))
    for passage in first.passages():
        yield from _passage(passage)


def _rest(card: Scorecard) -> Iterator[Block]:
    yield Block(2, card.sections.heading)
    yield from _table(card.sections.table)
    yield from (Block(text=line.text) for line in card.sections.remarks)
    yield _grid([[(bar.label.text, 1), (bar.value, 1)] for bar in card.sections.chart.bars], 0, 2)
    for part in (card.unmet, card.waiting, card.plan, card.criteria, card.evidence, card.method):
        if part is not None:
            yield from (block._replace(wide=part is card.criteria) for block in _part(part))
    if card.signing is not None:
        yield Block(2, card.signing.heading)
        yield Block(text=card.signing.note)
        for one in card.signing.opinions:
            yield Block(3, one.heading)
            yield _grid([[("\n".join((one.opinion, *one.blanks)), 1), (one.seal, 1)]], 0, 2)


def _part(part: Part) -> Iterator[Block]:
    yield Block(2, part.heading)
    yield from (Block(text=line.text) for line in part.intro)
    if part.table is not None:
        yield from _table(part.table)
    for passage in part.passages:
        yield from _passage(passage)


def _passage(passage: Passage) -> Iterator[Block]:
    yield Block(3, passage.heading)
    yield from (Block(text=line.text) for line in passage.sentences)
    if passage.table is not None:
        yield from _table(passage.table)


def _table(table: Table) -> Iterator[Block]:
    if not table.rows:
        yield Block(text=table.empty)
        return
    heads = [(head, 1) for head in table.heads]
    rows = [[(_text(cell.lines), cell.span) for cell in row.cells] for row in table.rows]
    yield _grid([heads, *rows], 1, len(heads))


def _text(lines: Iterable[object]) -> str:
    return "\n".join(str(getattr(line, "text", line)) for line in lines)


def _grid(rows: list[list[tuple[str, int]]], heads: int, columns: int) -> Block:
    filled = []
    for row in rows:
        width = sum(span for _, span in row)
        assert width <= columns, row
        filled.append((*row, *[("", 1)] * (columns - width)))
    return Block(rows=tuple(filled), heads=heads, columns=columns)


def lacking(card: Scorecard, text: str) -> str:
    """The Chinese characters of ``card`` that the text of its PDF has not as often: empty where nothing is lost."""
    wanted: Counter[str] = Counter()
    for block in blocks(card):
        wanted.update(_chinese(block.text))
        for row in block.rows:
            for cell, _ in row:
                wanted.update(_chinese(cell))
    wanted.subtract(_chinese(text))
    return "".join(character * n for character, n in wanted.items() if n > 0)


def _chinese(text: str) -> Iterator[str]:
    return (one for one in unicodedata.normalize("NFKC", text) if "\u4e00" <= one <= "\u9fff")
