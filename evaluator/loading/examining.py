"""One file of a package: read in bounded chunks, hashed, told by its content; or refused with a reason."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from threading import Lock
from typing import BinaryIO, NamedTuple

from evaluator.algorithms import Algorithm, named, new_hash
from evaluator.errors import Fault, Words
from evaluator.limits import raising
from evaluator.loading.members import BROKEN, too_large
from evaluator.packages import kinds
from evaluator.packages.records import FileRecord, Limits, Photo, package_limits

_CHUNK = 256 * 1024
# Of large pictures that stand in memory as a whole one is decoded at a time.
DECODING = Lock()
_TYPES = "[Content_Types].xml"
_LARGEST_TYPES = 2 * 1024 * 1024


class Read(NamedTuple):
    """What is kept of a file: its digest, size, first and last bytes, and all of it where its type can only so be told."""

    digest: str
    size: int
    head: bytes
    tail: bytes
    content: bytes


def read_through(stream: BinaryIO, largest: int, algorithm: Algorithm = "sha256") -> Read:
    """Read ``stream`` to its end, or to just beyond ``largest`` bytes."""
    hashed, size = new_hash(algorithm), 0
    head = tail = b""
    # Grown in place and handed on as it is: joining pieces would hold all of it twice.
    whole: BytesIO | None = None
    while size <= largest and (chunk := stream.read(_CHUNK)):
        if not size:
            head = chunk[: kinds.HEAD]
            whole = BytesIO() if kinds.begins(head) in kinds.READ_WHOLE else None
        hashed.update(chunk)
        size += len(chunk)
        tail = (tail + chunk)[-kinds.TAIL :]
        if whole is not None:
            whole.write(chunk)
    return Read(named(algorithm, hashed), size, head, tail, whole.getvalue() if whole else b"")


def examined(
    name: str, opener: Callable[[], BinaryIO], limits: Limits | None = None, algorithm: Algorithm = "sha256"
) -> FileRecord | list[Fault]:
    """The record of the file ``name``, or why it is refused."""
    found = examined_whole(name, opener, limits, algorithm)
    return found if isinstance(found, list) else found[0]


def examined_whole(
    name: str,
    opener: Callable[[], BinaryIO],
    limits: Limits | None = None,
    algorithm: Algorithm = "sha256",
    *,
    bare: bool = False,
) -> tuple[FileRecord, bytes] | list[Fault]:
    """The record of the file ``name`` and, of a photograph, its bytes; or why it is refused.

    Of a photograph that will be made ``bare``, without what it says of itself, nothing of that is refused; nor is it compared.
    """
    limits = limits or package_limits()
    try:
        with opener() as stream:
            read = read_through(stream, limits.file, algorithm)
    except OSError:
        what = Words("文件读不出来", "the file cannot be read")
        return [Fault("unreadable", (name,), what, Words("检查文件的权限", "check who may read it"))]
    except BROKEN:
        return [damaged(name)]
    if read.size > limits.file:
        return [too_large(name, limits.file)]
    record = _judged(name, read, limits, bare=bare)
    return record if isinstance(record, list) else (record, read.content if record.photo else b"")


def record_of(
    name: str, content: bytes, limits: Limits | None = None, algorithm: Algorithm = "sha256"
) -> FileRecord | list[Fault]:
    """The record of a file whose bytes come from elsewhere, such as a picture in the cell of a workbook."""
    return examined(name, lambda: BytesIO(content), limits, algorithm)


def _judged(name: str, read: Read, limits: Limits, *, bare: bool) -> FileRecord | list[Fault]:
    begun = kinds.begins(read.head)
    if begun is None:
        return [kinds.other(name, read.head)]
    hidden = kinds.two_in_one(name, read.head, read.tail, begun)
    if hidden is not None:
        return [hidden]
    kind: str | Fault = begun
    if begun == "zip":
        kind = _office(name, read.content, limits)
    elif begun == "ole":
        kind = kinds.compound(name, read.content)
    elif begun == "pdf":
        kind = kinds.portable(name, read.content)
    if isinstance(kind, Fault):
        return [kind]
    misnamed = kinds.misnamed(name, kind)
    if misnamed is not None:
        return [misnamed]
    photo: Photo | list[Fault] | None = None
    if kind in kinds.PHOTOGRAPHS:
        from evaluator.packages import photographs  # noqa: PLC0415 - only where there are photographs

        photo = photographs.examined(name, read.content, limits.pixels, bare=bare, lock=DECODING)
    if isinstance(photo, list):
        return photo
    return FileRecord(name, read.digest, read.size, kind, (), photo)


def _office(name: str, content: bytes, limits: Limits) -> str | Fault:
    try:
        with zipfile.ZipFile(BytesIO(content)) as inner:
            infos = inner.infolist()
            many = len(infos) > limits.inner
            if many or sum(info.file_size for info in infos) > limits.total:
                what = Words("解压后大得异常", "unpacked it is far too large")
                anew = Words("重新导出这个文件", "export this file anew")
                mend = raising("document_parts" if many else "package_total", anew)
                return Fault("zip_bomb", (name,), what, mend)
            names = [info.filename for info in infos]
            types = b""
            if _TYPES in names:
                with inner.open(_TYPES) as stream:
                    types = stream.read(_LARGEST_TYPES)
    except BROKEN:
        return damaged(name)
    except RuntimeError:  # a password
        what = Words("文件加了密码，无法核对", "the file is locked with a password: nobody can check it")
        return Fault("locked_file", (name,), what, Words("取消密码后另存", "save it without a password"))
    return kinds.office(name, names, types)


def damaged(name: str) -> Fault:
    """The refusal of a file that cannot be read to its end."""
    what = Words("文件损坏，读不完整", "the file is damaged: it cannot be read to its end")
    return Fault("damaged", (name,), what, Words("换成完好的文件", "put in a sound copy"))
