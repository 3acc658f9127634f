"""The page with a text beside its criteria: what stands out, and that nothing of the text is taken for markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.guidance.judged import judged
from evaluator.loading import load_ruleset
from evaluator.loading.tracing import load_traceable, placed_discrepancies
from evaluator.tracing.document import trace_document, with_text
from evaluator.tracing.traced import Given
from evaluator.tracing.tracing import trace
from scorecards.html import render_beside
from scorecards.tracing_model import Beside, TracePage
from scorecards.tracing_page import trace_page
from scorecards.wording import Language

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "rules" / "trace-example"
NOTICE = (EXAMPLE / "notice.txt").read_text(encoding="utf-8")


def page_of(text: str = NOTICE, lang: Language = "zh") -> TracePage:
    files = load_traceable(str(EXAMPLE / "book-corner"))
    traced = trace(Given(files.ruleset, files.clauses, files.pins, text, "notice.txt"))
    placed = placed_discrepancies(traced.discrepancies, files, "notice.txt")
    lines = judged(files.ruleset, load_ruleset(str(EXAMPLE / "book-corner")).catalogue)
    return trace_page(with_text(trace_document(traced, placed, "UTF-8"), traced, lines), lang)


def row_of(page: TracePage, name: str) -> Beside:
    return next(row for row in page.rows if row.name == name)


def test_every_line_of_the_text_stands_in_one_row_in_order() -> None:
    numbers = [number for row in page_of().rows for number, _ in row.lines]
    assert numbers == [n for n, line in enumerate(NOTICE.splitlines(), 1) if line]


def test_a_row_has_the_criteria_of_its_clause() -> None:
    row = row_of(page_of(), "一（二）")
    assert (row.kind, [card.id for card in row.cards]) == ("cited", ["bc-2", "bc-3"])
    assert [run.text for _, line in row.lines for run in line if run.kind == "cited"] == [
        "藏书",
        "五百册",
        "更新",
    ]


def test_a_card_says_how_its_criterion_is_judged_so_that_figures_can_be_compared() -> None:
    told = {card.id: card.judged for card in row_of(page_of(), "一（二）").cards}
    assert told["bc-2"] == ("图书角藏书数不少于 500 册",)


def test_a_misprint_is_shown_as_printed_and_as_read() -> None:
    row = row_of(page_of(), "二（二）")
    first = row.lines[0][1][0]
    assert (first.text, first.kind, first.read_as) == ("（三）", "corrected", "二(二)")


@pytest.mark.parametrize(
    ("old", "new", "name", "kind"),
    [
        ("二、日常管理", "二、日常管理\n（一）岗位。社区应有专人。", "二（一）", "cited"),
        ("三、附则", "三、经费\n应列入预算。\n四、附则", "四", "unlisted"),
        ("（三）开放。开放时间应在门口公示。", "", "一（三）", "absent"),
        ("三、附则", "三、附则\n第一条　应当报告。", "第一条", "unlisted"),
    ],
)
def test_what_the_ruleset_lacks_or_the_text_lacks_stands_out(
    old: str, new: str, name: str, kind: str
) -> None:
    assert row_of(page_of(NOTICE.replace(old, new)), name).kind == kind


def test_a_notice_leads_to_the_card_or_the_row_that_it_is_about() -> None:
    page = page_of(NOTICE.replace("五百册", "八百册").replace("三、附则", "三、附则\n四、其他"))
    targets = {row.target for row in page.rows} | {f"c-{card.id}" for row in page.rows for card in row.cards}
    errors = [one for one in page.notices if one.level == "error"]
    assert {one.target for one in errors} == {"c-bc-2", row_of(page, "四").target}
    assert {one.target for one in errors} <= targets


def test_nothing_of_the_text_becomes_markup() -> None:
    shown = render_beside(page_of(NOTICE.replace("就近读书", "<script>alert(1)</script>\u202e读书")))
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown
    assert "\u202e" not in shown


def test_the_english_page_marks_what_is_chinese() -> None:
    shown = render_beside(page_of(lang="en"))
    assert 'lang="en"' in shown
    assert "Text and criteria" in shown
    assert '<p lang="zh">藏书达到规定的册数</p>' in shown
