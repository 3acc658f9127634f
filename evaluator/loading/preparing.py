"""The files of a planned package as they go in: examined, photographs shrunk and stripped, two at a time.

Memory stays flat: what was shrunk waits in one file, the rest is copied from where it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from evaluator.algorithms import Algorithm, algorithm_of, digest_of_bytes, named, new_hash
from evaluator.errors import Fault, InputError, Place, Problem, Words
from evaluator.loading.examining import DECODING, examined_whole, read_through, record_of
from evaluator.loading.forms import is_form
from evaluator.loading.packages import in_order
from evaluator.loading.planning import Item, Plan
from evaluator.packages.kinds import PHOTOGRAPHS, begins
from evaluator.packages.manifest import Manifest
from evaluator.packages.names import name_fault, shown
from evaluator.packages.records import FileRecord, Limits, Photo

_CHUNK = 256 * 1024


class Photographs(NamedTuple):
    """How photographs are packed: their longer side in pixels, the quality of a JPEG, and whether what they say is kept."""

    longest: int = 1600
    quality: int = 82
    keep: bool = False


_USUAL = Photographs()


class Prepared(NamedTuple):
    """A file as it goes in. ``said`` is what the photograph said before; ``smaller`` how many bytes it lost."""

    record: FileRecord
    open: Callable[[], Iterator[bytes]]
    said: Photo | None
    smaller: int


def prepared(
    plan: Plan, spool: Path, how: Photographs, limits: Limits | None = None, algorithm: Algorithm = "sha256"
) -> list[Prepared]:
    """Every file of ``plan`` as it goes in, in its order; ``spool`` is a new file for what was made smaller.

    ``algorithm`` is that of their digests.

    Raises ``InputError`` with every file that is refused.
    """
    found: list[Prepared] = []
    problems: list[Problem] = []
    with spool.open("wb") as made:
        for item, one in zip(
            plan.items, in_order(lambda one: _one(one, how, limits, algorithm), plan.items), strict=True
        ):
            if isinstance(one, list):
                place = Place(str(item.path.with_name(shown(item.path.name))))
                problems.extend(Problem(fault.code, place, fault.what, fault.mend) for fault in one)
                continue
            record, content, original = one
            record = _dated(record, original, item, plan.before)._replace(evidence=item.evidence)
            smaller = max(0, original.size - record.size)
            if content is None:
                found.append(Prepared(record, _copied(item, record), original.photo, smaller))
            else:
                found.append(
                    Prepared(record, _spooled(spool, made.tell(), record.size), original.photo, smaller)
                )
                made.write(content)
    if problems:
        raise InputError(dict.fromkeys(problems))
    return found


def bare_forms(plan: Plan, how: Photographs) -> Plan:
    """``plan`` with its workbooks stripped of names that programs write, and their pictures as those beside them are."""
    from evaluator.workbook.stripping import bare_workbook  # noqa: PLC0415 - only where there are workbooks

    forms = {
        name: bare_workbook(content, name, partial(_bare_picture, how=how))
        if is_form(Path(name))
        else content
        for name, content in plan.forms.items()
    }
    return plan._replace(forms=forms)


def _bare_picture(content: bytes, how: Photographs) -> bytes:
    from evaluator.packages import photographs  # noqa: PLC0415 - as above

    if how.keep or begins(content) not in PHOTOGRAPHS:
        return content
    try:
        return photographs.prepared(content, how.longest, how.quality)
    except Exception:  # noqa: BLE001 - hostile bytes: what no decoder reads shows no picture and stays as it is
        return content


def prepared_alone(
    name: str, content: bytes, how: Photographs = _USUAL, limits: Limits | None = None
) -> tuple[FileRecord, bytes] | list[Fault]:
    """One file as it goes into a package, and its bytes; or why it is refused.

    What is told of a photograph is what the packed one shows, and the day that it said before it was stripped.
    """
    named = name_fault(name)
    if named is not None:
        return [named]
    found = _examined(name, lambda: BytesIO(content), how, limits, "sha256")
    if isinstance(found, list):
        return found
    record, made, original = found
    if made is None:
        return record, content
    again = record_of(name, made, limits)
    if isinstance(again, FileRecord) and again.photo is not None and original.photo is not None:
        again = again._replace(photo=again.photo._replace(taken=original.photo.taken))
    return again if isinstance(again, list) else (again, made)


def _one(
    item: Item, how: Photographs, limits: Limits | None, algorithm: Algorithm
) -> tuple[FileRecord, bytes | None, FileRecord] | list[Fault]:
    return _examined(item.name, item.open, how, limits, algorithm)


def _examined(
    name: str,
    opener: Callable[[], BinaryIO],
    how: Photographs,
    limits: Limits | None,
    algorithm: Algorithm,
) -> tuple[FileRecord, bytes | None, FileRecord] | list[Fault]:
    found = examined_whole(name, opener, limits, algorithm, bare=not how.keep)
    if isinstance(found, list):
        return found
    record, content = found
    if record.photo is None:
        return record, None, record
    from evaluator.packages import photographs  # noqa: PLC0415 - only where there are photographs

    try:
        made = photographs.prepared(content, how.longest, how.quality, keep=how.keep, lock=DECODING)
    except Exception:  # noqa: BLE001 - hostile bytes: whatever a decoder raises, the picture cannot be seen
        return [photographs.unseen(name)]
    return record._replace(digest=digest_of_bytes(made, algorithm), size=len(made)), made, record


def _dated(record: FileRecord, original: FileRecord, item: Item, before: Manifest | None) -> FileRecord:
    """The day that an earlier manifest kept for the same photograph is kept on."""
    if record.photo is None or record.photo.taken is not None or before is None:
        return record
    digests = {original.digest}
    for algorithm in {algorithm_of(one.digest) for one in before.files} - {algorithm_of(original.digest)}:
        with item.open() as file:
            digests.add(read_through(file, original.size, algorithm).digest)
    taken = next((one.taken for one in before.files if one.digest in digests), None)
    return record._replace(photo=record.photo._replace(taken=taken))


def _spooled(spool: Path, start: int, size: int) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        with spool.open("rb") as file:
            file.seek(start)
            yield file.read(size)

    return read


def _copied(item: Item, record: FileRecord) -> Callable[[], Iterator[bytes]]:
    def read() -> Iterator[bytes]:
        algorithm = algorithm_of(record.digest)
        hashed = new_hash(algorithm)
        with item.open() as file:
            while chunk := file.read(_CHUNK):
                hashed.update(chunk)
                yield chunk
        if named(algorithm, hashed) != record.digest:
            what = Words("文件在打包时被改动", "the file was changed while it was packed")
            raise InputError(
                [Problem("changed", Place(str(item.path)), what, Words("重新打包", "pack again"))]
            )

    return read
