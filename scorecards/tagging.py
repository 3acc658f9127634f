"""The structure tree of a tagged PDF: what a screen reader reads, in what order and in which language.

WeasyPrint makes one too, from its boxes: what runs over three pages is three tables there, each with its own heads, and what
stands in the margins hangs nowhere. Ours is made from the elements of the page: one node each, wherever its parts lie. The
heads that a table repeats, and what stands in the margins, are artifacts: no part of the text.

This stands in for a function of WeasyPrint that is not its interface (``weasyprint.pdf.add_tags``), so it does so only for the
versions in ``remembering.KNOWN``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pydyf  # type: ignore[import-untyped]
import weasyprint.pdf
from weasyprint import VERSION
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from scorecards.remembering import KNOWN

_SVG = "{http://www.w3.org/2000/svg}"
# Elements that are not here are passed through: their content belongs to what they stand in.
_ROLES = {
    **{name: name.upper() for name in ("h1", "h2", "h3", "p", "tr", "th", "td")},
    "section": "Sect",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    f"{_SVG}svg": "Figure",
}
_PX = 0.75


class _Node:
    """A structure element to be: ``kids`` are nodes and marked contents, each of these as (page, number)."""

    def __init__(self, role: str, parent: _Node | None) -> None:
        self.role, self.parent = role, parent
        self.kids: list[_Node | tuple[int, int]] = []
        self.said: dict[str, Any] = {}
        self.stated: dict[str, Any] = {}
        self.reference: Any = None

    def nodes(self) -> Iterator[_Node]:
        """The node and all below it, each before those below."""
        yield self
        for kid in self.kids:
            if isinstance(kid, _Node):
                yield from kid.nodes()


@contextmanager
def tagging() -> Iterator[None]:
    """Let WeasyPrint make our tree instead of its own. Not for two threads at a time."""
    if VERSION not in KNOWN:
        yield
        return
    before = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = _add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = before


def _add_tags(pdf: Any, document: Any, _version: Any, streams: Iterable[Any]) -> None:
    tree = _Tree()
    drawn = list(streams)
    for number, (page, stream) in enumerate(zip(document.pages, drawn, strict=True)):
        tree.read(page, number, stream)
    _written(pdf, tree.root, [len(stream._tags) for stream in drawn])  # noqa: SLF001 - where the marks are kept


class _Tree:
    """The tree, read page by page."""

    def __init__(self) -> None:
        self.root = _Node("Document", None)
        self._nodes: dict[Any, _Node] = {}
        self._heads: dict[Any, int] = {}

    def read(self, page: Any, number: int, stream: Any) -> None:
        """Put the marked contents of a page in the tree; those that find no place there become artifacts."""
        self._number, self._height = number, page.height
        self._marks, self._used = stream._tags, set[int]()  # noqa: SLF001
        for child in page._page_box.children:  # noqa: SLF001
            if not isinstance(child, boxes.MarginBox):
                self._box(child, self.root)
        _make_artifacts(stream, self._used)

    def _box(self, box: Any, node: _Node) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001
        # The first page that bears the head of a table is its place.
        is_head = isinstance(box, boxes.TableRowGroupBox) and box.is_header
        if is_head and self._heads.setdefault(box.element, self._number) != self._number:
            return
        if box.element is not None and box.element_tag in _ROLES:
            node = self._node(box, node)
        mark = self._marks.get(box)
        if mark is not None:
            self._used.add(mark["mcid"])
            node.kids.append((self._number, mark["mcid"]))
        for child in getattr(box, "children", ()):
            self._box(child, node)

    def _node(self, box: Any, parent: _Node) -> _Node:
        node = self._nodes.get(box.element)
        if node is None:
            node = self._nodes[box.element] = _Node(_ROLES[box.element_tag], parent)
            parent.kids.append(node)
            self._describe(node, box)
        return node

    def _describe(self, node: _Node, box: Any) -> None:
        element = box.element
        language = element.get("lang")
        if language:
            node.said["Lang"] = pydyf.String(language)
        if node.role in ("TH", "TD"):
            node.stated |= _spans(element)
            if node.role == "TH":
                node.stated["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"
        elif node.role == "Figure":
            texts = (element.findtext(_SVG + name) for name in ("title", "desc"))
            node.said["Alt"] = pydyf.String("\n".join(text for text in texts if text))
            left, top = box.content_box_x(), box.content_box_y()
            bounds = (left, self._height - top - box.height, left + box.width, self._height - top)
            node.stated["BBox"] = pydyf.Array([round(value * _PX, 2) for value in bounds])
            node.stated["Placement"] = "/Block"


def _spans(element: Any) -> dict[str, int]:
    stated = {"ColSpan": int(element.get("colspan", 1)), "RowSpan": int(element.get("rowspan", 1))}
    return {key: value for key, value in stated.items() if value > 1}


def _make_artifacts(stream: Any, used: set[int]) -> None:
    """Mark as artifacts the contents of ``stream`` that the tree does not use: an operand pair before each BDC."""
    items = stream.stream
    for at, item in enumerate(items):
        if isinstance(item, pydyf.Dictionary) and "MCID" in item and item["MCID"] not in used:
            items[at - 1], items[at] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})


def _written(pdf: Any, root: _Node, counts: list[int]) -> None:
    """Write the tree, and for each page which element each of its marked contents belongs to."""
    parents: list[list[Any]] = [["null"] * count for count in counts]
    mapping, top = pydyf.Dictionary(), pydyf.Dictionary()
    for one in (mapping, top):
        pdf.add_object(one)
    made = [(node, pydyf.Dictionary()) for node in root.nodes()]
    for node, element in made:
        pdf.add_object(element)
        node.reference = element.reference
    for node, element in made:
        first = _first(node)
        page = pdf.page_references[first[0]] if first else None
        element.update({"Type": "/StructElem", "S": f"/{node.role}", **node.said})
        element["P"] = top.reference if node.parent is None else node.parent.reference
        if page is not None:
            element["Pg"] = page
        if node.stated:
            owner = "/Table" if node.role in ("TH", "TD") else "/Layout"
            element["A"] = pydyf.Dictionary({"O": owner, **node.stated})
        element["K"] = pydyf.Array([_kid(pdf, kid, first) for kid in node.kids])
        for kid in node.kids:
            if isinstance(kid, tuple):
                parents[kid[0]][kid[1]] = node.reference
    top.update(
        {
            "Type": "/StructTreeRoot",
            "K": pydyf.Array([root.reference]),
            "ParentTree": mapping.reference,
            "ParentTreeNextKey": len(counts),
        }
    )
    mapping["Nums"] = pydyf.Array(
        [one for number, page in enumerate(parents) for one in (number, pydyf.Array(page))]
    )
    pdf.catalog["StructTreeRoot"] = top.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def _first(node: _Node) -> tuple[int, int] | None:
    return next((kid for kid in node.kids if isinstance(kid, tuple)), None)


def _kid(pdf: Any, kid: _Node | tuple[int, int], first: tuple[int, int] | None) -> Any:
    """How an element names a part: another element, or a marked content, with its page where that is not the element's."""
    if isinstance(kid, _Node):
        return kid.reference
    page, number = kid
    if first is not None and page == first[0]:
        return number
    return pydyf.Dictionary({"Type": "/MCR", "Pg": pdf.page_references[page], "MCID": number})
