"""The scorecard model as plain text: for golden files and for reading in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorecards.model import (
    Chart,
    Columns,
    Conclusion,
    Part,
    Passage,
    Report,
    Scorecard,
    Sections,
    Signing,
    Table,
)


def as_text(card: Scorecard | Report) -> str:
    """``card`` as text, the same for the same model: a line for each sentence and each table row, cells parted by `` | ``."""
    return "\n".join(_report(card) if isinstance(card, Report) else _card(card)) + "\n"


def _card(card: Scorecard) -> Iterator[str]:
    yield f"# {card.title.text}"
    yield card.subtitle
    yield f"[{card.notice}]"
    yield f"[{card.running}]"
    yield from _conclusion(card.conclusion)
    yield from _sections(card.sections)
    for part in (card.unmet, card.waiting, card.plan, card.criteria, card.evidence, card.method):
        if part is not None:
            yield from _part(part)
    if card.signing is not None:
        yield from _signing(card.signing)


def _report(report: Report) -> Iterator[str]:
    yield f"# {report.title.text}"
    yield report.subtitle
    yield f"[{report.running}]"
    yield from (f"{fact.label}: {' '.join(line.text for line in fact.lines)}" for fact in report.facts)
    yield from (line.text for line in report.remarks)
    for part in report.parts:
        yield from _part(part)
    if report.signing is not None:
        yield from _signing(report.signing)


def _conclusion(part: Conclusion) -> Iterator[str]:
    yield from _head(part.heading)
    for fact in part.facts:
        yield f"{fact.label}: {' '.join(line.text for line in fact.lines)}"
    yield part.verdict
    for figure in part.figures:
        yield f"{figure.label}: {figure.value} [{figure.note}]"
    yield from (line.text for line in part.remarks)
    for passage in part.passages():
        yield from _passage(passage)


def _sections(part: Sections) -> Iterator[str]:
    yield from _head(part.heading)
    yield from _table(part.table)
    yield from (line.text for line in part.remarks)
    yield from _chart(part.chart)


def _chart(chart: Chart | Columns) -> Iterator[str]:
    if isinstance(chart, Columns):
        yield f"{chart.title} [{', '.join(chart.parts)}]"
        yield from (f"  {column.label}: {column.value}" for column in chart.columns)
        return
    yield f"{chart.title} [{chart.confirmed}, {chart.undecided}]"
    for bar in chart.bars:
        yield f"  {bar.label.text}: {bar.value}"


def _part(part: Part) -> Iterator[str]:
    yield from _head(part.heading)
    yield from (line.text for line in part.intro)
    if part.chart is not None:
        yield from _chart(part.chart)
    if part.table is not None:
        yield from _table(part.table)
    for passage in part.passages:
        yield from _passage(passage)


def _passage(passage: Passage) -> Iterator[str]:
    yield f"### {passage.heading}"
    yield from (line.text for line in passage.sentences)
    if passage.table is not None:
        yield from _table(passage.table)


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield table.empty
        return
    yield _cells(table.heads)
    for made in table.rows:
        yield _cells(cell.text + (f" <{cell.span}>" if cell.span > 1 else "") for cell in made.cells)


def _signing(part: Signing) -> Iterator[str]:
    yield from _head(part.heading)
    yield part.note
    for opinion in part.opinions:
        yield f"{opinion.heading}: {' '.join((opinion.opinion, *opinion.blanks, opinion.seal))}"


def _head(heading: str) -> tuple[str, str]:
    return "", f"## {heading}"


def _cells(texts: Iterable[str]) -> str:
    return "  " + " | ".join(texts)
