"""The names of a package's files: which are refused, which mean nothing, how an archive writes them, what persons they betray."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evaluator.characters import disguise_in, said_of
from evaluator.errors import Fault, Place, Words
from evaluator.packages.records import key_of
from evaluator.persons import masked, persons_in

_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# What systems and office programs leave behind; it is no evidence and is passed over.
_LEFT_BEHIND = re.compile(
    r"__MACOSX(/.*)?|(.*/)?(\.[^/]*|thumbs\.db|ehthumbs\.db|desktop\.ini|~\$[^/]*)(/.*)?", re.IGNORECASE
)
_LONGEST = 255
_RENAME = Words("给文件改名后重新打包", "rename the file and pack again")
_UNICODE_PATH = 0x7075
_FROM_UNIX = 3


def is_left_behind(name: str) -> bool:
    """Whether ``name`` is that of a thumbnail store, a lock file or the like."""
    return _LEFT_BEHIND.fullmatch(name) is not None


def name_fault(name: str) -> Fault | None:
    """Why a file of this name, ``/`` between its parts, is refused; None where it is not."""
    parts = name.split("/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return _unsafe(name, "写的是绝对路径", "is an absolute path")
    if "\\" in name:
        return _unsafe(name, "含有反斜杠", "holds a backslash")
    if ".." in parts:
        return _unsafe(name, "指向包外（..）", "points outside the package (..)")
    if "\t" in name or "\n" in name:
        return _unsafe(name, "含有不可见的控制字符", "holds an invisible control character")
    # Some systems write marks behind their letters; what they are put together to is what people see.
    disguised = disguise_in(unicodedata.normalize("NFC", name))
    if disguised is not None:
        what, _ = said_of(disguised)
        return _unsafe(name, f"：{what.zh}", f"is not what it looks like: {what.en}")
    if any(part in ("", ".") or part != part.rstrip(". ") or _DEVICE.fullmatch(part) for part in parts):
        return _unsafe(name, "在有的系统上不能用", "cannot be used on every system")
    if ":" in name:
        return _unsafe(name, "含有冒号", "holds a colon")
    if len(name) > _LONGEST:
        what = Words(f"文件名超过 {_LONGEST} 字", f"the name is longer than {_LONGEST} characters")
        return Fault("long_name", (name,), what, _RENAME)
    return None


def _unsafe(name: str, zh: str, en: str) -> Fault:
    return Fault("unsafe_name", (name,), Words(f"文件名{zh}", f"the name {en}"), _RENAME)


def clashes(names: Iterable[str]) -> Iterator[Fault]:
    """Names that stand twice, that differ only in case or composition, or that are both a file's and a folder's."""
    seen: dict[str, str] = {}
    listed = list(names)
    for name in listed:
        key = key_of(name)
        before = seen.get(key)
        seen.setdefault(key, name)
        if before == name:
            what = Words("同一个文件名出现两次", "the same name stands twice")
            yield Fault("repeated_name", (name,), what, _RENAME)
        elif before is not None:
            what = Words(
                f"与 {shown(before)} 只差大小写或字符的写法",
                f"differs from {shown(before)} only in case or in how characters are composed",
            )
            yield Fault("same_name", (name,), what, _RENAME)
    folders = {
        key_of("/".join(name.split("/")[:n])) for name in listed for n in range(1, name.count("/") + 1)
    }
    for name in listed:
        if key_of(name) in folders:
            what = Words("既是文件又是文件夹", "is both a file and a folder")
            yield Fault("same_name", (name,), what, _RENAME)


def member_name(raw: bytes, *, utf8: bool, system: int, extra: bytes = b"") -> str | None:
    """A member's name as its archive writes it; None where it cannot be read.

    ``utf8`` is flag bit 11. Without it Windows programs write the machine's code page (GBK in China) and Unix programs UTF-8; an
    Info-ZIP Unicode path, where there is one and it belongs to this name, decides.
    """
    stated = _unicode_path(raw, extra)
    if stated is not None:
        return stated
    codes = ("utf-8",) if utf8 else ("utf-8", "gb18030") if system == _FROM_UNIX else ("gb18030", "utf-8")
    for code in codes:
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return None


def comment_text(raw: bytes) -> str:
    """A comment in an archive, for the guard alone: whatever its code, digits are read right."""
    for code in ("utf-8", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _unicode_path(raw: bytes, extra: bytes) -> str | None:
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            try:
                return field[5:].decode() if int.from_bytes(field[1:5], "little") == zlib.crc32(raw) else None
            except UnicodeDecodeError:
                return None
    return None


class Where(NamedTuple):
    """Where a text stands that is not the content of a file, and what to do where it concerns a person."""

    name: Words
    mend: Words


IN_NAME = Where(Words("文件名", "the file's name"), _RENAME)
IN_COMMENT = Where(
    Words("压缩包里的注释", "the comment in the archive"),
    Words("删去注释后重新打包", "remove the comment and pack again"),
)
IN_PHOTOGRAPH = Where(
    Words("照片信息", "the data of the photograph"),
    Words("用 duibiao pack 打包，照片信息会去除", "duibiao pack takes the data out of photographs"),
)


def person_faults(texts: Iterable[tuple[str, str]], where: Where) -> Iterator[Fault]:
    """The refusal of each file, by its name, of whose texts ``where`` one concerns a person; the texts are never repeated.

    The texts of all files are read together, too: many may be a list of names.
    """
    listed = list(texts)
    refused: set[str] = set()
    # What stands in a place is masked: each text is called by its number.
    for one in persons_in((Place(str(n)), text) for n, (_, text) in enumerate(listed)):
        name = listed[int(one.place.file)][0]
        if name not in refused:
            refused.add(name)
            what = Words(f"{where.name.zh}：{one.what.zh}", f"{where.name.en}: {one.what.en}")
            yield Fault(one.code, (name,) if name else (), what, where.mend)


def shown(path: object) -> str:
    """``path``, or a file's name, as a message may print it: a number or a name of a person in it is left out."""
    # Bytes in a name that are no UTF-8 are half characters in it, which nothing can be written with.
    whole = str(path).encode("utf-8", "backslashreplace").decode()
    return "/".join(masked(part) for part in whole.split("/"))
