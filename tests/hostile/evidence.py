"""Evidence that does more than it shows: each file is made when a test asks for it; none is kept."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from tests.evaluator.packages.making import PDF, office, photo, zipped


def _png(width: int, height: int, rows: bytes, *more: tuple[bytes, bytes]) -> bytes:
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        *more,
        (b"IDAT", rows),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _pdf(objects: bytes) -> bytes:
    return b"%PDF-1.7\n" + objects + b"\ntrailer\n<< >>\n%%EOF\n"


def _packed(objects: bytes) -> bytes:
    return _pdf(
        b"1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n"
        + zlib.compress(objects)
        + b"\nendstream\nendobj"
    )


def _quine() -> bytes:
    """An archive that holds itself, as far as its first bytes go: nobody unpacks what is in it."""
    inner = zipped({"r.zip": b"PK\x03\x04" + b"\0" * 100})
    return zipped({"r.zip": inner, "x": b"0" * 1000})


def _nested() -> bytes:
    made = b"\0" * 1_000_000
    for n in range(5):
        made = zipped({f"{n}-{k}.zip": made for k in range(4)})
    return made


# What it is → its name, its bytes, and the code of its refusal.
EVIDENCE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a script that runs on opening": (
        "a.pdf",
        lambda: _pdf(b"1 0 obj\n<< /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>\nendobj"),
        "macros",
    ),
    "a script whose name is spelt otherwise": (
        "a.pdf",
        lambda: _pdf(b"1 0 obj\n<< /AA << /O << /S /J#61vaScr#69pt /JS 2 0 R >> >> >>\nendobj"),
        "macros",
    ),
    "a program that is started": (
        "a.pdf",
        lambda: _pdf(b"1 0 obj\n<< /OpenAction << /S /Launch /Win << /F (cmd.exe) >> >> >>\nendobj"),
        "macros",
    ),
    "a script in a packed object": ("a.pdf", lambda: _packed(b"2 0 << /S /JavaScript /JS (x) >>"), "macros"),
    "a film that runs": ("a.pdf", lambda: _pdf(b"1 0 obj\n<< /Subtype /RichMedia >>\nendobj"), "macros"),
    "object streams without end": ("a.pdf", lambda: _pdf(b"/ObjStm stream\n" * 200_000), "macros"),
    "an object that unpacks without end": ("a.pdf", lambda: _packed(b"\0" * 70_000_000), "macros"),
    "an archive behind it": ("a.pdf", lambda: PDF + zipped({"a.exe": b"MZ"}), "two_in_one"),
    "a page behind a picture": ("a.jpg", lambda: photo(1) + zipped({"x": b"x"}), "two_in_one"),
    "a document in a picture": ("a.jpg", lambda: photo(1)[:300] + PDF + photo(1)[300:], "two_in_one"),
    "macros": ("a.docx", lambda: office("docx", **{"word/vbaProject.bin": b"x"}), "macros"),
    "macros by another name": ("a.docx", lambda: office("docm"), "macros"),
    "a picture of fifty thousand by fifty thousand": (
        "a.png",
        lambda: _png(50_000, 50_000, zlib.compress(b"\0" * 1000)),
        "too_many_pixels",
    ),
    "a picture of the largest size": ("a.png", lambda: _png(2**31 - 1, 2**31 - 1, b""), "too_many_pixels"),
    "a moving picture": (
        "a.gif",
        lambda: b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\0" * 100,
        "file_type",
    ),
    "drawings called a photograph": (
        "a.png",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
        "file_type",
    ),
    "a page called a document": ("a.pdf", lambda: b"<!DOCTYPE html><script>1</script>", "file_type"),
    "a program called a picture": ("a.jpg", lambda: b"MZ" + b"\0" * 100, "file_type"),
    "a list of files to start": (
        "a.pdf",
        lambda: b"[InternetShortcut]\nURL=http://127.0.0.1/\n",
        "file_type",
    ),
    "an archive in itself": ("a.docx", _quine, "nested_archive"),
    "archives in archives": ("a.docx", _nested, ""),
}
# What would unpack without end is unpacked as far as the picture needs.
BOUNDED: dict[str, Callable[[], bytes]] = {
    "a picture that unpacks without end": lambda: _png(5000, 5000, zlib.compress(b"\0" * 200_000_000)),
    "words that unpack without end": lambda: _png(
        2, 2, zlib.compress(b"\0" * 14), (b"zTXt", b"x\0\0" + zlib.compress(b"\0" * 100_000_000))
    ),
}
