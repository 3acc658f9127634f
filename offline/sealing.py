"""A folder with the hashes of all that is in it, and the same folder as an archive that has the same bytes every time."""

from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

SUMS = "SHA256SUMS"


def seal(folder: Path) -> None:
    """Write the hash of every file, in an order that does not depend on the machine."""
    lines = [f"{_digest(one)}  {one.relative_to(folder)}\n" for one in _files(folder) if one.name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def pack(folder: Path, archive: Path, moment: int) -> str:
    """Write the archive without owners, clocks or umask in it, and its own hash beside it; give the hash."""
    with tarfile.open(archive, "w", format=tarfile.GNU_FORMAT) as opened:
        for one in sorted([folder, *folder.rglob("*")]):
            entry = opened.gettarinfo(one, str(one.relative_to(folder.parent)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = moment
            entry.mode = 0o755 if one.is_dir() or entry.mode & 0o100 else 0o644
            if one.is_dir():
                opened.addfile(entry)
            else:
                with one.open("rb") as content:
                    opened.addfile(entry, content)
    digest = _digest(archive)
    archive.with_name(f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n")
    return digest


def _files(folder: Path) -> list[Path]:
    return sorted((one for one in folder.rglob("*") if one.is_file()), key=lambda one: one.as_posix())


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
