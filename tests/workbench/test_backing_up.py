"""A backup holds everything a workbench keeps, and a restore puts back all of it or nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import insert, select

from evaluator.errors import InputError
from tests.workbench import postgresql
from tests.workbench.province import Province, begin, province, went_well
from tests.workbench.test_submitting import photograph
from workbench import audit as chain
from workbench import units as tree
from workbench.audit import PROGRAM, Deed
from workbench.backing_up import back_up, restore
from workbench.serving import UNFINISHED, Workbench
from workbench.settings import Settings
from workbench.storage.database import database_url
from workbench.storage.tables import attempts, metadata, sessions, submissions

ROOT = Path(__file__).resolve().parents[2]
Rows = dict[str, list[tuple[Any, ...]]]


def use(server: Province) -> None:
    """A draft with cells and a file, a submission with its assessment, a unit whose id comes before that of the one above it."""
    client = server.client("community")
    path = begin(client)
    went_well(client.post(f"{path}/cells", data={"sheet": "counts", "row": 0, "key": "now", "value": "6"}))
    went_well(
        client.post(
            f"{path}/files",
            files={"file": ("照片.jpg", photograph())},
            data={"sheet": "events", "row": 0},
            headers={"x-part": "files"},
        )
    )
    sent = begin(client, year=2024)
    went_well(client.post(f"{sent}/submit", data={"version": 1, "declared": "true"}))
    rules = server.workbench.settings.data / "rules" / "published"
    rules.mkdir(parents=True)
    (rules / "ruleset.yaml").write_text("ruleset: 试\n", encoding="utf-8")
    with server.workbench.database.write() as change:
        tree.make(change, "zz", "末省", "province", None)
        tree.make(change, "aa", "首市", "city", "zz")
        change.tell(PROGRAM, Deed("test.units", "units", "换\n行"))


def rows_in(workbench: Workbench) -> Rows:
    """Every row that a backup holds."""
    with workbench.database.read() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
                if table.name != "audit" or row.action != "system.restore"
            ]
            for table in metadata.sorted_tables
            if table not in (sessions, attempts)
        }


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file of evidence and rules."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for name in ("evidence", "rules")
        for path in (folder / name).rglob("*")
        if path.is_file()
    }


def archive_of(server: Province, path: Path) -> Path:
    with path.open("wb") as file:
        back_up(server.workbench, file)
    return path


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rows, dict[str, bytes]]:
    """A backup, and what stood in the server that it was made of."""
    folder = tmp_path_factory.mktemp("used")
    with province(folder / "data") as server:
        use(server)
        path = archive_of(server, folder / "backup.tar.gz")
        return path, rows_in(server.workbench), files_in(folder / "data")


def code_of(attempt: Callable[[], object]) -> str:
    with pytest.raises(InputError) as caught:
        attempt()
    return caught.value.problems[0].code


def test_a_restored_workbench_is_the_one_that_was_backed_up(either: Province, tmp_path: Path):
    """Row by row and file by file; who was signed in is not; the audit chain goes on with the restore."""
    use(either)
    path = archive_of(either, tmp_path / "backup.tar.gz")
    counts = restore(Settings(tmp_path / "restored"), path)
    restored = Workbench(Settings(tmp_path / "restored"))
    rows = rows_in(restored)
    assert rows == rows_in(either.workbench)
    assert counts == {name: len(found) for name, found in rows.items()}
    assert all(rows[name] for name in ("units", "accounts", "submissions", "cells", "files", "assessments"))
    assert files_in(tmp_path / "restored") == files_in(tmp_path)
    with restored.database.read() as connection:
        assert connection.execute(select(sessions)).all() == []
        entries = list(chain.entries(connection))
    assert list(chain.faults(entries)) == []
    assert [one["action"] for one in entries[-2:]] == ["system.back_up", "system.restore"]
    restored.close()


def test_from_sqlite_to_postgresql_and_back(postgres: str, kept, tmp_path: Path):
    """The same rows in either database; what is added after a restore gets new numbers."""
    path, rows, files = kept
    there = Settings(tmp_path / "pg", database_url(postgresql.new_database(postgres, "restored")))
    restore(there, path)
    first = Workbench(there)
    try:
        assert rows_in(first) == rows
        assert files_in(tmp_path / "pg") == files
        with first.database.write() as change:
            values = dict(zip(submissions.c.keys(), rows["submissions"][0], strict=True))
            values |= {"id": None, "period_from": "2020-01-01"}
            made = change.execute(
                insert(submissions).values(**{k: v for k, v in values.items() if k != "id"})
            )
            change.tell(PROGRAM, Deed("test.add", "system"))
        assert made.inserted_primary_key[0] == max(row[0] for row in rows["submissions"]) + 1
        with (tmp_path / "again.tar.gz").open("wb") as file:
            back_up(first, file)
        expected = rows_in(first)
    finally:
        first.close()
    # The restore that made the first is an entry of the second's chain.
    restore(Settings(tmp_path / "back"), tmp_path / "again.tar.gz")
    second = Workbench(Settings(tmp_path / "back"))
    assert rows_in(second) == expected
    with second.database.read() as connection:
        assert list(chain.faults(chain.entries(connection))) == []
    second.close()


def test_a_changed_byte_is_found_wherever_it_stands(kept, tmp_path: Path):
    """Nothing is restored, and nothing appears in the folder."""
    path, _, _ = kept
    whole = path.read_bytes()
    chance = random.Random(7)
    places = {0, 3, 4, len(whole) - 1, len(whole) - 8, *chance.sample(range(10, len(whole) - 20), 40)}
    for place in sorted(places):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        (tmp_path / "changed.tar.gz").write_bytes(changed)
        told = code_of(lambda: restore(Settings(tmp_path / "data"), tmp_path / "changed.tar.gz"))
        assert told == "damaged_backup", place
    assert not (tmp_path / "data").exists()


def test_a_backup_that_was_cut_short_is_refused(kept, tmp_path: Path):
    """At any length, the last byte included."""
    path, _, _ = kept
    whole = path.read_bytes()
    for length in (0, 1, 9, 10, 100, len(whole) // 2, len(whole) - 9, len(whole) - 1):
        (tmp_path / "cut.tar.gz").write_bytes(whole[:length])
        assert (
            code_of(lambda: restore(Settings(tmp_path / "data"), tmp_path / "cut.tar.gz")) == "damaged_backup"
        )
    assert not (tmp_path / "data").exists()


def repacked(path: Path, change: Callable[[dict[str, bytes]], None], out: Path) -> Path:
    """The backup with other members, each with the sums as they were."""
    with tarfile.open(path, "r:gz") as archive:
        members = {one.name: archive.extractfile(one).read() for one in archive}
    change(members)
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    with out.open("wb") as file, gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
        packed.write(made.getvalue())
    return out


OTHERS: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a table is missing": lambda members: members.pop("tables/cells.jsonl"),
    "a file is missing": lambda members: members.pop(
        next(one for one in members if one.startswith("evidence/"))
    ),
    "the head is missing": lambda members: members.pop("backup.json"),
    "the sums are missing": lambda members: members.pop("SHA256SUMS"),
    "nothing is in it": lambda members: members.clear(),
    "a file more": lambda members: members.update({"evidence/" + "0" * 64: b"x"}),
    "a file elsewhere": lambda members: members.update({"../outside": b"x"}),
    "another head": lambda members: members.update({"backup.json": b"[]"}),
    "other rows": lambda members: members.update({"tables/accounts.jsonl": b"{}\n"}),
}


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS.keys())
def test_a_backup_with_other_members_is_refused(kept, tmp_path: Path, change):
    """One is missing, too many, elsewhere, or says something else."""
    other = repacked(kept[0], change, tmp_path / "other.tar.gz")
    assert code_of(lambda: restore(Settings(tmp_path / "data"), other)) == "damaged_backup"
    assert not (tmp_path / "data").exists()


def test_what_is_no_backup_is_refused(tmp_path: Path):
    """A file that is not there, a text, an archive of something else."""
    data = Settings(tmp_path / "data")
    assert code_of(lambda: restore(data, tmp_path / "nix.tar.gz")) == "no_file"
    (tmp_path / "text.tar.gz").write_text("no backup")
    assert code_of(lambda: restore(data, tmp_path / "text.tar.gz")) == "damaged_backup"
    with tarfile.open(tmp_path / "else.tar.gz", "w:gz") as archive:
        archive.add(__file__, "x.py")
    assert code_of(lambda: restore(data, tmp_path / "else.tar.gz")) == "damaged_backup"


def test_a_backup_of_another_schema_is_refused(kept, tmp_path: Path):
    """It says which program restores it."""

    def older(members: dict[str, bytes]) -> None:
        head = json.loads(members["backup.json"]) | {"schema": "0000"}
        old = members["backup.json"]
        members["backup.json"] = json.dumps(head, sort_keys=True).encode()
        members["SHA256SUMS"] = members["SHA256SUMS"].replace(
            sha256(old).hexdigest().encode(), sha256(members["backup.json"]).hexdigest().encode()
        )

    other = repacked(kept[0], older, tmp_path / "other.tar.gz")
    assert code_of(lambda: restore(Settings(tmp_path / "data"), other)) == "other_schema"
    assert not (tmp_path / "data").exists()


def test_nothing_is_restored_over_data(either: Province, kept, tmp_path: Path):
    """A workbench with an account keeps what it has, whichever database it is in."""
    before, files = rows_in(either.workbench), files_in(tmp_path)
    assert code_of(lambda: restore(either.workbench.settings, kept[0])) == "not_empty"
    assert rows_in(either.workbench) == before
    assert files_in(tmp_path) == files
    assert not (tmp_path / UNFINISHED).exists()


def test_nothing_is_restored_over_files(kept, tmp_path: Path):
    """Evidence of another workbench without its database is data, too."""
    (tmp_path / "evidence" / "ab").mkdir(parents=True)
    (tmp_path / "evidence" / "ab" / "cd").write_bytes(b"x")
    assert code_of(lambda: restore(Settings(tmp_path), kept[0])) == "not_empty"
    assert not (tmp_path / "workbench.sqlite").exists()


@pytest.fixture(scope="module")
def interrupted(kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Path]]:
    """Folders in which a restore was ended before a step: one for every third step."""
    folder = tmp_path_factory.mktemp("interrupted")
    done = subprocess.run(
        [sys.executable, "-m", "tests.workbench.interrupted", kept[0], folder],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    yield sorted(folder.iterdir())
    shutil.rmtree(folder)


def test_a_restore_that_was_killed_is_done_again_or_was_done(interrupted: list[Path], kept):
    """Before it ends no server starts on the folder, and another backup is refused; the same backup completes it."""
    path, rows, files = kept
    assert len(interrupted) > 10
    unfinished = 0
    for folder in interrupted:
        if (folder / UNFINISHED).exists():
            unfinished += 1
            assert code_of(lambda folder=folder: Workbench(Settings(folder))) == "restore_unfinished"
            restore(Settings(folder), path)
        elif not (folder / "workbench.sqlite").exists():
            restore(Settings(folder), path)
        else:
            assert code_of(lambda folder=folder: restore(Settings(folder), path)) == "not_empty"
        restored = Workbench(Settings(folder))
        assert rows_in(restored) == rows, folder
        assert files_in(folder) == files, folder
        with restored.database.read() as connection:
            assert list(chain.faults(chain.entries(connection))) == []
        restored.close()
    assert unfinished > 5


def test_a_restore_that_was_cut_off_is_not_done_again_with_another_backup(
    kept, server: Province, tmp_path: Path
):
    """Files of two workbenches are not mixed."""
    folder = tmp_path / "cut"
    folder.mkdir()
    (folder / UNFINISHED).write_text("sha256:of-another")
    assert code_of(lambda: restore(Settings(folder), kept[0])) == "other_restore"


def test_a_backup_while_people_type_is_one_view(either: Province, tmp_path: Path):
    """Whatever was acknowledged before it began is in it, and cells go with the audit entries of that moment."""
    clients = {login: either.client(login) for login in ("community", "neighbour", "street")}
    paths = {login: begin(client) for login, client in clients.items()}
    acknowledged: dict[str, int] = dict.fromkeys(clients, 0)
    stopped = Event()

    def type_on(login: str) -> None:
        sheet = "street" if login == "street" else "counts"
        key = "title" if login == "street" else "now"
        while not stopped.is_set() and acknowledged[login] < 500:
            seen = acknowledged[login]
            data = {"sheet": sheet, "row": 0, "key": key, "value": str(seen + 1), "seen": seen}
            answer = clients[login].post(f"{paths[login]}/cells", data=data)
            assert answer.status_code == 200, answer.text
            acknowledged[login] = answer.json()["version"]

    threads = [Thread(target=type_on, args=(login,)) for login in clients]
    for thread in threads:
        thread.start()
    made = []
    try:
        while min(acknowledged.values()) < 5:
            stopped.wait(0.01)
        for n in range(3):
            before = dict(acknowledged)
            made.append((before, archive_of(either, tmp_path / f"{n}.tar.gz")))
    finally:
        stopped.set()
        for thread in threads:
            thread.join()
    for n, (before, path) in enumerate(made):
        restore(Settings(tmp_path / f"r{n}"), path)
        restored = Workbench(Settings(tmp_path / f"r{n}"))
        rows = rows_in(restored)
        versions = {row[0]: row[5] for row in rows["cells"]}
        for login, least in before.items():
            assert versions[int(paths[login].rpartition("/")[2])] >= least
        saves: dict[int, int] = {}
        for entry in rows["audit"]:
            if entry[4] == "form.save":
                number = int(entry[5].partition(":")[2])
                saves[number] = max(saves.get(number, 0), json.loads(entry[7])["version"])
        assert versions == saves
        with restored.database.read() as connection:
            assert list(chain.faults(chain.entries(connection))) == []
        restored.close()


def test_the_commands_back_up_and_restore(server: Province, tmp_path: Path):
    """``backup`` overwrites nothing and leaves nothing half made; ``restore`` says how much it put back."""
    use(server)
    folder = server.workbench.settings.data

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "cli.py", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "LC_ALL": "zh_CN.UTF-8", "PYTHONPATH": str(ROOT)},
            check=False,
        )

    out = tmp_path / "out" / "backup.tar.gz"
    out.parent.mkdir()
    made = run("backup", "--data", folder, "-o", out)
    assert made.returncode == 0, made.stderr
    assert "2 份申报" in made.stdout
    assert [path.name for path in out.parent.iterdir()] == ["backup.tar.gz"]
    if os.name == "posix":
        assert out.stat().st_mode & 0o077 == 0
    assert run("backup", "--data", folder, "-o", out).returncode == 2
    done = run("restore", out, "--data", tmp_path / "new")
    assert done.returncode == 0, done.stderr
    assert "恢复了 2 份申报" in done.stdout
    again = run("restore", out, "--data", tmp_path / "new")
    assert again.returncode == 2
    assert "已经有数据" in again.stderr
    assert run("audit", "verify", "--data", tmp_path / "new").returncode == 0
