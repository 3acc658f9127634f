"""Nothing about a person gets in by the name of a file, the comment of an archive or the data of a photograph."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from evaluator.packages.metadata import said
from evaluator.packages.photographs import examined, prepared
from tests.evaluator.packages.making import (
    PDF,
    codes,
    exif,
    in_folder,
    in_zip,
    photo,
    received,
    refusal,
    whole,
)

NUMBER = "15412345678"
IDENTITY = "110101209003070018"
VALUES = {
    NUMBER: "电话号码",
    IDENTITY: "身份证号",
    "lisi@example.com": "电子邮箱地址",
    "张三、李四、王五": "人员名单",
}


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("make", [in_zip, in_folder])
@pytest.mark.parametrize("lenient", [False, True])
def test_a_name_is_refused_with_the_kind_and_never_repeated(value, make, lenient, tmp_path: Path) -> None:
    path = make(tmp_path / "包.zip", {**whole(), f"照片/{value}_1.pdf": PDF})
    lines = refusal(path, lenient=lenient)
    assert [
        f"文件名：这里有{VALUES[value]}，本系统不收集任何个人的信息。给文件改名后重新打包" in one
        for one in lines
    ] == [True]
    assert value not in " ".join([*lines, *refusal(path, lang="en")])


def test_files_called_after_persons_are_a_list_of_names(tmp_path: Path) -> None:
    named = {f"签到/{name}.jpg": photo(n) for n, name in enumerate(("张三", "李四", "王小五"))}
    (line,) = refusal(in_zip(tmp_path / "包.zip", {**whole(), **named}))
    assert "[names_of_persons] 文件名：这里有人员名单" in line
    assert not any(name in line for name in ("张三", "李四", "王小五"))


def test_the_name_of_an_empty_folder_is_read_too(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "包.zip", {**whole(), f"{NUMBER}/": b""})
    assert refusal(path) == [
        "包.zip/…: [number_of_a_person] 文件名：这里有电话号码，本系统不收集任何个人的信息。给文件改名后重新打包"
    ]


def test_comments_in_an_archive_are_read_too(tmp_path: Path) -> None:
    target = BytesIO(in_zip(tmp_path / "a.zip", whole()).read_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = f"联系 {NUMBER}".encode("gbk")
        archive.getinfo("D1.pdf").comment = f"证号 {IDENTITY}".encode()
    (tmp_path / "包.zip").write_bytes(target.getvalue())
    assert refusal(tmp_path / "包.zip") == [
        "包.zip: [number_of_a_person] 压缩包里的注释：这里有电话号码，本系统不收集任何个人的信息。删去注释后重新打包",
        "包.zip/D1.pdf: [number_of_a_person] 压缩包里的注释：这里有身份证号，本系统不收集任何个人的信息。删去注释后重新打包",
    ]


@pytest.mark.parametrize("tag", [0x010E, 0x013B, 0x8298, 0x9C9B, 0x9C9C, 0x9C9D, 0x9286])
@pytest.mark.parametrize("lenient", [False, True])
def test_exif_fields_are_read_as_any_other_text(tag: int, lenient: bool, tmp_path: Path) -> None:
    text = f"拍摄人 {NUMBER}"
    written: object = text.encode("utf-16-le") if tag in (0x9C9B, 0x9C9C, 0x9C9D) else text
    made = exif()
    if tag == 0x9286:
        made.get_ifd(0x8769)[tag] = b"UNICODE\0" + text.encode("utf-16-le")
    else:
        made[tag] = written
    path = in_zip(tmp_path / "包.zip", {**whole(), "E1_2.jpg": photo(7, exif=made)})
    (line,) = refusal(path, lenient=lenient)
    assert line.startswith("包.zip/E1_2.jpg: [number_of_a_person] 照片信息：这里有电话号码，")
    assert line.endswith("用 duibiao pack 打包，照片信息会去除")
    assert NUMBER not in " ".join(refusal(path, lang="en"))


@pytest.mark.parametrize("code", ["utf-8", "gbk"])
def test_a_list_of_names_in_a_field_is_refused(code: str, tmp_path: Path) -> None:
    made = exif(tags={0x010E: "参会人员：张三、李四、王五".encode(code)})
    (line,) = refusal(in_zip(tmp_path / "包.zip", {**whole(), "E1_2.jpg": photo(7, exif=made)}))
    assert "[names_of_persons] 照片信息：这里有人员名单" in line


def test_texts_in_a_png_and_xmp_are_read_too(tmp_path: Path) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", f"电话 {NUMBER}")
    packet = f"<x:xmpmeta><dc:description><rdf:li>{IDENTITY}</rdf:li></dc:description></x:xmpmeta>"
    members = {"E1_2.png": photo(7, kind="PNG", pnginfo=texts), "E1_3.jpg": photo(8, xmp=packet.encode())}
    lines = refusal(in_zip(tmp_path / "包.zip", {**whole(), **members}))
    assert [line.partition("]")[0] for line in lines] == [
        "包.zip/E1_2.png: [number_of_a_person",
        "包.zip/E1_3.jpg: [number_of_a_person",
    ]


def test_place_and_owner_are_findings_that_offer_to_strip_them(tmp_path: Path) -> None:
    made = exif("2025-03-12", place=True, tags={0x013B: "办公室", 0x8298: "示例社区"})
    made.get_ifd(0x8769)[0xA431] = "0042"
    members = {**whole(), "E1_20250312_1.jpg": photo(1, exif=made)}
    found = received(in_zip(tmp_path / "包.zip", members))
    assert codes(found) == ["photograph_place", "photograph_owner"]
    place, owner = found.observations
    assert place.in_language("zh") == (
        "[photograph_place] 照片里有拍摄地点，用 duibiao pack 打包时会去除（E1；E1_20250312_1.jpg）"
    )
    assert owner.message.zh == "照片里有作者、版权、设备序列号信息，用 duibiao pack 打包时会去除"
    assert owner.message.en.startswith("photographs name their author, a copyright holder, a serial number;")
    assert "办公室" not in str(found)


def test_a_packed_photograph_says_nothing_of_itself_and_looks_the_same() -> None:
    made = exif("2025-03-12", place=True, tags={0x013B: NUMBER, 0x010F: "Maker", 0x0110: "Model"})
    content = photo(7, exif=made, comment=f"电话 {NUMBER}", xmp=b"<dc:creator>x</dc:creator>")
    bare = prepared(content, 1600, 82)
    with Image.open(BytesIO(bare)) as image:
        assert said(image) == (None, False, (), ())
        assert dict(image.getexif()) == {}
        with Image.open(BytesIO(content)) as before:
            assert image.tobytes() == before.tobytes()
    assert NUMBER.encode() not in bare
    assert b"Maker" not in bare


def test_what_will_be_stripped_is_not_refused_when_packing() -> None:
    content = photo(7, exif=exif(tags={0x010E: f"电话 {NUMBER}"}))
    assert isinstance(examined("a.jpg", content), list)
    assert not isinstance(examined("a.jpg", content, bare=True), list)
