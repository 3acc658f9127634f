"""What a file is, by its content: on the list of types, or refused with what it is instead and what to do."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable
from typing import NamedTuple

from evaluator.errors import Fault, Words
from evaluator.packages.acting import acts
from evaluator.packages.compound import streams

HEAD = 4096
TAIL = 65_536 + 22


class Kind(NamedTuple):
    """A type on the list: its words and the endings that a file of it may bear."""

    words: Words
    endings: tuple[str, ...]


_PICTURES = (".jpg", ".jpeg", ".jpe", ".png")
KINDS = {
    "pdf": Kind(Words("PDF", "PDF"), (".pdf",)),
    # A browser, a mail program or WeChat often gives one the other's ending; every viewer opens it all the same.
    "jpg": Kind(Words("JPG 图片", "a JPG picture"), _PICTURES),
    "png": Kind(Words("PNG 图片", "a PNG picture"), _PICTURES),
    "docx": Kind(Words("DOCX 文档", "a DOCX document"), (".docx",)),
    "xlsx": Kind(Words("XLSX 表格", "an XLSX workbook"), (".xlsx",)),
    "pptx": Kind(Words("PPTX 演示文稿", "PPTX slides"), (".pptx",)),
    "ofd": Kind(Words("OFD 版式文件", "an OFD document"), (".ofd",)),
    "doc": Kind(Words("DOC/WPS 文档", "a DOC or WPS document"), (".doc", ".wps")),
    "xls": Kind(Words("XLS/ET 表格", "an XLS or ET workbook"), (".xls", ".et")),
    "ppt": Kind(Words("PPT/DPS 演示文稿", "PPT or DPS slides"), (".ppt", ".dps")),
}
PHOTOGRAPHS = ("jpg", "png")
# What must be seen whole to be told, of what `begins` says.
READ_WHOLE = (*PHOTOGRAPHS, "pdf", "zip", "ole")
ARCHIVE = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LISTED = Words(
    "可用的有：PDF、JPG、PNG、DOCX、XLSX、PPTX、OFD、DOC/WPS、XLS/ET、PPT/DPS",
    "known: PDF, JPG, PNG, DOCX, XLSX, PPTX, OFD, DOC/WPS, XLS/ET, PPT/DPS",
)
_AS_PICTURE = Words("另存为 JPG 或 PNG", "save it as JPG or PNG")
_AS_DOCUMENT = Words("另存为 PDF 或 DOCX", "save it as PDF or DOCX")
_UNPACK = Words("解压后，把里面的文件直接放进来", "unpack it and put in what is inside")
_STILL = Words("截取画面，存为 JPG", "save stills from it as JPG")
_NEVER = Words("删去这个文件", "leave this file out")
# What begins like this is none of ours: its words, and what to do. The order decides.
_OTHERS: tuple[tuple[re.Pattern[bytes], Words, Words], ...] = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), words, mend)
    for pattern, words, mend in (
        (rb"MZ|\x7fELF|#!|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe", Words("程序", "a program"), _NEVER),
        (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|.{257}ustar", Words("压缩包", "an archive"), _UNPACK),
        (rb"....ftyp(heic|heix|hevc|heim|mif1|msf1|avif)", Words("HEIC 图片", "a HEIC picture"), _AS_PICTURE),
        (
            rb"GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF....WEBP",
            Words("其他格式的图片", "a picture of another format"),
            _AS_PICTURE,
        ),
        (rb"....(ftyp|moov)|\x1a\x45\xdf\xa3|RIFF....AVI|FLV|\0\0\x01\xba", Words("视频", "a video"), _STILL),
        (rb"ID3|\xff[\xf2\xf3\xfb]|RIFF....WAVE|#!AMR", Words("录音", "a recording"), _NEVER),
        (rb"\{\\rtf|%!PS", Words("其他格式的文档", "a document of another format"), _AS_DOCUMENT),
        (
            rb"(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|script|svg|\?xml|\?php)",
            Words("网页", "a web page"),
            _AS_DOCUMENT,
        ),
    )
)
_SIZE = re.compile(rb"PK\x05\x06.{16}(..)", re.DOTALL)


def begins(content: bytes) -> str | None:
    """The type that a file's first bytes stand for: ``zip`` and ``ole`` for what holds many types; None for none of ours."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith((b"%PDF-", b"\xef\xbb\xbf%PDF-")):
        return "pdf"
    if content.startswith(ARCHIVE):
        return "zip"
    return "ole" if content.startswith(COMPOUND) else None


