"""A scorecard that was altered is refused, and the reason says what was altered."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scorecards.issuing")

from commands.verifying import Asked, verified
from evaluator.canonical import canonical
from evaluator.verifying.answer import Answer
from tests.verify import altering
from tests.verify.altering import appended, attached_in, attaching, printing, reattached, resealed, rewritten
from tests.verify.conftest import assessed, issued_of

NOTHING = Asked(None, None, None, (), False)
Alter = Callable[[bytes], bytes]


def answer(path: Path, content: bytes) -> Answer:
    file = path / "scorecard.pdf"
    file.write_bytes(content)
    return verified(file, NOTHING)


def wrong(found: Answer) -> tuple[str, str]:
    """Everything that is said to be wrong, in both languages."""
    lines = [line.words for line in found.lines if line.state == "wrong"]
    return "\n".join(one.zh for one in lines), "\n".join(one.en for one in lines)


def manifest_as(**changes: Any) -> Alter:
    return lambda fresh: rewritten(fresh, attaching(manifest=canonical({**attached_in(fresh)[1], **changes})))


def claiming_other_versions(content: bytes) -> bytes:
    layout = {**attached_in(content)[1]["layout"], "weasyprint": "69.0"}
    return manifest_as(layout=layout)(content)


def of_another_community(fresh: bytes) -> bytes:
    other = altering.PdfReader(altering.BytesIO(issued_of("excellent"))).attachments
    files = {name: other[f"{name}.json"][0] for name in ("assessment", "manifest")}
    return rewritten(fresh, attaching(**files))


def with_a_better_score(fresh: bytes) -> bytes:
    forged = copy.deepcopy(assessed())
    forged["score"]["floor"] = "92.31"
    return reattached(fresh, resealed(forged))


ALTERED: dict[str, tuple[Alter, str, str]] = {
    "the score in the page's content": (
        lambda fresh: rewritten(fresh, printing("72.31", "92.31")),
        "第 1 页：印着“92.31”，应为“72.31”",
        "page 1: “92.31” is printed; it should be “72.31”",
    ),
    "the score, in a file that claims another layout engine": (
        lambda fresh: claiming_other_versions(rewritten(fresh, printing("72.31", "92.31"))),
        "第 1 页：印着“92.31”，应为“72.31”",
        "page 1: “92.31” is printed; it should be “72.31”",
    ),
    "the score, under a map that reads it as it was": (
        lambda fresh: rewritten(rewritten(fresh, printing("72.31", "92.31")), altering.reading_as("9", "7")),
        "复制或搜索出来却是",
        "when copied or searched",
    ),
    "a white box over the score": (
        lambda fresh: altering.covering(fresh, "72.31"),
        "第 1 页有被遮住的文字“已确认得分 72.31 分",
        "page 1 holds covered text: “已确认得分 72.31 分",
    ),
    "a white box, in a file that claims another layout engine": (
        lambda fresh: claiming_other_versions(altering.covering(fresh, "72.31")),
        "第 1 页有被遮住的文字",
        "page 1 holds covered text",
    ),
    "an image over the score": (
        lambda fresh: rewritten(fresh, altering.pictured),
        "第 1 页多出图片",
        "page 1 holds an image that is not due",
    ),
    "a note over the page": (
        lambda fresh: rewritten(fresh, altering.noted),
        "第 1 页有批注或浮动内容（FreeText）",
        "page 1 holds an annotation (FreeText)",
    ),
    "a script": (
        lambda fresh: rewritten(fresh, altering.scripted),
        "文件里有脚本",
        "the file holds a script",
    ),
    "another attachment": (
        lambda fresh: rewritten(fresh, attaching(more=b"{}")),
        "多出附件：more.json",
        "more is attached: more.json",
    ),
    "a page taken out": (
        lambda fresh: rewritten(fresh, altering.without_page(1)),
        "页，现有",
        "pages are due; there are",
    ),
    "the attachments of another community": (of_another_community, "第 1 页：印着“", "page 1: “"),
    "a better score in the attachment, resealed": (
        with_a_better_score,
        "总分（最低）：写着 92.31，按所附内容应为 72.31",
        "the score (least): 92.31 is stated; 72.31 follows from what is attached",
    ),
    "another day in the manifest": (
        manifest_as(as_of="2025-10-16"),
        "签发清单的 as_of：写着 2025-10-16，按所附内容应为 2025-10-15",
        "the manifest as_of: 2025-10-16 is stated; 2025-10-15 follows",
    ),
    "the score, in an update at the end of the file": (
        lambda fresh: appended(fresh, printing("72.31", "92.31")),
        "第 1 页：印着“92.31”，应为“72.31”",
        "bytes were appended after it was issued",
    ),
    "a note, in an update at the end of the file": (
        lambda fresh: appended(fresh, altering.noted),
        "不是签章",
        "are no signature",
    ),
}


@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_scorecard_is_refused_with_the_right_reason(
    name: str, fresh: bytes, tmp_path: Path
) -> None:
    alter, zh, en = ALTERED[name]
    found = answer(tmp_path, alter(fresh))
    assert found.verdict == "altered"
    said = wrong(found)
    assert zh in said[0]
    assert en in said[1]


def test_a_scorecard_as_it_was_issued_agrees_byte_for_byte(fresh: bytes, tmp_path: Path) -> None:
    found = answer(tmp_path, fresh)
    assert found.verdict == "agrees"
    assert "各页与本程序排出的逐字节相同" in [line.words.zh for line in found.lines]


def test_a_scorecard_of_another_layout_engine_agrees_in_content(fresh: bytes, tmp_path: Path) -> None:
    found = answer(tmp_path, claiming_other_versions(fresh))
    assert found.verdict == "layout_differs"
    assert wrong(found) == ("", "")
    assert any("线条、底纹和位置未能核对" in line.words.zh for line in found.lines if line.state == "unknown")


def test_other_fonts_are_said_and_their_glyphs_not_compared(fresh: bytes, tmp_path: Path) -> None:
    fonts = [{**one, "version": "0.1"} for one in attached_in(fresh)[1]["fonts"]]
    found = answer(tmp_path, manifest_as(fonts=fonts)(fresh))
    assert found.verdict == "layout_differs"
    assert any("字形也未能核对" in line.words.zh for line in found.lines)


@pytest.fixture
def narrower(fresh: bytes, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The same scorecard, by a layout engine that breaks pages elsewhere."""
    from scorecards import issuing, manifest
    from scorecards.pdf import load_press

    press = load_press()
    whole, layout = press.stylesheet, {**manifest.layout_versions(), "weasyprint": "69.0"}
    with monkeypatch.context() as other:
        other.setattr(
            press, "stylesheet", lambda name: whole(name).replace("28mm 20mm 26mm", "60mm 20mm 60mm")
        )
        other.setattr(manifest, "layout_versions", lambda: layout)
        press._tools.cache_clear()
        made = _set(issuing)
    press._tools.cache_clear()
    assert made != fresh
    return made


def _set(issuing: Any) -> bytes:
    # By another function than the one that the tests remember the results of.
    from evaluator.json_text import json_bytes
    from scorecards.pdf import render_pdf

    document = assessed()
    card = issuing.scorecard(document, "zh", summary=True)
    made: bytes = render_pdf(card, issuing._issue(document, "zh", json_bytes(document), True, "a"))
    return made


def test_pages_that_break_elsewhere_agree_in_content(narrower: bytes, fresh: bytes, tmp_path: Path) -> None:
    pages = [len(altering.PdfReader(altering.BytesIO(one)).pages) for one in (narrower, fresh)]
    assert pages[0] > pages[1]
    found = answer(tmp_path, narrower)
    assert found.verdict == "layout_differs"
    assert f"{pages[0]} 页的文字逐字一致（颜色、大小、字体也一致）" in [line.words.zh for line in found.lines]


def test_a_score_altered_on_pages_that_break_elsewhere_is_named(narrower: bytes, tmp_path: Path) -> None:
    found = answer(tmp_path, rewritten(narrower, printing("72.31", "92.31")))
    assert (found.verdict, wrong(found)[0]) == ("altered", "第 1 页：印着“92.31”，应为“72.31”")
