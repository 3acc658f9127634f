"""A server as those who run it meet it: how it ends, and what its log holds when the database fails."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx2 as httpx
import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from tests.workbench.province import Province
from workbench import audit as chain
from workbench.storage.tables import accounts

ROOT = Path(__file__).parents[2]


def test_being_stopped_is_no_failure(tmp_path: Path) -> None:
    """The server answers, is asked to end as by ``systemctl stop``, ends, and says so with exit code 0."""
    command = [sys.executable, ROOT / "cli.py", "serve", "--data", tmp_path, "--port", "0", "--lang", "en"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        opened = re.search(r"is open: (\S+)", running.stdout.readline())
        assert opened is not None
        assert httpx.get(f"{opened[1]}health", timeout=30).json()["status"] == "ok"
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=30)
    assert (running.returncode, said) == (0, "The workbench has stopped.\n")


def test_what_was_typed_does_not_stand_in_the_log_of_a_failing_database(either: Province) -> None:
    """The statement may; its values may not."""
    typed = {"login": "sysadmin", "made_at": "typed-by-somebody", "is_active": True}
    with pytest.raises(DBAPIError) as failure, either.workbench.database.unlogged() as change:
        change.execute(insert(accounts).values(**typed))
    assert "INSERT INTO accounts" in str(failure.value)
    assert "typed-by-somebody" not in str(failure.value)


def test_a_clock_that_goes_back_breaks_neither_sessions_nor_the_log(server: Province) -> None:
    """Sessions live longer by as much; the log keeps its order by its numbers."""
    browser = server.client("audadmin")
    server.clock.pass_(-120)
    assert browser.get("/audit").status_code == 200
    assert browser.get("/audit/export").status_code == 200
    server.clock.pass_(149)
    assert browser.get("/audit").status_code == 200
    server.clock.pass_(31)
    assert browser.get("/audit").status_code == 401
    with server.workbench.database.read() as connection:
        assert list(chain.faults(chain.entries(connection))) == []
