"""The database, SQLite or PostgreSQL: read and write transactions. Nothing is written without an entry in the audit log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from evaluator.errors import InputError, Place, Problem, Words
from workbench import audit
from workbench.audit import Deed, Doer
from workbench.moments import Clock, system_clock, written

# Any number that no other program's lock bears: it holds the audit chain on PostgreSQL.
_CHAIN = 7_261_902_531
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}


class Transaction:
    """One change: its statements and what the log says of it are kept together or not at all."""

    def __init__(self, connection: Connection, now: str) -> None:
        self.connection, self.now = connection, now
        self.is_told = False

    def execute(self, statement: Any, values: Any = None) -> Any:
        """Run a statement of SQLAlchemy."""
        return self.connection.execute(statement, values)

    def tell(self, doer: Doer, deed: Deed) -> int:
        """Put ``deed`` into the audit log; the number of its entry."""
        self.is_told = True
        return audit.append(self.connection, doer, deed, self.now)


class Database:
    """A database that is open."""

    def __init__(self, url: URL, clock: Clock = system_clock) -> None:
        self.url, self.clock = url, clock
        self.engine = _engine(url)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        # SQLite knows one writer: waiting here is cheaper than asking it again and again.
        self._writing = RLock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A view of the database that does not change while it is looked at."""
        with self.engine.connect() as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction. It must ``tell`` what it does, or nothing is kept."""
        with self.unlogged() as transaction:
            yield transaction
            if not transaction.is_told:
                raise AssertionError("a change without an entry in the audit log")

    @contextmanager
    def unlogged(self) -> Iterator[Transaction]:
        """A transaction for what is no deed: that a session was seen, that an attempt to sign in failed."""
        if not self.is_sqlite:
            with self.engine.begin() as connection:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_CHAIN})"))
                yield Transaction(connection, written(self.clock()))
            return
        with self._writing, self.engine.begin() as connection:
            # Else SQLite takes the lock at the first change, and what was read before may be old by then.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield Transaction(connection, written(self.clock()))

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


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
