"""WeasyPrint: our own way, and the naive one with the same content."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from scorecards import Scorecard, render_pdf
from scorecards.fonts import font_paths
from scorecards.press import OwnFontsOnly

HERE = Path(__file__).parent.parent


def ours(card: Scorecard) -> bytes:
    """As `duibiao score` makes it."""
    return render_pdf(card)


def naive(card: Scorecard) -> bytes:
    """The same content without the recipe: nothing shared, everything automatic."""
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True)
    html = environment.get_template("naive.html.j2").render(card=card)
    configuration, fetcher = FontConfiguration(), OwnFontsOnly(font_paths())
    styles = CSS(
        string=(HERE / "naive.css").read_text(),
        font_config=configuration,
        url_fetcher=fetcher,
        base_url="duibiao:x",
    )
    made: bytes = HTML(string=html, base_url="duibiao:x", url_fetcher=fetcher).write_pdf(
        stylesheets=[styles], font_config=configuration
    )
    return made
