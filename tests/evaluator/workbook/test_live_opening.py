"""A form that a program opens for the first time shows right values at once, on screen and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from evaluator.assessment import assess
from evaluator.loading import load_ruleset, load_submission
from evaluator.workbook.judging.painting import live
from evaluator.workbook.layout import planned
from evaluator.workbook.making import filled_by
from evaluator.workbook.writing import write_workbook
from tests.evaluator.workbook.forms import book, column, row
from tests.evaluator.workbook.office import converted, needs_office

EXAMPLES = Path(__file__).parents[3] / "examples"
pytestmark = needs_office


def form_of(name: str, example: str) -> bytes:
    loaded = load_ruleset(name)
    submission = load_submission(EXAMPLES / name / f"{example}.yaml", loaded.catalogue)
    form = planned([(loaded.ruleset, loaded.catalogue)], loaded.catalogue, filled_by(submission))
    return write_workbook(form, loaded.catalogue, live([loaded.ruleset], loaded.catalogue))


@pytest.mark.parametrize("name", ["kunming-model-community", "wuhu-pilot-2013"])
def test_a_form_with_last_months_figures_shows_its_score_without_being_told_to_calculate(
    name: str, tmp_path: Path
) -> None:
    loaded = load_ruleset(name)
    submission = load_submission(EXAMPLES / name / "middling.yaml", loaded.catalogue)
    score = assess(loaded.ruleset, loaded.catalogue, submission).document["score"]
    seen = book(converted(form_of(name, "middling"), "xlsx", tmp_path), values=True)["自查结果"]
    shown = [seen.cell(row(seen, "#"), column(seen, key)).value for key in ("earned", "attainable")]
    assert shown == [float(score["floor"]), float(score["ceiling"])]


def test_a_printed_form_shows_outcomes_in_words_and_no_error_value(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(converted(form_of("kunming-model-community", "middling"), "pdf", tmp_path))
    pages = [page.extract_text() for page in PdfReader(path).pages]
    text = "\n".join(page for page in pages if "现在的判断" in page)
    assert all(
        word in text for word in ("72.31", "96.37", "未达标", "部分达标", "未提交佐证", "未到时限", "待核验")
    )
    assert [
        one for one in ("#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "###", "Err:5") if one in text
    ] == []


def test_the_same_form_is_the_same_bytes() -> None:
    assert form_of("wuhu-pilot-2013", "middling") == form_of("wuhu-pilot-2013", "middling")
