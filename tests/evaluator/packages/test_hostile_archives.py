"""What an archive may do to whoever opens it is refused by name, in both languages, before anything is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from evaluator.characters import visible
from evaluator.packages.records import LIMITS
from tests.evaluator.packages.making import (
    PDF,
    central,
    codes,
    in_zip,
    info,
    office,
    photo,
    received,
    refusal,
    whole,
    zipped,
)

NAMES = {
    "../e.pdf": ("指向包外（..）", "points outside the package (..)"),
    "a/../../e.pdf": ("指向包外（..）", "points outside the package (..)"),
    "/etc/e.pdf": ("写的是绝对路径", "is an absolute path"),
    "C:/e.pdf": ("写的是绝对路径", "is an absolute path"),
    "..\\e.pdf": ("含有反斜杠", "holds a backslash"),
    "照片\u202egpj.exe": (
        "：第 3 个字 U+202E 是看不见或没有固定字形的字符",
        "is not what it looks like: character 3, U+202E, is an invisible character, or one without a shape of its own",
    ),
    "con.pdf": ("在有的系统上不能用", "cannot be used on every system"),
    "a//e.pdf": ("在有的系统上不能用", "cannot be used on every system"),
    "e.pdf.": ("在有的系统上不能用", "cannot be used on every system"),
    "a/e:b.pdf": ("含有冒号", "holds a colon"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_astray_is_refused(name: str, tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), name: PDF})
    zh, en = NAMES[name]
    assert refusal(path) == [f"包.zip/{visible(name)}: [unsafe_name] 文件名{zh}。给文件改名后重新打包"]
    assert refusal(path, lang="en") == [
        f"包.zip/{visible(name)}: [unsafe_name] the name {en}. rename the file and pack again"
    ]
    assert refusal(path, lenient=True) == refusal(path)


def test_a_name_of_more_than_255_characters_is_refused(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), "长" * 256: PDF})
    assert ["[long_name] 文件名超过 255 字" in one for one in refusal(path)] == [True]


@pytest.mark.parametrize(
    ("mode", "zh", "en"),
    [
        (stat.S_IFLNK | 0o777, "这是链接，不是文件", "this is a link, not a file"),
        (stat.S_IFIFO | 0o644, "这不是普通文件", "this is no ordinary file"),
        (stat.S_IFCHR | 0o644, "这不是普通文件", "this is no ordinary file"),
    ],
)
def test_links_and_devices_are_refused(mode: int, zh: str, en: str, tmp_path: Path) -> None:
    target = BytesIO(zipped(whole()))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(info("E1_2.jpg", mode=mode), "/etc/passwd")
    (tmp_path / "包.zip").write_bytes(target.getvalue())
    assert refusal(tmp_path / "包.zip") == [f"包.zip/E1_2.jpg: [link] {zh}。放入文件本身"]
    assert refusal(tmp_path / "包.zip", lang="en") == [
        f"包.zip/E1_2.jpg: [link] {en}. put in the file itself"
    ]


def test_a_member_that_unpacks_to_more_than_a_hundredfold_is_a_bomb(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), "D2.pdf": PDF + bytes(4_000_000)})
    assert refusal(path) == ["包.zip/D2.pdf: [zip_bomb] 解压后是压缩时的 100 倍以上。删去这个文件"]
    assert refusal(path, lang="en") == [
        "包.zip/D2.pdf: [zip_bomb] more than 100 times larger than packed. leave this file out"
    ]


def test_many_small_bombs_are_one(tmp_path: Path) -> None:
    small = {f"D{n}.pdf": PDF + bytes(1_000_000) for n in range(2, 14)}
    path = in_zip(tmp_path / "包.zip", {**whole(), **small})
    limits = LIMITS._replace(ratio=50)
    assert "包.zip: [zip_bomb] 解压后是压缩时的 50 倍以上" in " ".join(refusal(path, limits=limits))


def test_members_that_share_their_bytes_are_a_bomb(tmp_path: Path) -> None:
    content = zipped(whole())
    start = central(content)
    table = content[start : content.rindex(b"PK\x05\x06")]
    # The last member stands in the table once more, under another name.
    again = table[table.rindex(b"PK\x01\x02") :].replace(b"D1.pdf", b"D9.pdf")
    counted = struct.pack("<HHIIH", 5, 5, len(table + again), start, 0)
    path = tmp_path / "包.zip"
    path.write_bytes(content[:start] + table + again + b"PK\x05\x06\0\0\0\0" + counted)
    assert any("[zip_bomb] 压缩包中的文件互相重叠" in one for one in refusal(path))
    assert any("members of the archive overlap" in one for one in refusal(path, lang="en"))


def test_a_size_that_lies_is_not_believed(tmp_path: Path) -> None:
    content = zipped({**whole(), "D2.pdf": PDF + bytes(range(256)) * 800})
    size = (len(PDF) + 256 * 800).to_bytes(4, "little")
    # Smaller than it is in both headers: what lies behind the stated end is never read.
    path = tmp_path / "包.zip"
    path.write_bytes(content.replace(size, (100).to_bytes(4, "little")))
    assert refusal(path) == ["包.zip/D2.pdf: [damaged] 文件损坏，读不完整。换成完好的文件"]


def test_an_archive_in_the_package_is_refused(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), "照片.zip": zipped({"a.jpg": photo()})})
    assert refusal(path) == [
        "包.zip/照片.zip: [nested_archive] 包里还有压缩包。解压后，把里面的文件直接放进来"
    ]


@pytest.mark.parametrize("head", [b"Rar!\x1a\x07\x01\0", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08\0"])
def test_other_archives_are_refused_too(head: bytes, tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), "照片.pdf": head + bytes(300)})
    assert refusal(path) == [
        "包.zip/照片.pdf: [file_type] 按内容看是压缩包，不在可用的类型之中。解压后，把里面的文件直接放进来"
    ]


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    limits = LIMITS._replace(file=2 * 1024 * 1024)
    noise = photo(3, (2000, 1500), kind="PNG") + bytes(100)
    path = in_zip(tmp_path / "包.zip", {**whole(), "D2.png": noise.ljust(2 * 1024 * 1024 + 1, b"\xff")})
    assert refusal(path, limits=limits) == ["包.zip/D2.png: [file_size] 文件超过 2 MB。压缩或拆分后再放入"]
    assert refusal(path, limits=limits, lang="en") == [
        "包.zip/D2.png: [file_size] the file is larger than 2 MB. make it smaller or split it"
    ]


def test_a_package_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", whole())
    assert refusal(path, limits=LIMITS._replace(total=2048)) == [
        "包.zip: [package_size] 全部文件超过 2 KB。用 duibiao pack 缩小照片"
    ]


def test_too_many_members_are_refused_before_any_is_looked_at(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), "../e.pdf": PDF})
    assert refusal(path, limits=LIMITS._replace(members=4)) == [
        "包.zip: [many_files] 文件超过 4 个。只放与申报有关的文件"
    ]


def test_a_table_of_contents_without_end_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped(whole()))
    at = content.rindex(b"PK\x05\x06")
    content[at + 12 : at + 16] = (64 * 1024 * 1024).to_bytes(4, "little")
    (tmp_path / "包.zip").write_bytes(content)
    assert refusal(tmp_path / "包.zip") == ["包.zip: [many_files] 文件超过 5000 个。只放与申报有关的文件"]


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"submission.yaml": whole()["submission.yaml"], "D1.pdf": PDF}))
    last = content.rindex(b"PK\x01\x02")
    content[last + 8] |= 1
    (tmp_path / "包.zip").write_bytes(content)
    assert refusal(tmp_path / "包.zip") == ["包.zip/D1.pdf: [encrypted] 加了密码。不设密码重新打包"]
    assert refusal(tmp_path / "包.zip", lang="en") == [
        "包.zip/D1.pdf: [encrypted] it is encrypted. pack again without a password"
    ]


def test_an_uncommon_method_of_packing_is_refused(tmp_path: Path) -> None:
    target = BytesIO(zipped(whole()))
    with zipfile.ZipFile(target, "a") as archive:
        one = info("D2.pdf")
        one.compress_type = zipfile.ZIP_LZMA
        archive.writestr(one, PDF)
    (tmp_path / "包.zip").write_bytes(target.getvalue())
    assert ["[packing] 压缩方法不通用" in one for one in refusal(tmp_path / "包.zip")] == [True]


def test_names_that_windows_programs_write_in_gbk_are_read(tmp_path: Path) -> None:
    name = "E1_20250312_现场.jpg".encode("gbk")
    blank = "x" * len(name)
    form = str(whole()["submission.yaml"]).replace("E1_20250312_1.jpg", "E1_20250312_现场.jpg")
    members = {**whole(), "submission.yaml": form}
    members[blank] = members.pop("E1_20250312_1.jpg")
    path = tmp_path / "包.zip"
    path.write_bytes(zipped(members, system=0).replace(blank.encode(), name))
    found = received(path)
    assert "E1_20250312_现场.jpg" in [one.name for one in found.files or ()]
    assert "file_absent" not in codes(found)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("a/E1.jpg", "A/e1.JPG"), "[same_name] 与 a/E1.jpg 只差大小写或字符的写法"),
        (("caf\u00e9.jpg", "cafe\u0301.jpg"), "[same_name] 与 caf\u00e9.jpg 只差大小写或字符的写法"),
        (("a", "a/b.jpg"), "[same_name] 既是文件又是文件夹"),
    ],
)
def test_names_that_some_systems_hold_for_one_are_refused(names, said, tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), **dict.fromkeys(names, PDF)})
    assert any(said in one for one in refusal(path))


def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    content = zipped({**whole(), "D9.pdf": PDF}).replace(b"D9.pdf", b"D1.pdf")
    (tmp_path / "包.zip").write_bytes(content)
    assert any("[repeated_name] 同一个文件名出现两次" in one for one in refusal(tmp_path / "包.zip"))


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    content = zipped(whole(), packed=False)
    (tmp_path / "包.zip").write_bytes(content.replace(b"%%EOF\n", b"%%EOX\n", 1))
    assert refusal(tmp_path / "包.zip") == ["包.zip/D1.pdf: [damaged] 文件损坏，读不完整。换成完好的文件"]


def test_half_an_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "包.zip").write_bytes(zipped(whole())[:-40])
    assert refusal(tmp_path / "包.zip") == [
        "包.zip: [damaged] 压缩包损坏，打不开。用系统自带的“压缩”或 duibiao pack 重新打包"
    ]


def test_what_only_is_called_an_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "包.zip").write_bytes(b"Rar!\x1a\x07\x01\0")
    assert refusal(tmp_path / "包.zip") == [
        "包.zip: [no_archive] 这不是 ZIP 压缩包。改扩展名不行，要重新压缩为 .zip"
    ]


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), "../a.pdf": PDF, "con.pdf": PDF, "b\\c.pdf": PDF})
    assert len(refusal(path)) == 3


def test_an_office_document_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), "D2.docx": office("docx", **{"big.xml": bytes(900_000)})})
    assert refusal(path, limits=LIMITS._replace(total=800_000)) == [
        "包.zip/D2.docx: [zip_bomb] 解压后大得异常。重新导出这个文件"
    ]


def test_a_sound_package_is_read_with_its_files(tmp_path: Path) -> None:
    found = received(in_zip(tmp_path / "包.zip", whole()))
    assert [(one.name, one.type, one.evidence) for one in found.files or ()] == [
        ("D1.pdf", "pdf", ("D1",)),
        ("E1_20250312_1.jpg", "jpg", ("E1",)),
        ("E2_20250601_1.jpg", "jpg", ("E2",)),
    ]
    assert found.observations == ()
