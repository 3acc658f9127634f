"""Two hundred people fill in forms at once: saves a second, how long each takes, and whether any is lost.

    python -m benchmarks.serving                          200 people, 60 seconds, SQLite
    python -m benchmarks.serving --postgresql             the same over a PostgreSQL server of its own
    python -m benchmarks.serving --kills 10               kill -9 the server under load; nothing acknowledged may be lost

Each person types into the next cell of their own form at a steady pace, whatever the answers take. Afterwards every save that
was acknowledged is looked up in the database, and the audit chain is verified.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from sqlalchemy import select

from tests.workbench import postgresql
from workbench import accounts as keeping
from workbench import audit as chain
from workbench import drafts, filling, units
from workbench.audit import PROGRAM, Deed
from workbench.serving import Workbench
from workbench.settings import Settings
from workbench.storage.database import database_url
from workbench.storage.tables import cells
from workbench.visits import SESSION

COMMAND = Path(sys.executable).parent / "duibiao"
RULES = "kunming-model-community"
_HEADERS = re.compile(rb"HTTP/1\.1 (\d+).*?content-length: (\d+)", re.DOTALL | re.IGNORECASE)
_VERSION = re.compile(rb'"version":(\d+)')


class Person(NamedTuple):
    """Somebody who fills in: their form, their session, and where figures go."""

    submission: int
    cookie: str
    csrf: str
    rows: int


class Save(NamedTuple):
    """A save that was acknowledged: where, what, at which version, and how long it took in seconds."""

    submission: int
    row: int
    key: str
    value: str
    version: int
    took: float


def prepare(settings: Settings, number: int) -> list[Person]:
    """So many communities below ten streets, each with an account, a session and a form."""
    workbench = Workbench(settings)
    loaded = filling.newest(RULES)
    found = []
    with workbench.database.write() as change:
        units.make(change, "p", "示例省", "province", None)
        units.make(change, "d", "示例区", "district", "p")
        for n in range(10):
            units.make(change, f"s{n}", f"示例街道{n}", "street", "d")
        change.tell(PROGRAM, Deed("load.begin", "system"))
    for n in range(number):
        login = f"community-{n}"
        with workbench.database.write() as change:
            units.make(change, f"c{n}", f"示例社区{n}", "community", f"s{n % 10}")
            keeping.make_account(change, login, "community", f"c{n}")
            session = keeping.begin_session(change, workbench.database, login)
            account = keeping.account_of(change.connection, login)
            assert account is not None
            submission = drafts.begin(
                change, account, f"c{n}", loaded, (date(2025, 1, 1), date(2025, 12, 31))
            )
        signed_in = keeping.session_of(workbench.database, session.token)
        assert signed_in is not None
        found.append(Person(submission, session.token, signed_in.csrf, 15))
    workbench.close()
    return found


@contextmanager
def running(folder: Path, port: int, database: str | None) -> Iterator[subprocess.Popen[str]]:
    """A server as people start it."""
    options = [] if database is None else ["--database", database]
    process = subprocess.Popen(
        [COMMAND, "serve", "--data", folder, "--port", str(port), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "Ctrl+C" in line:
                break
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


class Load:
    """What so many people do, and what the server answered."""

    def __init__(self, port: int, people: list[Person], every: float) -> None:
        self.port, self.people, self.every = port, people, every
        self.saved: list[Save] = []
        self.refused = 0
        self.broken = 0
        self.seen: dict[tuple[int, int, str], int] = {}
        self.stopping = False

    async def open_pages(self) -> None:
        """Everybody opens the page that they fill in: nobody types into one that was not shown."""
        for person in self.people:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            head = (
                f"GET /submissions/{person.submission}/form/counts HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Cookie: {SESSION}={person.cookie}\r\nConnection: close\r\n\r\n"
            )
            writer.write(head.encode())
            answer = await reader.read()
            await _close((reader, writer))
            if not answer.startswith(b"HTTP/1.1 200"):
                raise AssertionError(answer[:200])

    async def run(self, seconds: float) -> None:
        """Let all of them type for so long."""
        until = time.perf_counter() + seconds
        await asyncio.gather(*(self._type(one, n, until) for n, one in enumerate(self.people)))

    async def _type(self, person: Person, n: int, until: float) -> None:
        # Not all at the same moment.
        due = time.perf_counter() + self.every * n / len(self.people)
        turn, stream = 0, None
        while due < until and not self.stopping:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            due += self.every
            row, key = turn % person.rows, "now" if turn // person.rows % 2 == 0 else "before"
            turn += 1
            try:
                if stream is None:
                    stream = await asyncio.open_connection("127.0.0.1", self.port)
                await self._save(person, row, key, str(turn), stream)
            except (OSError, asyncio.IncompleteReadError, ValueError):
                self.broken += 1
                await _close(stream)
                stream = None
        await _close(stream)

    async def _save(
        self,
        person: Person,
        row: int,
        key: str,
        value: str,
        stream: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        reader, writer = stream
        place = (person.submission, row, key)
        body = urlencode(
            {"sheet": "counts", "row": row, "key": key, "value": value, "seen": self.seen.get(place, 0)}
        ).encode()
        head = (
            f"POST /submissions/{person.submission}/cells HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: {SESSION}={person.cookie}\r\nX-CSRF-Token: {person.csrf}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        start = time.perf_counter()
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        found = _HEADERS.match(answer)
        if found is None:
            raise ValueError("no answer")
        content = await reader.readexactly(int(found[2]))
        took = time.perf_counter() - start
        version = _VERSION.search(content)
        if found[1] == b"200" and version is not None:
            self.seen[place] = int(version[1])
            self.saved.append(Save(*place, value, int(version[1]), took))
        else:
            # After a kill the last save may have been kept unacknowledged: the answer says which version there is.
            if found[1] == b"409" and version is not None:
                self.seen[place] = int(version[1])
            self.refused += 1


async def _close(stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None) -> None:
    if stream is not None:
        stream[1].close()
        with suppress(OSError):
            await stream[1].wait_closed()


def lost(settings: Settings, saved: list[Save]) -> list[Save]:
    """The acknowledged saves that the database does not hold: each cell has the last one's version, or a later one."""
    workbench = Workbench(settings)
    with workbench.database.read() as connection:
        kept = {
            (row.submission, row.row, row.key): (row.version, row.value)
            for row in connection.execute(select(cells).where(cells.c.sheet == "counts"))
        }
        broken = list(chain.faults(chain.entries(connection)))
    workbench.close()
    assert not broken, broken
    last = {(one.submission, one.row, one.key): one for one in saved}
    return [
        one
        for place, one in last.items()
        if kept.get(place, (0, ""))[0] < one.version
        or (kept[place][0] == one.version and kept[place][1] != one.value)
    ]


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` of them lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> int:
    """Run it, and say what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument(
        "--rate", type=float, default=330, help="saves a second that all of them together begin"
    )
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true")
    stated = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="duibiao-load-")))
        address = None
        if stated.postgresql:
            address = postgresql.new_database(stack.enter_context(postgresql.server(durable=True)), "load")
        settings = Settings(folder, None if address is None else database_url(address))
        people = prepare(settings, stated.people)
        port = 18_700 + os.getpid() % 1000
        load = Load(port, people, stated.people / stated.rate)
        if stated.kills:
            killed = _killed(folder, port, address, load, stated.kills, random.Random(stated.seed))
            gone = lost(settings, load.saved)
            print(
                f"kills {killed}, saves acknowledged {len(load.saved)}, broken off {load.broken}, lost {len(gone)}"
            )
            return 1 if gone else 0
        with running(folder, port, address):
            asyncio.run(load.open_pages())
            asyncio.run(load.run(stated.seconds))
        gone = lost(settings, load.saved)
    took = [one.took for one in load.saved]
    print(
        f"{stated.people} people, {len(took)} saves in {stated.seconds:.0f} s: {len(took) / stated.seconds:.0f}/s; "
        f"p50 {percentile(took, 0.5) * 1000:.0f} ms, p95 {percentile(took, 0.95) * 1000:.0f} ms, "
        f"p99 {percentile(took, 0.99) * 1000:.0f} ms, slowest {max(took) * 1000:.0f} ms; "
        f"refused {load.refused}, broken off {load.broken}, lost {len(gone)}"
    )
    return 1 if gone or load.refused or load.broken else 0


def _killed(
    folder: Path, port: int, address: str | None, load: Load, kills: int, chance: random.Random
) -> int:
    for _ in range(kills):
        with running(folder, port, address) as process:

            async def until_killed(process: subprocess.Popen[str] = process) -> None:
                typing = asyncio.create_task(load.run(3600))
                await asyncio.sleep(chance.uniform(4, 9))
                process.kill()
                load.stopping = True
                await typing
                load.stopping = False

            asyncio.run(until_killed())
    return kills


if __name__ == "__main__":
    sys.exit(main())
