"""Rectification lists that came back, from workbooks."""

from __future__ import annotations

from pathlib import Path

from evaluator.loading.sheets import sheets_of
from evaluator.planning.progress import returned
from evaluator.planning.rectification import Returned

LARGEST_LIST = 4 * 1024 * 1024


def load_rectification(path: Path | str) -> Returned:
    """The rectification list in a workbook; raises ``InputError`` with every fault, each with its cell."""
    return returned(sheets_of(Path(path), LARGEST_LIST), str(path))
