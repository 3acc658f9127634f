"""The official text of a standard from its file: plain text in UTF-8, UTF-16 or GB18030, or refused with the way to make it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.limits import in_force, raising
from evaluator.loading.files import contents
from evaluator.packages.names import shown
from evaluator.tracing.splitting import lines_of

_AS_TEXT = Words(
    "用 Word 或 WPS 打开，另存为“纯文本（*.txt）”，编码选 UTF-8，再用那个 .txt",
    "open it in Word or WPS, save it as plain text (.txt) in UTF-8, and give that file",
)
_FROM_PDF = Words(
    "在 PDF 里全选、复制，粘到记事本，另存为 UTF-8 的 .txt；扫描件要先做文字识别并校对",
    "select and copy all of it into a text editor and save it as UTF-8 .txt; a scan needs text recognition and proofreading",
)
_FROM_PAGE = Words(
    "在浏览器里打开，选中正文复制到记事本，另存为 UTF-8 的 .txt",
    "open it in a browser, copy the text into a text editor and save it as UTF-8 .txt",
)
_ENCODING = Words("用记事本打开，另存为，编码选 UTF-8", "open it in a text editor and save it as UTF-8")
_OTHER_FILES: tuple[tuple[bytes, Words, Words], ...] = (
    (b"%PDF", Words("这是 PDF，不是纯文本", "this is a PDF, not plain text"), _FROM_PDF),
    (
        b"PK\x03\x04",
        Words("这是 Word、WPS 或表格文件，不是纯文本", "this is a Word or other office file, not plain text"),
        _AS_TEXT,
    ),
    (
        b"\xd0\xcf\x11\xe0",
        Words("这是旧式 Word 或 WPS 文件，不是纯文本", "this is an old Word or WPS file, not plain text"),
        _AS_TEXT,
    ),
    (b"{\\rtf", Words("这是 RTF 文件，不是纯文本", "this is an RTF file, not plain text"), _AS_TEXT),
    (
        b"<",
        Words("这是网页（HTML 或 XML），不是纯文本", "this is a web page (HTML or XML), not plain text"),
        _FROM_PAGE,
    ),
)
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_HAN = re.compile(r"[\u3400-\u9fff]")
# Characters of everyday Chinese, full-width forms and the punctuation of official texts.
_UNUSUAL = re.compile(
    r"[^\x00-\x7f\u00b7\u00d7\u2010-\u2027\u2030-\u203b\u2160-\u217f\u2460-\u249b\u25a0-\u25cf\u3000-\u3017\u3220-\u3229\u4e00-\u9fa5\uff01-\uff5e]"
)
_MOST_UNUSUAL = 50  # one in so many


class OfficialFile(NamedTuple):
    """An official text as read: the file's name, its content, and its encoding."""

    name: str
    text: str
    encoding: str


def read_official_text(path: Path) -> OfficialFile:
    """The text of ``path``; raises ``InputError`` where it is no plain text, empty, or larger than its limits."""
    content = contents(path, "largest_official_text")
    name = shown(path)
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, what, mend in _OTHER_FILES:
        if start.startswith(magic):
            raise InputError([Problem("not_plain_text", Place(name), what, mend)])
    text, encoding = _decoded(content, name)
    if not text.strip():
        what = Words("文件是空的", "the file is empty")
        raise InputError(
            [Problem("empty_file", Place(name), what, Words("给出标准的全文", "give the whole standard"))]
        )
    most = in_force().official_text_lines
    if len(lines_of(text)) > most:
        what = Words(f"文件超过 {most} 行", f"the file has more than {most} lines")
        raise InputError([Problem("too_large", Place(name), what, raising("official_text_lines"))])
    return OfficialFile(shown(path.name), text, encoding)


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    utf_16 = _UTF_16.get(content[:2])
    try:
        if utf_16 is not None:
            return _printable(content[2:].decode(utf_16), name), "UTF-16"
        return _printable(content.decode("utf-8-sig"), name), "UTF-8"
    except UnicodeDecodeError as error:
        at = error.start
    if utf_16 is None and b"\0" not in content:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            pass
        else:
            if _is_chinese(text):
                return _printable(text, name), "GB18030"
    line = content.count(b"\n", 0, at) + 1
    what = Words(
        "文件既不是 UTF-8，也不是 GB18030 编码的中文", "the file is neither UTF-8 nor Chinese in GB18030"
    )
    raise InputError([Problem("encoding", Place(name, line), what, _ENCODING)])


def _printable(text: str, name: str) -> str:
    at = text.find("\0")
    if at >= 0:
        what = Words("这不是文本文件", "this is not a text file")
        raise InputError(
            [Problem("not_plain_text", Place(name, text.count("\n", 0, at) + 1), what, _AS_TEXT)]
        )
    return text


def _is_chinese(text: str) -> bool:
    # Other encodings read as GB18030 yield rare characters throughout.
    return (
        bool(_HAN.search(text))
        and len(_UNUSUAL.findall(text)) * _MOST_UNUSUAL <= len(text)
        and _is_common(text)
    )


def _is_common(text: str) -> bool:
    han = _HAN.findall(text)
    first_level = sum(one.encode("gb18030")[:1] <= b"\xd7" for one in han if len(one.encode("gb18030")) == 2)
    return bool(first_level * 5 >= len(han) * 4)
