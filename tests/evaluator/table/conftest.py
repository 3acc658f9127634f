"""A folder to import into, and the table that was exported from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evaluator.loading.tables import table_of

EVERYTHING = Path(__file__).parent / "everything"


@pytest.fixture(scope="session")
def exported() -> bytes:
    """The table of the ruleset that uses every idiom."""
    return table_of(str(EVERYTHING))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of its files."""
    return Path(shutil.copytree(EVERYTHING, tmp_path / "everything"))
