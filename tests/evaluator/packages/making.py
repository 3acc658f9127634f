"""Packages, photographs and documents made in a few lines, for the tests of packages."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from evaluator.errors import InputError, Language
from evaluator.loading import Received, opened, receive
from evaluator.packages.records import LIMITS, Limits
from tests.evaluator.building import CATALOGUE

FORM = """\
submission: 1
subject: {id: demo-01, name: 示例社区, kind: community}
period: {from: "2025-01-01", to: "2025-12-31"}
events:
  - {id: E1, type: meeting, date: "2025-03-12", title: 例会, files: [E1_20250312_1.jpg]}
  - {id: E2, type: training, date: "2025-06-01", title: 培训, files: [E2_20250601_1.jpg]}
documents:
  - {id: D1, type: plan, title: 年度计划, issued: "2025-01-08", files: [D1.pdf]}
"""
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
_TYPES = '<?xml version="1.0"?><Types><Override PartName="/x" ContentType="application/vnd.{}"/></Types>'
_RAISING = re.compile("[；。]如确有需要.*|[;.] if it has to be.*")
_MAIN = {
    "docx": "openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "openxmlformats-officedocument.presentationml.presentation.main+xml",
    "docm": "ms-word.document.macroEnabled.main+xml",
    "odt": "oasis",
}


def photo(
    seed: int = 0,
    size: tuple[int, int] = (320, 240),
    *,
    kind: str = "JPEG",
    quality: int = 85,
    exif: Image.Exif | None = None,
    **more: Any,
) -> bytes:
    """A picture of soft blobs, another one for each ``seed``."""
    target = BytesIO()
    image = picture(seed, size)
    image.save(target, kind, quality=quality, **({} if exif is None else {"exif": exif}), **more)
    return target.getvalue()


def picture(seed: int = 0, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """The same, not yet compressed."""
    blobs = Image.frombytes("RGB", (12, 9), random.Random(seed).randbytes(12 * 9 * 3))
    return blobs.resize(size, Image.Resampling.BICUBIC)


def exif(
    taken: str | None = None, *, place: bool = False, tags: Mapping[int, str | bytes] | None = None
) -> Image.Exif:
    """What a camera writes: the day, the place, and further ``tags``."""
    found = Image.Exif()
    for tag, text in (tags or {}).items():
        found[tag] = text
    if taken is not None:
        found.get_ifd(0x8769)[0x9003] = f"{taken.replace('-', ':')} 10:00:00"
    if place:
        found.get_ifd(0x8825).update({1: "N", 2: (25.0, 3.0, 0.0), 3: "E", 4: (102.0, 42.0, 0.0)})
    return found


def office(kind: str, **members: bytes) -> bytes:
    """A document as an office program zips it."""
    return zipped({"[Content_Types].xml": _TYPES.format(_MAIN[kind]).encode(), "x.xml": b"<x/>", **members})


def zipped(members: Mapping[str, bytes | str], *, system: int = 3, packed: bool = True) -> bytes:
    """An archive of these members; ``system`` is the one that says it made it: 0 Windows, 3 Unix."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(info(name, system=system, packed=packed), content)
    return target.getvalue()


def info(name: str, *, system: int = 3, mode: int = 0o100644, packed: bool = True) -> zipfile.ZipInfo:
    """A member to be; unlike what ``zipfile`` makes of a name, backslashes stay."""
    made = zipfile.ZipInfo("x", (2025, 1, 1, 0, 0, 0))
    made.filename, made.create_system, made.external_attr = name, system, mode << 16
    made.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    return made


def whole(**more: bytes | str) -> dict[str, bytes | str]:
    """A sound package: the form and its three files; ``more`` by names without dots, see ``zipped``."""
    return {
        "submission.yaml": FORM,
        "E1_20250312_1.jpg": photo(1),
        "E2_20250601_1.jpg": photo(2),
        "D1.pdf": PDF,
        **more,
    }


def in_folder(folder: Path, members: Mapping[str, bytes | str]) -> Path:
    """These files, in ``folder``."""
    for name, content in members.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def in_zip(path: Path, members: Mapping[str, bytes | str]) -> Path:
    """These files, in the archive ``path``."""
    path.write_bytes(zipped(members))
    return path


def received(path: Path, *, lenient: bool = False, limits: Limits = LIMITS) -> Received:
    """What is read of ``path``."""
    with opened(path, limits) as origin:
        return receive(origin, CATALOGUE, lenient=lenient)


def refusal(
    path: Path, *, lenient: bool = False, limits: Limits = LIMITS, lang: Language = "zh"
) -> list[str]:
    """The problems of ``path``, with places from its folder; nothing is written on the way."""
    before = listing(path.parent)
    try:
        received(path, lenient=lenient, limits=limits)
    except InputError as error:
        lines = [one.in_language(lang) for one in error.problems]
    else:
        raise AssertionError("it was not refused")
    assert listing(path.parent) == before
    # How a limit is raised is the matter of tests/evaluator/limits.
    return [_RAISING.sub("", line).replace(f"{path.parent}/", "") for line in lines]


def listing(folder: Path) -> list[tuple[str, int]]:
    """Every file below ``folder``, with its size."""
    return [(str(path), path.lstat().st_size) for path in sorted(folder.rglob("*"))]


def codes(found: Received) -> list[str]:
    """The codes of the integrity findings that reading made."""
    return [one.code for one in found.observations]


def central(content: bytes) -> int:
    """Where the table of contents of an archive begins."""
    at = content.rindex(b"PK\x05\x06")
    (start,) = struct.unpack("<I", content[at + 16 : at + 20])
    return int(start)
