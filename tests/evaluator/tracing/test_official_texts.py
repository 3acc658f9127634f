"""The file of an official text: read in the encodings that offices use, or refused with the way to make it plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.errors import InputError
from evaluator.loading.official_texts import read_official_text


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gb18030", "GB18030"),
        ("gbk", "GB18030"),
        ("utf-16", "UTF-16"),
    ],
)
def test_the_encodings_of_chinese_offices_are_read_alike(
    tmp_path: Path, notice: str, encoding: str, shown: str
) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(notice.encode(encoding))
    assert read_official_text(path) == ("notice.txt", notice, shown)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            b"PK\x03\x04word/document.xml",
            "这是 Word、WPS 或表格文件，不是纯文本。用 Word 或 WPS 打开，另存为“纯文本",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "这是旧式 Word 或 WPS 文件"),
        (b"%PDF-1.7", "这是 PDF，不是纯文本。在 PDF 里全选、复制"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "这是网页"),
        (b"  \n", "文件是空的"),
        (b"1 \x00", "这不是文本文件"),
        (b"1 \xff\xfe\xff", "文件既不是 UTF-8，也不是 GB18030 编码的中文。用记事本打开"),
        ("標準規範：社區應設立站點".encode("big5"), "文件既不是 UTF-8，也不是 GB18030"),
        (b"1\n" * 60_000, "文件超过 50000 行"),
        (b"1" * 3_000_000, "文件超过 2 MB"),
    ],
)
def test_what_is_no_plain_text_is_refused_with_the_way_to_make_it(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "notice.txt").write_bytes(content)
    with pytest.raises(InputError) as raised:
        read_official_text(tmp_path / "notice.txt")
    assert words in str(raised.value)
