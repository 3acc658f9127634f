"""Backup and restore: one archive with every row of the database and every file, whichever database it is.

The rows are JSON lines in the order of their keys, read in one transaction: a backup of one database can be restored into
another. Published rules go with it. Each member's digest stands in the archive; a restore verifies all of them first.
"""

from __future__ import annotations

import base64
import gzip
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from sqlalchemy import Connection, LargeBinary, Table, func, insert, inspect, literal, select, text

from evaluator.errors import InputError, Place, Problem, Words
from workbench import audit as chain
from workbench.audit import PROGRAM, Deed
from workbench.serving import UNFINISHED, Workbench
from workbench.settings import Settings
from workbench.storage.database import Database
from workbench.storage.evidence import put_whole
from workbench.storage.migrating import newest, reached, revision_of
from workbench.storage.tables import attempts, audit, metadata, sessions, units

FORMAT = 1
_HEAD = "backup.json"
_SUMS = "SHA256SUMS"
# Who is signed in, and who failed to, belongs to the moment.
_KEPT = [table for table in metadata.sorted_tables if table not in (sessions, attempts)]
_ROWS_AT_ONCE = 500
_PIECE = 1024 * 1024
_LARGEST_TEXT = 1024 * _PIECE
# gzip without a name or a time.
_PACKED = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"


def back_up(workbench: Workbench, out: IO[bytes]) -> dict[str, int]:
    """Write everything that the workbench keeps into ``out`` (a tar archive, gzip-packed); how many rows each table has."""
    with workbench.database.write() as change:
        change.tell(PROGRAM, Deed("system.back_up", "system"))
    counts: dict[str, int] = {}
    sums: list[str] = []
    with (
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=out, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        with workbench.database.read() as connection:
            _one_view(connection)
            for table in _KEPT:
                with TemporaryFile() as spool:
                    counts[table.name] = _dump(connection, table, spool)
                    _put(archive, _member(table), spool, sums)
            schema = revision_of(connection)
        # No file is ever taken away: whatever the rows name is there.
        for digest in workbench.evidence.digests():
            with workbench.evidence.path(digest).open("rb") as file:
                _put(archive, f"evidence/{digest.removeprefix('sha256:')}", file, sums)
        rules = workbench.settings.data / "rules"
        for path in sorted(rules.rglob("*")) if rules.is_dir() else ():
            if path.is_file():
                with path.open("rb") as file:
                    _put(archive, f"rules/{path.relative_to(rules).as_posix()}", file, sums)
        head = {"backup": FORMAT, "schema": schema, "rows": counts}
        _put(archive, _HEAD, BytesIO(json.dumps(head, sort_keys=True).encode()), sums)
        _put(archive, _SUMS, BytesIO("".join(f"{one}\n" for one in sums).encode()), [])
    return counts


def restore(settings: Settings, archive: Path) -> dict[str, int]:
    """Put back what ``back_up`` wrote, into an empty workbench; raises ``InputError`` and changes nothing where it cannot be.

    Until all is in place the folder bears a mark, and no server starts on it: one that was cut off is done again with the same
    backup. A backup of an older schema is restored by the program that made it, which is then brought up to date.
    """
    backup = _verified(archive)
    if backup.schema != newest():
        raise _refused(
            archive,
            "other_schema",
            f"备份的数据库结构是 {backup.schema}，本程序的是 {newest()}",
            f"the backup's schema is {backup.schema}, that of this program {newest()}",
            Words(
                "用当时版本的程序恢复，再升级程序",
                "restore it with the program of that version, then upgrade",
            ),
        )
    mark = settings.data / UNFINISHED
    if mark.is_file():
        if mark.read_text() != backup.digest:
            raise _refused(
                settings.data,
                "other_restore",
                "这里有另一份备份没有恢复完",
                "the restore of another backup was cut off here",
                Words(
                    "用那一份备份再恢复一次，或换一个空的文件夹",
                    "restore that one again, or take an empty folder",
                ),
            )
    elif _has_files(settings.data) or not _has_no_rows(settings):
        raise _not_empty(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    put_whole(mark, backup.digest.encode())
    workbench = Workbench(settings, restoring=True)
    try:
        _put_back(workbench, archive, backup.digest)
    finally:
        workbench.close()
    mark.unlink()
    return backup.rows


def _put_back(workbench: Workbench, archive: Path, digest: str) -> None:
    with workbench.database.unlogged() as change:
        last = change.execute(select(audit).order_by(audit.c.n.desc()).limit(1)).one_or_none()
        if last is not None:
            # Cut off behind the last step: everything is there.
            if (last.action, last.detail) == (
                "system.restore",
                json.dumps({"backup": digest}, separators=(",", ":")),
            ):
                return
            raise _not_empty(workbench.settings)
        tables = {_member(table): table for table in _KEPT}
        with _opened(archive) as opened:
            for member in opened:
                content = opened.extractfile(member)
                if content is None:
                    continue
                if member.name in tables:
                    _load(change.connection, tables[member.name], content)
                elif member.name.startswith("evidence/"):
                    workbench.evidence.keep(content.read())
                elif member.name.startswith("rules/"):
                    target = workbench.settings.data / member.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    put_whole(target, content.read())
        _count_on(change.connection)
        chain.append(
            change.connection,
            PROGRAM,
            Deed("system.restore", "system", detail={"backup": digest}),
            change.now,
        )


def _has_files(data: Path) -> bool:
    return any(path.is_file() for name in ("evidence", "rules") for path in (data / name).rglob("*"))


def _has_no_rows(settings: Settings) -> bool:
    if settings.database is None and not (settings.data / "workbench.sqlite").exists():
        return True
    database = Database(settings.url)
    try:
        with reached(database), database.read() as connection:
            there = set(inspect(connection).get_table_names())
            found = (
                connection.execute(select(literal(1)).select_from(table).limit(1)).first()
                for table in metadata.sorted_tables
                if table.name in there
            )
            return not any(found)
    finally:
        database.close()


def _one_view(connection: Connection) -> None:
    # A later statement must not see what was written since the first.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
    else:
        connection.exec_driver_sql("BEGIN")


def _dump(connection: Connection, table: Any, spool: IO[bytes]) -> int:
    number = 0
    # A unit comes behind the one above it, whose path is shorter.
    first = [func.length(units.c.path)] if table is units else []
    listed = select(table).order_by(*first, *table.primary_key.columns)
    for row in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(listed):
        values = [base64.b64encode(one).decode() if isinstance(one, bytes) else one for one in row]
        spool.write(
            json.dumps(dict(zip(table.columns.keys(), values, strict=True)), ensure_ascii=False).encode()
            + b"\n"
        )
        number += 1
    return number


def _load(connection: Connection, table: Any, lines: Iterable[bytes]) -> None:
    binary = [column.name for column in table.columns if isinstance(column.type, LargeBinary)]
    rows: list[dict[str, Any]] = []
    for line in lines:
        row = json.loads(line)
        for name in binary:
            row[name] = base64.b64decode(row[name])
        rows.append(row)
        if len(rows) >= _ROWS_AT_ONCE:
            connection.execute(insert(table), rows)
            rows = []
    if rows:
        connection.execute(insert(table), rows)


def _count_on(connection: Connection) -> None:
    # PostgreSQL counts new rows apart from the numbers that rows bear.
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            highest = connection.execute(select(func.coalesce(func.max(column), 0))).scalar_one()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, highest + 1, False)))


