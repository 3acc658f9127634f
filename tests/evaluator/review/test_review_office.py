"""The forms of a review as LibreOffice opens, saves and prints them."""

from __future__ import annotations

import pytest
from pypdf import PdfReader

from evaluator.review import Review
from evaluator.review_form.reading import read_form
from evaluator.validating import validate
from tests.evaluator.review.test_review_forms import RULES, SENT, bare
from tests.evaluator.review.typing_in import desk, typed
from tests.evaluator.review.written import review
from tests.evaluator.workbook.office import converted, needs_office

pytestmark = needs_office
WHOLE = review(
    """
corrections:
- {count: budget, claimed: "0.5", verified: "0.25", reason: 台账}
- {event: E01, claimed: "2025-03-12", verified: "2025-03-13", reason: 签到表}
- {document: D01, field: contains, claimed: [goals], verified: [goals, tasks], reason: 逐项核对}
rejected_evidence: [{id: S01, reason: 无人值守}]
ratings: [{criterion: rated, level: 2, reason: 中等}]
decisions: [{criterion: share, outcome: partly_satisfied, earned: "2.5", date: "2026-01-09", reason: "一处在建\\n另一处未挂牌"}]
"""
)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_form_that_another_program_saved_says_the_same(lang, tmp_path) -> None:
    at = desk(RULES, SENT, lang=lang)
    assert typed(at, WHOLE, lang) == set()
    found = read_form(converted(at.bytes(), "xlsx", tmp_path), "r.xlsx")
    assert found.problems == ()
    assert bare(validate(Review, found.source)) == bare(WHOLE)


def test_a_form_is_printed_on_a4_one_page_wide(tmp_path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(converted(desk(RULES, SENT).bytes(), "pdf", tmp_path))
    pages = PdfReader(path).pages
    assert len(pages) == 7, "a page for each of the sheets that people see"
    for page in pages:
        assert sorted(round(float(side)) for side in page.mediabox[2:]) == [595, 842]
