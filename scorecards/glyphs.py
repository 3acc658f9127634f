"""Where a character stands in a scorecard, for the message that no font can show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorecards.model import Fact, Part, Passage, Report, Scorecard, Table

_SHOWN = 20


def places(card: Scorecard | Report, characters: Iterable[str]) -> dict[str, str]:
    """For each of ``characters`` the first place of ``card`` where it stands.

    A place is the heading, the row's first cell and the beginning of the line.
    """
    wanted = set(characters)
    found: dict[str, str] = {}
    for place, text in _texts(card):
        for character in wanted.intersection(text):
            found.setdefault(character, place)
    return found


def _texts(card: Scorecard | Report) -> Iterator[tuple[str, str]]:
    if isinstance(card, Report):
        yield card.title.text, card.name + card.running + "".join(line.text for line in card.remarks)
        yield from _facts(card.title.text, card.facts)
        for part in card.parts:
            yield from _part(part)
        return
    one = card.conclusion
    yield from _facts(one.heading, one.facts)
    yield one.heading, one.verdict + "".join(line.text for line in one.remarks)
    for passage in one.passages():
        yield from _passage(one.heading, passage)
    yield from _table(card.sections.heading, card.sections.table)
    for shown in (card.unmet, card.waiting, card.plan, card.criteria, card.evidence, card.method):
        if shown is not None:
            yield from _part(shown)


def _facts(heading: str, facts: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    for fact in facts:
        yield f"{heading} · {fact.label}", "".join(line.text for line in fact.lines)


def _part(part: Part) -> Iterator[tuple[str, str]]:
    yield part.heading, "".join(line.text for line in part.intro)
    yield from _table(part.heading, part.table)
    for passage in part.passages:
        yield from _passage(part.heading, passage)


def _passage(heading: str, passage: Passage) -> Iterator[tuple[str, str]]:
    yield f"{heading} · {passage.heading}", "".join(line.text for line in passage.sentences)
    yield from _table(f"{heading} · {passage.heading}", passage.table)


def _table(heading: str, table: Table | None) -> Iterator[tuple[str, str]]:
    for row in table.rows if table else ():
        first = row.cells[0].text
        for cell in row.cells:
            for line in cell.lines:
                start = line.text.split(" ", 1)[0][:_SHOWN]
                yield f"{heading} · {first[:_SHOWN]} · {start}", line.text
