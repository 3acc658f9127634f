"""How the cells of the form look: each combination of properties is one format of the workbook."""

from __future__ import annotations

from typing import Any

from evaluator.workbook.form import Column, Kind

TEXT_FONT, HEAD_FONT = "宋体", "黑体"
OPEN, CLOSED, PLAIN = "#FFF9E0", "#EFEFEF", "#FFFFFF"
RED, AMBER, GREY = "#F8CBAD", "#FFE699", "#E3E3E3"
_LINE = "#8C8C8C"
_NUMBERS: dict[Kind, str] = {
    "text": "@",
    "files": "@",
    "mark": "@",
    "have": "@",
    "answer": "@",
    "choice": "@",
    "id": "@",
    "date": "yyyy-mm-dd",
}
_PAGES: dict[str, dict[str, Any]] = {
    "title": {"font_name": HEAD_FONT, "font_size": 20, "align": "center"},
    "subtitle": {"font_size": 11, "align": "center", "font_color": "#444444"},
    "head": {"font_name": HEAD_FONT, "font_size": 12},
    "text": {"font_size": 11},
    "sign": {"font_size": 12},
}


class Styles:
    """The formats of one workbook, each made when it is first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def made(self, **properties: Any) -> Any:
        """The format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def head(self) -> Any:
        """The head of a column."""
        return self.made(
            font_name=HEAD_FONT,
            font_size=10.5,
            bg_color="#DCE6F1",
            align="center",
            valign="vcenter",
            text_wrap=True,
            border=1,
            border_color=_LINE,
        )

    def cell(self, column: Column, kind: Kind, *, open_: bool, closed_sheet: bool) -> Any:
        """A cell of ``column`` with values of ``kind``; ``open_`` is one that people fill."""
        fill = OPEN if open_ else CLOSED if closed_sheet else PLAIN
        return self.made(
            font_name=TEXT_FONT,
            font_size=10.5,
            bg_color=fill,
            locked=not open_,
            align="center" if column.centred else "left",
            indent=0 if column.centred else 1,
            valign="vcenter",
            text_wrap=True,
            border=1,
            border_color=_LINE,
            num_format=_NUMBERS.get(kind, "General"),
        )

    def page(self, style: str) -> Any:
        """A line of a page that is only read."""
        return (
            self.made(font_name=TEXT_FONT, text_wrap=True, valign="vcenter")
            if style not in _PAGES
            else self.made(
                **{"font_name": TEXT_FONT, "text_wrap": True, "valign": "vcenter", **_PAGES[style]}
            )
        )
