"""Runs that meet faults: forks of an interpreter that has the command line loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.cases import CASES
from faults.killing import Laid
from faults.running import Runner


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """The interpreter of this session."""
    with Runner(tmp_path_factory.mktemp("runner")) as started:
        yield started


@pytest.fixture(scope="session")
def laid(runner: Runner, tmp_path_factory: pytest.TempPathFactory):
    """A case by its name, made and run undisturbed once."""
    known: dict[str, Laid] = {}

    def of(name: str) -> Laid:
        if name not in known:
            known[name] = Laid(CASES[name], runner, tmp_path_factory.mktemp(name) / "laid")
        return known[name]

    return of


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """An empty folder to run in."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder
