"""A table whose rows stand in another order than the subjects: put in order on disk, a bounded part of it in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.loading.evidence_tables.columns import ROWS_IN_A_GROUP, TABLES
from evaluator.loading.evidence_tables.layout import Group, Subjects, owners, read_group, row_groups

# Rows that are put in order in memory at once, and files that are open at once.
ROWS_AT_ONCE = 200_000
_MOST_BUCKETS = 256
ROW, _POSITION = "\0row", "\0position"


def sorted_groups(
    file: pq.ParquetFile, table: str, name: str, subjects: Subjects, folder: Path
) -> tuple[Group, ...]:
    """The row groups of a copy of ``file`` in the order of ``subjects``, in files of their own below ``folder``.

    A column ``ROW`` says in which row of ``file`` each stood. Rows of no subject are left out.
    """
    buckets = min(_MOST_BUCKETS, -(-file.metadata.num_rows // ROWS_AT_ONCE))
    scattered = _scattered(file, table, name, subjects, folder, buckets)
    return tuple(group for path in scattered for group in _in_order(path))


def _in_order(path: Path) -> Iterator[Group]:
    """Replace a file of scattered rows by one with the same rows in order."""
    whole = pq.read_table(path)
    order = np.argsort(whole[_POSITION].to_numpy(), kind="stable")
    ordered = whole.take(pa.array(order))
    positions = ordered[_POSITION].to_numpy()
    path.unlink()
    kept = path.with_suffix(".parquet")
    pq.write_table(ordered.drop_columns([_POSITION]), kept, row_group_size=ROWS_IN_A_GROUP)
    for group in row_groups(pq.ParquetFile(kept), str(kept)):
        first, last = positions[group.before], positions[group.before + group.rows - 1]
        yield group._replace(first=int(first), last=int(last))


def _scattered(
    file: pq.ParquetFile, table: str, name: str, subjects: Subjects, folder: Path, buckets: int
) -> Iterator[Path]:
    """Files, in order, each with the rows of the subjects that follow each other there."""
    columns = [one.name for one in TABLES[table] if one.name in file.schema_arrow.names]
    writers: dict[int, Any] = {}
    try:
        for group in row_groups(file, name):
            rows = read_group(file, group, columns)
            positions = owners(rows).positions(subjects)
            rows = rows.append_column(ROW, pa.array(np.arange(group.rows) + group.before + 1))
            rows = rows.append_column(_POSITION, pa.array(positions))
            bucket = np.where(positions < 0, -1, positions * buckets // max(1, subjects.number))
            for n in np.unique(bucket[bucket >= 0]).tolist():
                if n not in writers:
                    writers[n] = pq.ParquetWriter(
                        folder / f"{table}-{n:03}.scattered", rows.schema, compression="lz4"
                    )
                writers[n].write_table(rows.filter(pa.array(bucket == n)))
    finally:
        for one in writers.values():
            one.close()
    for n in sorted(writers):
        yield folder / f"{table}-{n:03}.scattered"
