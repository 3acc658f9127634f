"""Tables of rules: exporting one, and importing it again, changed; the goal is at most 2 s each for 60 criteria."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from evaluator.loading import RULES, ruleset_ids
from evaluator.loading.tables import imported, table_of
from evaluator.table.columns import of_sheet
from evaluator.workbook.form import letters
from tests.evaluator.table.editing import place_of, typed


@pytest.mark.parametrize("name", ruleset_ids())
def test_exporting(benchmark: Any, name: str) -> None:
    """From the files to the bytes of the workbook, read back once to see that nothing is lost."""
    assert benchmark(table_of, name).startswith(b"PK")


@pytest.mark.parametrize("name", ruleset_ids())
def test_importing_a_change(benchmark: Any, tmp_path: Path, name: str) -> None:
    """From the workbook to the changed text of ``ruleset.yaml``."""
    folder = Path(shutil.copytree(RULES / name, tmp_path / name))
    book = table_of(name)
    row = place_of(book, "指标", 分值="2")
    title = [one.title for one in of_sheet("criteria")].index("二级指标")
    (tmp_path / "t.xlsx").write_bytes(
        typed(book, {f"指标!{letters(title)}{row}": "改过的名称", "总体!C4": "1.9.0"})
    )
    found = benchmark(imported, tmp_path / "t.xlsx", folder, None, removal=False, newer=True)
    assert len(found.changes) == 2
