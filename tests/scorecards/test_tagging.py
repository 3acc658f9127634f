"""The structure tree of an accessible scorecard: as the page is, whatever pages its parts fall on."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pypdf
import pytest

from evaluator.json_text import json_bytes
from scorecards import scorecard
from scorecards.html import page as page_of
from scorecards.issuing import issued
from tests.scorecards import samples

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def tagged() -> bytes:
    """A scorecard of thirteen pages with a table of six."""
    document = samples.rich()
    return issued(document, "zh", attached=json_bytes(document), pdf="ua")


@pytest.fixture(scope="module")
def html() -> ET.Element:
    """The page that it is set from."""
    found = ET.fromstring(page_of(scorecard(samples.rich()))).find("body")
    assert found is not None
    return found


def elements(content: bytes) -> list[dict[str, Any]]:
    """The structure elements, in the order in which they are read."""
    found: list[dict[str, Any]] = []

    def visit(node: Any) -> None:
        one = node.get_object()
        if isinstance(one, dict) and "/S" in one:
            found.append(one)
            for kid in one["/K"]:
                visit(kid)

    visit(pypdf.PdfReader(BytesIO(content)).root_object["/StructTreeRoot"]["/K"][0])
    return found


def read_aloud(content: bytes) -> str:
    """All text of the tree, put in its order, but what charts show: those say their own words."""
    pages = pypdf.PdfReader(BytesIO(content)).pages
    texts = {one.indirect_reference.idnum: marked_texts(one) for one in pages if one.indirect_reference}

    def visit(node: Any, sheet: Any) -> str:
        one = node.get_object()
        if isinstance(one, int):
            return texts[sheet.idnum].get(one, "")
        if one.get("/S") == "/Figure":
            return ""
        sheet = one.raw_get("/Pg") if "/Pg" in one else sheet
        return (
            texts[sheet.idnum].get(one["/MCID"], "")
            if "/MCID" in one
            else "".join(visit(kid, sheet) for kid in one["/K"])
        )

    return visit(pypdf.PdfReader(BytesIO(content)).root_object["/StructTreeRoot"]["/K"][0], None)


def marked_texts(sheet: pypdf.PageObject) -> dict[int, str]:
    """The text of each marked content of a page, in the layout engine's way to write it: a font, then codes of two bytes."""
    fonts = {
        name: dict(re.findall("<(....)> <(....+)>", font.get_object()["/ToUnicode"].get_data().decode()))
        for name, font in sheet["/Resources"]["/Font"].items()  # type: ignore[index]
    }
    contents = sheet.get_contents()
    assert contents is not None
    found: dict[int, str] = {}
    number, font = None, {}
    for name, codes, mark, end in re.findall(
        r"(/\w+) [\d.]+ Tf|<([0-9a-f]+)>|/MCID (\d+)|\b(EMC)\b", contents.get_data().decode("latin-1")
    ):
        if mark or end:
            number = int(mark) if mark else None
        elif name:
            font = fonts[name]
        elif number is not None:
            read = (font[codes[at : at + 4]] for at in range(0, len(codes), 4))
            text = "".join(bytes.fromhex(one).decode("utf-16-be") for one in read)
            found[number] = found.get(number, "") + text
    return found


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def test_the_text_is_read_in_the_order_of_the_page_and_nothing_of_the_margins_with_it(
    tagged: bytes, html: ET.Element
) -> None:
    drawn = "".join("".join(chart.itertext()) for chart in html.iter(f"{SVG}svg"))
    assert squeezed(read_aloud(tagged)) == squeezed("".join(html.itertext())).replace(squeezed(drawn), "")


def test_a_table_over_many_pages_is_one_with_one_head(tagged: bytes, html: ET.Element) -> None:
    roles = [one["/S"] for one in elements(tagged)]
    for role, element in (("/Table", "table"), ("/THead", "thead"), ("/TR", "tr"), ("/Sect", "section")):
        assert roles.count(role) == len([*html.iter(element)])


def test_every_head_says_what_it_heads(tagged: bytes, html: ET.Element) -> None:
    scopes = [one["/A"]["/Scope"] for one in elements(tagged) if one["/S"] == "/TH"]
    assert scopes == [{"row": "/Row", "col": "/Column"}[one.attrib["scope"]] for one in html.iter("th")]


def test_a_chart_says_its_title_and_every_value_and_stands_on_its_page(tagged: bytes) -> None:
    (figure,) = (one for one in elements(tagged) if one["/S"] == "/Figure")
    title, *values = figure["/Alt"].splitlines()
    assert title == scorecard(samples.rich()).sections.chart.title
    assert "; ".join(values).startswith("组织领导 83.33%; 宣传教育 50.00–64.29%")
    left, bottom, right, top = figure["/A"]["/BBox"]
    assert 0 < left < right < 596
    assert 0 < bottom < top < 842


def test_a_passage_in_the_other_language_says_so() -> None:
    document = samples.rich()
    made = issued(document, "en", attached=json_bytes(document), summary=True, pdf="ua")
    assert {str(one["/Lang"]) for one in elements(made) if "/Lang" in one} == {"zh"}
