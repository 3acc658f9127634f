"""A small ruleset outside the installation, the key of an institution, and machines that trust it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.evaluator.building import CATALOGUE_TEXT
from tests.evaluator.bundles.making import KEY, TRIAL, approve

GOOD = Path(__file__).parents[1] / "bad" / "good"


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    """A ruleset at 1.0.0, approved, with a catalogue beside it."""
    folder = tmp_path / TRIAL
    folder.mkdir()
    for name in ("ruleset", "clauses", "cases", "catalogue"):
        shutil.copy(GOOD / f"{name}.yaml", folder)
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "counts.yaml").write_text(CATALOGUE_TEXT, encoding="utf-8")
    approve(folder, "1.0.0")
    return folder


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This machine trusts the institution."""
    folder = tmp_path / "trusted"
    folder.mkdir()
    (folder / "institution.pub").write_bytes(KEY[1])
    monkeypatch.setenv("DUIBIAO_TRUSTED", str(folder))
    return folder


@pytest.fixture
def untrusting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts nobody."""
    monkeypatch.setenv("DUIBIAO_TRUSTED", str(tmp_path / "nobody"))
