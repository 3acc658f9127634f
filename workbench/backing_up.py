"""Backup and restore: one archive with every row of the database and every file, whichever database it is.

The rows are JSON lines in the order of their keys, read in one transaction: a backup of one database can be restored into
another. Published rules go with it. Each member's digest stands in the archive; a restore verifies all of them first.
"""

from __future__ import annotations

import base64
import json
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy import Connection, LargeBinary, func, insert, select, text

from evaluator.errors import InputError, Place, Problem, Words
from workbench import audit as chain
from workbench.audit import PROGRAM, Deed
from workbench.serving import Workbench
from workbench.settings import Settings
from workbench.storage.evidence import Evidence
from workbench.storage.migrating import newest, revision_of
from workbench.storage.tables import accounts, attempts, metadata, sessions

FORMAT = 1
_HEAD = "backup.json"
_SUMS = "SHA256SUMS"
# Who is signed in, and who failed to, belongs to the moment.
_LEFT_OUT = (sessions.name, attempts.name)
_ROWS_AT_ONCE = 500


def back_up(workbench: Workbench, out: IO[bytes]) -> dict[str, int]:
    """Write everything that the workbench keeps into ``out`` (a tar archive, gzip-packed); how many rows each table has."""
    with workbench.database.write() as change:
        change.tell(PROGRAM, Deed("system.back_up", "system"))
    counts: dict[str, int] = {}
    sums: list[str] = []
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
        with workbench.database.read() as connection:
            _one_view(connection)
            for table in metadata.sorted_tables:
                if table.name in _LEFT_OUT:
                    continue
                with TemporaryFile() as spool:
                    counts[table.name] = _dump(connection, table, spool)
                    _put(archive, f"tables/{table.name}.jsonl", spool, sums)
            schema = revision_of(connection)
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

    A backup of an older schema is restored by the program that made it, which is then brought up to date.
    """
    head = _verified(archive)
    workbench = Workbench(settings)
    try:
        with workbench.database.read() as connection:
            if connection.execute(select(func.count()).select_from(accounts)).scalar_one():
                raise _refused(
                    settings.data,
                    "not_empty",
                    "这里已经有数据，不覆盖",
                    "there is data here already: nothing is overwritten",
                    Words("换一个空的数据文件夹或数据库", "choose an empty data folder or database"),
                )
        if head["schema"] != newest():
            raise _refused(
                archive,
                "other_schema",
                f"备份的数据库结构是 {head['schema']}，本程序的是 {newest()}",
                f"the backup's schema is {head['schema']}, that of this program {newest()}",
                Words(
                    "用当时版本的程序恢复，再升级程序",
                    "restore it with the program of that version, then upgrade",
                ),
            )
        _files_back(archive, workbench)
        with workbench.database.unlogged() as change, tarfile.open(archive, "r:gz") as opened:
            for table in metadata.sorted_tables:
                if table.name not in _LEFT_OUT:
                    _load(change.connection, table, _lines(opened, f"tables/{table.name}.jsonl"))
            _count_on(change.connection)
            chain.append(change.connection, PROGRAM, Deed("system.restore", "system"), change.now)
    finally:
        workbench.close()
    counts: dict[str, int] = head["rows"]
    return counts


def _one_view(connection: Connection) -> None:
    # A later statement must not see what was written since the first.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
    else:
        connection.exec_driver_sql("BEGIN")


def _dump(connection: Connection, table: Any, spool: IO[bytes]) -> int:
    number = 0
    listed = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(listed):
        values = [base64.b64encode(one).decode() if isinstance(one, bytes) else one for one in row]
        spool.write(
            json.dumps(dict(zip(table.columns.keys(), values, strict=True)), ensure_ascii=False).encode()
            + b"\n"
        )
        number += 1
    return number


def _load(connection: Connection, table: Any, lines: Iterator[bytes]) -> None:
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
    while chunk := content.read(1024 * 1024):
        hashed.update(chunk)
        size += len(chunk)
    content.seek(0)
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    archive.addfile(info, content)
    sums.append(f"{hashed.hexdigest()}  {name}")


def _verified(path: Path) -> dict[str, Any]:
    """The head of a backup whose every member is what its digest says."""
    found: dict[str, str] = {}
    stated: dict[str, str] = {}
    head: dict[str, Any] = {}
    try:
        with tarfile.open(path, "r:gz") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isfile() else None
                if content is None or member.name.startswith("/") or ".." in member.name.split("/"):
                    raise _damaged(path)
                hashed, kept = sha256(), b""
                while chunk := content.read(1024 * 1024):
                    hashed.update(chunk)
                    kept = kept + chunk if member.name in (_HEAD, _SUMS) else b""
                if member.name == _SUMS:
                    lines = (line.partition("  ") for line in kept.decode().splitlines())
                    stated = {name: digest for digest, _, name in lines}
                    continue
                if member.name == _HEAD:
                    head = json.loads(kept)
                found[member.name] = hashed.hexdigest()
    except FileNotFoundError:
        raise _refused(path, "no_file", "找不到文件", "there is no such file", None) from None
    except (tarfile.TarError, EOFError, OSError, ValueError):
        raise _damaged(path) from None
    if not found or found != stated or head.get("backup") != FORMAT:
        raise _damaged(path)
    return head


def _files_back(path: Path, workbench: Workbench) -> None:
    evidence = Evidence(workbench.evidence.folder)
    with tarfile.open(path, "r:gz") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None:
                continue
            if member.name.startswith("evidence/"):
                evidence.keep(content.read())
            elif member.name.startswith("rules/"):
                target = workbench.settings.data / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())


def _lines(archive: tarfile.TarFile, name: str) -> Iterator[bytes]:
    content = archive.extractfile(name)
    if content is not None:
        yield from content


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
