"""For each limit: an input, how it is read, a value that refuses it and one that takes it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from commands.verifying import Asked, verified
from evaluator.errors import Fault, InputError, Place, Problem
from evaluator.impact.targets import BadShift, shift_of
from evaluator.loading import load_assessment, load_rectification, load_submission, opened, receive
from evaluator.loading.bundle_files import read_bundle
from evaluator.loading.examining import examined
from evaluator.loading.files import read
from evaluator.loading.forms import workbook_bytes
from evaluator.loading.official_texts import read_official_text
from evaluator.loading.scorecards import scorecards_at
from evaluator.loading.tracing import load_traceable
from evaluator.reading import read_json, read_yaml
from evaluator.tracing.traced import Given
from evaluator.tracing.tracing import trace
from evaluator.workbook.opening import Book
from evaluator.workbook.reading import pictures
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.evidence_tables import making as tables
from tests.evaluator.packages.making import PDF, in_folder, in_zip, office, photo, whole
from tests.evaluator.test_assessment_file import WHOLE
from tests.evaluator.test_rectification_files import SOURCE, written
from tests.evaluator.workbook.forms import filled, with_wps_picture
from tests.evaluator.workbook.test_pictures import meeting
from tests.verify.conftest import issued_of

HEAD = 'submission: 1\nsubject: {id: a, name: 甲, kind: community}\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n'
TRACED = Path(__file__).resolve().parents[3] / "docs" / "rules" / "trace-example"
Reading = Callable[[Path], Iterable[Problem | Fault | None] | object]


class Case(NamedTuple):
    """``read`` in an empty folder is refused under ``refusing`` and not under ``taking``.

    ``then`` is the code of what is found wrong where the limit no longer refuses; most inputs are right.
    """

    key: str
    read: Reading
    refusing: int
    taking: int
    then: str | None = None
    called: str = ""


def problems_of(case: Case, folder: Path) -> list[Problem]:
    """What is wrong with the input of ``case``."""
    try:
        found = case.read(folder)
    except InputError as error:
        return list(error.problems)
    except BadShift as error:
        return [Problem("shift", Place(""), error.what, error.mend)]
    if isinstance(found, list):
        return [Problem(one.code, Place(""), one.what, one.mend) for one in found]
    return []


def _file(name: str, content: str | bytes, read_: Callable[[Path], Any]) -> Reading:
    def reading(folder: Path) -> Any:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        found = read_(path)
        return found if isinstance(found, list) else None

    return reading


def _scorecard(folder: Path) -> list[Problem]:
    path = folder / "a.pdf"
    path.write_bytes(issued_of())
    answer = verified(path, Asked(None, None, None, (), trust_asked=False))
    return [
        Problem(one.check, Place(""), one.words, one.words) for one in answer.lines if one.means is not None
    ]


def _scorecards(folder: Path) -> None:
    for n in range(3):
        (folder / f"{n}.pdf").write_bytes(b"%PDF-1.7")
    scorecards_at([folder])


def _submission(path: Path) -> None:
    load_submission(path, CATALOGUE)


def _including(folder: Path) -> None:
    for n in range(3):
        (folder / f"{n}.yaml").write_text(HEAD.replace("id: a", f"id: a{n}"), encoding="utf-8")
    (folder / "a.yaml").write_text(HEAD + "includes: [0.yaml, 1.yaml, 2.yaml]\n", encoding="utf-8")
    _submission(folder / "a.yaml")


def _book(row: int = 9, column: int = 9) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x" * 50)
        sheet.write(row, column, 1)
    return target.getvalue()


def _opened_book(content: bytes) -> Reading:
    return lambda _folder: Book(content, "a.xlsx") and None


def _pictures(_folder: Path) -> None:
    pictures(with_wps_picture(filled(meeting), "活动会议", "I3"))


def _returned(folder: Path) -> None:
    load_rectification(written(folder / "a.xlsx", [1, "完成", "statement:desk", "c1", 1, SOURCE]))


def _package(folder: Path) -> None:
    with opened(in_folder(folder / "p", whole())) as origin:
        receive(origin, CATALOGUE)


def _squeezed(folder: Path) -> None:
    # Twenty kilobytes, a hundred times over: to be packed to about a fiftieth.
    repeated = PDF + random.Random(1).randbytes(20_000) * 100
    with opened(in_zip(folder / "p.zip", whole(**{"D2.pdf": repeated}))):
        pass


def _examined(name: str, content: bytes) -> Reading:
    def reading(_folder: Path) -> Any:
        found = examined(name, lambda: BytesIO(content))
        return found if isinstance(found, list) else None

    return reading


def _tables(folder: Path) -> list[Problem]:
    rows = [{"subject": "a", "id": f"E{n}", "type": "meeting", "date": "2025-03-12"} for n in range(1, 6)]
    found = tables.read(tables.folder(folder / "t", events=rows))
    return [one for each in found for one in each.problems]


def _texts_of_a_subject(folder: Path) -> list[Problem]:
    rows = [
        {"subject": "a", "id": f"E{n}", "type": "meeting", "date": "2025-03-12", "title": f"例会{n}"}
        for n in range(600)
    ]
    found = tables.read(tables.folder(folder / "t", events=rows))
    return [one for each in found for one in each.problems]


def _traced(_folder: Path) -> None:
    one = load_traceable(str(TRACED / "book-corner"))
    text = (TRACED / "notice.txt").read_text(encoding="utf-8")
    trace(Given(one.ruleset, one.clauses, None, text, "notice.txt"))


RATIO = "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: '5%'}"


def _shifted(values: str) -> Reading:
    rules = ruleset(f"[{{check: {RATIO}}}]")
    return lambda _folder: shift_of(f"c1={values}/1%", rules, CATALOGUE) and None


_LINES = "\n".join(f"{n}. 应建立制度" for n in range(1, 41))
_ASSESSMENT = json.dumps(WHOLE, ensure_ascii=False)
CASES: tuple[Case, ...] = (
    Case("largest_submission", _file("a.yaml", HEAD + "#" * 2000, _submission), 1024, 4096),
    Case(
        "largest_submission",
        _file(
            "a.json", json.dumps({"a": "x" * 2000}), lambda path: read(path, "largest_submission") and None
        ),
        1024,
        4096,
        called="json",
    ),
    Case("largest_submission", _texts_of_a_subject, 1024, 1024**2, called="tables"),
    Case("most_items", lambda _folder: read_yaml("[" + "a, " * 30 + "]", "a.yaml") and None, 30, 31),
    Case(
        "most_items",
        lambda _folder: read_json("[" + "1, " * 29 + "1]", "a.json") and None,
        30,
        31,
        called="json",
    ),
    Case("deepest_nesting", lambda _folder: read_yaml("[" * 31 + "]" * 31, "a.yaml") and None, 29, 30),
    Case(
        "deepest_nesting",
        lambda _folder: read_json("[" * 30 + "]" * 30, "a.json") and None,
        29,
        30,
        called="json",
    ),
    Case(
        "deepest_nesting",
        lambda _folder: read_json("[" * 90 + "]" * 90, "a.json") and None,
        40,
        90,
        called="above the default",
    ),
    Case("most_includes", _including, 2, 3),
    Case(
        "largest_workbook",
        _file("a.xlsx", b"x" * 2000, lambda path: workbook_bytes(path) and None),
        1024,
        2000,
    ),
    Case("workbook_unpacked", _opened_book(_book()), 1024, 1024**2),
    Case("workbook_pictures", _pictures, 1, 1024),
    Case("workbook_parts", _opened_book(_book()), 2, 100),
    Case("workbook_rows", _opened_book(_book(row=59)), 59, 60),
    Case("workbook_rows", _opened_book(_book(row=5999)), 5000, 6000, called="above the default"),
    Case("workbook_rows", _returned, 1, 2, called="list"),
    Case("workbook_cells", _opened_book(_book()), 99, 100),
    Case("largest_rectification", _returned, 1024, 1024**2),
    Case("package_files", _package, 3, 4),
    Case("package_file", _package, 2000, 1024**2),
    Case("package_total", _package, 2000, 1024**2),
    Case("package_ratio", _squeezed, 5, 200),
    Case("document_parts", _examined("a.docx", office("docx")), 1, 2),
    Case("photo_pixels", _examined("a.jpg", photo(1, (300, 200))), 59_999, 60_000),
    Case(
        "photo_pixels", _examined("a.png", photo(1, (300, 200), kind="PNG")), 179_999, 180_000, called="PNG"
    ),
    Case("table_row_group", _tables, 10, 10_000),
    Case("table_subject_rows", _tables, 4, 5),
    Case(
        "largest_rule_file",
        _file("a.yaml", "a: 1\n#" + "x" * 2000, lambda path: read(path, "largest_rule_file") and None),
        1024,
        4096,
    ),
    Case(
        "rule_items",
        _file("a.yaml", "[" + "a, " * 30 + "]", lambda path: read(path, "largest_rule_file") and None),
        30,
        31,
    ),
    Case("largest_bundle", _file("a.duibiao", b"x" * 2000, read_bundle), 1024, 4096, then="no_bundle"),
    Case(
        "largest_official_text",
        _file("a.txt", _LINES, lambda path: read_official_text(path) and None),
        500,
        4096,
    ),
    Case(
        "official_text_lines", _file("a.txt", _LINES, lambda path: read_official_text(path) and None), 39, 40
    ),
    Case("official_text_clauses", _traced, 2, 100),
    Case("impact_values", _shifted("1%..10%"), 9, 10),
    Case("impact_values", _shifted("1%..99%"), 50, 99, called="above the default"),
    Case(
        "largest_assessment",
        _file("a.json", _ASSESSMENT, lambda path: load_assessment(path) and None),
        1024,
        1024**2,
    ),
    Case(
        "assessment_items",
        _file("a.json", _ASSESSMENT, lambda path: load_assessment(path) and None),
        20,
        100_000,
    ),
    Case("largest_scorecard", _scorecard, 100 * 1024, 10 * 1024**2),
    Case("scorecard_unpacked", _scorecard, 500 * 1024, 64 * 1024**2),
    Case("scorecard_objects", _scorecard, 50, 60_000),
    Case("scorecard_assessment", _scorecard, 50 * 1024, 10 * 1024**2),
    Case("scorecard_items", _scorecard, 5_000, 50_000),
    Case("scorecards_at_once", _scorecards, 2, 3),
)
