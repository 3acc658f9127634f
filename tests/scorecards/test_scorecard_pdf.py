"""The PDF: judged by its text, its fonts, where its words stand, and one page as a picture."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from scorecards import RenderError, fonts, render_pdf, scorecard
from scorecards.html import page as page_of
from scorecards.pdf import load_press
from tests.scorecards import samples
from tests.scorecards.conftest import Printed, poppler

Print = Callable[..., Printed]
MM = 72 / 25.4
SAMPLES = [
    ("rich", "zh"),
    ("rich", "en"),
    ("refused", "zh"),
    ("unscored", "en"),
    ("hostile", "zh"),
    ("hostile", "en"),
]


@pytest.mark.parametrize(("name", "lang"), SAMPLES)
def test_every_page_bears_its_number_and_the_stage(printed: Print, name: str, lang: Any) -> None:
    card = scorecard(getattr(samples, name)(), lang)
    pages = printed(name, lang).pages()
    assert len(pages) >= 8
    for number, page in enumerate(pages, 1):
        assert card.notice.replace(" ", "") in page.replace(" ", "")
        assert page.replace(" ", "").rstrip().endswith(f"—{number}—")


def test_odd_numbers_stand_right_and_even_ones_left(printed: Print) -> None:
    for number, words in enumerate(boxes(printed("rich")), 1):
        width, found = words[0]
        numeral = max(found, key=lambda word: word.top)
        assert (numeral.left > width / 2) == (number % 2 == 1)


@pytest.mark.parametrize(("name", "lang"), SAMPLES)
def test_no_word_leaves_the_page_or_runs_into_another(printed: Print, name: str, lang: Any) -> None:
    for number, page in enumerate(boxes(printed(name, lang)), 1):
        width, words = page[0]
        for word in words:
            assert word.left >= 19 * MM, (number, word)
            assert word.right <= width - 19 * MM, (number, word)
        for one, other in combinations(words, 2):
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            assert across < 1 or down < 4, (number, one, other)


def test_the_heads_of_a_table_are_repeated_on_each_of_its_pages(printed: Print) -> None:
    pages = [page.replace(" ", "") for page in printed("rich").pages()]
    first = next(index for index, page in enumerate(pages) if "五、全部指标" in page)
    last = next(index for index, page in enumerate(pages) if "六、佐证清单" in page)
    assert last - first >= 2
    for page in pages[first:last]:
        assert "指标和编号" in page


def test_the_table_of_all_criteria_lies_on_landscape_pages_and_the_rest_does_not(printed: Print) -> None:
    wide = [page[0][0] > 800 for page in boxes(printed("rich"))]
    texts = [page.replace(" ", "") for page in printed("rich").pages()]
    assert wide == ["指标和编号" in text for text in texts]


def test_no_row_is_split_over_two_pages(printed: Print) -> None:
    table = scorecard(samples.rich()).criteria
    assert table is not None
    assert table.table is not None
    pages = [re.sub(r"\s+", "", page) for page in printed("rich").pages()]
    for row in table.table.rows:
        if row.kind == "row":
            title = row.cells[1].text.replace(" ", "")
            reason = row.cells[6].lines[0].text.replace(" ", "")[:6]
            assert any(title[:9] in page and reason in page for page in pages)


def test_the_signature_page_is_one_page_with_a_circle_for_each_seal(printed: Print) -> None:
    for name, seals in (("rich", 2), ("refused", 3)):
        pages = [page.replace(" ", "") for page in printed(name).pages()]
        assert "八、意见与签章" in pages[-1]
        assert pages[-1].count("（盖章处）") == seals


def test_a_summary_ends_after_part_four(printed: Print) -> None:
    text = printed("rich", "zh", summary=True).text()
    assert "四、待定的指标" in text
    assert "五、全部指标" not in text
    assert len(printed("rich", "zh", summary=True).pages()) <= 5


def test_only_the_two_chinese_fonts_are_embedded_and_both_are_subsets(printed: Print) -> None:
    rows = poppler("pdffonts", str(printed("rich").path)).splitlines()[2:]
    assert sorted(re.findall(r"Duibiao-(Song|Hei)", "".join(rows))) == ["Hei", "Song"]
    assert len(rows) == 2
    assert all(re.search(r"yes yes yes", row) for row in rows)
    assert printed("rich").path.stat().st_size < 1_000_000


def test_rare_characters_of_names_are_drawn(printed: Print, tmp_path: Path) -> None:
    """The text layer would be perfect even with boxes in their place, so the four are compared as pictures."""
    assert samples.RARE in printed("hostile").text()
    path = printed("hostile").path
    drawn = []
    for page, (_, words) in enumerate((page[0] for page in boxes(printed("hostile"))), 1):
        for word in words:
            if samples.RARE in word.text:
                each = (word.right - word.left) / len(word.text)
                start = word.left + word.text.index(samples.RARE) * each
                high = word.bottom - word.top
                drawn += [
                    picture(path, page, start + index * each, word.top, each, high, tmp_path)
                    for index in range(len(samples.RARE))
                ]
    assert len(drawn) >= 4
    inks = [sum(255 - value for value in pixels) / 255 / len(pixels) for pixels in drawn[:4]]
    assert all(0.03 < ink < 0.6 for ink in inks)
    assert len({bytes(pixels) for pixels in drawn[:4]}) == 4


def test_submitted_text_is_printed_as_it_is_and_never_acted_on(printed: Print) -> None:
    text = printed("hostile").text()
    assert "<script>alert(1)</script>" in text
    assert "{{7*7}}" in text
    assert "root:" not in text
    assert "/JavaScript" not in printed("hostile").path.read_bytes().decode("latin-1")


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://example.invalid/x",
        "data:image/png;base64,AA",
        "x.png",
        "//h/x.png",
    ],
)
def test_anything_but_the_own_fonts_is_refused_and_stops_the_rendering(address: str) -> None:
    from scorecards import press

    card = scorecard(samples.rich(), summary=True)
    for html in (
        f'<img src="{address}">',
        f'<link rel=stylesheet href="{address}">',
        f"<style>@import url({address})</style>",
    ):
        with pytest.raises(RenderError) as caught:
            press.typeset(f"<!DOCTYPE html><title>t</title>{html}", fonts.font_paths(), card)
        assert caught.value.code in {"fetch_refused", "render_fault"}


def test_the_same_assessment_gives_the_same_bytes_in_another_process(printed: Print) -> None:
    code = (
        "import sys; from scorecards import render_pdf, scorecard; from tests.scorecards import samples;"
        "sys.stdout.buffer.write(render_pdf(scorecard(samples.rich())))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, check=True, cwd=root
    )
    assert done.stdout == printed("rich").path.read_bytes()


def test_a_missing_font_is_said_and_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FONT_PACKAGE", "no_such_fonts")
    with pytest.raises(RenderError) as caught:
        render_pdf(scorecard(samples.rich()))
    assert caught.value.code == "font_missing"
    assert "NotoSerifSC-Regular.otf" in caught.value.what.zh
    assert "pip install" in caught.value.mend.zh


def test_a_missing_harfbuzz_subset_is_said_and_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from scorecards import press

    monkeypatch.setattr(press, "harfbuzz_subset", None)
    with pytest.raises(RenderError) as caught:
        render_pdf(scorecard(samples.rich()))
    assert caught.value.code == "harfbuzz_missing"
    assert "libharfbuzz-subset0" in caught.value.mend.en


def test_a_layout_library_that_cannot_be_loaded_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scorecards.press", None)
    monkeypatch.delattr("scorecards.press", raising=False)
    with pytest.raises(RenderError) as caught:
        render_pdf(scorecard(samples.rich()))
    assert caught.value.code == "library_missing"


def test_a_character_that_no_font_has_is_named_with_its_place() -> None:
    made = samples.rich()
    made["evidence"][0]["title"] = "\U0010fffd\U0010fffc"
    with pytest.raises(RenderError) as caught:
        render_pdf(scorecard(made))
    assert caught.value.code == "glyph_missing"
    assert "U+10FFFD" in caught.value.what.zh
    assert "U+10FFFC" in caught.value.what.zh
    assert "六、佐证清单 · 制度文件 · D1" in caught.value.what.zh


def test_a_row_longer_than_a_page_still_prints_whole() -> None:
    made = samples.rich()
    made["evidence"] = [{**made["evidence"][0], "title": "镕" * 6000 + "尾"}]
    made_pdf = render_pdf(scorecard(made))
    done = subprocess.run(["pdftotext", "-", "-"], input=made_pdf, capture_output=True, check=True)
    text = re.sub(r"\s+", "", done.stdout.decode())
    assert text.count("镕") == 6000
    assert "尾" in text


class Word:
    """One word of poppler with its box, in points from the top left."""

    def __init__(self, element: ET.Element) -> None:
        self.text = element.text or ""
        self.left, self.top, self.right, self.bottom = (
            float(element.attrib[k]) for k in ("xMin", "yMin", "xMax", "yMax")
        )

    def __repr__(self) -> str:
        return f"{self.text!r} {self.left:.0f}–{self.right:.0f} × {self.top:.0f}"


def boxes(document: Printed) -> list[list[tuple[float, list[Word]]]]:
    """For each page its width and its words."""
    raw = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", poppler("pdftotext", "-bbox", str(document.path), "-"))
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        [(float(page.attrib["width"]), [Word(word) for word in page.iter(f"{space}word")])]
        for page in ET.fromstring(raw).iter(f"{space}page")
    ]


def picture(
    path: Path, page: int, x: float, y: float, width: float, height: float, folder: Path
) -> list[int]:
    """The grey values of a rectangle of a page, in points, at 300 dpi."""
    scale = 300 / 72
    crop = [str(round(value * scale)) for value in (x, y, width, height)]
    out = folder / "part"
    options = ["-x", crop[0], "-y", crop[1], "-W", crop[2], "-H", crop[3]]
    poppler(
        "pdftoppm",
        "-r",
        "300",
        "-gray",
        "-f",
        str(page),
        "-l",
        str(page),
        *options,
        "-singlefile",
        str(path),
        str(out),
    )
    content = out.with_suffix(".pgm").read_bytes()
    header = re.match(rb"P5\s+\d+\s+\d+\s+\d+\s", content)
    assert header is not None
    return list(content[header.end() :])


@pytest.mark.parametrize(("name", "lang"), [("hostile", "en"), ("rich", "zh")])
def test_the_short_ways_through_the_layout_engine_change_no_byte(
    printed: Print, monkeypatch: pytest.MonkeyPatch, name: str, lang: Any
) -> None:
    press = load_press()

    class Slowly(press.HTML):  # type: ignore[name-defined,misc]
        def __init__(self, source: str, fetcher: Any) -> None:
            super().__init__(string=source, base_url="duibiao:page", url_fetcher=fetcher)

    short = printed(name, lang).path.read_bytes()
    monkeypatch.setattr(press, "_Page", Slowly)
    monkeypatch.setattr(press, "remembering", nullcontext)
    assert render_pdf(scorecard(getattr(samples, name)(), lang)) == short


def test_the_layout_engine_remembers_only_while_a_scorecard_is_set() -> None:
    load_press()
    from weasyprint import VERSION
    from weasyprint.layout import inline

    from scorecards.remembering import KNOWN, remembering

    assert VERSION in KNOWN, "compare remembering.py with this version of WeasyPrint, then add it"
    before = inline.split_first_line
    with remembering():
        assert inline.split_first_line is not before
    assert inline.split_first_line is before


@pytest.mark.parametrize("make", [samples.rich, samples.hostile, samples.refused])
def test_the_page_of_a_scorecard_is_well_formed(make: Callable[[], dict[str, Any]]) -> None:
    for lang in ("zh", "en"):
        assert ET.fromstring(page_of(scorecard(make(), lang))).tag == "html"


def test_a_page_with_a_character_that_xml_has_not_is_read_as_html() -> None:
    press = load_press()
    read = press._Page("<html><body><p>form\x0cfeed</p></body></html>", press.OwnFontsOnly({}))
    assert read.etree_element.find("body/p").text.startswith("form")
