"""Whether the characters that a file says it shows are those that its fonts draw, glyph by glyph beside what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from pypdf.generic import DictionaryObject, StreamObject

from evaluator.errors import Words
from scorecards.verifying.drawn import Drawn
from scorecards.verifying.parts import BoundedReader, resolved

Glyph = tuple[str, int]
# So many glyphs are more than all scorecards together use.
MOST_GLYPHS = 20_000


def misread(given: Sequence[Drawn], due: Sequence[Drawn]) -> Words | None:
    """The first character that is another one when copied than its glyph draws; both files name the same fonts."""
    known = _meanings(due)
    for n, page in enumerate(given, 1):
        for run in page.runs:
            for one in run.characters:
                drawn = known.get((one.font, one.code), one.text)
                if drawn != one.text and drawn.strip():
                    text, shown = (
                        run.text[:40],
                        "".join(known.get((c.font, c.code), c.text) for c in run.characters)[:40],
                    )
                    zh = f"第 {n} 页：画着“{shown}”，复制或搜索出来却是“{text}”（文字与字形的对照被改过）"
                    return Words(
                        zh, f"page {n}: “{shown}” is drawn, but reads “{text}” when copied or searched"
                    )
    return None


def redrawn(
    given: Sequence[Drawn], due: Sequence[Drawn], reader: BoundedReader, due_reader: BoundedReader
) -> tuple[Words, ...]:
    """Characters with another glyph than is due, and glyphs that are drawn otherwise; both files name the same fonts."""
    known = _meanings(due)
    used = {
        (one.font, one.code)
        for page in given
        for run in page.runs
        for one in run.characters
        if one.text.strip()
    }
    strange = sorted({font for font, code in used - known.keys()})
    others = [
        Words(f"字体 {name} 的字形被换过", f"other glyphs of the font {name} are used") for name in strange
    ]
    return (*others, *_otherwise(used, known, reader, due_reader))


def _meanings(pages: Sequence[Drawn]) -> dict[Glyph, str]:
    return {(one.font, one.code): one.text for page in pages for run in page.runs for one in run.characters}


def _otherwise(
    used: set[Glyph], known: dict[Glyph, str], reader: BoundedReader, due_reader: BoundedReader
) -> Iterator[Words]:
    drawn, wanted = _programs(reader), _programs(due_reader)
    for name in sorted({font for font, _ in used}):
        codes = sorted(code for font, code in used if font == name)[:MOST_GLYPHS]
        if drawn.get(name) == wanted.get(name):
            continue
        left, right = _outlines(drawn.get(name, b""), codes), _outlines(wanted.get(name, b""), codes)
        changed = [code for code in codes if left.get(code) != right.get(code)]
        if changed:
            listed = "".join(known.get((name, code), "?") for code in changed[:20])
            yield Words(
                f"字体 {name} 的字形被改过：{listed}", f"glyphs of the font {name} were changed: {listed}"
            )


def _programs(reader: BoundedReader) -> dict[str, bytes]:
    """The font programs of a file by the names of their fonts, without the subset's prefix."""
    found: dict[str, bytes] = {}
    for page in reader.pages:
        resources = resolved(page.get("/Resources"))
        fonts = resolved(resources.get("/Font")) if isinstance(resources, DictionaryObject) else None
        for one in (fonts or {}).values():
            said = resolved(one)
            inner = resolved(said.get("/DescendantFonts"))
            descriptor = resolved(resolved((inner or [said])[0]).get("/FontDescriptor"))
            if isinstance(descriptor, DictionaryObject):
                name = str(said.get("/BaseFont", "")).rpartition("+")[2].lstrip("/")
                stream = next(
                    (resolved(descriptor[key]) for key in ("/FontFile3", "/FontFile2") if key in descriptor),
                    None,
                )
                if name not in found and isinstance(stream, StreamObject):
                    found[name] = reader.data_of(stream)
    return found


def _outlines(program: bytes, codes: Sequence[int]) -> dict[int, Any]:
    """What each glyph draws; nothing of a font that cannot be read."""
    # Needed only where files differ.
    from fontTools.pens.recordingPen import (  # type: ignore[import-untyped]  # noqa: PLC0415
        DecomposingRecordingPen,
    )
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415

    found: dict[int, Any] = {}
    try:
        font = TTFont(BytesIO(program), lazy=True)
        glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
        for code in codes:
            if code < len(order):
                pen = DecomposingRecordingPen(glyphs)
                glyphs[order[code]].draw(pen)
                found[code] = pen.value
    except Exception:  # noqa: BLE001 - the library fails in many ways at a broken font
        return {}
    return found
