"""ZIP archives: members changed by what they are, records that contradict each other; written by hand, so that they may."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from fuzzing import oddities
from fuzzing.choices import Choices
from fuzzing.mutating import raw

Mutation = Callable[[bytes, Choices], bytes]
_STORED, _DEFLATED = 0, 8
_NAMES = (
    "../x.pdf", "/x.pdf", "a/../../x.jpg", "C:\\x.jpg", "a\\b.jpg", "CON.jpg", "a.jpg/", "/", "", ".", "..", "a//b.jpg",
    ".git/x", "__MACOSX/x", "x" * 300 + ".jpg", "照片.jpg", "照片.JPG", "é.jpg", "e\u0301.jpg", "a\u202egpj.exe", "a\x00.jpg",
    "a\n.jpg", "submission.json", "submission.xlsx", "form.yaml", "申报表.yaml", "manifest.json", "[Content_Types].xml",
    "xl/workbook.xml", "xl/vbaProject.bin", "content.xml", "xl/sharedStrings.xml", "xl/comments1.xml", "xl/media/image1.png",
    "xl/worksheets/_rels/sheet1.xml.rels", "ruleset.yaml",
)  # fmt: skip
_WORDS = (0, 1, 6, 8, 9, 12, 14, 20, 31, 45, 46, 63, 0x800, 0x801, 0x2000, 0x7FFF, 0xFFFF)
_LONGS = (0, 1, 2, 100, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
_MODES = (0, 0o100644, 0o120777, 0o040755, 0o010644, 0o060644, 0o140644, 0o177777)


@dataclass(frozen=True)
class Member:
    """A member as it is written: what its records say is what is true, but for what is stated otherwise."""

    name: bytes
    content: bytes
    method: int = _STORED
    flags: int = 0x800
    system: int = 3
    mode: int = 0o100644
    extra: bytes = b""
    comment: bytes = b""
    stated: tuple[tuple[str, int], ...] = ()


@lru_cache(maxsize=64)
def members_of(content: bytes) -> tuple[Member, ...]:
    """The members of an archive that can be read; none where it is no archive."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()[:200]
            if sum(info.file_size for info in infos) > 4_000_000:
                return ()
            return tuple(
                Member(
                    info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437"),
                    archive.read(info),
                    info.compress_type,
                    info.flag_bits & 0xFFFF,
                    info.create_system,
                    info.external_attr >> 16 & 0xFFFF,
                    info.extra,
                    info.comment,
                )
                for info in infos
            )
    except (
        BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        zlib.error,
        struct.error,
        KeyError,
        IndexError,
    ):
        return ()


def packed(members: tuple[Member, ...] | list[Member], comment: bytes = b"") -> bytes:
    """The archive of ``members``."""
    parts: list[bytes] = []
    table: list[bytes] = []
    at = 0
    for one in members:
        stated = dict(one.stated)
        data = _packed(one)
        crc = stated.get("crc", zlib.crc32(one.content))
        small, large = stated.get("packed", len(data)), stated.get("size", len(one.content))
        method = stated.get("method", one.method)
        common = struct.pack("<HHHHHIII", 20, one.flags, method, 0, 33, crc, small, large)
        name = one.name[:65_000]
        local = (
            struct.pack("<4s", b"PK\x03\x04")
            + common
            + struct.pack("<HH", len(name), stated.get("extra", 0) & 0xFFFF)
        )
        offset = stated.get("offset", at)
        tail = struct.pack(
            "<HHHHHII",
            len(name),
            len(one.extra),
            len(one.comment),
            stated.get("disk", 0) & 0xFFFF,
            0,
            one.mode << 16,
            offset,
        )
        table.append(
            b"".join(
                (
                    b"PK\x01\x02",
                    struct.pack("<BB", 20, one.system),
                    common,
                    tail,
                    name,
                    one.extra,
                    one.comment,
                )
            )
        )
        parts.extend((local, stated_name(one, stated)[: len(name)].ljust(len(name)), data))
        at += len(local) + len(name) + len(data)
    listed = b"".join(table)
    count = min(len(table), 0xFFFF)
    end = (
        struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listed), at, len(comment)) + comment
    )
    return b"".join((*parts, listed, end))


