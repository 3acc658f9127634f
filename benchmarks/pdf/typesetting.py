"""Typst: its compiler kept, the fonts loaded once, the blocks handed over as JSON."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson

from benchmarks.pdf.contents import blocks
from scorecards import Scorecard
from scorecards.fonts import font_paths

TEMPLATE = Path(__file__).parent / "scorecard.typ"


@cache
def _compiler() -> Any:
    import typst

    folder = next(iter(font_paths().values())).parent
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=[folder], ignore_system_fonts=True)


def typst(card: Scorecard) -> bytes:
    """The PDF."""
    # Pages before, with and after the wide part.
    found, part = [], 0
    for block in blocks(card):
        if block.wide and part == 0:
            part = 1
        elif not block.wide and part == 1:
            part = 2
        found.append({**block._asdict(), "part": part})
    made: bytes = _compiler().compile(
        format="pdf", sys_inputs={"blocks": orjson.dumps(found).decode()}, pdf_tags=False
    )
    return made
