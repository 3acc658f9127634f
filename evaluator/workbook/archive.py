"""The parts of an XLSX file in memory: bounded before anything is unpacked. The only module here that knows about ZIP."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.limits import in_force, raising

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXTS = (".xml", ".rels", ".vml")
_DAY = (1980, 1, 1, 0, 0, 0)
_SAVE_AS = Words("用 WPS 或 Excel 打开，另存为 .xlsx", "open it in WPS or Excel and save it as .xlsx")


class Archive:
    """The parts of one file; the texts among them are unpacked at once, within bounds."""

    def __init__(self, content: bytes, shown: str) -> None:
        """Raises ``InputError`` where ``content`` is no XLSX file, or is encrypted, damaged, too large, or holds macros."""
        self._shown = shown
        if content.startswith(_OLE):
            raise self._refused(*(_LOCKED if _ENCRYPTED in content else _OLD))
        if not content.startswith(b"PK"):
            raise self._refused(*_NO_WORKBOOK)
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, NotImplementedError, EOFError):
            raise self._refused(*_DAMAGED) from None
        infos = self._zip.infolist()
        self.names = tuple(dict.fromkeys(info.filename for info in infos))
        texts = [info for info in infos if info.filename.lower().endswith(_TEXTS)]
        # A form has 1 MB of sheets unpacked; its pictures are bounded by the size of the file itself.
        if len(infos) > in_force().workbook_parts:
            raise self._refused(*too_large("workbook_parts"))
        if sum(info.file_size for info in texts) > in_force().workbook_unpacked:
            raise self._refused(*too_large("workbook_unpacked"))
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise self._refused(*_MACROS)
        if "xl/workbook.xml" not in self.names:
            raise self._refused(*_NO_WORKBOOK)
        self.texts = {info.filename: self._unpacked(info) for info in texts}
        # A part in wide letters, or a second document, would be read past every bound that is kept here.
        if "content.xml" in self.names or any(b"\0" in text[:64] for text in self.texts.values()):
            raise self._refused(*_DAMAGED)
        if any(_ENTITY.search(text[:4000]) for text in self.texts.values()):
            raise self._refused(*_DAMAGED)

    def _refused(self, code: str, what: Words, mend: Words | None) -> InputError:
        return InputError([Problem(code, Place(self._shown), what, mend)])

    def _unpacked(self, info: ZipInfo) -> bytes:
        # Never more than the directory says, whatever the packed bytes unpack to.
        if info.flag_bits & 1:
            raise self._refused(*_LOCKED)
        try:
            return self._zip.read(info)
        except (BadZipFile, NotImplementedError, EOFError, zlib.error, OSError, RuntimeError, ValueError):
            raise self._refused(*_DAMAGED) from None

    def text(self, name: str) -> str:
        """A part as text; empty where there is none."""
        return self.texts.get(name, b"").decode("utf-8", "replace")

    def size(self, name: str) -> int:
        """The unpacked size of a part."""
        return self._zip.getinfo(name).file_size

    def binary(self, name: str) -> bytes | None:
        """A part of any kind; None where there is none."""
        return self._unpacked(self._zip.getinfo(name)) if name in self.names else None

    def only_texts(self, instead: Mapping[str, bytes]) -> BytesIO:
        """The file again with nothing but the texts, some of them ``instead``, for a reader that trusts no bound of ours."""
        target = BytesIO()
        with ZipFile(target, "w", ZIP_STORED) as made:
            for name, text in self.texts.items():
                made.writestr(ZipInfo(name, _DAY), instead.get(name, text))
        target.seek(0)
        return target

    def with_parts(self, changed: Mapping[str, bytes], dropped: Iterable[str] = ()) -> bytes:
        """The file with other parts in place of some, and further ones; everything else as it was."""
        target, gone = BytesIO(), frozenset(dropped)
        with ZipFile(target, "w", ZIP_DEFLATED) as made:
            for name in dict.fromkeys((*self.names, *changed)):
                if name in gone or name.endswith("/"):
                    continue
                part = changed[name] if name in changed else self.binary(name) or b""
                made.writestr(ZipInfo(name, _DAY), part, ZIP_DEFLATED)
        return target.getvalue()


def too_large(key: str) -> tuple[str, Words, Words | None]:
    """Why a workbook over the limit ``key`` is refused."""
    what = Words("工作簿展开后太大", "the workbook is too large when unpacked")
    mend = Words("把内容复制到一张新表里，再交", "copy the content into a new form")
    return "workbook_size", what, raising(key, mend)


_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOCKED = (
    "encrypted",
    Words("工作簿设了打开密码", "the workbook asks for a password"),
    Words("去掉打开密码，再交", "save it without a password"),
)
_OLD = (
    "old_workbook",
    Words("这是旧格式（.xls、.et）的工作簿", "this is a workbook of an old format (.xls, .et)"),
    _SAVE_AS,
)
_NO_WORKBOOK = ("not_a_workbook", Words("这不是 .xlsx 工作簿", "this is no .xlsx workbook"), _SAVE_AS)
_DAMAGED = (
    "damaged_workbook",
    Words("工作簿已损坏，读不出来", "the workbook is damaged"),
    Words(
        "用 WPS 或 Excel 打开修复，另存后再交",
        "open it in WPS or Excel, let it be repaired, and save it anew",
    ),
)
_MACROS = (
    "macros",
    Words("工作簿带有宏，不能接收", "the workbook holds macros"),
    Words("另存为不带宏的 .xlsx", "save it as .xlsx, without macros"),
)
