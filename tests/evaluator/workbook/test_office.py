"""The form as LibreOffice opens it: nothing to repair, every formula understood, and the same submission after saving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from pypdf import PdfReader

from evaluator.loading import Loaded, load_ruleset, load_submission
from evaluator.submission import Submission
from evaluator.workbook.form import NAMES
from evaluator.workbook.making import Filled
from evaluator.workbook.reading import read_form
from tests.evaluator.building import CATALOGUE
from tests.evaluator.workbook.careless import fill, in_words
from tests.evaluator.workbook.forms import blank, book, column, filled, made, problems, put, read, row, saved
from tests.evaluator.workbook.office import all_converted, needs_office
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


def example(name: str) -> tuple[Loaded, Submission]:
    loaded = load_ruleset(name)
    return loaded, load_submission(EXAMPLES / name / "middling.yaml", loaded.catalogue)


def holding(name: str) -> bytes:
    """The form of an installed ruleset with its middling example."""
    loaded, submission = example(name)
    return made(submission, (loaded.ruleset,), loaded.catalogue)


def careless() -> bytes:
    """The form of a city, filled by hand in other shapes."""
    loaded, submission = example("wuhu-pilot-2013")
    empty = made(Filled("city"), (loaded.ruleset,), loaded.catalogue)
    return fill(empty, submission, loaded.catalogue, in_words)


def in_many_shapes(workbook: Workbook) -> None:
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
    put(workbook, "文件制度", "", label="年度计划")
    put(workbook, "佐证目录", "", files="a.pdf", id="D1")
    put(workbook, "佐证目录", "", 2, files="a.pdf", id="D9")
    put(workbook, "事项声明", "desk", value="√", files="a.jpg")
    put(workbook, "事项声明", "hotline", value="没有")
    put(workbook, "数据", "buildings", now=4)
    put(workbook, "数据", "model_buildings", now=5)
    put(workbook, "数据", "incidents", now="4起")


MADE: dict[str, Callable[[], bytes]] = {
    "odd": lambda: made(odd_submission()),
    "wuhu-pilot-2013": lambda: holding("wuhu-pilot-2013"),
    "kunming-model-community": lambda: holding("kunming-model-community"),
    "careless": careless,
    "shapes": lambda: filled(in_many_shapes),
    "uncached": lambda: saved(book(holding("kunming-model-community"))),
    "empty": blank,
}


@pytest.fixture(scope="module")
def before() -> dict[str, bytes]:
    """The forms as they are made."""
    return {name: make() for name, make in MADE.items()}


@pytest.fixture(scope="module")
def after(before: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same forms as LibreOffice saves them: it is started once."""
    return all_converted(before, "xlsx", tmp_path_factory.mktemp("saved"))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The forms of a community and of a city as pages."""
    names = ("kunming-model-community", "sichuan-city-2022")
    return all_converted({name: holding(name) for name in names}, "pdf", tmp_path_factory.mktemp("printed"))


@pytest.mark.parametrize("name", ["odd", "wuhu-pilot-2013", "kunming-model-community"])
def test_a_form_that_was_saved_by_another_program_says_the_same(name, before, after) -> None:
    catalogue = CATALOGUE if name == "odd" else load_ruleset(name).catalogue
    assert read_form(after[name], "f.xlsx").notes == ()
    assert problems(after[name], catalogue) == []
    assert read(after[name], catalogue) == read(before[name], catalogue)


def test_a_carelessly_filled_form_is_read_the_same_after_another_program_saved_it(before, after) -> None:
    catalogue = load_ruleset("wuhu-pilot-2013").catalogue
    assert read(after["careless"], catalogue) == read(before["careless"], catalogue)


@pytest.mark.parametrize("name", ["kunming-model-community", "sichuan-city-2022"])
def test_every_sheet_is_printed_without_an_error_value(name, printed) -> None:
    pages = PdfReader(BytesIO(printed[name])).pages
    texts = [page.extract_text() for page in pages]
    text = "\n".join(texts)
    assert [one for one in WRONG if one in text] == []
    sheets = [one for key, one in NAMES.items() if key != "street" or name == "kunming-model-community"]
    assert all(any(one in page for page in texts) for one in sheets)
    widths = {round(float(page.mediabox.width)) for page in pages}
    assert widths <= {595, 596, 841, 842}
    assert "duibiao" not in text.replace("duibiao inspect", "")


def test_the_hidden_formulas_bring_what_people_type_into_one_form(after) -> None:
    seen = book(after["shapes"], values=True)

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


def test_what_a_blank_row_asks_for_appears_when_its_type_is_chosen(after) -> None:
    sheet = book(after["shapes"], values=True)["文件制度"]
    assert sheet.cell(row(sheet, ""), column(sheet, "contents")).value == "①目标 ②任务"


def test_the_results_of_formulas_are_right_as_the_form_is_made(before, after) -> None:
    content = before["kunming-model-community"]
    first, second = book(content, values=True), book(after["uncached"], values=True)
    formulas = book(content)
    for name in ("数据", "活动会议", "文件制度", "事项声明", "街道提供", "佐证目录"):
        for line in formulas[name].iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    made_, found = (one[name][cell.coordinate].value or "" for one in (first, second))
                    assert made_ == found, (name, cell.coordinate, cell.value)


def test_an_empty_form_is_saved_without_a_note(before, after) -> None:
    assert problems(after["empty"]) == problems(before["empty"]) == []
    assert read_form(after["empty"], "f.xlsx").notes == ()
