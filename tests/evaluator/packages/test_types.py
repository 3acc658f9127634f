"""What a file is, is told by its content: what is not on the list is refused, whatever its name says."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from evaluator.loading.examining import record_of
from evaluator.packages.records import FileRecord
from tests.evaluator.packages.making import PDF, in_zip, office, photo, refusal, whole, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound(*streams: str) -> bytes:
    """An OLE compound file with these streams in its directory."""
    content = OLE.ljust(512, b"\0")
    for name in streams:
        entry = (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
        content += (entry + (len(name) * 2 + 2).to_bytes(2, "little") + b"\x02").ljust(128, b"\0")
    return content


LISTED = {
    "a.pdf": PDF,
    "a.PDF": PDF,
    "a.jpg": photo(),
    "a.jpeg": photo(),
    "a.png": photo(kind="PNG"),
    "a.docx": office("docx"),
    "a.xlsx": office("xlsx"),
    "a.pptx": office("pptx"),
    "a.ofd": zipped({"OFD.xml": b"<x/>"}),
    "a.doc": compound("WordDocument"),
    "a.wps": compound("WordDocument"),
    "a.xls": compound("Workbook"),
    "a.et": compound("Book"),
    "a.ppt": compound("PowerPoint Document"),
    # A browser or WeChat often gives a picture the other's ending: every viewer opens it.
    "b.png": photo(),
    "b.jpg": photo(kind="PNG"),
}
REFUSED = {
    "程序改名.jpg": (
        b"MZ\x90\0" + bytes(60),
        "file_type",
        "按内容看是程序，不在可用的类型之中。删去这个文件",
    ),
    "a.pdf": (b"\x7fELF" + bytes(60), "file_type", "按内容看是程序"),
    "b.jpg": (b"#!/bin/sh\nrm -rf /\n", "file_type", "按内容看是程序"),
    "c.jpg": (
        b"GIF89a" + bytes(30),
        "file_type",
        "按内容看是其他格式的图片，不在可用的类型之中。另存为 JPG 或 PNG",
    ),
    "d.jpg": (b"\0\0\0\x18ftypheic" + bytes(30), "file_type", "按内容看是HEIC 图片"),
    "e.mp4": (
        b"\0\0\0\x18ftypmp42" + bytes(30),
        "file_type",
        "按内容看是视频，不在可用的类型之中。截取画面，存为 JPG",
    ),
    "f.jpg": (b"<svg onload=alert(1)>", "file_type", "按内容看是网页"),
    "g.pdf": (b"<!DOCTYPE html><script>", "file_type", "按内容看是网页"),
    "h.txt": ("走访记录\n".encode(), "file_type", "按内容看是文本，不在可用的类型之中。另存为 PDF 或 DOCX"),
    "i.doc": (b"{\\rtf1\\ansi", "file_type", "按内容看是其他格式的文档"),
    "j.bin": (bytes(range(256)), "file_type", "按内容看是不认识的类型"),
    "k.pdf": (b"", "empty_file", "文件是空的"),
    "l.jpg": (PDF, "name_and_content", "扩展名与内容不符，按内容看是PDF。扩展名改成 .pdf"),
    "m.pdf": (photo(), "name_and_content", "扩展名与内容不符，按内容看是JPG 图片"),
    "n.docx": (office("xlsx"), "name_and_content", "扩展名与内容不符，按内容看是XLSX 表格。扩展名改成 .xlsx"),
    "没有扩展名": (PDF, "name_and_content", "扩展名与内容不符，按内容看是PDF"),
    "o.docx": (office("docm"), "macros", "文件里有宏。另存为不带宏的格式，如 DOCX、XLSX"),
    "p.docx": (office("docx", **{"word/vbaProject.bin": b"x"}), "macros", "文件里有宏"),
    "q.xlsx": (office("xlsx", **{"xl/macrosheets/sheet1.xml": b"x"}), "macros", "文件里有宏"),
    "r.doc": (compound("WordDocument", "Macros"), "macros", "文件里有宏"),
    "s.xls": (compound("Workbook", "_VBA_PROJECT_CUR"), "macros", "文件里有宏"),
    "t.docx": (compound("EncryptedPackage"), "locked_file", "文件加了密码，无法核对。取消密码后另存"),
    "u.odt": (office("odt"), "file_type", "按内容看是其他格式的文档"),
    "v.jar": (zipped({"META-INF/MANIFEST.MF": b"x"}), "nested_archive", "包里还有压缩包"),
    "w.doc": (compound("Other"), "file_type", "按内容看是不认识的类型"),
    "x.jpg": (photo() + zipped({"a.exe": b"MZ"}), "two_in_one", "一个文件里藏着另一个文件。重新导出这个文件"),
    "y.pdf": (PDF + zipped({"a.exe": b"MZ"}), "two_in_one", "一个文件里藏着另一个文件"),
    "z.png": (photo(kind="PNG")[:33] + b"%PDF-1.7" + bytes(99), "two_in_one", "一个文件里藏着另一个文件"),
}


@pytest.mark.parametrize("name", LISTED)
def test_what_is_on_the_list_is_told_by_its_content(name: str) -> None:
    found = record_of(name, LISTED[name])
    assert isinstance(found, FileRecord), found
    kinds = {"jpeg": "jpg", "wps": "doc", "et": "xls"}
    ending = name.rpartition(".")[2].lower()
    assert found.type == ({"b.png": "jpg", "b.jpg": "png"}.get(name) or kinds.get(ending, ending))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_on_the_list_is_refused_by_what_it_is(name: str, tmp_path: Path) -> None:
    content, code, said = REFUSED[name]
    path = in_zip(tmp_path / "包.zip", {**whole(), name: content})
    (line,) = refusal(path)
    assert line.startswith(f"包.zip/{name}: [{code}] {said}")
    (line,) = refusal(path, lang="en")
    assert not any("\u4e00" <= one <= "\u9fff" for one in line.partition("]")[2])


def test_leniently_a_refused_file_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    from tests.evaluator.packages.making import received

    path = in_zip(tmp_path / "包.zip", {**whole(), "程序改名.jpg": b"MZ\x90\0"})
    found = received(path, lenient=True)
    (one,) = found.observations
    assert (one.code, one.files) == ("set_aside", ("程序改名.jpg",))
    assert one.message.zh == "附件有误，暂不核对：按内容看是程序，不在可用的类型之中"
    assert "程序改名.jpg" not in [one.name for one in found.files or ()]


def test_words_of_a_document_that_read_like_a_stream_are_none(tmp_path: Path) -> None:
    text = compound("WordDocument") + "VBA\0Macros\0EncryptedPackage\0".encode("utf-16-le") + bytes(64)
    assert isinstance(record_of("a.doc", text), FileRecord)


def test_a_picture_is_decoded_only_as_what_it_says_it_is() -> None:
    # Pillow knows formats that would open files or run programs: only JPEG and PNG are ever tried.
    target = BytesIO()
    from PIL import Image

    Image.new("RGB", (9, 9)).save(target, "TIFF")
    found = record_of("a.jpg", b"\xff\xd8\xff" + target.getvalue())
    assert isinstance(found, list)
    assert found[0].code == "damaged"
