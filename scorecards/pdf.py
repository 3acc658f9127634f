"""The scorecard as PDF. The layout engine is imported only when a PDF is asked for: that alone takes half a second."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from evaluator.errors import Words
from scorecards.errors import RenderError
from scorecards.fonts import font_paths
from scorecards.html import page
from scorecards.model import Scorecard

_INSTALL = Words(
    "Debian/Ubuntu:apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig；其他系统见 duibiao doctor",
    "Debian/Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig; others: see duibiao doctor",
)


def render_pdf(card: Scorecard) -> bytes:
    """``card`` as an A4 PDF; the same card gives the same bytes.

    Raises ``RenderError`` where the Chinese fonts or libharfbuzz-subset are missing, where a character has no glyph in any font
    of this machine (named, with its place), and where anything but the template's own fonts would be fetched.
    """
    with _no_collection():
        return _render(card)


def _render(card: Scorecard) -> bytes:
    fonts = font_paths()
    try:
        from scorecards import press  # noqa: PLC0415 - the heavy import, only where a PDF is made
    except (ImportError, OSError) as fault:
        raise RenderError(
            "library_missing",
            Words(f"无法载入 PDF 排版程序（{fault}）", f"the PDF layout engine cannot be loaded ({fault})"),
            _INSTALL,
        ) from fault
    if not press.can_subset():
        raise RenderError(
            "harfbuzz_missing",
            Words(
                "缺少 libharfbuzz-subset(4.1 以上)，中文字体不能裁剪，PDF 会慢十倍以上",
                "libharfbuzz-subset (4.1 or later) is missing: Chinese fonts cannot be subset, and a PDF takes ten times longer",
            ),
            _INSTALL,
        )
    return press.typeset(page(card), fonts, card)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Put the garbage collector off: it would walk the growing tree of boxes again and again, a sixth of the time.

    Afterwards the youngest generation, which is this one document, is freed.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect(0)
