"""The audit log: nothing is done without an entry, and no entry can be changed unseen."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from tests.workbench.province import Province, begin, went_well
from workbench import audit as chain
from workbench.storage.tables import audit, units

COMMAND = Path(sys.executable).parent / "duibiao"


def listed(server: Province) -> list[dict]:
    with server.workbench.database.read() as connection:
        return list(chain.entries(connection))


def faults(server: Province, head=None) -> list[str]:
    return [one.what.zh for one in chain.faults(listed(server), head)]


@pytest.fixture
def used(either: Province) -> Province:
    """A server on which something was done."""
    client = either.client("community")
    path = begin(client)
    for row in range(5):
        client.post(f"{path}/cells", data={"sheet": "counts", "row": row, "key": "now", "value": "6"})
    return either


def test_an_untouched_chain_is_whole(used: Province):
    """Every entry follows the one before it."""
    assert len(listed(used)) > 6
    assert faults(used) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (update(audit).where(audit.c.n == 3).values(login="other"), "第 3 条的内容被改动"),
        (update(audit).where(audit.c.n == 3).values(at="2020-01-01T00:00:00.000Z"), "第 3 条的内容被改动"),
        (update(audit).where(audit.c.n == 3).values(detail='{"a":1}'), "第 3 条的内容被改动"),
        (update(audit).where(audit.c.n == 3).values(reason="改"), "第 3 条的内容被改动"),
        (delete(audit).where(audit.c.n == 3), "缺少第 3 条到第 3 条"),
        (update(audit).where(audit.c.n == 3).values(digest="sha256:" + "1" * 64), "第 3 条的内容被改动"),
    ],
)
def test_whatever_is_changed_is_found(used: Province, change, told: str):
    """Who, when, what, why, the digest itself, and an entry that is gone."""
    with used.workbench.database.unlogged() as transaction:
        transaction.execute(change)
    assert told in faults(used)


def test_two_entries_that_changed_places_are_found(used: Province):
    """The order belongs to the chain."""
    with used.workbench.database.unlogged() as transaction:
        for old, new in ((3, 1003), (4, 3), (1003, 4)):
            transaction.execute(update(audit).where(audit.c.n == old).values(n=new))
    assert len(faults(used)) >= 2


def test_a_last_entry_that_was_cut_off_is_found_by_what_was_noted_elsewhere(used: Province):
    """The end of a chain says nothing of what followed: the noted number and digest do."""
    last = listed(used)[-1]
    with used.workbench.database.unlogged() as transaction:
        transaction.execute(delete(audit).where(audit.c.n == last["n"]))
    assert faults(used) == []
    assert faults(used, (last["n"], last["digest"]))


def test_a_chain_that_was_made_anew_is_found_by_what_was_noted_elsewhere(used: Province):
    """Whoever rewrites all of it cannot rewrite what stands in another place."""
    before = listed(used)
    with used.workbench.database.unlogged() as transaction:
        transaction.execute(delete(audit))
        for one in before:
            deed = chain.Deed(one["action"], one["object"], "other", json.loads(one["detail"]))
            chain.append(transaction.connection, chain.Doer(one["login"], one["role"]), deed, one["at"])
    assert faults(used) == []
    assert faults(used, (before[-1]["n"], before[-1]["digest"]))


def test_a_change_that_is_not_told_is_not_kept(either: Province):
    """A transaction that says nothing to the log ends with nothing changed."""
    with pytest.raises(AssertionError), either.workbench.database.write() as change:
        change.execute(insert(units).values(id="x", name="无记录", kind="province", path="/x/", region="[]"))
    with either.workbench.database.read() as connection:
        assert connection.execute(select(units).where(units.c.id == "x")).one_or_none() is None


def test_the_auditor_reads_searches_verifies_and_exports(server: Province):
    """By account, action and object; the export is a line of JSON for each entry, and is itself an entry."""
    client = server.client("community")
    begin(client)
    auditor = server.client("audadmin")
    page = went_well(auditor.get("/audit", params={"login": "community", "action": "submission.begin"})).text
    assert "submission:1" in page
    assert "unit.make" not in page.partition("<tbody>")[2]
    assert "没有改动" in auditor.get("/audit/verify").text
    lines = [json.loads(line) for line in auditor.get("/audit/export").text.splitlines()]
    assert [line["n"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[-1]["action"] == "audit.export"


def test_the_command_verifies_and_finds_a_change(server: Province, tmp_path: Path):
    """``duibiao audit verify``: exit 0 with the head to note, 1 where an entry was changed, 2 where there is no data."""
    begin(server.client("community"))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"LC_ALL": "zh_CN.UTF-8", "PATH": "/usr/bin:/bin"}
        return subprocess.run(
            [COMMAND, "audit", *arguments], capture_output=True, text=True, env=environment, check=False
        )

    whole = run("verify", "--data", str(tmp_path))
    assert whole.returncode == 0, whole.stderr
    head = whole.stdout.rpartition("：")[2].strip()
    assert run("verify", "--data", str(tmp_path), "--head", head).returncode == 0
    out = run("export", "--data", str(tmp_path), "-o", str(tmp_path / "log.jsonl"))
    assert out.returncode == 0, out.stderr
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == len(listed(server))
    with sqlite3.connect(tmp_path / "workbench.sqlite") as database:
        database.execute("UPDATE audit SET login = 'nobody' WHERE n = 2")
    database.close()
    changed = run("verify", "--data", str(tmp_path))
    assert changed.returncode == 1
    assert "第 2 条的内容被改动" in changed.stdout
    absent = run("verify", "--data", str(tmp_path / "nix"))
    assert absent.returncode == 2
    assert "这里没有工作台的数据" in absent.stderr
