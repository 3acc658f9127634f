"""What lies in a folder or an archive: each member once, or refused for its name, kind or size. Reads no content."""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from evaluator.errors import Fault, Words
from evaluator.limits import MEGABYTE, raising
from evaluator.loading.files import refused
from evaluator.packages.kinds import ARCHIVE
from evaluator.packages.names import (
    IN_COMMENT,
    IN_NAME,
    clashes,
    comment_text,
    is_left_behind,
    member_name,
    name_fault,
    person_faults,
)
from evaluator.packages.records import Limits, megabytes

# What reading a damaged archive raises.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_EMPTY = b"PK\x05\x06"
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
# The line of a member in the table of contents: a long name, and what some programs add.
_LARGEST_LINE = 1_700
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF_8 = 0x800
_REPACK = Words(
    "用系统自带的“压缩”或 duibiao pack 重新打包", "pack again, with the system's own zip or duibiao pack"
)


class Member(NamedTuple):
    """One file of a package: its name from the top, its size as stated, how to open it, and where it lies in a folder."""

    name: str
    size: int
    open: Callable[[], BinaryIO]
    path: Path | None = None


Listed = tuple[list[Member], list[Fault]]


def folder_members(folder: Path, limits: Limits) -> Listed:
    """Every file below ``folder``, and why any is refused; links are not followed."""
    members: list[Member] = []
    faults: list[Fault] = []
    folders: list[str] = []
    waiting = [folder]
    while waiting:
        inside = waiting.pop()
        try:
            entries = sorted(os.scandir(inside), key=lambda one: one.name)
        except OSError:
            faults.append(_closed(inside.relative_to(folder).as_posix()))
            continue
        for entry in entries:
            name = Path(entry.path).relative_to(folder).as_posix()
            wrong = name_fault(name)
            if wrong is None and is_left_behind(name):
                continue
            if wrong is None and entry.is_symlink():
                what = Words("这是链接，不是文件", "this is a link, not a file")
                wrong = Fault("link", (name,), what, Words("放入文件本身", "put in the file itself"))
            if wrong is not None:
                faults.append(wrong)
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
                folders.append(name)
            elif not entry.is_file(follow_symlinks=False):
                faults.append(_special(name))
            else:
                size = entry.stat(follow_symlinks=False).st_size
                members.append(Member(name, size, _opener(entry.path), Path(entry.path)))
        if len(members) > limits.members:
            return [], [_many(limits)]
    return _bounded(members, folders, faults, limits)


def _closed(name: str) -> Fault:
    what = Words("文件夹读不出来", "the folder cannot be read")
    return Fault("unreadable", (name,), what, Words("检查文件夹的权限", "check who may read it"))


def _opener(path: str) -> Callable[[], BinaryIO]:
    # What has become a link since it was listed is not followed.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return lambda: os.fdopen(os.open(path, flags), "rb")


def opened_archive(path: Path, limits: Limits) -> zipfile.ZipFile:
    """The zip archive at ``path``, to be closed by the caller; raises ``InputError`` where it is none."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
            table = _table_size(file)
    except OSError:
        raise refused(path, "unreadable", "文件读不出来", "the file cannot be read") from None
    if head not in (ARCHIVE, _EMPTY):
        raise refused(
            path,
            "no_archive",
            "这不是 ZIP 压缩包",
            "this is no zip archive",
            Words("改扩展名不行，要重新压缩为 .zip", "renaming is not enough: pack it as .zip"),
        )
    if table > max(MEGABYTE, limits.members * _LARGEST_LINE):
        code, _, what, mend = _many(limits)
        raise refused(path, code, what.zh, what.en, mend)
    try:
        return zipfile.ZipFile(path)
    except BROKEN:
        raise refused(
            path, "damaged", "压缩包损坏，打不开", "the archive is damaged and cannot be opened", _REPACK
        ) from None


def _table_size(file: BinaryIO) -> int:
    """The length of an archive's table of contents, as its end states it (APPNOTE 4.3.14, 4.3.16)."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0:
        return 0
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    locator = tail[at - 20 : at] if at >= 20 else b""
    if locator.startswith(_LOCATOR_64):
        file.seek(min(int.from_bytes(locator[8:16], "little"), size))
        end = file.read(56)
        if end.startswith(_END_64):
            length = max(length if length != 0xFFFFFFFF else 0, int.from_bytes(end[40:48], "little"))
    return length


