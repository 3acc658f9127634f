"""The scorecard as HTML: one self-contained page for a browser, and the page that the PDF is set from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from scorecards.chart import plot
from scorecards.columns import plot_columns
from scorecards.model import Cell, Chart, Columns, Fact, Report, Scorecard
from scorecards.tracing_model import TracePage


class LabelledCell(NamedTuple):
    """One fact as the template lays it out: beside another one, or over the whole width."""

    label: str
    cell: Cell


# Runs that may be wider than a column. Only their cells may break anywhere: asking it of every cell costs a tenth of the layout.
_LONG_RUN = re.compile(r"[!-~\u00a1-\u2010\u2026]{9}")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("scorecards"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["classes"] = _classes
    environment.filters["breakable"] = _breakable
    environment.globals["drawn"] = _drawn
    return environment


def _classes(cell: Cell) -> Markup:
    """The class attribute of a cell, from words of our own only."""
    long = any(_LONG_RUN.search(line.text) for line in cell.lines)
    names = " ".join(name for name in (cell.kind, "long" if long else "") if name)
    return Markup(' class="{}"').format(names) if names else Markup("")


def _breakable(text: str) -> Markup:
    """``text`` escaped, with a place to break between a share and the numbers behind it: 55.00%（550/1000）."""
    return Markup("%<wbr/>（").join(Markup.escape(part) for part in text.split("%（"))


def _drawn(chart: Chart | Columns) -> Markup:
    """The chart as SVG. Beside our own style sheets it is all that is not escaped: its own template has done that."""
    if isinstance(chart, Columns):
        upright = plot_columns(chart)
        return Markup(_template("columns.svg.j2").render(chart=chart, plot=upright))  # noqa: S704
    return Markup(_template("chart.svg.j2").render(chart=chart, plot=plot(chart)))  # noqa: S704


def _template(name: str) -> Template:
    return _environment().get_template(name)


def stylesheet(name: str) -> str:
    """The source of one of the template's style sheets: ``columns.css``, ``print.css`` or ``screen.css``."""
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def render_html(card: Scorecard | Report) -> str:
    """One HTML page that shows ``card`` in a browser. It carries its own styles and loads nothing."""
    return page(card, stylesheet("columns.css") + stylesheet("screen.css"))


def render_beside(card: TracePage) -> str:
    """One HTML page with an official text beside the criteria that cite it. It carries its own styles and loads nothing."""
    style = Markup(stylesheet("beside.css"))  # noqa: S704 - our own style sheet
    return _template("beside.html.j2").render(card=card, style=style)


def page(card: Scorecard | Report, style: str | None = None) -> str:
    """The page of ``card``, with ``style`` in its head where one is given. Every text of the model is escaped."""
    if isinstance(card, Report):
        inline = None if style is None else Markup(style)  # noqa: S704 - our own style sheet
        return _template("report.html.j2").render(card=card, style=inline, facts=_pairs(card.facts))
    chart = _drawn(card.sections.chart)
    inline = None if style is None else Markup(style)  # noqa: S704
    return _template("scorecard.html.j2").render(
        card=card, style=inline, chart=chart, facts=_pairs(card.conclusion.facts)
    )


def _pairs(facts: Iterable[Fact]) -> list[list[LabelledCell]]:
    """Facts in rows of two; a wide one has a row of its own."""
    rows: list[list[LabelledCell]] = []
    half = False
    for fact in facts:
        made = LabelledCell(fact.label, Cell(fact.lines, span=3 if fact.wide else 1))
        if half and not fact.wide:
            rows[-1].append(made)
        else:
            rows.append([made])
        half = not fact.wide and not half
    return rows
