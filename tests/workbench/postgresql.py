"""A real PostgreSQL server of Debian's, on loopback, in a folder of its own; ended by its own process id."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """The address of a new server, to which a database's name is added; a ``durable`` one waits for its disk."""
    assert BINARIES is not None, "script/bootstrap installs PostgreSQL"
    folder = Path(tempfile.mkdtemp(prefix="duibiao-pg-", dir="/tmp"))
    # PostgreSQL refuses to run as root.
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    become = {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    port = _free_port()
    data = folder / "data"
    subprocess.run(
        [
            BINARIES / "initdb",
            "-D",
            data,
            "-U",
            "duibiao",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            "--locale=C",
        ],
        check=True,
        capture_output=True,
        cwd=folder,
        **become,
    )
    log = (folder / "log").open("wb")
    running = subprocess.Popen(
        [
            BINARIES / "postgres",
            "-D",
            data,
            "-p",
            str(port),
            "-h",
            "127.0.0.1",
            "-k",
            folder,
            "-c",
            f"fsync={'on' if durable else 'off'}",
        ],
        stdout=log,
        stderr=log,
        cwd=folder,
        **become,
    )
    try:
        _wait(port, running)
        yield f"postgresql://duibiao@127.0.0.1:{port}/"
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(30)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def new_database(address: str, name: str) -> str:
    """The address of a new, empty database of this server."""
    import psycopg

    with psycopg.connect(f"{address}postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return address + name


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(port: int, running: subprocess.Popen[bytes]) -> None:
    import psycopg

    for _ in range(200):
        assert running.poll() is None, "the server ended"
        try:
            psycopg.connect(f"postgresql://duibiao@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server does not answer")
