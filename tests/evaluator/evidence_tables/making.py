"""Small tables: rows in, files out, so that each test shows what stands in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.loading.evidence_tables.opening import submissions_in_parquet
from evaluator.loading.evidence_tables.receiving import Read
from tests.evaluator.building import CATALOGUE

YEAR = {"period_from": "2025-01-01", "period_to": "2025-12-31"}


def subject(id_: str = "a", **more: Any) -> dict[str, Any]:
    """A row of subjects."""
    return {"id": id_, "name": f"{id_}社区", "kind": "community", **YEAR, **more}


def folder(path: Path, **tables: list[dict[str, Any]] | pa.Table) -> Path:
    """A folder with these tables, each given as its rows; the one subject ``a`` where none is given."""
    path.mkdir(exist_ok=True)
    for name, rows in {"subjects": [subject()], **tables}.items():
        table = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(rows)
        pq.write_table(table, path / f"{name}.parquet", row_group_size=3)
    return path


def read(path: Path) -> list[Read]:
    """Everything in ``path``."""
    return list(submissions_in_parquet(path, CATALOGUE))


def told(path: Path, language: Any = "zh") -> list[str]:
    """Every problem of what is in ``path``, without the folder that it lies in."""
    found = [one for each in read(path) for one in each.problems]
    return [one.in_language(language).removeprefix(f"{path}/") for one in found]
