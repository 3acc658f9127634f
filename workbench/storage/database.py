"""The database, SQLite or PostgreSQL: read and write transactions. Nothing is written without an entry in the audit log."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, RLock, Thread
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from evaluator.errors import InputError, Place, Problem, Words
from workbench import audit
from workbench.audit import Deed, Doer
from workbench.moments import Clock, system_clock, written

# Any number that no other program's lock bears: it holds the audit chain on PostgreSQL.
_CHAIN = 7_261_902_531
_MOST_TOGETHER = 64
T = TypeVar("T")
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}


class Transaction:
    """One change: its statements and what the log says of it are kept together or not at all."""

    def __init__(self, connection: Connection, now: str) -> None:
        self.connection, self.now = connection, now
        self.is_told = False
        self._end: audit.End | None = None

    def execute(self, statement: Any, values: Any = None) -> Any:
        """Run a statement of SQLAlchemy."""
        return self.connection.execute(statement, values)

    def tell(self, doer: Doer, deed: Deed) -> int:
        """Put ``deed`` into the audit log; the number of its entry."""
        self.is_told = True
        self._end = audit.append(self.connection, doer, deed, self.now, self._end)
        return self._end.n

    def do(self, work: Callable[[Transaction], T]) -> T:
        """Do ``work``, which tells what it does; where it raises, nothing of it stays, and what was done before it does."""
        point, end, self.is_told = self.connection.begin_nested(), self._end, False
        try:
            found = work(self)
            _refuse_untold(self)
            point.commit()
        except BaseException:
            point.rollback()
            self._end = end
            raise
        return found


class Database:
    """A database that is open."""

    def __init__(self, url: URL, clock: Clock = system_clock) -> None:
        self.url, self.clock = url, clock
        self.engine = _engine(url)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        # SQLite knows one writer: waiting here is cheaper than asking it again and again.
        self._writing = RLock()
        self._group = _Group(self)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self.engine.connect() as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction. It must ``tell`` what it does, or nothing is kept."""
        with self.unlogged() as transaction:
            yield transaction
            _refuse_untold(transaction)

    @contextmanager
    def unlogged(self) -> Iterator[Transaction]:
        """A transaction for what is no deed: that a session was seen, that an attempt to sign in failed."""
        with self._alone() as connection:
            yield Transaction(connection, written(self.clock()))

    @contextmanager
    def restructure(self) -> Iterator[Connection]:
        """A transaction for a change of the schema; what refers to nothing afterwards is refused with all of it."""
        if not self.is_sqlite:
            with self._alone() as connection:
                yield connection
            return
        # SQLite changes a table by making it anew: dropping the old one would break what refers to it. It can be told so
        # only outside of a transaction, and every connection of the pool is told otherwise when it is made.
        with self.engine.connect() as connection, self._writing:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.rollback()
            try:
                with connection.begin():
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                    yield connection
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                    if broken:
                        raise AssertionError(f"rows that refer to nothing: {broken[:5]}")
            finally:
                connection.exec_driver_sql("PRAGMA foreign_keys = ON")
                connection.rollback()

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        if not self.is_sqlite:
            with self.engine.begin() as connection:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_CHAIN})"))
                yield connection
            return
        with self._writing, self.engine.begin() as connection:
            # Else SQLite takes the lock at the first change, and what was read before may be old by then.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    def together(self, work: Callable[[Transaction], T]) -> T:
        """Do ``work``, a small change, in one transaction with those that others ask for at the same moment.

        A disk takes as long to keep one change as to keep fifty. What this returns is on the disk; where ``work`` raises, nothing
        of it is kept, and the others are.
        """
        return self._group.soon(work).result()

    def soon(self, work: Callable[[Transaction], T]) -> Future[T]:
        """As ``together``, for those who must not wait: what is promised comes once it is on the disk."""
        return self._group.soon(work)

    def close(self) -> None:
        """Give every connection back."""
        self._group.close()
        self.engine.dispose()


class _Group:
    """A thread that does small changes, those that wait in one transaction (group commit)."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._waiting: SimpleQueue[tuple[Callable[[Transaction], Any], Future[Any]] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._starting = Lock()

    def soon(self, work: Callable[[Transaction], T]) -> Future[T]:
        """What ``work`` returns, once it is done and kept."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="group commit", daemon=True)
                self._thread.start()
        future: Future[T] = Future()
        self._waiting.put((work, future))
        return future

    def close(self) -> None:
        """End the thread once everything that waits is done."""
        with self._starting:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._waiting.put(None)
            thread.join()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            jobs = [first]
            ends = False
            while len(jobs) < _MOST_TOGETHER and not ends:
                try:
                    job = self._waiting.get_nowait()
                except Empty:
                    break
                ends = job is None
                if job is not None:
                    jobs.append(job)
            self._keep(jobs)
            if ends:
                return

    def _keep(self, jobs: list[tuple[Callable[[Transaction], Any], Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        try:
            with self.database.unlogged() as change:
                for work, future in jobs:
                    try:
                        done.append((future, change.do(work)))
                    except Exception as error:  # noqa: BLE001 - it is raised where it was asked for
                        future.set_exception(error)
        except Exception as error:  # noqa: BLE001 - as above
            for future, _ in done:
                future.set_exception(error)
            return
        # Nobody is told before all of it is kept.
        for future, found in done:
            future.set_result(found)


def _refuse_untold(transaction: Transaction) -> None:
    if not transaction.is_told:
        raise AssertionError("a change without an entry in the audit log")


def sqlite_url(path: Path) -> URL:
    """The address of an SQLite file."""
    return URL.create("sqlite", database=str(path))


def database_url(stated: str) -> URL:
    """The address that ``--database`` states; raises ``InputError`` where it is none that is known."""
    try:
        url = make_url(stated)
        driver = _DRIVERS[url.drivername.partition("+")[0]]
    except (ArgumentError, KeyError):
        what = Words("数据库地址看不懂", "this is no address of a database")
        mend = Words("写成 postgresql://用户@主机/库名", "write postgresql://user@host/database")
        raise InputError([Problem("bad_database", Place("--database"), what, mend)]) from None
    return url.set(drivername=driver)


def _engine(url: URL) -> Engine:
    # A failure is logged with its statement: what somebody typed must not stand there.
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=10, max_overflow=30, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(
        url,
        pool_size=40,
        max_overflow=0,
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # Transactions are begun by us; pysqlite would begin them too late.
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            # What was acknowledged outlives a power cut, not only a killed process.
            "synchronous = FULL",
            "foreign_keys = ON",
            "busy_timeout = 10000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine
