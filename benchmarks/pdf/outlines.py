"""The scorecard's fonts with TrueType outlines, for programs that embed no others well.

They are cut down to what the documents say and written before anything is timed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.pdf.contents import blocks
from scorecards import Scorecard
from scorecards.fonts import FONT_FILES, font_paths

FOLDER = Path(tempfile.gettempdir()) / "duibiao-benchmark-fonts"


def outline(address: str) -> Path:
    """The file of the font that ``FONT_FILES`` names by ``address``."""
    return FOLDER / f"{Path(FONT_FILES[address]).stem}.ttf"


def prepare(cards: Iterable[Scorecard]) -> None:
    """Write both fonts with TrueType outlines for every character of ``cards``."""
    characters = {"—", "/", *map(chr, range(32, 127))}
    for card in cards:
        for block in blocks(card):
            characters.update(block.text, *(cell for row in block.rows for cell, _ in row))
    FOLDER.mkdir(exist_ok=True)
    for address in FONT_FILES:
        _converted(font_paths()[address], outline(address), "".join(sorted(characters)))


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
