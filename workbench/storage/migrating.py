"""The database brought to the schema of this program, step by step (Alembic); a newer one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, OperationalError

from evaluator.errors import InputError, Place, Problem, Words
from workbench.storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """The settings of Alembic for a connection that is open."""
    found = Config()
    found.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    found.attributes["connection"] = connection
    return found


def revision_of(connection: Connection) -> str | None:
    """The schema that the database has; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The schema of this program."""
    return str(ScriptDirectory.from_config(configuration()).get_current_head())


@contextmanager
def reached(database: Database) -> Iterator[None]:
    """Raise ``InputError`` where the database cannot be opened."""
    try:
        yield
    except DatabaseError as error:
        # Of its subclasses only one says that: the others are faults of a statement.
        if type(error) not in (DatabaseError, OperationalError):
            raise
        what = Words("数据库打不开", f"the database cannot be opened: {str(error.orig).splitlines()[0]}")
        mend = Words("检查地址、账号和数据库服务", "check the address, the account, and that the server runs")
        raise InputError([Problem("no_database", Place(_shown(database)), what, mend)]) from None


def migrate(database: Database, target: str = "head") -> None:
    """Bring the database to ``target``; raises ``InputError`` where it cannot be reached or is of a newer program."""
    with reached(database), database.restructure() as connection:
        known = {one.revision for one in ScriptDirectory.from_config(configuration()).walk_revisions()}
        found = revision_of(connection)
        if found is not None and found not in known:
            what = Words(
                f"数据库是更新版本的程序建的（结构 {found}）",
                f"the database was made by a newer program (schema {found})",
            )
            mend = Words("改用新版本的程序，或恢复备份", "use the newer program, or restore a backup")
            raise InputError([Problem("newer_database", Place(_shown(database)), what, mend)])
        if found != newest() or target != "head":
            command.upgrade(configuration(connection), target)


def _shown(database: Database) -> str:
    return database.url.render_as_string(hide_password=True)
