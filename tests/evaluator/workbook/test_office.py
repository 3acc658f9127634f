"""The form as LibreOffice opens it: nothing to repair, every formula understood, and the same submission after saving."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from pypdf import PdfReader

from evaluator.loading import load_ruleset, load_submission
from evaluator.submission import Submission
from evaluator.workbook.form import NAMES
from evaluator.workbook.reading import read_form
from tests.evaluator.building import CATALOGUE
from tests.evaluator.workbook.careless import fill, in_words
from tests.evaluator.workbook.forms import blank, book, column, filled, made, problems, put, read, row
from tests.evaluator.workbook.office import converted, needs_office
from tests.evaluator.workbook.strategies import FILES, ODD, _text

EXAMPLES = Path(__file__).parents[3] / "examples"
pytestmark = needs_office
WRONG = ("#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "###", "Err:5")


def odd_submission() -> Submission:
    """Everything odd that a text, a number, a date or a file's name may be."""
    texts = [text for text in map(_text, ODD) if text]
    return Submission.model_validate(
        {
            "submission": 1,
            "subject": {"id": "530102001001", "name": "=1+1", "kind": "community", "region": texts[:6]},
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
            "counts": {
                "area": "123456789012345.5",
                "budget": "0.000000000001",
                "visits": 999999999999999,
                "incidents": 0,
            },
            "events": [
                {"id": str(n), "type": "meeting", "date": "2025-03-12", "title": text}
                for n, text in enumerate(texts, 1)
            ],
            "documents": [
                {
                    "id": "1.10",
                    "type": "plan",
                    "contains": ["tasks"],
                    "pages": {"tasks": "1.10"},
                    "files": FILES,
                },
                {"id": "old", "type": "rules", "issued": "1899-12-30", "valid_to": "2999-01-01"},
            ],
        }
    )


@pytest.mark.parametrize("name", ["odd", "wuhu-pilot-2013", "kunming-model-community"])
def test_a_form_that_was_saved_by_another_program_says_the_same(name, tmp_path) -> None:
    if name == "odd":
        submission, catalogue = odd_submission(), CATALOGUE
        content = made(submission)
    else:
        loaded = load_ruleset(name)
        catalogue = loaded.catalogue
        submission = load_submission(EXAMPLES / name / "middling.yaml", catalogue)
        content = made(submission, (loaded.ruleset,), catalogue)
    again = converted(content, "xlsx", tmp_path)
    assert read_form(again, "f.xlsx").notes == ()
    assert problems(again, catalogue) == []
    assert read(again, catalogue) == read(content, catalogue)


def test_a_carelessly_filled_form_is_read_the_same_after_another_program_saved_it(tmp_path) -> None:
    loaded = load_ruleset("wuhu-pilot-2013")
    submission = load_submission(EXAMPLES / "wuhu-pilot-2013" / "middling.yaml", loaded.catalogue)
    from evaluator.workbook.making import Filled

    content = fill(
        made(Filled("city"), (loaded.ruleset,), loaded.catalogue), submission, loaded.catalogue, in_words
    )
    assert read(converted(content, "xlsx", tmp_path), loaded.catalogue) == read(content, loaded.catalogue)


@pytest.mark.parametrize("name", ["kunming-model-community", "sichuan-city-2022"])
def test_every_sheet_is_printed_without_an_error_value(name, tmp_path) -> None:
    loaded = load_ruleset(name)
    submission = load_submission(EXAMPLES / name / "middling.yaml", loaded.catalogue)
    pdf = tmp_path / "form.pdf"
    pdf.write_bytes(converted(made(submission, (loaded.ruleset,), loaded.catalogue), "pdf", tmp_path))
    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    text = "\n".join(pages)
    assert [one for one in WRONG if one in text] == []
    sheets = [one for key, one in NAMES.items() if key != "street" or name == "kunming-model-community"]
    assert all(any(one in page for page in pages) for one in sheets)
    assert all(page.mediabox.width == pytest.approx(595, 1) or page.mediabox.width == pytest.approx(842, 1)
               for page in PdfReader(pdf).pages)  # fmt: skip
    assert "duibiao" not in text.replace("duibiao inspect", "")


