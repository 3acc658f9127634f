"""The scorecard as PDF. The layout engine is imported only when a PDF is asked for: that alone takes half a second."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from ctypes import util
from importlib import import_module
from io import StringIO
from types import ModuleType

from evaluator.errors import Words
from scorecards.errors import RenderError
from scorecards.fonts import font_paths
from scorecards.html import page
from scorecards.issue import Issue
from scorecards.model import Report, Scorecard

_LIBRARIES = Words(
    "Debian/Ubuntu：apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig；"
    "Fedora/openEuler：dnf install pango harfbuzz fontconfig；macOS：brew install pango",
    "Debian/Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig; "
    "Fedora/openEuler: dnf install pango harfbuzz fontconfig; macOS: brew install pango",
)


def render_pdf(card: Scorecard | Report, issue: Issue | None = None) -> bytes:
    """``card`` as an A4 PDF/A-3u; the same card gives the same bytes. With ``issue`` it is the scorecard as it is issued.

    Raises ``RenderError`` where the Chinese fonts or libharfbuzz-subset are missing, where a character has no glyph in any font
    of this machine (named, with its place), and where anything but the template's own fonts would be fetched.
    """
    with _no_collection():
        return _render(card, issue)


def _render(card: Scorecard | Report, issue: Issue | None) -> bytes:
    fonts = font_paths()
    press = load_press()
    made: bytes = press.typeset(page(card), fonts, card, issue)
    return made


def _nowhere(name: str) -> str | None:  # noqa: ARG001 - it stands in for find_library
    """Find no library."""
    return None


def load_press() -> ModuleType:
    """The module ``scorecards.press``, imported where it is first needed.

    The layout engine tries several names for each of its libraries, and for each that is not there ``find_library`` starts
    a C compiler: a fifth of a second in all. On Linux the right names are found without it; where not, the import is tried again.
    Raises ``RenderError`` (``library_missing``, ``harfbuzz_missing``); what the engine prints of that is left out.
    """
    try:
        press = _imported()
    except (ImportError, OSError) as fault:
        raise RenderError(
            "library_missing",
            Words(f"无法载入 PDF 排版程序（{fault}）", f"the PDF layout engine cannot be loaded ({fault})"),
            _LIBRARIES,
        ) from fault
    if not press.can_subset():
        raise RenderError(
            "harfbuzz_missing",
            Words(
                "缺少 libharfbuzz-subset（4.1 以上），中文字体不能裁剪，PDF 会慢十倍以上",
                "libharfbuzz-subset (4.1 or later) is missing: Chinese fonts cannot be subset, and a PDF takes ten times longer",
            ),
            _LIBRARIES,
        )
    return press


def _imported() -> ModuleType:
    with redirect_stdout(StringIO()):
        if sys.platform == "linux" and "weasyprint" not in sys.modules:
            look_up, util.find_library = util.find_library, _nowhere
            try:
                return import_module("scorecards.press")
            except OSError:
                pass
            finally:
                util.find_library = look_up
        return import_module("scorecards.press")


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
