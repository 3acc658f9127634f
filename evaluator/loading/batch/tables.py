"""The rows of a batch → ``results.parquet`` and ``criteria.parquet``, in groups of rows that do not depend on how it was done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.algorithms import Algorithm
from evaluator.assessment_document import SEMANTICS, VERSION
from evaluator.digests import ruleset_digest
from evaluator.loading.results import CRITERION, RESULT, ROW, STATE
from evaluator.loading.rulesets import Loaded
from evaluator.ruleset import full_points

# So many subjects are a group of rows: what a reader takes in at a time.
_SUBJECTS, _OF_CRITERIA = 10_000, 500


class _Grouped:
    """A Parquet file whose groups have so many rows each, however they come."""

    def __init__(self, path: Path, schema: Any, rows: int) -> None:
        self.rows = rows
        self._file = pq.ParquetWriter(path, schema, compression="zstd", write_statistics=["subject"])
        self._schema = schema
        self._waiting: list[Any] = []
        self._count = 0

    def add(self, batch: Any) -> None:
        self._waiting.append(batch)
        self._count += batch.num_rows
        while self._count >= self.rows:
            table = pa.Table.from_batches(self._waiting)
            self._file.write_table(table.slice(0, self.rows), row_group_size=self.rows)
            rest = table.slice(self.rows)
            self._waiting, self._count = rest.to_batches(), rest.num_rows

    def close(self) -> None:
        if self._count:
            self._file.write_table(pa.Table.from_batches(self._waiting), row_group_size=self.rows)
        self._file.close()


class Tables:
    """Both files, to be written under these names."""

    def __init__(
        self, results: Path, criteria: Path, loaded: Loaded, algorithm: Algorithm = "sha256"
    ) -> None:
        ruleset = loaded.ruleset
        listed = [criterion for _, _, criterion in ruleset.criteria()]
        self._criteria = pa.array([one.id for one in listed])
        self._points = pa.array([str(full_points(one, ruleset.scoring)) for one in listed])
        self._sections = [section.id for section in ruleset.sections]
        digest = ruleset_digest(ruleset, loaded.catalogue, algorithm)
        self._constant = (ruleset.ruleset, ruleset.version, digest, VERSION, SEMANTICS)
        self._of_subjects = _Grouped(results, RESULT, _SUBJECTS)
        self._of_criteria = _Grouped(criteria, CRITERION, _OF_CRITERIA * max(len(listed), 1))

    def add(self, rows: Any, states: Any, sources: Sequence[str]) -> None:
        """``rows`` of a part with its ``states``, and where each comes from."""
        size = rows.num_rows
        if not size:
            return
        columns = [rows.column(name) for name in ROW.names]
        constant = [pa.repeat(pa.scalar(one, pa.string()), size) for one in self._constant]
        sections = pa.array([self._sections] * size, pa.list_(pa.string()))
        decimals = [_decimals(rows.column(name)) for name in ("score_floor", "score_ceiling")]
        ends = [rows.column("assessment_digest"), pa.array(sources, pa.string())]
        self._of_subjects.add(
            pa.RecordBatch.from_arrays([*columns, sections, *decimals, *constant, *ends], schema=RESULT)
        )
        self._of_criteria.add(self._criteria_of(rows, states, size))

    def _criteria_of(self, rows: Any, states: Any, size: int) -> Any:
        numbers = rows.column("states").flatten()
        every = len(self._criteria)
        subject = pa.array([n for n in range(size) for _ in range(every)], pa.int32())
        criterion = pa.array(list(range(every)) * size, pa.int32())
        columns = [
            *(rows.column(name).take(subject) for name in ("subject", "period_from", "period_to")),
            self._criteria.take(criterion),
            self._points.take(criterion),
            *(states.column(name).take(numbers) for name in STATE.names),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=CRITERION)

    def close(self) -> None:
        """Nothing more comes."""
        self._of_subjects.close()
        self._of_criteria.close()


def _decimals(column: Any) -> Any:
    return pa.array([None if one is None else _decimal(one) for one in column.to_pylist()], pa.float64())


def _decimal(text: str) -> float:
    numerator, _, denominator = text.partition("/")
    return int(numerator) / int(denominator or 1)
