"""A prepared package written: one zip archive, or a set of them of a bounded size, with manifest and printed catalogue."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple

from evaluator.algorithms import Algorithm, digest_of_bytes
from evaluator.digests import submission_digest
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.parts import part_name
from evaluator.loading.planning import Plan
from evaluator.loading.preparing import Prepared
from evaluator.packages.manifest import NAME, Entry, FileEntry, Manifest, Submitted, written
from evaluator.packages.names import shown
from evaluator.packages.records import megabytes

# Zip keeps dates from 1980; a package bears no clock.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_ORDINARY = 0o100644 << 16
# What is packed in itself would only take time.
_COMPRESSED = ("doc", "xls", "ppt")
_AROUND, _END = 30 + 46 + 64, 22


class Packed(NamedTuple):
    """The archives that were made, and the manifest that they share but for the number of the part."""

    paths: tuple[Path, ...]
    manifest: Manifest


def pack(
    plan: Plan,
    files: Iterable[Prepared],
    beside: Mapping[str, bytes],
    whole: Path,
    limit: int,
    algorithm: Algorithm = "sha256",
) -> Packed:
    """Write the package as ``whole``, or in parts of at most ``limit`` bytes beside it.

    ``beside`` is the printed catalogue, ``algorithm`` that of the digests in the manifest. Raises ``InputError`` where something
    is too large for one part.
    """
    listed = list(files)
    manifest = _manifest(plan, listed, beside, algorithm)
    bound = len(
        written(_numbered(manifest, dict.fromkeys((one.record.name for one in listed), 999), 999, 999))
    )
    first = bound + sum(
        _weight(name, len(content)) for name, content in (*plan.forms.items(), *beside.items())
    )
    numbers = _parts(listed, first + _weight(NAME, 0) + _END, bound + _weight(NAME, 0) + _END, limit, whole)
    parts = max(numbers.values(), default=1)
    manifest = _numbered(manifest, numbers, 1, parts)
    paths = (whole,) if parts == 1 else tuple(part_name(whole, number) for number in range(1, parts + 1))
    for number, path in enumerate(paths, 1):
        small = {NAME: written(manifest.model_copy(update={"part": number}))}
        if number == 1:
            small.update({**plan.forms, **beside})
        own = [one for one in listed if numbers[one.record.name] == number]
        _write(path, small, own)
    return Packed(paths, manifest)


def _manifest(
    plan: Plan, files: Iterable[Prepared], beside: Mapping[str, bytes], algorithm: Algorithm
) -> Manifest:
    submission = plan.submission
    return Manifest(
        manifest=1,
        submission=Submitted(
            digest=submission_digest(submission, algorithm),
            subject=submission.subject.id,
            period=submission.period,
        ),
        forms=_entries(plan.forms, algorithm),
        catalogue=_entries(beside, algorithm),
        files=tuple(
            FileEntry(
                name=one.record.name,
                digest=one.record.digest,
                size=one.record.size,
                type=one.record.type,
                evidence=one.record.evidence,
                taken=one.record.photo.taken if one.record.photo else None,
            )
            for one in files
        ),
    )


def _entries(contents: Mapping[str, bytes], algorithm: Algorithm) -> tuple[Entry, ...]:
    return tuple(
        Entry(name=name, digest=digest_of_bytes(content, algorithm), size=len(content))
        for name, content in sorted(contents.items())
    )


def _numbered(manifest: Manifest, numbers: Mapping[str, int], part: int, parts: int) -> Manifest:
    files = tuple(one.model_copy(update={"part": numbers[one.name]}) for one in manifest.files)
    return manifest.model_copy(update={"files": files, "part": part, "parts": parts})


def _weight(name: str, size: int) -> int:
    """The most that a member of ``size`` bytes takes in an archive: deflate may add a thousandth."""
    return _AROUND + 2 * len(name.encode()) + size + size // 1000


def _parts(files: Iterable[Prepared], first: int, other: int, limit: int, whole: Path) -> dict[str, int]:
    """The part that each file goes into, filled one after the other."""
    numbers: dict[str, int] = {}
    problems: list[Problem] = []
    number, filled = 1, first
    for one in files:
        weight = _weight(one.record.name, one.record.size)
        if other + weight > limit:
            what = Words(
                f"{shown(one.record.name)}（{megabytes(one.record.size)}）放不进一个分包",
                f"{shown(one.record.name)} ({megabytes(one.record.size)}) does not fit into one part",
            )
            problems.append(Problem("limit", Place(whole.name), what, _RAISE))
        elif filled + weight > limit:
            number, filled = number + 1, other
        filled += weight
        numbers[one.record.name] = number
    if first > limit:
        what = Words(
            "申报表、清单和目录放不进一个分包", "form, manifest and catalogue do not fit into one part"
        )
        problems.append(Problem("limit", Place(whole.name), what, _RAISE))
    if number > 999:
        problems.append(
            Problem("limit", Place(whole.name), Words("分包超过 999 个", "more than 999 parts"), _RAISE)
        )
    if problems:
        raise InputError(problems)
    return numbers


_RAISE = Words("调大 --limit", "raise --limit")


def _write(path: Path, small: Mapping[str, bytes], files: Iterable[Prepared]) -> None:
    """One archive: its members in the order of their names, without a clock."""
    contents: dict[str, tuple[Callable[[], Iterator[bytes]], bool]] = {
        one.record.name: (one.open, one.record.type in _COMPRESSED) for one in files
    }
    for name, content in small.items():
        contents[name] = (_whole(content), not name.endswith((".pdf", ".xlsx")))
    with zipfile.ZipFile(path, "w") as archive:
        for name, (chunks, compressed) in sorted(contents.items()):
            with archive.open(_info(name, compressed=compressed), "w") as member:
                _copy(chunks(), member)


def _whole(content: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter((content,))


def _info(name: str, *, compressed: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.create_system, info.external_attr = 3, _ORDINARY
    info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    return info


def _copy(chunks: Iterable[bytes], member: IO[bytes]) -> None:
    member.writelines(chunks)
