"""reportlab: its Platypus tables of paragraphs.

It embeds TrueType outlines alone, and the scorecard's fonts have others: they are converted beforehand, cut down to what the
documents say, which is not timed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.pdf.contents import Block, blocks
from scorecards import Scorecard
from scorecards.fonts import FONT_FILES, font_paths

FOLDER = Path(tempfile.gettempdir()) / "duibiao-benchmark-fonts"


def prepare(cards: Iterable[Scorecard]) -> None:
    """Write both fonts with TrueType outlines for every character of ``cards``."""
    characters = {"—", "/", *map(chr, range(32, 127))}
    for card in cards:
        for block in blocks(card):
            characters.update(block.text, *(cell for row in block.rows for cell, _ in row))
    FOLDER.mkdir(exist_ok=True)
    for address, name in FONT_FILES.items():
        _converted(font_paths()[address], FOLDER / f"{Path(name).stem}.ttf", "".join(sorted(characters)))


def _converted(source: Path, target: Path, characters: str) -> None:
    from fontTools import subset
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    options = subset.Options(layout_features=[], notdef_outline=True, name_IDs=["*"], glyph_names=False)
    font = TTFont(source)
    cut = subset.Subsetter(options)
    cut.populate(text=characters)
    cut.subset(font)
    outlines, order, made = font.getGlyphSet(), font.getGlyphOrder(), {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"], glyphs = newTable("loca"), newTable("glyf")
    glyphs.glyphs, glyphs.glyphOrder = made, order
    font["glyf"] = glyphs
    for gone in ("CFF ", "VORG", "GPOS", "GSUB", "GDEF", "BASE", "vhea", "vmtx"):
        if gone in font:
            del font[gone]
    largest = font["maxp"]
    largest.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"):
        setattr(largest, field, 1 if field == "maxZones" else 0)
    for field in ("maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth"):
        setattr(largest, field, 0)
    for field in ("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours"):
        setattr(largest, field, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    font.save(target)


@cache
def _styles() -> dict[int, Any]:
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in (("song", "NotoSerifSC-Regular"), ("hei", "NotoSansSC-Regular")):
        pdfmetrics.registerFont(TTFont(name, FOLDER / f"{file}.ttf"))
    plain = ParagraphStyle(
        "plain", fontName="song", fontSize=10.5, leading=15.75, wordWrap="CJK", spaceAfter=3
    )
    small = ParagraphStyle("small", plain, fontSize=9, leading=12.4, spaceAfter=0)
    return {
        0: plain,
        1: ParagraphStyle("title", plain, fontSize=21, leading=27, alignment=TA_CENTER),
        2: ParagraphStyle(
            "h2", plain, fontName="hei", fontSize=14, leading=18, spaceBefore=14, keepWithNext=1
        ),
        3: ParagraphStyle("h3", plain, fontName="hei", spaceBefore=10, keepWithNext=1),
        8: ParagraphStyle("head", small, fontName="hei"),
        9: small,
    }


def reportlab(card: Scorecard) -> bytes:
    """The PDF."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.units import mm
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate

    def numbered(canvas: Any, document: Any) -> None:
        canvas.setFont("song", 12)
        canvas.drawCentredString(canvas._pagesize[0] / 2, 15 * mm, f"— {document.page} —")

    out, styles = BytesIO(), _styles()
    document = BaseDocTemplate(out, title=card.name)
    templates, widths = [], {}
    for name, (width, height), left, top, bottom in (
        ("upright", A4, 25 * mm, 28 * mm, 26 * mm),
        ("wide", landscape(A4), 20 * mm, 25 * mm, 22 * mm),
    ):
        widths[name] = width - left - 20 * mm
        frame = Frame(left, bottom, widths[name], height - top - bottom, 0, 0, 0, 0)
        templates.append(PageTemplate(name, [frame], onPage=numbered, pagesize=(width, height)))
    document.addPageTemplates(templates)
    story: list[Any] = []
    wide = False
    for block in blocks(card):
        if block.wide != wide:
            wide = block.wide
            story += [NextPageTemplate("wide" if wide else "upright"), PageBreak()]
        story.append(_flowable(block, widths["wide" if wide else "upright"], styles))
    document.build(story)
    return out.getvalue()


def _flowable(block: Block, width: float, styles: dict[int, Any]) -> Any:
    from reportlab.lib.colors import black
    from reportlab.platypus import Paragraph, Table, TableStyle

    if not block.columns:
        return Paragraph(_marked(block.text), styles[block.level])
    rows: list[list[Any]] = []
    spans: list[tuple[Any, ...]] = []
    for n, row in enumerate(block.rows):
        made: list[Any] = []
        for text, span in row:
            if span > 1:
                spans.append(("SPAN", (len(made), n), (len(made) + span - 1, n)))
            made += [Paragraph(_marked(text), styles[8 if n < block.heads else 9]), *[""] * (span - 1)]
        rows.append(made)
    look = [
        ("GRID", (0, 0), (-1, -1), 0.5, black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
        *spans,
    ]
    columns = [width / block.columns] * block.columns
    return Table(rows, columns, repeatRows=block.heads, style=TableStyle(look), spaceAfter=6)


def _marked(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br/>")
