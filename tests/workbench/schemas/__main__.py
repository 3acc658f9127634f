"""The newest schema with rows in it, kept beside this file: ``python -m tests.workbench.schemas``.

Run it when a migration was added, and when one that was never released was made anew. Dumps of released schemas stay as they are.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Integer, Table, insert, select

from tests.workbench.province import province
from tests.workbench.test_backing_up import use
from workbench.storage.migrating import newest
from workbench.storage.tables import attempts, metadata, sessions

FOLDER = Path(__file__).parent


def _any_row(table: Table) -> dict[str, object]:
    """A value in every column, of which those that refer to others refer to the first that ``use`` makes."""
    known = {"accounts.login": "community", "submissions.id": 1, "assessments.id": 1, "reviews.id": 1}
    return {
        column.name: next(
            (known[key.target_fullname] for key in column.foreign_keys),
            1 if isinstance(column.type, Integer) else "[]",
        )
        for column in table.columns
    }


def main() -> None:
    with TemporaryDirectory() as folder:
        with province(Path(folder)) as server:
            use(server)
            with server.workbench.database.unlogged() as change:
                for table in metadata.sorted_tables:
                    if table not in (sessions, attempts) and change.execute(select(table)).first() is None:
                        change.execute(insert(table).values(**_any_row(table)))
        with closing(sqlite3.connect(Path(folder) / "workbench.sqlite")) as database:
            database.execute("DELETE FROM sessions")
            database.commit()
            text = "\n".join(database.iterdump()) + "\n"
    out = FOLDER / f"{newest()}.sql"
    out.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{out}\n")


if __name__ == "__main__":
    main()
