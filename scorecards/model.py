"""The scorecard model: everything that a scorecard shows, as text, in reading order and in one language. No HTML.

The page templates, the plain-text form and later forms (XLSX, the workbench) all print this model and add no words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scorecards.wording import Language, Line

RowKind = Literal["row", "lead", "total"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its lines, how many columns it spans, and a ``kind`` that a template may style (``met``, ``number`` …)."""

    lines: tuple[Line, ...]
    span: int = 1
    kind: str = ""

    @property
    def text(self) -> str:
        """The lines of the cell, joined by slashes."""
        return " / ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. A ``lead`` row heads the rows below it; a ``total`` row sums up."""

    cells: tuple[Cell, ...]
    kind: RowKind = "row"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``heads`` are repeated on each page, ``empty`` stands where no rows are.

    ``name`` chooses its column widths in the style sheet, unless ``widths`` states them, as shares of the whole. In a workbook
    the cells of a column with ``choices`` are for filling in, from a list; ``keys`` are further columns, hidden, by which a table
    that comes back is known again.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    widths: tuple[int, ...] = ()
    choices: tuple[Choices, ...] = ()
    keys: Keys | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen in the cells of one column, counted from 0."""

    column: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """Hidden columns of a table: their heads, and a row of them for each row of the table."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading of the second level with sentences and, where there is one, a table."""

    heading: str
    sentences: tuple[Line, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the particulars, such as 申报单位."""

    label: str
    lines: tuple[Line, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the four figures: its name, the number as printed, and what it means."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart; ``floor`` and ``ceiling`` in percent of the applicable points, None where nothing applies."""

    label: Line
    floor: float | None
    ceiling: float | None
    value: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars by section, with the words of the legend."""

    title: str
    bars: tuple[Bar, ...]
    confirmed: str
    undecided: str


@dataclass(frozen=True, slots=True)
class Column:
    """One upright column: its parts from below, each as a share of the highest one; ``value`` stands on top."""

    label: str
    parts: tuple[float, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side, as of a distribution; ``parts`` name what each is made of, from below.

    ``mark`` is a line between two columns (how many stand before it) with its words.
    """

    title: str
    columns: tuple[Column, ...]
    parts: tuple[str, ...] = ()
    mark: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Part 1; ``stages`` is None where there was no review."""

    heading: str
    facts: tuple[Fact, ...]
    verdict: str
    figures: tuple[Figure, ...]
    remarks: tuple[Line, ...]
    vetoes: Passage
    actions: Passage
    stages: Passage | None = None

    def passages(self) -> tuple[Passage, ...]:
        """The passages in the order in which they are printed."""
        return (*(() if self.stages is None else (self.stages,)), self.vetoes, self.actions)


@dataclass(frozen=True, slots=True)
class Sections:
    """Part 2."""

    heading: str
    table: Table
    remarks: tuple[Line, ...]
    chart: Chart


@dataclass(frozen=True, slots=True)
class Part:
    """Any further part: an introduction, a chart, a table or several passages; ``own_page`` begins it on a new page.

    A workbook has no chart: its table says the same.
    """

    heading: str
    intro: tuple[Line, ...] = ()
    table: Table | None = None
    passages: tuple[Passage, ...] = ()
    own_page: bool = False
    chart: Chart | Columns | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """One box of the signature page."""

    heading: str
    opinion: str
    blanks: tuple[str, ...]
    seal: str


@dataclass(frozen=True, slots=True)
class Signing:
    """The last part."""

    heading: str
    note: str
    opinions: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A whole scorecard. ``criteria`` to ``signing`` are None in a summary, ``plan`` where none was asked for."""

    lang: Language
    name: str
    title: Line
    subtitle: str
    notice: str
    running: str
    foot: str
    digest: str
    conclusion: Conclusion
    sections: Sections
    unmet: Part
    waiting: Part
    plan: Part | None
    criteria: Part | None
    evidence: Part | None
    method: Part | None
    signing: Signing | None


@dataclass(frozen=True, slots=True)
class Report:
    """Any printed list beside the scorecard: a comparison, a plan, a record to fill in.

    ``running`` stands at the head of each page; ``wide`` lays the tables on landscape pages, ``compact`` gives a form to fill
    narrow margins; ``signing`` are boxes to sign. ``sheet`` is the name of a workbook's first sheet, where it is not 概况.
    """

    lang: Language
    title: Line
    subtitle: str
    running: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    remarks: tuple[Line, ...] = ()
    wide: bool = False
    compact: bool = False
    signing: Signing | None = None
    sheet: str = ""

    @property
    def name(self) -> str:
        """The name of the whole, for a file's title."""
        return self.title.text + (f"\uff0c{self.subtitle}" if self.lang == "zh" else f", {self.subtitle}")


def cell(*lines: Line | str, span: int = 1, kind: str = "") -> Cell:
    """A cell of these lines; repeated and empty lines are left out."""
    made = (Line(line) if isinstance(line, str) else line for line in lines)
    return Cell(tuple(dict.fromkeys(line for line in made if line.text)), span, kind)


def number(*lines: str) -> Cell:
    """A cell that holds a number, centred."""
    return cell(*lines, kind="number")


def row(*cells: Cell | Line | str, kind: RowKind = "row") -> Row:
    """A row of cells, lines and plain text."""
    return Row(tuple(item if isinstance(item, Cell) else cell(item) for item in cells), kind)


def table(
    name: str,
    heads: Iterable[str],
    rows: Iterable[Row],
    empty: str = "",
    widths: Iterable[int] = (),
    choices: Iterable[Choices] = (),
    keys: Keys | None = None,
) -> Table:
    """A table from any iterables."""
    return Table(name, tuple(heads), tuple(rows), empty, tuple(widths), tuple(choices), keys)