def other(name: str, head: bytes) -> Fault:
    """The refusal of a file that begins like none of ours."""
    for pattern, words, mend in _OTHERS:
        if pattern.match(head):
            return _not_listed(name, words, mend)
    if not head:
        return Fault("empty_file", (name,), Words("文件是空的", "the file is empty"), _NEVER)
    if _is_text(head):
        return _not_listed(name, Words("文本", "plain text"), _AS_DOCUMENT)
    return _not_listed(name, Words("不认识的类型", "of an unknown type"), _LISTED)


def _is_text(head: bytes) -> bool:
    # The last character may be cut in two: the decoder waits for its rest.
    try:
        return "\0" not in codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False


def _not_listed(name: str, words: Words, mend: Words) -> Fault:
    what = Words(
        f"按内容看是{words.zh}，不在可用的类型之中",
        f"by its content it is {words.en}: not on the list of types",
    )
    return Fault("file_type", (name,), what, mend)


def two_in_one(name: str, head: bytes, tail: bytes, kind: str) -> Fault | None:
    """The refusal of a file that is another file as well, such as a picture with an archive behind it."""
    behind = kind != "zip" and any(
        len(tail) - end.end() == int.from_bytes(end[1], "little") for end in _SIZE.finditer(tail)
    )
    within = kind != "pdf" and b"%PDF-" in head[:1024]
    if not behind and not within:
        return None
    what = Words("一个文件里藏着另一个文件", "another file hides in this one")
    return Fault("two_in_one", (name,), what, Words("重新导出这个文件", "export this file anew"))


def misnamed(name: str, kind: str) -> Fault | None:
    """The refusal of a file whose ending is another type's: nobody could open it with a click."""
    endings = KINDS[kind].endings
    ending = "." + name.rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""
    if ending in endings:
        return None
    words = KINDS[kind].words
    what = Words(
        f"扩展名与内容不符，按内容看是{words.zh}", f"the ending does not fit the content, which is {words.en}"
    )
    return Fault(
        "name_and_content", (name,), what, Words(f"扩展名改成 {endings[0]}", f"end the name in {endings[0]}")
    )


def office(name: str, members: Iterable[str], types: bytes) -> str | Fault:
    """The type of a zipped document, by its members' names and its ``[Content_Types].xml``; or why it is refused."""
    names = {one.lower() for one in members}
    said = _text(types)
    if any(
        one.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in one for one in names
    ) or re.search("macroenabled|vbaproject|macrosheet", said):
        return _macros(name)
    for kind, main in (
        ("docx", "wordprocessingml.document.main+xml"),
        ("xlsx", "spreadsheetml.sheet.main+xml"),
        ("pptx", "presentationml.presentation.main+xml"),
    ):
        if main in said:
            return kind
    if "ofd.xml" in names:
        return "ofd"
    if "mimetype" in names or said:
        return _not_listed(name, Words("其他格式的文档", "a document of another format"), _AS_DOCUMENT)
    what = Words("包里还有压缩包", "an archive stands inside the package")
    return Fault("nested_archive", (name,), what, _UNPACK)


def _text(types: bytes) -> str:
    encoding = "utf-16" if types.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    return html.unescape(types.decode(encoding, "replace")).lower()


def compound(name: str, content: bytes) -> str | Fault:
    """The type of an OLE compound file, as older office programs and WPS write; or why it is refused."""
    found = streams(content)
    if "EncryptedPackage" in found:
        what = Words("文件加了密码，无法核对", "the file is locked with a password: nobody can check it")
        return Fault("locked_file", (name,), what, Words("取消密码后另存", "save it without a password"))
    if found & {"_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "Macros"}:
        return _macros(name)
    for stream, kind in (
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("Book", "xls"),
        ("PowerPoint Document", "ppt"),
    ):
        if stream in found:
            return kind
    return _not_listed(name, Words("不认识的类型", "of an unknown type"), _LISTED)


def portable(name: str, content: bytes) -> str | Fault:
    """``pdf``; or why the PDF is refused."""
    if not acts(content):
        return "pdf"
    what = Words("PDF 里有脚本，或启动程序的动作", "the PDF holds scripts, or an action that starts programs")
    return Fault("macros", (name,), what, Words("用“打印为 PDF”另存一份", "print it to a new PDF"))


def _macros(name: str) -> Fault:
    what = Words("文件里有宏", "the file holds macros")
    return Fault(
        "macros",
        (name,),
        what,
        Words("另存为不带宏的格式，如 DOCX、XLSX", "save it without macros, as DOCX or XLSX"),
    )
