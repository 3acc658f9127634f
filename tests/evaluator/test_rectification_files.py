"""Rectification lists as files: what is no list of ours is refused before it can do harm."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from evaluator.errors import InputError
from evaluator.limits import DEFAULTS
from evaluator.loading import load_rectification
from evaluator.planning.progress import KEYS

SOURCE = "1 demo-01 trial 2025-10-15 sha256:aa"


def written(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["序号", "状态", *KEYS], *rows):
        sheet.append(row)
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_rectification(path)
    (problem,) = caught.value.problems
    return problem.in_language("zh").removeprefix(str(path))


def test_a_list_that_another_program_saved(tmp_path) -> None:
    path = written(tmp_path / "back.xlsx", [1, "完成", "statement:desk", "c1", 1, SOURCE])
    found = load_rectification(path)
    assert [tuple(item) for item in found.items] == [(1, "statement:desk", ("c1",), "done")]


def test_a_fault_is_told_with_its_sheet_and_cell_even_below_empty_rows(tmp_path) -> None:
    path = written(tmp_path / "back.xlsx", [], [], [1, "快了", "statement:desk", "c1", 1, SOURCE])
    assert refusal(path).startswith(":Sheet!B4: [unknown_status] 看不懂状态“快了”")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", "[not_a_workbook] 这不是 .xlsx 工作簿", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "[old_workbook] 这是旧格式（.xls、.et）的工作簿", id="old"),
        pytest.param(b"PK\x03\x04" + b"\0" * 99, "[damaged_workbook] 工作簿已损坏，读不出来", id="half an archive"),
        pytest.param(b"\0" * (DEFAULTS.largest_rectification + 1), "[file_size] 文件超过 4 MB", id="too large"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused(tmp_path, content: bytes, expected: str) -> None:
    path = tmp_path / "back.xlsx"
    path.write_bytes(content)
    assert expected in refusal(path)


def test_a_missing_file_is_refused(tmp_path) -> None:
    assert "[no_file]" in refusal(tmp_path / "none.xlsx")


def test_an_archive_that_is_no_workbook_is_refused(tmp_path) -> None:
    path = tmp_path / "back.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "[not_a_workbook] 这不是 .xlsx 工作簿" in refusal(path)


def test_an_archive_that_bursts_is_refused(tmp_path) -> None:
    path = tmp_path / "back.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for n in range(70):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", b"\0" * 1024 * 1024)
    assert path.stat().st_size < DEFAULTS.largest_rectification
    assert "[workbook_size] 工作簿展开后太大" in refusal(path)


def test_a_cell_at_the_far_end_of_a_sheet_is_refused(tmp_path) -> None:
    """A grid up to it would take half a terabyte, and the reader would make it."""
    path = tmp_path / "back.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x")
        sheet.write(1048575, 16383, "y")
    assert "[workbook_size] 工作表超过 5000 行或 702 列" in refusal(path)


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(
            "<row r='1'><c><v>1</v></c></row><row r='1048576'>" + "<c><v>1</v></c>" * 2000 + "</row>",
            id="cells without places",
        ),
        pytest.param("<row r = '9'><c s='1' r = 'XFD1048576'><v>1</v></c></row>", id="an odd way to write"),
        pytest.param("<x:row r='1'><x:c r='xfd1048576'/></x:row>", id="a prefix and small letters"),
    ],
)
def test_the_far_end_is_found_however_it_is_written(tmp_path, sheet: str) -> None:
    near = written(tmp_path / "near.xlsx", [1, "完成", "statement:desk", "c1", 1, SOURCE])
    path = tmp_path / "back.xlsx"
    with ZipFile(near) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(
                    rb"<sheetData>.*</sheetData>", f"<sheetData>{sheet}</sheetData>".encode(), content
                )
            new.writestr(name, content)
    assert "[workbook_size]" in refusal(path)


def test_an_open_document_or_wide_letters_are_refused(tmp_path) -> None:
    near = written(tmp_path / "near.xlsx", [1, "完成", "statement:desk", "c1", 1, SOURCE])
    for extra, content in (("content.xml", b"<a/>"), ("xl/worksheets/sheet9.xml", "<a/>".encode("utf-16"))):
        path = tmp_path / "back.xlsx"
        with ZipFile(near) as old, ZipFile(path, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
            new.writestr(extra, content)
        assert "[damaged_workbook] 工作簿已损坏" in refusal(path)


MOBILE = "13812345678"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        pytest.param(lambda sheet: sheet.append(["", f"催办 {MOBILE}"]), ":Sheet!B3", id="below the list"),
        pytest.param(lambda sheet: sheet.__setitem__("Z1", f"电话{MOBILE}"), ":Sheet!Z1", id="beside it"),
        pytest.param(lambda sheet: setattr(sheet, "title", f"问{MOBILE}"), ":问…", id="a sheet's name"),
        pytest.param(
            lambda sheet: setattr(sheet["B2"], "comment", Comment(f"找 {MOBILE}", "甲")),
            ":Sheet!B2",
            id="a comment",
        ),
    ],
)
def test_a_list_with_a_number_of_a_person_is_refused_and_never_repeats_it(
    tmp_path, change, place: str
) -> None:
    path = written(tmp_path / "back.xlsx", [1, "完成", "statement:desk", "c1", 1, SOURCE])
    book = openpyxl.load_workbook(path)
    change(book.active)
    book.save(path)
    with pytest.raises(InputError) as caught:
        load_rectification(path)
    told = [one.in_language("zh").removeprefix(str(path)) for one in caught.value.problems]
    assert f"{place}: [number_of_a_person] 这里有电话号码，本系统不收集任何个人的信息。删去这个号码" in told
    assert MOBILE not in str(caught.value)


def test_nor_may_its_file_s_name_hold_one(tmp_path) -> None:
    path = written(tmp_path / f"{MOBILE}.xlsx", [1, "完成", "statement:desk", "c1", 1, SOURCE])
    assert refusal(path).endswith(
        "….xlsx: [number_of_a_person] 这里有电话号码，本系统不收集任何个人的信息。删去这个号码"
    )
