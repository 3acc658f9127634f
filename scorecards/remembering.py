"""What the layout engine works out again for each box although it is the same, remembered while one page is laid out and drawn.

A scorecard has some 1,500 boxes of text in a hundred styles. For each of them WeasyPrint resolves eighteen lengths, finds the
strut of the line, and has Pango break and shape the text, often the same few words in the same column. All that depends on the
style and a few numbers; it is kept with the style, and gone with the document. That saves a sixth of the time.

This replaces functions of WeasyPrint that are not its interface. So it does it only for the versions in ``KNOWN`` and only within
``remembering()``, and a test compares the PDFs with and without it byte for byte. Text that ends in an ellipsis where it
overflows and collapsed borders, which no template of ours has, are not provided for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import VERSION
from weasyprint.formatting_structure.boxes import PageBox
from weasyprint.layout import block, inline, page, table

KNOWN = ("70.0",)

_SIDES = ("top", "right", "bottom", "left")
# What ``resolve_percentages`` sets of a box.
_LENGTHS = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *(f"{bound}{way}" for bound in ("", "min_", "max_") for way in ("width", "height")),
)


@contextmanager
def remembering() -> Iterator[None]:
    """Let WeasyPrint remember. Not for two threads at a time."""
    if VERSION not in KNOWN:
        yield
        return
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in _REPLACED]
    try:
        for (owner, name, quick), (_, _, slow) in zip(_REPLACED, before, strict=True):
            setattr(owner, name, quick(slow))
        yield
    finally:
        for owner, name, slow in before:
            setattr(owner, name, slow)


def _known(style: Any, what: str) -> dict[Any, Any]:
    """What is remembered of ``style``."""
    found: dict[Any, Any] = vars(style).setdefault(f"remembered {what}", {})
    return found


def _resolving(slow: Callable[..., None]) -> Callable[..., None]:
    def resolve_percentages(box: Any, containing_block: Any) -> None:
        size = (
            containing_block
            if isinstance(containing_block, tuple)
            else (containing_block.width, containing_block.height)
        )
        known = _known(box.style, "lengths")
        found = known.get(size)
        if found is not None and not isinstance(box, PageBox):
            vars(box).update(found)
            return
        slow(box, containing_block)
        if not isinstance(box, PageBox):
            own = vars(box)
            known[size] = {name: own[name] for name in _LENGTHS}

    return resolve_percentages


def _strutting(slow: Callable[..., Any]) -> Callable[..., Any]:
    def strut(style: Any) -> Any:
        known = vars(style)
        if "remembered strut" not in known:
            known["remembered strut"] = slow(style)
        return known["remembered strut"]

    return strut


def _splitting(slow: Callable[..., Any]) -> Callable[..., Any]:
    def split_first_line(text: str, style: Any, context: Any, *rest: Any, **named: Any) -> Any:
        known = _known(style, "lines")
        key = (text, rest, *named.items())
        if key not in known:
            known[key] = slow(text, style, context, *rest, **named)
        return known[key]

    return split_first_line


_REPLACED: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
    *((module, "resolve_percentages", _resolving) for module in (block, inline, page, table)),
    (inline, "strut", _strutting),
    (inline, "split_first_line", _splitting),
)
