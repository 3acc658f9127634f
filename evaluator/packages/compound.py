"""The names of the streams in an OLE compound file ([MS-CFB] 2.6), found without following its chains of sectors."""

from __future__ import annotations

_ENTRY = 128
_NAMES = (
    "Book",
    "EncryptedPackage",
    "Macros",
    "PowerPoint Document",
    "VBA",
    "WordDocument",
    "Workbook",
    "_VBA_PROJECT",
    "_VBA_PROJECT_CUR",
)


def streams(content: bytes) -> set[str]:
    """Those streams and storages of ``content`` that tell what a file is.

    Each has a directory entry of 128 bytes: its name in UTF-16 with a zero behind it, the length of that in bytes, then what it
    is (1 a storage, 2 a stream). A text in a document that reads alike lacks the length.
    """
    return {name for name in _NAMES if _stands_in(name, content)}


def _stands_in(name: str, content: bytes) -> bool:
    written = name.encode("utf-16-le") + b"\0\0"
    length = len(written).to_bytes(2, "little")
    at = content.find(written)
    while at >= 0:
        entry = content[at : at + _ENTRY]
        if at % _ENTRY == 0 and entry[64:66] == length and entry[66:67] in (b"\x01", b"\x02"):
            return True
        at = content.find(written, at + 2)
    return False
