"""Reports as Word documents: A4, Chinese fonts declared, heads repeated on each page, no row cut in two.

The same report gives the same bytes: the properties and the times inside the file are fixed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from scorecards.model import Cell, Fact, Part, Passage, Report, Row, Signing, Table, cell, row, table
from scorecards.wording import Wording

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell as DocxCell
    from docx.table import _Row as DocxRow

# A document bears the date at which the format began, and its members the first that an archive can bear.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - python-docx takes a date without a zone
_PACKED = (1980, 1, 1, 0, 0, 0)
_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
# Millimetres: the page, and its margins upright and landscape as the printed reports have them.
_SHORT, _LONG = 210, 297
_MARGINS = {False: (28, 26, 25, 20), True: (25, 22, 20, 20)}
_SHADES = {"head": "E8E8E8", "lead": "F4F4F4", "total": "F4F4F4"}


def render_docx(report: Report) -> bytes:
    """``report`` as a Word document."""
    import docx  # noqa: PLC0415 - only where one is made

    made = docx.Document()
    _set_page(made, wide=report.wide)
    _set_styles(made, report.lang)
    _describe(made, report)
    _say(made, report.title.text, "Title")
    _say(made, report.subtitle, "Subtitle")
    say = Wording(report.lang)
    if report.facts:
        _grid(made, _facts(report.facts, say), report)
    for line in report.remarks:
        _say(made, line.text)
    for part in report.parts:
        _part(made, part, report)
    if report.signing is not None:
        _signing(made, report.signing)
    _number_pages(made)
    target = BytesIO()
    made.save(target)
    return _fixed(target.getvalue())


def _facts(facts: Iterable[Fact], say: Wording) -> Table:
    heads = say("项目", "Item"), say("内容", "Content")
    return table("facts", heads, (row(one.label, Cell(one.lines)) for one in facts), widths=(18, 82))


def _set_page(made: Document, *, wide: bool) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    section = made.sections[0]
    width, height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    top, bottom, left, right = (Mm(one) for one in _MARGINS[wide])
    section.top_margin, section.bottom_margin = top, bottom
    section.left_margin, section.right_margin = left, right


def _set_styles(made: Document, lang: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    for name, size, face in (
        ("Normal", 10.5, _SONG),
        ("Title", 20, _SONG),
        ("Subtitle", 12, _SONG),
        ("Heading 1", 14, _HEI),
        ("Heading 2", 11, _HEI),
        ("Footer", 10.5, _SONG),
    ):
        _set_style(made.styles[name], size, face, lang)
    for name in ("Title", "Subtitle"):
        made.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set_style(style: Any, size: float, face: str, lang: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.color.rgb, style.font.bold, style.font.italic = RGBColor(0, 0, 0), False, False
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
    # The default template draws a line under a title and lets headings stand far apart.
    paragraph = style.element.get_or_add_pPr()
    for border in paragraph.findall(qn("w:pBdr")):
        paragraph.remove(border)
    heading = style.name.startswith("Heading")
    style.paragraph_format.space_before = Pt(8 if heading else 0)
    style.paragraph_format.space_after = Pt(6 if style.name == "Title" else 3)
    style.paragraph_format.keep_with_next = heading
    if lang == "zh":
        style.paragraph_format.line_spacing = 1.15


def _describe(made: Document, report: Report) -> None:
    about = made.core_properties
    about.title, about.author, about.last_modified_by, about.comments = report.name, "", "", ""
    about.created = about.modified = _CREATED
    about.language, about.revision = ("zh-CN" if report.lang == "zh" else "en"), 1


def _say(made: Document, text: str, style: str = "Normal") -> None:
    made.add_paragraph(text, style)


def _part(made: Document, part: Part, report: Report) -> None:
    if part.own_page:
        made.add_page_break()  # type: ignore[no-untyped-call]
    _say(made, part.heading, "Heading 1")
    for line in part.intro:
        _say(made, line.text)
    if part.table is not None:
        _grid(made, part.table, report)
    for passage in part.passages:
        _passage(made, passage, report)


def _passage(made: Document, passage: Passage, report: Report) -> None:
    _say(made, passage.heading, "Heading 2")
    for line in passage.sentences:
        _say(made, line.text)
    if passage.table is not None:
        _grid(made, passage.table, report)


def _grid(made: Document, listed: Table, report: Report) -> None:
    """A table over the whole width, its columns fixed."""
    from docx.shared import Mm  # noqa: PLC0415

    if not listed.rows:
        _say(made, listed.empty)
        return
    margins = _MARGINS[report.wide]
    across = (_LONG if report.wide else _SHORT) - margins[2] - margins[3]
    shares = listed.widths or (1,) * len(listed.heads)
    widths = [Mm(across * share / sum(shares)) for share in shares]
    grid = made.add_table(1 + len(listed.rows), len(listed.heads), "Table Grid")
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    heads = Row(tuple(cell(head) for head in listed.heads))
    for made_row, one in zip(grid.rows, (heads, *listed.rows), strict=True):
        _fill(made_row, one, widths, "head" if one is heads else one.kind)
    made.add_paragraph()


def _fill(made: DocxRow, one: Row, widths: list[Any], kind: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415

    properties = made._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other way to say either
    for name in ("w:cantSplit", *(("w:tblHeader",) if kind == "head" else ())):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), "true")
        properties.append(mark)
    column, cells = 0, made.cells
    for item in one.cells:
        target = cells[column]
        for beside in range(column + 1, column + item.span):
            target = target.merge(cells[beside])
        target.width = sum(widths[column : column + item.span])
        _write(target, item, kind)
        column += item.span


def _write(target: DocxCell, item: Cell, kind: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = target.paragraphs[0]
    for n, line in enumerate(item.lines):
        run = paragraph.add_run(line.text)
        run.font.size = Pt(9)
        if kind != "row":
            run.font.bold = True
        if n < len(item.lines) - 1:
            run.add_break()
    paragraph.paragraph_format.space_after = Pt(1)
    if kind == "head" or item.kind in ("number", "outcome"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if kind in _SHADES:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:color"), "auto")
        shade.set(qn("w:fill"), _SHADES[kind])
        target._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _signing(made: Document, signing: Signing) -> None:
    _say(made, signing.heading, "Heading 1")
    _say(made, signing.note)
    for opinion in signing.opinions:
        _say(made, opinion.heading, "Heading 2")
        for text in (opinion.opinion, *opinion.blanks, opinion.seal):
            _say(made, text)


def _number_pages(made: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415

    paragraph = made.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001
    paragraph.add_run(" —")


def _fixed(content: bytes) -> bytes:
    """The archive anew, its members in order and at one time."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as read, zipfile.ZipFile(target, "w") as write:
        for name in read.namelist():
            member = zipfile.ZipInfo(name, _PACKED)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            write.writestr(member, read.read(name))
    return target.getvalue()
