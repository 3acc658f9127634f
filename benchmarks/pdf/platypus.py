"""reportlab: its Platypus tables of paragraphs. It embeds TrueType outlines alone."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from benchmarks.pdf.contents import Block, blocks
from benchmarks.pdf.outlines import outline
from scorecards import Scorecard
from scorecards.fonts import FONT_FILES


@cache
def _styles() -> dict[int, Any]:
    from reportlab import rl_config
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for address in FONT_FILES:
        pdfmetrics.registerFont(TTFont(address.rpartition("/")[2], outline(address)))
    # Else it names Helvetica on each page.
    rl_config.canvas_basefontname = "song"
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
        ("FONTNAME", (0, 0), (-1, -1), "song"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
        *spans,
    ]
    columns = [width / block.columns] * block.columns
    return Table(rows, columns, repeatRows=block.heads, style=TableStyle(look), spaceAfter=6)


def _marked(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br/>")