def archive_members(archive: zipfile.ZipFile, limits: Limits) -> Listed:
    """Every file in ``archive``, and why any is refused."""
    members: list[Member] = []
    faults: list[Fault] = []
    folders: list[str] = []
    comments = [("", comment_text(archive.comment))]
    infos = archive.infolist()
    if len(infos) > limits.members:
        return [], [_many(limits)]
    for number, info in enumerate(infos, 1):
        name = _name(info)
        if name is None:
            what = Words(f"第 {number} 个文件的名字读不出来", f"the name of member {number} cannot be read")
            faults.append(Fault("unreadable_name", (), what, _REPACK))
            continue
        wrong = name_fault(name.removesuffix("/")) or _forbidden(info, name.removesuffix("/"), limits)
        if wrong is not None:
            faults.append(wrong)
            continue
        comments.append((name.removesuffix("/"), comment_text(info.comment)))
        if name.endswith("/"):
            folders.append(name.removesuffix("/"))
        elif not is_left_behind(name):
            members.append(Member(name, info.file_size, _reader(archive, info)))
    faults.extend(_bombs(infos, limits))
    faults.extend(person_faults(comments, IN_COMMENT))
    return _bounded(members, folders, faults, limits)


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: archive.open(info)  # type: ignore[return-value]  # typed as IO[bytes]


def _name(info: zipfile.ZipInfo) -> str | None:
    utf8 = bool(info.flag_bits & _UTF_8)
    raw = info.orig_filename.encode("utf-8" if utf8 else "cp437")
    return member_name(raw, utf8=utf8, system=info.create_system, extra=info.extra)


def _forbidden(info: zipfile.ZipInfo, name: str, limits: Limits) -> Fault | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        what = Words("这是链接，不是文件", "this is a link, not a file")
        return Fault("link", (name,), what, Words("放入文件本身", "put in the file itself"))
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return _special(name)
    if info.flag_bits & _ENCRYPTED:
        what = Words("加了密码", "it is encrypted")
        return Fault("encrypted", (name,), what, Words("不设密码重新打包", "pack again without a password"))
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Fault("packing", (name,), Words("压缩方法不通用", "packed by an uncommon method"), _REPACK)
    if info.file_size > max(MEGABYTE, info.compress_size * limits.ratio):
        what = Words(
            f"解压后是压缩时的 {limits.ratio} 倍以上", f"more than {limits.ratio} times larger than packed"
        )
        mend = raising("package_ratio", Words("删去这个文件", "leave this file out"))
        return Fault("zip_bomb", (name,), what, mend)
    return None


def _bombs(infos: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Fault]:
    # Members that share their bytes unpack to far more than any one of them says.
    end = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        if info.header_offset < end:
            what = Words("压缩包中的文件互相重叠", "members of the archive overlap")
            yield Fault("zip_bomb", (), what, _REPACK)
            return
        end = info.header_offset + 30 + info.compress_size
    packed = sum(info.compress_size for info in infos)
    if sum(info.file_size for info in infos) > max(10 * MEGABYTE, packed * limits.ratio):
        what = Words(
            f"解压后是压缩时的 {limits.ratio} 倍以上", f"more than {limits.ratio} times larger than packed"
        )
        yield Fault("zip_bomb", (), what, raising("package_ratio", _REPACK))


def _bounded(members: list[Member], folders: list[str], faults: list[Fault], limits: Limits) -> Listed:
    names = [member.name for member in members]
    faults.extend(clashes(names))
    faults.extend(person_faults(((name, name) for name in (*folders, *names)), IN_NAME))
    total = 0
    for member in members:
        total += member.size
        if member.size > limits.file:
            faults.append(too_large(member.name, limits.file))
    if total > limits.total:
        what = Words(f"全部文件超过 {megabytes(limits.total)}", f"more than {megabytes(limits.total)} in all")
        shrink = Words("用 duibiao pack 缩小照片", "let duibiao pack shrink photographs")
        faults.append(Fault("package_size", (), what, raising("package_total", shrink)))
    # Names are compared with those in forms, which are composed.
    return [one._replace(name=unicodedata.normalize("NFC", one.name)) for one in members], faults


def too_large(name: str, largest: int, key: str | None = "package_file") -> Fault:
    """The refusal of a file over the limit ``key``, which is ``largest``."""
    what = Words(f"文件超过 {megabytes(largest)}", f"the file is larger than {megabytes(largest)}")
    mend = Words("压缩或拆分后再放入", "make it smaller or split it")
    return Fault("file_size", (name,), what, raising(key, mend) if key else mend)


def _many(limits: Limits) -> Fault:
    what = Words(f"文件超过 {limits.members} 个", f"more than {limits.members} files")
    mend = Words("只放与申报有关的文件", "put in only what the submission is about")
    return Fault("many_files", (), what, raising("package_files", mend))


def _special(name: str) -> Fault:
    what = Words("这不是普通文件", "this is no ordinary file")
    return Fault("link", (name,), what, Words("放入文件本身", "put in the file itself"))
