"""Typesetting with WeasyPrint: imported by ``scorecards.pdf`` alone, and only when a PDF is made.

One font configuration and one parsed style sheet serve the whole process. They are not safe for threads, so that one PDF is set
at a time; make many at once with processes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache, partial
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any
from warnings import catch_warnings, simplefilter
from xml.etree.ElementTree import XML, ParseError
from zlib import adler32, compress

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from weasyprint import CSS, HTML, VERSION, Attachment
from weasyprint.logger import LOGGER
from weasyprint.text.ffi import harfbuzz, harfbuzz_subset, pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from evaluator.errors import Words
from scorecards.errors import RenderError
from scorecards.glyphs import places
from scorecards.html import stylesheet
from scorecards.issue import Issue
from scorecards.model import Report, Scorecard
from scorecards.remembering import remembering
from scorecards.tagging import tagging

_ONE_AT_A_TIME = Lock()
_ADDRESS = "duibiao:page"
_PICTURE = "duibiao:picture"


class OwnFontsOnly:
    """The fetcher: serves what is ours by its own address, and stops the rendering at anything else.

    That is the fonts of the template and, while a scorecard is issued, the picture at its foot.
    """

    _fail_on_errors = True  # WeasyPrint asks its fetcher

    def __init__(self, fonts: Mapping[str, Path]) -> None:
        self._fonts = fonts
        self.picture: bytes | None = None

    def __call__(self, url: str) -> Any:
        if url == _PICTURE and self.picture is not None:
            return URLFetcherResponse(url, self.picture, {"Content-Type": "image/svg+xml"})
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


def library_versions() -> dict[str, str]:
    """The versions of the libraries that lay out and write a page."""
    number = pango.pango_version()
    return {
        "weasyprint": VERSION,
        "pydyf": version("pydyf"),
        "pango": f"{number // 10_000}.{number // 100 % 100}.{number % 100}",
        "harfbuzz": _harfbuzz_version(),
    }


def _harfbuzz_version() -> str:
    """HarfBuzz's version, found by asking whether it is at least this one: WeasyPrint's binding knows no other question."""
    found = [0, 0, 0]
    for place in range(3):
        while harfbuzz.hb_version_atleast(*found[:place], found[place] + 1, *(0, 0)[place:]):
            found[place] += 1
    return ".".join(map(str, found))


def typeset(
    html: str, fonts: Mapping[str, Path], card: Scorecard | Report, issue: Issue | None = None
) -> bytes:
    """The PDF of the page ``html``; ``card`` serves to name the place of a character that no font has."""
    with _ONE_AT_A_TIME, _listening() as complaints:
        try:
            made = _typeset(html, tuple(fonts.items()), issue)
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


def _typeset(html: str, fonts: tuple[tuple[str, Path], ...], issue: Issue | None) -> bytes:
    configuration, styles, fetcher = _tools(fonts)
    sheets = [styles] if issue is None else [styles, _foot()]
    ua = issue is not None and issue.ua
    options: dict[str, Any] = {"pdf_variant": "pdf/a-3a" if ua else "pdf/a-3u"}
    if issue is not None:
        fetcher.picture = issue.picture
        options["attachments"] = [
            Attachment(
                file_obj=BytesIO(one.content),
                name=one.name,
                description=one.description,
                created=issue.moment,
                modified=issue.moment,
                relationship=one.relationship,
            )
            for one in issue.attached
        ]
    try:
        with remembering(), tagging() if ua else nullcontext(), catch_warnings():
            # The layout engine leaves its own colour profile to be closed when it is forgotten.
            simplefilter("ignore", ResourceWarning)
            document = _Page(html, fetcher).render(stylesheets=sheets, font_config=configuration, **options)
            made: bytes = document.write_pdf(finisher=partial(_finish, ua=ua), **options)
    finally:
        fetcher.picture = None
    return made


def _finish(document: Any, pdf: Any, *, ua: bool) -> None:
    """What PDF/A-3 asks for beyond what the layout engine does (ISO 19005-3, 6.6.2.1 and 6.8), and PDF/UA-1 beside it."""
    _lightly(document, pdf)
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    # Whoever looks for the claim must find it without unpacking anything.
    metadata.compress = False
    if ua:
        metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", _UA_CLAIM + b"</rdf:RDF>")]
    for one in pdf.objects:
        if getattr(one, "compress", False):
            one.compress = False
            plain = one.data.partition(b">>\nstream\n")[2].removesuffix(b"\nendstream")
            one.compress = _is_clear_of_its_end(plain)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _is_clear_of_its_end(plain: bytes) -> bool:
    """Whether ``plain`` compressed does not end in a carriage return: that would be taken for part of the line's end behind it.

    The last byte of a zlib stream is that of its check sum (RFC 1950).
    """
    return adler32(plain) & 0xFF != ord("\r")


# That the file is PDF/UA-1 (ISO 14289-1, 5), and, since PDF/A knows no such property, what it means (ISO 19005-3, 6.6.2.3).
_UA_CLAIM = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 with which the file complies</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


@cache
def _foot() -> CSS:
    return CSS(string=stylesheet("foot.css"))


def _lightly(_document: Any, pdf: Any) -> None:
    """Compress the fonts at the lowest level: their outlines become no larger, and it takes a fifth of the time."""
    for one in pdf.objects:
        if getattr(one, "extra", {}).get("Subtype") == "/OpenType":
            (outlines,) = one.stream
            one.compress = False
            if _is_clear_of_its_end(outlines):
                one.stream, one.extra["Filter"] = [compress(outlines, 1)], "/FlateDecode"


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