def stated_name(one: Member, stated: Mapping[str, int]) -> bytes:
    """The name in the record before the content, which may be another than the table's."""
    return b"other.txt" if "name" in stated else one.name


def _packed(one: Member) -> bytes:
    if one.method != _DEFLATED:
        return one.content
    made = zlib.compressobj(1, zlib.DEFLATED, -15)
    return made.compress(one.content) + made.flush()


def mutated(
    content: bytes, choices: Choices, kinds: Mapping[str, Mutation], spare: tuple[bytes, ...] = ()
) -> bytes:
    """An archive with one to three changes; ``kinds`` say how members are changed by the endings of their names.

    ``spare`` are contents that may stand in place of another.
    """
    members = list(members_of(content))
    if not members or choices.one_in(16):
        return raw.mutated(content, choices)
    comment = b""
    for _ in range(1 + choices.below(3)):
        members = _change(members, choices, kinds, spare) or members
    if choices.one_in(30):
        comment = oddities.text(choices).encode("utf-8", "replace")[:60_000]
    made = packed(members, comment)
    return raw.mutated(made, choices) if choices.one_in(12) else made


def _change(
    members: list[Member], choices: Choices, kinds: Mapping[str, Mutation], spare: tuple[bytes, ...]
) -> list[Member]:
    at = choices.below(len(members))
    one, kind = members[at], choices.below(16)
    if kind < 9:
        changed = replace(one, content=_content(one, choices, kinds))
    elif kind == 9:
        return members[:at] + members[at + 1 :]
    elif kind == 10:
        name = (
            oddities.within(one.name.decode("utf-8", "replace"), choices)
            if choices.one_in(2)
            else choices.pick(_NAMES)
        )
        changed = replace(one, name=name.encode("utf-8", "surrogatepass"))
    elif kind == 11:
        changed = replace(one, content=choices.pick((*spare, b"", choices.pick(members).content)))
    elif kind == 12:
        added = replace(one, name=choices.pick(_NAMES).encode("utf-8", "surrogatepass"))
        many = 1 + (choices.below(40) if choices.one_in(8) else 0)
        return [
            *members,
            *(replace(added, name=b"%d%s" % (n, added.name)) if n else added for n in range(many)),
        ]
    elif kind == 13:
        return [*members[:at], one, one, *members[at + 1 :]]
    elif kind == 14:
        changed = _other_record(one, choices)
    else:
        changed = replace(one, method=_DEFLATED if one.method != _DEFLATED else _STORED)
        if choices.one_in(8):
            changed = replace(changed, content=one.content + bytes(500_000))
    return [*members[:at], changed, *members[at + 1 :]]


def _content(one: Member, choices: Choices, kinds: Mapping[str, Mutation]) -> bytes:
    ending = one.name.rpartition(b".")[2].lower().decode("ascii", "replace")
    return kinds.get(ending, raw.mutated)(one.content, choices)


def _other_record(one: Member, choices: Choices) -> Member:
    field = choices.pick(
        (
            "flags",
            "system",
            "mode",
            "extra",
            "comment",
            "crc",
            "packed",
            "size",
            "method",
            "offset",
            "disk",
            "name",
            "extra length",
        )
    )
    if field == "flags":
        return replace(one, flags=choices.pick(_WORDS))
    if field == "system":
        return replace(one, system=choices.below(256))
    if field == "mode":
        return replace(one, mode=choices.pick(_MODES))
    if field == "extra":
        ids = choices.pick((1, 0x7075, 0x6375, 0x5455, 0x9901))
        return replace(
            one,
            extra=struct.pack("<HH", ids, choices.pick((0, 4, 5, 8, 24, 65535))) + bytes(choices.below(30)),
        )
    if field == "comment":
        return replace(one, comment=oddities.text(choices).encode("utf-8", "replace")[:60_000])
    if field == "extra length":
        return replace(one, stated=(*one.stated, ("extra", choices.pick(_WORDS))))
    value = choices.pick(_WORDS) if field in ("method", "disk") else choices.pick(_LONGS)
    return replace(one, stated=(*one.stated, (field, value)))
