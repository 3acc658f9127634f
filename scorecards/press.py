"""Typesetting with WeasyPrint: imported by ``scorecards.pdf`` alone, and only when a PDF is made.

One font configuration and one parsed style sheet serve the whole process. They are not safe for threads, so that one PDF is set
at a time; make many at once with processes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from xml.etree.ElementTree import XML, ParseError

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.text.ffi import harfbuzz, harfbuzz_subset, pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from evaluator.errors import Words
from scorecards.archiving import archived
from scorecards.errors import RenderError
from scorecards.glyphs import places
from scorecards.html import stylesheet
from scorecards.issue import PLAIN, Issue
from scorecards.model import Report, Scorecard
from scorecards.remembering import remembering
from scorecards.tagging import tagging

_ONE_AT_A_TIME = Lock()
_ADDRESS = "duibiao:page"


class OwnFontsOnly:
    """The fetcher: serves the fonts of the template by their own addresses, and stops the rendering at anything else."""

    _fail_on_errors = True  # WeasyPrint asks its fetcher

    def __init__(self, fonts: Mapping[str, Path]) -> None:
        self._fonts = fonts

    def __call__(self, url: str) -> Any:
        path = self._fonts.get(url)
        if path is None:
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, path.open("rb"), {"Content-Type": "font/otf"})


class _Page(HTML):  # type: ignore[misc]  # WeasyPrint is not typed
    """A page that is laid out with our own idea of what a browser knows by itself."""

    def __init__(self, source: str, fetcher: OwnFontsOnly) -> None:
        """``source`` is well-formed XML, too, unless a text in it holds a character that XML has not."""
        try:
            root = XML(source)
        except ParseError:
            super().__init__(string=source, base_url=_ADDRESS, url_fetcher=fetcher)
            return
        # What HTML does, without its parser: that one is slower by forty milliseconds a scorecard.
        self.base_url, self.url_fetcher, self.media_type = _ADDRESS, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root)
        self.etree_element = root

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_base()]


@cache
def _base() -> CSS:
    return CSS(string=stylesheet("base.css"))


class _Complaints(logging.Handler):
    """Keeps what the layout engine only logs; nothing of it may pass in silence."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: list[str] = []
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith(".notdef"):
            self.characters.append(chr(int(message.rsplit("U+", 1)[1].rstrip(")"), 16)))
        else:
            self.faults.append(message)


def can_subset() -> bool:
    """Whether libharfbuzz-subset is there, in a version that WeasyPrint can use."""
    return harfbuzz_subset is not None and bool(harfbuzz.hb_version_atleast(4, 1, 0))


def typeset(html: str, fonts: Mapping[str, Path], card: Scorecard | Report, issue: Issue = PLAIN) -> bytes:
    """The PDF of the page ``html``, in the form that ``issue`` says.

    ``card`` serves to name the place of a character that no font has, and its digest stands on every page.
    """
    with _ONE_AT_A_TIME, _listening() as complaints:
        try:
            made = _typeset(html, tuple(fonts.items()), issue, getattr(card, "digest", None))
        except FatalURLFetchingError as refused:
            raise RenderError(
                "fetch_refused",
                Words(
                    f"排版时试图读取外部资源，已拒绝：{refused}",
                    f"typesetting tried to fetch something from outside; refused: {refused}",
                ),
                Words(
                    "评分表不读取任何外部文件或网络；请报告这一问题",
                    "a scorecard reads nothing from outside; please report this",
                ),
            ) from None
    _judge(complaints, card)
    return made


def _typeset(html: str, fonts: tuple[tuple[str, Path], ...], issue: Issue, digest: str | None) -> bytes:
    configuration, styles, fetcher = _tools(fonts)
    with remembering(), tagging() if issue.pdf == "ua" else nullcontext():
        document = _Page(html, fetcher).render(stylesheets=[styles], font_config=configuration)
        made: bytes = document.write_pdf(
            finisher=lambda laid, pdf: archived(laid, pdf, issue, digest),
            pdf_version="1.7",
            pdf_identifier=True,
            pdf_tags=issue.pdf == "ua",
        )
    return made


def library_versions() -> dict[str, str]:
    """The versions of the libraries that shape, choose and cut the fonts."""
    number = pango.pango_version()
    found = [0, 0, 0]
    for place in range(3):
        # HarfBuzz is asked whether it is at least of a version: WeasyPrint declares nothing else of it.
        while harfbuzz.hb_version_atleast(*found[:place], found[place] + 1, *[0] * (2 - place)):
            found[place] += 1
    return {
        "pango": f"{number // 10_000}.{number // 100 % 100}.{number % 100}",
        "harfbuzz": ".".join(map(str, found)),
    }


@cache
def _tools(fonts: tuple[tuple[str, Path], ...]) -> tuple[Any, Any, OwnFontsOnly]:
    configuration, fetcher = FontConfiguration(), OwnFontsOnly(dict(fonts))
    source = stylesheet("columns.css") + stylesheet("print.css")
    return (
        configuration,
        CSS(string=source, font_config=configuration, url_fetcher=fetcher, base_url="duibiao:style"),
        fetcher,
    )


@contextmanager
def _listening() -> Iterator[_Complaints]:
    complaints = _Complaints()
    LOGGER.addHandler(complaints)
    try:
        yield complaints
    finally:
        LOGGER.removeHandler(complaints)


def _judge(complaints: _Complaints, card: Scorecard | Report) -> None:
    if complaints.characters:
        where = places(card, complaints.characters)
        named = [
            (f"{character}(U+{ord(character):04X})", where.get(character, ""))
            for character in dict.fromkeys(complaints.characters)
        ]
        raise RenderError(
            "glyph_missing",
            Words(
                "没有字体能显示：" + ";".join(f"{name}，见“{place}”" for name, place in named),
                "no font can show: " + "; ".join(f"{name} in “{place}”" for name, place in named),
            ),
            Words(
                "安装含有该字的字体（Debian/Ubuntu：apt-get install fonts-hanazono fonts-noto-core），或换用通行的写法",
                "install a font that has it (Debian/Ubuntu: apt-get install fonts-hanazono fonts-noto-core), "
                "or write it another way",
            ),
        )
    if complaints.faults:
        listed = "; ".join(dict.fromkeys(complaints.faults))
        raise RenderError(
            "render_fault",
            Words(f"排版程序报告问题：{listed}", f"the layout engine reports: {listed}"),
            Words("请报告这一问题", "please report this"),
        )
