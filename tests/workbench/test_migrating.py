"""Every database is brought to the schema of this program, with its rows, or stays as it was."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, MetaData, func, insert, inspect, select, text

from evaluator.errors import InputError
from tests.workbench import postgresql
from workbench import audit as chain
from workbench.storage import migrating
from workbench.storage.database import Database, database_url, sqlite_url
from workbench.storage.migrating import migrate, newest, revision_of
from workbench.storage.tables import metadata

SCHEMAS = Path(__file__).parent / "schemas"
RELEASED = sorted(path.stem for path in SCHEMAS.glob("*.sql"))
_numbers = count()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of either kind."""
    database = Database(address(request, tmp_path, request.param))
    yield database
    database.close()


def address(request: pytest.FixtureRequest, folder: Path, kind: str) -> URL:
    if kind == "sqlite":
        return sqlite_url(folder / "workbench.sqlite")
    server = request.getfixturevalue("postgres")
    return database_url(postgresql.new_database(server, f"m{next(_numbers)}"))


def dumped(schema: str, path: Path) -> Database:
    """The SQLite database of a released schema, with its rows."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript((SCHEMAS / f"{schema}.sql").read_text(encoding="utf-8"))
    return Database(sqlite_url(path))


def rows_of(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as the database itself describes them."""
    with database.read() as connection:
        found = MetaData()
        found.reflect(connection)
        return {
            table.name: [
                dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in found.sorted_tables
            if table.name != "alembic_version"
        }


def kept(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> None:
    """Every row of ``before`` is there, in the columns that are."""
    for name, rows in before.items():
        assert len(after[name]) == len(rows), name
        for old, new in zip(rows, after[name], strict=True):
            assert {key: new[key] for key in old if key in new} == {
                key: old[key] for key in old if key in new
            }


def test_an_empty_database_is_brought_to_the_newest_schema(empty: Database):
    """On either database; doing it again changes nothing."""
    migrate(empty)
    with empty.read() as connection:
        assert revision_of(connection) == newest()
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
    migrate(empty)


def test_the_migrations_make_what_the_tables_say(empty: Database):
    """Columns, types, keys and indexes: nothing is left to change."""
    migrate(empty)
    with empty.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_database_of_a_newer_program_is_refused_in_words(empty: Database):
    """It is not touched."""
    migrate(empty)
    with empty.unlogged() as change:
        change.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(InputError) as caught:
        migrate(empty)
    assert caught.value.problems[0].code == "newer_database"
    assert "9999" in caught.value.problems[0].what.zh
    with empty.read() as connection:
        assert revision_of(connection) == "9999"


def test_what_is_no_database_is_refused_in_words(tmp_path: Path):
    """A file of another kind under the database's name; a server that is not there."""
    path = tmp_path / "workbench.sqlite"
    path.write_bytes(b"no database at all, and long enough for a header" * 40)
    for url in (sqlite_url(path), database_url("postgresql://duibiao@127.0.0.1:1/nix")):
        database = Database(url)
        with pytest.raises(InputError) as caught:
            migrate(database)
        database.close()
        assert caught.value.problems[0].code == "no_database"


def test_every_schema_has_its_dump():
    """Where one is missing: ``python -m tests.workbench.schemas``."""
    scripts = ScriptDirectory.from_config(migrating.configuration())
    assert {one.revision for one in scripts.walk_revisions()} == set(RELEASED)


@pytest.mark.parametrize("schema", RELEASED)
def test_a_dump_has_the_schema_that_its_migration_makes(schema: str, tmp_path: Path):
    """Where it has not, a migration was changed: before its release make the dump anew, afterwards never."""
    old, made = dumped(schema, tmp_path / "old.sqlite"), Database(sqlite_url(tmp_path / "made.sqlite"))
    migrate(made, schema)
    query = text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    with old.read() as one, made.read() as other:
        assert one.execute(query).all() == other.execute(query).all()
    old.close()
    made.close()


@pytest.mark.parametrize("schema", RELEASED)
def test_a_released_schema_is_brought_forward_with_its_rows(schema: str, tmp_path: Path):
    """Every table of the dump holds rows; none is lost or changed, and the audit chain is whole."""
    database = dumped(schema, tmp_path / "workbench.sqlite")
    before = rows_of(database)
    assert {name for name, rows in before.items() if not rows} == {"sessions", "attempts"}
    migrate(database)
    kept(before, rows_of(database))
    with database.read() as connection:
        assert revision_of(connection) == newest()
        assert list(chain.faults(chain.entries(connection))) == []
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    database.close()


@pytest.mark.parametrize("schema", RELEASED)
def test_a_released_schema_in_postgresql_is_brought_forward(schema: str, request, tmp_path: Path):
    """The rows of the dump in the schema of its day."""
    source = dumped(schema, tmp_path / "source.sqlite")
    before = rows_of(source)
    source.close()
    database = Database(address(request, tmp_path, "postgresql"))
    migrate(database, schema)
    with database.unlogged() as change:
        found = MetaData()
        found.reflect(change.connection)
        for table in found.sorted_tables:
            for row in sorted(before.get(table.name, []), key=lambda row: len(row.get("path", ""))):
                change.execute(insert(table).values(**row))
    migrate(database)
    kept(before, rows_of(database))
    database.close()


SECOND = """
from alembic import op
import sqlalchemy as sa

revision, down_revision, branch_labels, depends_on = "zzzz", "{before}", None, None


def upgrade():
    op.create_table("added", sa.Column("id", sa.Integer(), primary_key=True))
    # Others refer to it: SQLite makes it anew all the same.
    with op.batch_alter_table("units", recreate="always" if op.get_bind().dialect.name == "sqlite" else "auto") as batch:
        batch.add_column(sa.Column("closed_at", sa.String(32)))
    op.execute("UPDATE units SET closed_at = 'x'")
    {ending}
"""


def with_a_second(monkeypatch: pytest.MonkeyPatch, folder: Path, ending: str) -> None:
    """One more migration behind those that there are."""
    before = newest()
    shutil.copytree(migrating.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "zzzz.py").write_text(SECOND.format(before=before, ending=ending))
    monkeypatch.setattr(migrating, "MIGRATIONS", folder)


def with_units(database: Database) -> None:
    migrate(database)
    with database.unlogged() as change:
        for name, parent in (("yn", None), ("km", "yn")):
            values = {"id": name, "name": name, "kind": "province", "parent": parent, "path": f"/{name}/"}
            change.execute(insert(metadata.tables["units"]).values(**values, region="[]"))


def test_a_table_that_others_refer_to_is_changed_with_its_rows(empty: Database, monkeypatch, tmp_path: Path):
    """SQLite drops and makes it anew: no row that refers to it is in the way, and none is lost."""
    with_units(empty)
    with_a_second(monkeypatch, tmp_path / "migrations", "pass")
    migrate(empty)
    rows = rows_of(empty)["units"]
    assert [(row["id"], row["parent"], row["closed_at"]) for row in rows] == [
        ("km", "yn", "x"),
        ("yn", None, "x"),
    ]


@pytest.mark.parametrize(
    "ending", ["raise KeyboardInterrupt", "op.execute('DELETE FROM units WHERE parent IS NULL')"]
)
def test_a_migration_that_is_cut_off_leaves_the_old_schema(
    empty: Database, monkeypatch, tmp_path: Path, ending: str
):
    """Ended in the middle, or with rows that refer to nothing: no table, column or row of it stays."""
    with_units(empty)
    before = rows_of(empty)
    with_a_second(monkeypatch, tmp_path / "migrations", ending)
    with pytest.raises(BaseException, match=r"^$|refer to nothing|violates foreign key"):
        migrate(empty)
    assert rows_of(empty) == before
    with empty.read() as connection:
        assert revision_of(connection) == RELEASED[-1]
        names = inspect(connection).get_table_names()
        assert set(names) == {*metadata.tables, "alembic_version"}
        assert (
            connection.execute(select(func.count()).select_from(metadata.tables["units"])).scalar_one() == 2
        )
