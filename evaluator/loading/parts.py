"""The members of a folder, or of an archive with the other parts of its set; refused together with every fault of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from evaluator.errors import Fault, InputError, Place, Problem, Words
from evaluator.loading.examining import damaged
from evaluator.loading.files import Largest, bytes_of, is_folder, read_text, refused
from evaluator.loading.members import (
    BROKEN,
    Member,
    archive_members,
    folder_members,
    opened_archive,
    too_large,
)
from evaluator.packages.manifest import NAME, Manifest, of_one_set
from evaluator.packages.names import clashes, shown
from evaluator.packages.records import Limits
from evaluator.validating import validate

_PART = re.compile(r"(.+)-(\d{1,3})")


class Listing(NamedTuple):
    """The members of a package by name, its manifest where it has one, and the archives (or the folder) that it lies in."""

    members: dict[str, Member]
    manifest: Manifest | None
    parts: tuple[Path, ...]


def listed(path: Path, limits: Limits, stack: ExitStack) -> Listing:
    """What lies in ``path``; ``stack`` closes its archives. Raises ``InputError`` with every fault."""
    members = _members(path, limits, stack)
    manifest = _manifest(path, members)
    if manifest is None or manifest.parts == 1 or is_folder(path):
        return Listing(members, manifest, (path,))
    parts = _parts(path, manifest)
    problems: list[Problem] = []
    found = [*members.values()]
    for number, part in enumerate(parts, 1):
        if number != manifest.part:
            try:
                found.extend(_other(part, number, manifest, limits, stack))
            except InputError as error:
                problems.extend(error.problems)
    problems.extend(placed(clashes(member.name for member in found), shown(path)))
    if problems:
        raise InputError(dict.fromkeys(problems))
    return Listing({member.name: member for member in found}, manifest, parts)


def part_name(path: Path, number: int) -> Path:
    """The path of a part of the set that is called ``path`` as a whole."""
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def placed(faults: Iterable[Fault], top: str) -> Iterator[Problem]:
    """``faults`` of the package that messages call ``top``, each placed at its file."""
    for one in faults:
        place = f"{top}/{shown(str(one.path[0]))}" if one.path else top
        yield Problem(one.code, Place(place), one.what, one.mend)


def member_bytes(member: Member, top: str, largest: Largest = "largest_submission") -> bytes:
    """The bytes of a form or of the manifest, of at most so many; raises ``InputError``."""
    most = bytes_of(largest)
    try:
        with member.open() as stream:
            content = stream.read(most + 1)
    except BROKEN:
        raise InputError(placed([damaged(member.name)], top)) from None
    if len(content) > most:
        key = largest if isinstance(largest, str) else None
        raise InputError(placed([too_large(member.name, most, key)], top))
    return content


def _members(path: Path, limits: Limits, stack: ExitStack) -> dict[str, Member]:
    if is_folder(path):
        found, faults = folder_members(path, limits)
    else:
        found, faults = archive_members(stack.enter_context(opened_archive(path, limits)), limits)
    if faults:
        raise InputError(dict.fromkeys(placed(faults, shown(path))))
    # Packing a folder by a click on it puts that folder into the archive.
    tops = {member.name.partition("/")[0] for member in found}
    if len(tops) == 1 and all("/" in member.name for member in found):
        found = [member._replace(name=member.name.partition("/")[2]) for member in found]
    return {member.name: member for member in found}


def _manifest(path: Path, members: dict[str, Member]) -> Manifest | None:
    member = members.get(NAME)
    if member is None:
        return None
    top = shown(path)
    return validate(Manifest, read_text(member_bytes(member, top), f"{top}/{NAME}"))


def _parts(path: Path, manifest: Manifest) -> tuple[Path, ...]:
    stem = _PART.fullmatch(path.stem)
    if stem is None or int(stem[2]) != manifest.part:
        wanted = f"…-{manifest.part}{path.suffix}"
        raise refused(
            path,
            "renamed_part",
            f"这是 {manifest.parts} 个分包中的第 {manifest.part} 个，文件名应为 {wanted}",
            f"this is part {manifest.part} of {manifest.parts}: it must be called {wanted}",
            Words("恢复打包时的文件名", "give it the name that it was packed under"),
        )
    whole = path.with_name(stem[1] + path.suffix)
    return tuple(part_name(whole, number) for number in range(1, manifest.parts + 1))


def _other(path: Path, number: int, manifest: Manifest, limits: Limits, stack: ExitStack) -> Iterator[Member]:
    if not path.is_file():
        raise refused(
            path,
            "missing_part",
            f"缺少 {manifest.parts} 个分包中的第 {number} 个",
            f"part {number} of {manifest.parts} is missing",
            Words("把全部分包放在同一个文件夹里", "put all parts into one folder"),
        )
    members = _members(path, limits, stack)
    other = _manifest(path, members)
    if other is None or other.part != number or not of_one_set(other, manifest):
        raise refused(
            path,
            "other_package",
            "不是同一次打包的分包",
            "this part was not packed together with the others",
            Words("换成同一次打包的分包", "take the parts of one packing"),
        )
    yield from (member for member in members.values() if member.name != NAME)
