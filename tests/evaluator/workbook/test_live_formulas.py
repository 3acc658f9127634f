"""What the formulas of a form are made of: only what WPS, Excel 2010 and LibreOffice all have."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from evaluator.loading import load_ruleset, ruleset_ids
from evaluator.workbook.addresses import Addresses
from evaluator.workbook.form import Formula
from evaluator.workbook.judging.compiling import compiled
from tests.evaluator import building
from tests.evaluator.building import CATALOGUE
from tests.evaluator.workbook.agreeing import blank
from tests.evaluator.workbook.every_form import every_form

# In Excel 2007 already, and in WPS and LibreOffice.
FUNCTIONS = {
    *("ABS", "AND", "ASC", "CHAR", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "DATEVALUE", "DAY", "FIND", "IF"),
    *(
        "IFERROR",
        "INDEX",
        "INT",
        "ISERROR",
        "ISNUMBER",
        "LARGE",
        "LEFT",
        "LEN",
        "MATCH",
        "MAX",
        "MID",
        "MIN",
        "MOD",
    ),
    *(
        "MONTH",
        "NOT",
        "OR",
        "RIGHT",
        "ROUND",
        "ROW",
        "SIGN",
        "SUBSTITUTE",
        "SUM",
        "SUMIF",
        "SUMPRODUCT",
        "TRIM",
    ),
    "YEAR",
}
_TEXT = re.compile(r'"(?:[^"]|"")*"')


def every_formula() -> list[str]:
    found = []
    loaded = [(one.ruleset, one.catalogue) for one in map(load_ruleset, ruleset_ids())]
    for ruleset, catalogue in [*loaded, (every_form(), CATALOGUE)]:
        form, _ = blank([ruleset], catalogue)
        made = compiled([ruleset], catalogue, Addresses(form, catalogue))
        found += [one.text for one in made.ledger.cells.values() if isinstance(one, Formula)]
    return found


def depth(formula: str) -> int:
    deepest = level = 0
    for one in _TEXT.sub('""', formula):
        level += (one == "(") - (one == ")")
        deepest = max(deepest, level)
    return deepest


@pytest.fixture(scope="module")
def formulas() -> list[str]:
    return every_formula()


def test_formulas_use_no_function_of_later_programs(formulas: list[str]) -> None:
    used = {name for one in formulas for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", _TEXT.sub('""', one))}
    assert used <= FUNCTIONS


def test_formulas_keep_within_the_bounds_of_every_program(formulas: list[str]) -> None:
    assert max(map(len, formulas)) < 8192
    assert max(map(depth, formulas)) < 64
    assert max(len(text) for one in formulas for text in _TEXT.findall(one)) <= 255 + 2


def test_formulas_name_each_cell_whatever_row_they_stand_in(formulas: list[str]) -> None:
    places = [re.findall(r"(?<![A-Z$'])\$?[A-Z]{1,3}\$?[0-9]+\b", _TEXT.sub('""', one)) for one in formulas]
    assert {place for found in places for place in found if place.count("$") != 2} == set()


def test_a_form_stores_no_result_that_nobody_has_worked_out() -> None:
    loaded = load_ruleset("kunming-model-community")
    _, book = blank([loaded.ruleset], loaded.catalogue)
    with zipfile.ZipFile(BytesIO(book)) as file:
        sheets = [
            file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")
        ]
    results = [re.findall(r"</f><v>([^<]*)</v>", sheet) for sheet in sheets if "_计算" in sheet]
    assert len(results) == 1
    assert set(results[0]) == {""}
    workings = max(sheets, key=lambda sheet: sheet.count("<f>"))
    assert set(re.findall(r"</f><v>([^<]*)</v>", workings)) == {""}
    assert 't="array"' not in "".join(sheets)


@pytest.mark.parametrize(("effect", "said"), [("veto_effect: cap, veto_grade: rectify, ", True), ("", False)])
def test_vetoes_that_only_limit_the_grade_are_counted_too(effect: str, said: bool) -> None:
    text = f"""
        - {{check: {{kind: statement, statement: desk}}, veto: true}}
        - {{{effect}check: {{kind: statement, statement: hotline}}, veto: true}}
        """
    _, content = blank([building.ruleset(text, scoring="pass: rectify")], CATALOGUE)
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
    # They are counted apart: a column holds what is below 0 for each of them.
    assert any("&lt;0)*" in one for one in sheets) is said
