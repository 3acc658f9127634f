"""docs/evidence-tables.md names every table with every column, the required ones in bold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evaluator.loading.evidence_tables.columns import TABLES

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "evidence-tables.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_of_a_table_are_documented(table) -> None:
    (row,) = re.findall(rf"^\| `{table}` \|[^|]*\|(.*)\|$", TEXT, re.MULTILINE)
    assert re.findall(r"\*\*`(\w+)`\*\*", row) == [one.name for one in TABLES[table] if one.required]
    assert re.findall(r"`(\w+)`", row) == [one.name for one in TABLES[table]]