def _put(archive: tarfile.TarFile, name: str, content: IO[bytes], sums: list[str]) -> None:
    hashed, size = sha256(), 0
    content.seek(0)
    while chunk := content.read(_PIECE):
        hashed.update(chunk)
        size += len(chunk)
    content.seek(0)
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    archive.addfile(info, content)
    sums.append(f"{hashed.hexdigest()}  {name}")


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    with path.open("rb") as file:
        if file.read(len(_PACKED)) != _PACKED:
            raise ValueError(path)
        file.seek(0)
        with gzip.GzipFile(fileobj=file) as packed:
            with tarfile.open(fileobj=packed, mode="r|") as archive:
                yield archive
            # Its sum stands at the very end.
            while packed.read(_PIECE):
                pass


class _Backup(NamedTuple):
    digest: str
    schema: str
    rows: dict[str, int]


def _verified(path: Path) -> _Backup:
    """What a backup says of itself, where every member is what its digest says."""
    found: dict[str, str] = {}
    stated = b""
    head: Any = None
    try:
        with _opened(path) as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isfile() else None
                if content is None or not _is_member(member.name) or member.name in found or stated:
                    raise _damaged(path)
                if member.name in (_HEAD, _SUMS):
                    text = content.read(_LARGEST_TEXT)
                    if member.name == _SUMS:
                        stated = text
                        continue
                    head = json.loads(text)
                    found[member.name] = sha256(text).hexdigest()
                    continue
                hashed = sha256()
                while chunk := content.read(_PIECE):
                    hashed.update(chunk)
                found[member.name] = hashed.hexdigest()
    except FileNotFoundError:
        raise _refused(path, "no_file", "找不到文件", "there is no such file", None) from None
    except (tarfile.TarError, EOFError, OSError, ValueError, zlib.error):
        raise _damaged(path) from None
    lines = "".join(f"{digest}  {name}\n" for name, digest in found.items())
    misnamed = [
        name
        for name, digest in found.items()
        if name.startswith("evidence/") and name != f"evidence/{digest}"
    ]
    if not found or lines.encode() != stated or misnamed or not isinstance(head, dict):
        raise _damaged(path)
    schema, rows = head.get("schema"), head.get("rows")
    if head.get("backup") != FORMAT or not isinstance(schema, str) or not isinstance(rows, dict):
        raise _damaged(path)
    # Rows are put back in the order of the archive: what they refer to comes first.
    tables = [name for name in found if name.startswith("tables/")]
    if schema == newest() and tables != [_member(table) for table in _KEPT]:
        raise _damaged(path)
    return _Backup(f"sha256:{sha256(stated).hexdigest()}", schema, rows)


def _is_member(name: str) -> bool:
    folder, _, rest = name.partition("/")
    if not rest:
        return name in (_HEAD, _SUMS)
    plain = not any(part in ("", ".", "..") for part in rest.split("/")) and not {*"\\:\0"} & {*rest}
    return folder in ("tables", "evidence", "rules") and plain


def _member(table: Table) -> str:
    return f"tables/{table.name}.jsonl"


def _not_empty(settings: Settings) -> InputError:
    return _refused(
        settings.data,
        "not_empty",
        "这里已经有数据，不覆盖",
        "there is data here already: nothing is overwritten",
        Words("换一个空的数据文件夹或数据库", "choose an empty data folder or database"),
    )


def _damaged(path: Path) -> InputError:
    return _refused(
        path,
        "damaged_backup",
        "备份不完整或被改动过",
        "the backup is incomplete or was changed",
        Words("换一份完好的备份", "use a sound backup"),
    )


def _refused(path: Path, code: str, zh: str, en: str, mend: Words | None) -> InputError:
    return InputError([Problem(code, Place(str(path)), Words(zh, en), mend)])
