"""The files that come with a submission: examined when they arrive, photographs shrunk and stripped, kept by digest."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, delete, insert, select, update

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.limits import in_force
from evaluator.loading.preparing import prepared_alone
from evaluator.packages.names import shown
from evaluator.packages.records import FileRecord, Photo
from evaluator.persons import persons_in
from evaluator.workbook.cells import files_of, files_text
from workbench.storage.database import Transaction
from workbench.storage.tables import cells, files

# What is shown in a page, and what is only given for saving.
TYPES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
OTHER_TYPE = "application/octet-stream"


_names = select(files.c.name, files.c.digest)


class Attachment(NamedTuple):
    """A file of a submission."""

    id: int
    name: str
    digest: str
    record: FileRecord

    @property
    def media_type(self) -> str:
        """What a browser is told of it: only what it can show without running anything of it."""
        return TYPES.get(self.record.type, OTHER_TYPE)


def examined(name: str, content: bytes) -> tuple[FileRecord, bytes]:
    """The record of an uploaded file and the bytes to keep; raises ``InputError`` with every reason why it is refused."""
    place = Place(shown(name))
    problems = list(persons_in([(place, name)]))
    found = prepared_alone(name, content) if not problems else []
    if isinstance(found, list):
        problems.extend(Problem(one.code, place, one.what, one.mend) for one in found)
        raise InputError(problems)
    return found


def of_submission(connection: Connection, submission: int) -> list[Attachment]:
    """The files of a submission in the order of their names."""
    rows = connection.execute(select(files).where(files.c.submission == submission).order_by(files.c.name))
    return [Attachment(row.id, row.name, row.digest, record_in(row.record)) for row in rows]


def records(listed: list[Attachment]) -> tuple[FileRecord, ...] | None:
    """What the engine is told of them; None where none came, as of a form that came alone."""
    return tuple(one.record for one in listed) or None


def keep(change: Transaction, submission: int, record: FileRecord, login: str) -> str:
    """Note a file whose bytes are kept; its name, another one where a different file bears it."""
    taken = {
        row.name: row.digest
        for row in change.execute(
            select(files.c.name, files.c.digest).where(files.c.submission == submission)
        )
    }
    if len(taken) >= in_force().package_files:
        what = Words("附件太多", "too many files")
        raise InputError(
            [Problem("many_members", Place(shown(record.name)), what, Words("删去不需要的", "remove some"))]
        )
    name, number = record.name, 1
    stem, dot, ending = record.name.rpartition(".")
    while name in taken and taken[name] != record.digest:
        number += 1
        name = f"{stem}-{number}{dot}{ending}"
    if name not in taken:
        record = record._replace(name=name)
        change.execute(
            insert(files).values(
                submission=submission,
                name=name,
                digest=record.digest,
                record=record_text(record),
                login=login,
                added_at=change.now,
            )
        )
    return name


def remove(change: Transaction, submission: int, attachment: Attachment) -> None:
    """Take a file out of a submission and of the rows that name it; its bytes stay, for other revisions."""
    change.execute(delete(files).where(files.c.submission == submission, files.c.id == attachment.id))
    naming = change.execute(select(cells).where(cells.c.submission == submission, cells.c.key == "files"))
    for row in naming.all():
        names = names_in(row.value)
        if attachment.name in names:
            left = [one for one in names if one != attachment.name]
            change.execute(
                update(cells)
                .where(
                    cells.c.submission == submission,
                    cells.c.sheet == row.sheet,
                    cells.c.row == row.row,
                    cells.c.key == "files",
                )
                .values(value=files_text(left) or "", version=row.version + 1)
            )


def names_in(text: str) -> list[str]:
    """The names of files in a cell."""
    read = files_of(text)
    return list(read.value) if read.wrong is None and isinstance(read.value, list) else []


def record_text(record: FileRecord) -> str:
    """A record as it is kept."""
    photo: dict[str, Any] | None = None
    if record.photo is not None:
        photo = record.photo._asdict() | {
            "taken": None if record.photo.taken is None else record.photo.taken.isoformat(),
            # 256 bits: no whole number of JSON.
            "likeness": None if record.photo.likeness is None else f"{record.photo.likeness:x}",
        }
    return orjson.dumps(record._asdict() | {"photo": photo}).decode()


def record_in(text: str) -> FileRecord:
    """The record that was kept."""
    data = orjson.loads(text)
    photo = data["photo"]
    if photo is not None:
        photo = Photo(
            None if photo["taken"] is None else date.fromisoformat(photo["taken"]),
            photo["place"],
            tuple(photo["owner"]),
            None if photo["likeness"] is None else int(photo["likeness"], 16),
        )
    return FileRecord(
        data["name"], data["digest"], data["size"], data["type"], tuple(data["evidence"]), photo
    )
