"""The results of a batch as tables: ``results.parquet``, a row a subject, and ``criteria.parquet``, a row a criterion.

``docs/batch.md`` says what stands in each column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.errors import Words
from evaluator.loading.files import is_file, refused
from evaluator.persons import echo
from evaluator.ranking.entering import Row, State, entry_of
from evaluator.ranking.entry import Entry, Extent, Tally

RESULTS, CRITERIA = "results.parquet", "criteria.parquet"
# So many rows are read at a time.
_AT_ONCE = 2_000

_LISTS = (
    "region",
    "vetoes",
    "open_vetoes",
    "integrity",
    "section_applicable",
    "section_floor",
    "section_ceiling",
)
_TYPES = {**dict.fromkeys(_LISTS, pa.list_(pa.string())), "accepted": pa.bool_()}
# A row as it is kept while a batch is under way …
ROW = pa.schema([(name, _TYPES.get(name, pa.string())) for name in Row._fields])
# … and as it is handed over.
RESULT = pa.schema(
    [
        *ROW,
        ("section", pa.list_(pa.string())),
        ("floor_decimal", pa.float64()),
        ("ceiling_decimal", pa.float64()),
        ("ruleset", pa.string()),
        ("ruleset_version", pa.string()),
        ("ruleset_digest", pa.string()),
        ("engine_version", pa.string()),
        ("engine_semantics", pa.string()),
        ("assessment_digest", pa.string()),
        ("source", pa.string()),
    ]
)
_OF_ENTRIES = (*Row._fields, "section")
_ANEW = Words("用 duibiao batch --resume 重新写出", "write it again with duibiao batch --resume")
STATE = pa.schema([(name, pa.string()) for name in State._fields])
CRITERION = pa.schema(
    [
        ("subject", pa.string()),
        ("period_from", pa.string()),
        ("period_to", pa.string()),
        ("criterion", pa.string()),
        ("points", pa.string()),
        *STATE,
    ]
)


class Entries:
    """The entry of each subject in the results of a batch, in their order; read anew each time they are gone through."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RESULTS

    def __iter__(self) -> Iterator[Entry]:
        with _opened(self._path) as file:
            batches = file.iter_batches(batch_size=_AT_ONCE, columns=[*_OF_ENTRIES])
            while True:
                try:
                    batch = next(batches, None)
                    entries = [] if batch is None else _entries(batch)
                except (OSError, ValueError, TypeError, ArithmeticError, LookupError):
                    raise refused(self._path, "damaged", "文件已损坏", "the file is damaged", _ANEW) from None
                yield from entries
                if batch is None:
                    return


def _entries(batch: Any) -> list[Entry]:
    columns = [batch.column(name).to_pylist() for name in _OF_ENTRIES]
    return [entry_of(Row(*values), sections) for *values, sections in zip(*columns, strict=True)]


def entries_in(folder: Path, ruleset: str | None = None) -> Entries:
    """The entries of the batch in ``folder``; raises ``InputError`` where there are none, or none of ``ruleset``.

    Where the file turns out to be damaged ``InputError`` is raised while they are gone through.
    """
    path = folder / RESULTS
    with _opened(path) as file:
        columns = file.schema_arrow
        for name in _OF_ENTRIES:
            if columns.get_field_index(name) < 0 or columns.field(name).type != RESULT.field(name).type:
                zh, en = f"不是批量评分的结果：{name} 列缺或不对", f"no results of a batch: column {name}"
                raise refused(path, "not_results", zh, en, _ANEW)
        stated = None if ruleset is None else _ruleset(file)
        if stated is not None and stated != ruleset:
            zh = f"这是另一个规则集 {echo(stated)} 的结果，不能与 {ruleset} 的比较"
            en = (
                f"these are results under another ruleset, {echo(stated)}: they do not compare with {ruleset}"
            )
            raise refused(path, "other_ruleset", zh, en)
        return Entries(folder)


def _ruleset(file: Any) -> str | None:
    """The ruleset under which results were made; None where there is no row to tell, or no telling."""
    try:
        batch = next(file.iter_batches(batch_size=1, columns=["ruleset"]), None)
    except (OSError, ValueError):
        return None
    return None if batch is None or not batch.num_columns or not batch.num_rows else str(batch.column(0)[0])


def tallies_in(folder: Path) -> Iterator[Tally]:
    """How many subjects of each region came to the same of each criterion, in the order in which that first turns up.

    Raises ``InputError`` where there are no results.
    """
    with _opened(folder / RESULTS) as results, _opened(folder / CRITERIA) as criteria:
        subjects = results.metadata.num_rows
        rows = criteria.metadata.num_rows
        known: dict[tuple[str, ...], int] = {}
        regions: list[int] = []
        for batch in results.iter_batches(columns=["region"]):
            regions.extend(known.setdefault(tuple(one), len(known)) for one in batch.column(0).to_pylist())
        if not subjects or rows % subjects:
            return
        # The criteria of each subject stand together, in the order of the subjects.
        names, every = list(known), rows // subjects
        counted: Counter[tuple[Any, ...]] = Counter()
        at = 0
        for batch in criteria.iter_batches(columns=["criterion", "points", *State._fields]):
            of = pa.array([regions[(at + n) // every] for n in range(batch.num_rows)], pa.int32())
            at += batch.num_rows
            counted.update(_counted(batch.append_column("region", of)))
    for (number, criterion, points, outcome, floor, ceiling, short, item, by), count in counted.items():
        yield Tally(
            criterion,
            names[number],
            outcome,
            Fraction(points),
            Extent(Fraction(floor), Fraction(ceiling)),
            None if short is None else Fraction(short),
            item,
            by,
            count,
        )


def _counted(batch: Any) -> dict[tuple[Any, ...], int]:
    keys = ["region", "criterion", "points", *State._fields]
    table = pa.Table.from_batches([batch]).group_by(keys, use_threads=False).aggregate([([], "count_all")])
    columns = [table.column(name).to_pylist() for name in (*keys, "count_all")]
    return {tuple(values): count for *values, count in zip(*columns, strict=True)}


def _opened(path: Path) -> Any:
    if not is_file(path):
        raise refused(path, "no_file", "找不到文件", "there is no such file")
    try:
        return pq.ParquetFile(path)
    except (OSError, pa.ArrowException):
        raise refused(path, "unreadable", "文件读不出来", "the file cannot be read") from None
