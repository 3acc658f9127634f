"""Every input that ever broke a reader: it is accepted or refused now."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzzing.guard import interrupted, outcome
from fuzzing.targets import target

FOUND = Path(__file__).parent / "found"
CASES = sorted(path for path in FOUND.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(FOUND).as_posix())
def test_what_was_found_breaks_nothing_any_more(path: Path) -> None:
    with interrupted():
        found = outcome(target(path.parent.name).reader(), path.read_bytes())
    assert found.crash == "", found.trace
    assert found.seconds < 2
