"""Servers for the tests of the workbench."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.workbench import postgresql
from tests.workbench.browsing import chromium, serving
from tests.workbench.province import Province, province
from workbench.storage.database import database_url

_numbers = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server for this process."""
    with postgresql.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Province]:
    """The province in either database."""
    database = None
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres")
        database = database_url(postgresql.new_database(address, f"t{next(_numbers)}"))
    with province(tmp_path, database) as made:
        yield made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Province]:
    """The province in SQLite."""
    with province(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium for the tests of one file."""
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the filled demonstration."""
    with serving(tmp_path_factory.mktemp("demo"), "--demo") as (address, _):
        yield address
