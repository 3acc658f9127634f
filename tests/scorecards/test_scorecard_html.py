"""The page for a browser: self-contained, escaped, the same content as the PDF."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import jinja2
import pytest

from scorecards import render_html, scorecard
from scorecards.html import page
from tests.scorecards import samples


class Reader(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("name", ["rich", "hostile"])
def test_the_page_loads_nothing(name: str) -> None:
    html = render_html(scorecard(getattr(samples, name)()))
    reader = read(html)
    assert not {"script", "link", "img", "iframe", "object", "embed"} & set(reader.tags)
    assert not [
        value for key, value in reader.attributes if key in ("src", "href", "srcset", "data", "action")
    ]
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert len(style) == 1
    assert "url(" not in style[0]
    assert "@import" not in style[0]


def test_submitted_text_is_escaped_everywhere() -> None:
    html = render_html(scorecard(samples.hostile()))
    assert "<script" not in html
    assert "</style></td>" not in html
    assert html.count("</html>") == 1
    assert samples.HOSTILE in "".join(read(html).texts)


def test_a_table_has_as_many_columns_as_heads() -> None:
    html = render_html(scorecard(samples.rich()))
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        heads = len(re.findall(r'<th scope="col">', table.partition("</thead>")[0]))
        columns = len(re.findall(r"<col/>", table))
        if "<thead>" in table:
            assert heads == columns
        for row in re.findall(r"<tr.*?</tr>", table.partition("<tbody>")[2], re.DOTALL):
            spans = [int(span or 1) for span in re.findall(r'<t[dh](?:[^>]*?colspan="(\d+)")?[^>]*>', row)]
            if 'class="opinion"' not in table:
                assert sum(spans) == columns


def test_the_layout_engine_gets_no_flex_no_grid_and_no_wrappers() -> None:
    """What the design measured: each of these costs a multiple."""
    from scorecards.html import stylesheet

    css = stylesheet("columns.css") + stylesheet("print.css")
    assert not re.search(r"display:\s*(flex|grid)", css)
    assert "table-layout: fixed" in css
    assert "<span" not in page(scorecard(samples.rich()))
    assert "<br/>" not in page(scorecard(samples.rich())).partition("</h1>")[2]


@pytest.mark.parametrize(("lang", "code"), [("zh", "zh-CN"), ("en", "en")])
def test_the_page_says_its_language_and_the_chart_has_a_title(lang: Any, code: str) -> None:
    html = render_html(scorecard(samples.rich(), lang))
    assert f'<html lang="{code}">' in html
    chart = html.partition("<svg")[2].partition("</svg>")[0]
    assert "<title>" in chart
    assert 'font-family="Duibiao Song' in chart


def test_chinese_in_the_english_page_is_marked_as_chinese() -> None:
    html = render_html(scorecard(samples.rich(), "en"))
    assert '<span lang="zh">由社区落实' in html


def test_a_misspelt_name_in_a_template_is_an_error() -> None:
    from scorecards.html import _environment

    with pytest.raises(jinja2.UndefinedError):
        _environment().from_string("{{ card.no_such_field }}").render(card=scorecard(samples.rich()))