def test_the_hidden_formulas_bring_what_people_type_into_one_form(tmp_path) -> None:
    def change(workbook: Workbook) -> None:
        shapes: list[Any] = [
            "2025-03-12",
            "2025.3.12",
            "2025年3月12日",
            "２０２５年３月１２日",
            20250312,
            date(2025, 3, 12),
            45728,
            "3月12日",
        ]
        for n, shape in enumerate(shapes[:4], 1):
            put(workbook, "活动会议", "meeting", n, date=shape)
        for n, shape in enumerate(shapes[4:], 1):
            put(workbook, "活动会议", "", n, label="培训", date=shape)
            # As a program that lost the format has it: openpyxl itself cannot read such a date.
            workbook["活动会议"].cell(row(workbook["活动会议"], "", n), 5).number_format = "General"
        put(workbook, "活动会议", "training", have=" 没有 ")
        put(workbook, "文件制度", "plan", id="D1", issued="2025/3/12", part_1="第3页", part_2="×")
        put(workbook, "佐证目录", "", files="a.pdf", id="D1")
        put(workbook, "佐证目录", "", 2, files="a.pdf", id="D9")
        put(workbook, "事项声明", "desk", value="√", files="a.jpg")
        put(workbook, "事项声明", "hotline", value="没有")
        put(workbook, "数据", "buildings", now=4)
        put(workbook, "数据", "model_buildings", now=5)
        put(workbook, "数据", "incidents", now="4起")

    seen = book(converted(filled(change), "xlsx", tmp_path), values=True)

    def value(sheet: str, item: str, key: str, nth: int = 1) -> Any:
        found = seen[sheet].cell(row(seen[sheet], item, nth), column(seen[sheet], key)).value
        # LibreOffice shows a day that a formula found as a date.
        return (found - datetime(1899, 12, 30)).days if isinstance(found, datetime) else found or ""  # noqa: DTZ001

    days = [value("活动会议", "meeting", "_day", n) for n in range(1, 5)]
    days += [value("活动会议", "", "_day", n) for n in range(1, 5)]
    assert days == [45728] * 7 + [""]
    assert value("活动会议", "", "_faulty", 4) == 1
    assert value("活动会议", "", "_type") == "training"
    assert value("活动会议", "training", "_none") == 1
    assert [value("文件制度", "plan", key) for key in ("_type", "_present", "_day_issued", "_has.1", "_has.2", "_attached")] == [
        "plan", 1, 45728, 1, "", 1,
    ]  # fmt: skip
    assert [value("文件制度", "rules", key) for key in ("_present", "_none", "_attached")] == ["", "", ""]
    assert [value("事项声明", name, "_said") for name in ("desk", "hotline")] == ["是", "否"]
    assert [value("事项声明", name, "_attached") for name in ("desk", "hotline")] == [1, ""]
    assert [value("数据", name, "check") for name in ("buildings", "model_buildings", "incidents", "budget")] == [
        "√", "大于“楼组总数”", "请只填数", "",
    ]  # fmt: skip
    assert [value("佐证目录", "", "check", n) for n in (1, 2)] == ["√", "没有这个编号"]


def test_what_a_blank_row_asks_for_appears_when_its_type_is_chosen(tmp_path) -> None:
    content = filled(lambda workbook: put(workbook, "文件制度", "", label="年度计划"))
    sheet = book(converted(content, "xlsx", tmp_path), values=True)["文件制度"]
    assert sheet.cell(row(sheet, ""), column(sheet, "contents")).value == "①目标 ②任务"


def test_the_results_of_formulas_are_right_as_the_form_is_made(tmp_path) -> None:
    submission = load_submission(EXAMPLES / "kunming-model-community" / "middling.yaml")
    loaded = load_ruleset("kunming-model-community")
    content = made(submission, (loaded.ruleset,), loaded.catalogue)
    before, after = (
        book(content, values=True),
        book(converted(_uncached(content), "xlsx", tmp_path), values=True),
    )
    formulas = book(content)
    for name in ("数据", "活动会议", "文件制度", "事项声明", "街道提供", "佐证目录"):
        for line in formulas[name].iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    made_, found = (one[name][cell.coordinate].value or "" for one in (before, after))
                    assert made_ == found, (name, cell.coordinate, cell.value)


def _uncached(content: bytes) -> bytes:
    from tests.evaluator.workbook.forms import saved

    return saved(book(content))


def test_an_empty_form_is_saved_without_a_note(tmp_path) -> None:
    again = converted(blank(), "xlsx", tmp_path)
    assert problems(again) == []
    assert read_form(again, "f.xlsx").notes == ()
