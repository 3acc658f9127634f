"""What is no form, or one that cannot be used, is refused by name before anything of it is unpacked or trusted."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from evaluator.errors import InputError
from evaluator.workbook.archive import Archive
from evaluator.workbook.opening import Book, beside
from evaluator.workbook.reading import read_form
from tests.evaluator.workbook.forms import (
    blank,
    book,
    edited,
    filled,
    part_of,
    problems,
    put,
    saved,
    with_cell,
)


def refused(content: bytes) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_form(content, "f.xlsx")
    return [one.in_language("zh") for one in caught.value.problems]


def zipped(**parts: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return target.getvalue()


SAVE_AS = "用 WPS 或 Excel 打开，另存为 .xlsx"
REFUSED = {
    "a text": ("序号,数据项\n1,楼组".encode(), f"f.xlsx: [not_a_workbook] 这不是 .xlsx 工作簿。{SAVE_AS}"),
    "nothing": (b"", f"f.xlsx: [not_a_workbook] 这不是 .xlsx 工作簿。{SAVE_AS}"),
    "a document of another kind": (
        zipped(word__document=b"<w/>"),
        f"f.xlsx: [not_a_workbook] 这不是 .xlsx 工作簿。{SAVE_AS}",
    ),
    "a workbook of an old format": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
        f"f.xlsx: [old_workbook] 这是旧格式（.xls、.et）的工作簿。{SAVE_AS}",
    ),
    "a workbook with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
        "f.xlsx: [encrypted] 工作簿设了打开密码。去掉打开密码，再交",
    ),
    "a file cut off": (
        blank()[:20_000],
        "f.xlsx: [damaged_workbook] 工作簿已损坏，读不出来。用 WPS 或 Excel 打开修复，另存后再交",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_workbook_is_refused_by_name(name) -> None:
    content, words = REFUSED[name]
    assert refused(content) == [words]


def test_a_workbook_that_is_no_form_is_refused_with_the_command_that_makes_one() -> None:
    assert refused(saved(openpyxl.Workbook())) == [
        "f.xlsx: [not_a_form] 这不是申报表。用 duibiao template 生成的表填写，隐藏的工作表不要删"
    ]


def test_a_form_without_its_hidden_sheet_is_no_form() -> None:
    def change(workbook: Any) -> None:
        workbook.remove(workbook["_目录"])

    assert refused(filled(change))[0].startswith("f.xlsx: [not_a_form]")


def test_a_form_of_a_later_format_is_refused_by_its_number() -> None:
    def change(workbook: Any) -> None:
        workbook["_目录"]["B1"] = "2"

    assert refused(filled(change)) == [
        "f.xlsx: [form_format] 这张表的格式是第 2 版，本程序只读第 1 版。更新对标程序，或用本程序生成新表"
    ]


def test_macros_are_refused_whatever_the_file_is_called() -> None:
    content = Archive(blank(), "f").with_parts({"xl/vbaProject.bin": b"macro"})
    assert refused(content) == ["f.xlsx: [macros] 工作簿带有宏，不能接收。另存为不带宏的 .xlsx"]


def test_a_workbook_that_would_unpack_to_gigabytes_is_refused_by_its_directory() -> None:
    content = zipped(xl__workbook=b"x", **{"xl__workbook.xml": b"<a/>", "xl__sheet.xml": b"0" * 20_000_000})
    assert len(content) < 50_000
    assert refused(content)[0].startswith("f.xlsx: [workbook_size] 工作簿展开后太大")


def test_a_part_that_unpacks_to_more_than_the_directory_says_is_damaged() -> None:
    content = bytearray(zipped(**{"xl__workbook.xml": b"<a/>", "xl__sheet.xml": b"0" * 10_000_000}))
    for place in range(len(content) - 30):
        # The sizes in both headers of the large part.
        if content[place : place + 4] == (10_000_000).to_bytes(4, "little"):
            content[place : place + 4] = (10).to_bytes(4, "little")
    assert refused(bytes(content))[0].startswith("f.xlsx: [damaged_workbook]")


@pytest.mark.parametrize("cell", ["A5001", "A1048576", "AAA3", "XFD1048576"])
def test_a_lone_cell_far_away_is_refused_before_room_is_made_for_it(cell) -> None:
    def change(xml: str) -> str:
        number = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        line = f'<row r="{number}"><c r="{cell}"><v>1</v></c></row>'
        return xml.replace("</sheetData>", f"{line}</sheetData>")

    content = edited(blank(), {part_of(blank(), "数据"): change})
    # Rows can be made more by whoever runs this; columns cannot.
    raising = "；如确有需要，在 limits.yaml 里把 workbook_rows 调大（现为 5,000），见 duibiao limits"
    assert refused(content) == [
        "f.xlsx:数据: [workbook_size] 工作表超过 5000 行或 702 列。删去表格下方和右侧多余的行、列"
        + (raising if cell != "AAA3" else "")
    ]


def test_empty_cells_far_away_do_no_harm() -> None:
    def change(xml: str) -> str:
        return xml.replace("</sheetData>", '<row r="1048576" s="1"><c r="A1048576" s="1"/></row></sheetData>')

    assert problems(edited(blank(), {part_of(blank(), "数据"): change})) == []


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "cc">]>'
    content = edited(
        blank(), {"xl/workbook.xml": lambda xml: xml.replace("<workbook ", f"{bomb}<workbook ", 1)}
    )
    assert refused(content)[0].startswith("f.xlsx: [damaged_workbook]")


def test_xml_that_breaks_off_is_damaged() -> None:
    content = edited(blank(), {"xl/workbook.xml": lambda xml: xml[:200]})
    assert refused(content)[0].startswith("f.xlsx: [")


def test_cells_without_an_address_are_refused() -> None:
    content = with_cell(blank(), "数据", "E3", "<v>40</v>")
    bare = edited(content, {part_of(content, "数据"): lambda xml: xml.replace('<c r="E3"', "<c")})
    assert refused(bare)[0].startswith("f.xlsx:数据: [damaged_workbook] 工作表里有没有编址的单元格")


def test_a_program_may_write_prefixes_before_every_name() -> None:
    import re

    content = with_cell(blank(), "数据", "E3", "<f>1+1</f>")
    sheet = part_of(content, "数据")
    prefixed = edited(
        content,
        {
            sheet: lambda xml: re.sub(r"<(/?)(?=[a-z])", r"<\1x:", xml).replace(
                'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
                'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
            )
        },
    )
    assert [one.split("]")[0] for one in problems(prefixed)] == ["f.xlsx:数据!E3: [no_cached_value"]


def test_saving_by_another_program_changes_nothing() -> None:
    content = filled(lambda workbook: put(workbook, "数据", "buildings", now=40))
    assert problems(saved(book(content))) == []


@pytest.mark.parametrize(
    ("target", "part"),
    [("../comments1.xml", "xl/comments1.xml"), ("/xl/a.xml", "xl/a.xml"), ("./b.xml", "xl/worksheets/b.xml")],
)
def test_a_relation_names_a_part_from_where_it_stands(target, part) -> None:
    assert beside("xl/worksheets/sheet1.xml", target) == part


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<c r="XFD1048576"><v>1</v></c>', id="as programs write it"),
        pytest.param("<c s='1' r = 'XFD1048576'><v>1</v></c>", id="in an odd way"),
        pytest.param('<c r="A99999999"><v>1</v></c>', id="beyond any program's rows"),
        pytest.param('<c r="a99999999"><v>1</v></c>', id="in small letters"),
        pytest.param('<x:c r="A99999999"><v>1</v></x:c>', id="beyond any program's rows, with a prefix"),
        pytest.param('<c r="A1" r="A99999999"><v>1</v></c>', id="after an address that is near"),
        pytest.param("<c r=\"A1\"r='A99999999'><v>1</v></c>", id="after one, without a blank"),
        pytest.param('<c r="A1" s=">" r="A99999999"><v>1</v></c>', id="after what seems to be the end"),
        pytest.param(f"<c/></row><row r='{'9' * 5000}'><c r='A1'/>", id="in a row of a number without end"),
        pytest.param('<c r="A1"\tr\n=\n"A99999999"><v>1</v></c>', id="with other blanks"),
        pytest.param("<x:c r='xfd1048576'><x:v>1</x:v></x:c>", id="with a prefix, in small letters"),
    ],
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sheets/far.xml"])
def test_a_cell_at_the_far_end_of_any_sheet_is_refused_however_it_is_written(cell: str, part: str) -> None:
    """The grid up to it would take half a terabyte, and the reader's library ends the whole program when it is refused that."""
    far = f'<worksheet xmlns="m" xmlns:x="m"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    with pytest.raises(InputError) as caught:
        Book(Archive(blank(), "f.xlsx").with_parts({part: far.encode()}), "f.xlsx")
    assert caught.value.problems[0].code == "workbook_size"


@pytest.mark.parametrize(
    ("part", "content"), [("content.xml", b"<a/>"), ("xl/worksheets/sheet99.xml", "<a/>".encode("utf-16"))]
)
def test_a_second_document_or_a_part_in_wide_letters_is_refused(part: str, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        Book(Archive(blank(), "f.xlsx").with_parts({part: content}), "f.xlsx")
    assert caught.value.problems[0].code == "damaged_workbook"
