"""Where the rows of each submission stand: the tables of a folder, their row groups, and which subjects each group speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.evidence_tables.columns import ENDING, SUBJECTS, TABLES, Kind
from evaluator.loading.evidence_tables.decoding import coded, is_within_dictionary
from evaluator.loading.evidence_tables.files import damaged, opened, schema_problems
from evaluator.loading.unpacked import called
from evaluator.persons import echo

# A subject and, where the table says so, the first day of its period: whatever stands in the cells.
Key = tuple[Any, Any]
MOST_STRAYS = 1000


class Group(NamedTuple):
    """One row group: its file, its number there, the rows before it, its rows, the first and last subject that it speaks of."""

    file: str
    number: int
    before: int
    rows: int
    first: int = 0
    last: int = 0


class Run(NamedTuple):
    """Rows of one subject that follow each other: from ``start`` to before ``stop``."""

    key: Key
    start: int
    stop: int


class Subjects(NamedTuple):
    """Who stands in ``subjects.parquet``: the position of each, those that stand twice, and whether any has several periods."""

    positions: dict[Key, int]
    number: int
    repeated: frozenset[int]
    groups: tuple[Group, ...]
    several_periods: bool

    def position(self, key: Key) -> int | None:
        """Where the subject of ``key`` stands; a key without a period is the subject's only one."""
        return self.positions.get(key)


class Strays:
    """Rows that belong to no subject: told once for each subject that is not there, of a bounded number of them."""

    def __init__(self, subjects: str) -> None:
        self.subjects = subjects
        self.found: dict[tuple[str, Key], list[Any]] = {}
        self.others = 0

    def add(self, table: str, run: Run, place: Place) -> None:
        """Note the rows of ``run``, the first of which stands at ``place``."""
        known = self.found.get((table, run.key))
        if known is not None:
            known[1] += run.stop - run.start
        elif len(self.found) < MOST_STRAYS:
            self.found[table, run.key] = [place, run.stop - run.start]
        else:
            self.others += 1

    def problems(self) -> Iterator[Problem]:
        """One problem for each subject that is not there."""
        mend = Words(
            "在 subjects 表中补上这个单位，或删去这些行",
            "add the subject to the table subjects, or delete the rows",
        )
        for (_, key), (place, rows) in self.found.items():
            shown = echo(" ".join(str(one) for one in key if one is not None))
            what = Words(
                f"subjects 表中没有单位 {shown}，它有 {rows} 行",
                f"the table subjects has no {shown} (rows here: {rows})",
            )
            if key[0] is None:
                what = Words(f"{rows} 行没有写单位", f"rows without a subject: {rows}")
            yield Problem("unknown_subject", place, what, mend)
        if self.others:
            zh, en = f"另有 {self.others} 处，不再列出", f"and {self.others} more, which are not listed"
            yield Problem("unknown_subject", Place(self.subjects), Words(zh, en), mend)


def table_name(folder: Path, table: str) -> str:
    """The file of ``table`` as messages call it."""
    return called(folder / f"{table}{ENDING}")


def tables_in(folder: Path) -> dict[str, pq.ParquetFile]:
    """The tables of ``folder``, opened; raises ``InputError`` with every fault of the files and their columns."""
    problems: list[Problem] = []
    found: dict[str, pq.ParquetFile] = {}
    for path in sorted(folder.glob(f"*{ENDING}")):
        if path.stem not in TABLES:
            what = Words(f"不认识的表 {echo(path.stem)}", f"unknown table {echo(path.stem)}")
            mend = Words(f"表名只能是 {'、'.join(TABLES)}", f"tables are called {', '.join(TABLES)}")
            problems.append(Problem("unknown_table", Place(called(path)), what, mend))
            continue
        try:
            one = opened(path, called(path))
        except InputError as error:
            problems.extend(error.problems)
            continue
        problems.extend(schema_problems(one.schema_arrow, TABLES[path.stem], called(path)))
        found[path.stem] = one
    if SUBJECTS not in found and not problems:
        what = Words("没有 subjects.parquet", "there is no subjects.parquet")
        problems.append(Problem("missing", Place(called(folder)), what))
    if problems:
        raise InputError(problems)
    return found


def row_groups(file: pq.ParquetFile, name: str) -> Iterator[Group]:
    """The row groups of ``file`` that hold any row."""
    before = 0
    for number in range(file.metadata.num_row_groups):
        rows = file.metadata.row_group(number).num_rows
        if rows:
            yield Group(name, number, before, rows)
        before += rows


def read_group(file: pq.ParquetFile, group: Group, columns: Iterable[str]) -> pa.Table:
    """The columns of one row group; raises ``InputError`` where it cannot be read."""
    try:
        found = file.read_row_group(group.number, columns=list(columns))
        if not all(is_within_dictionary(chunk) for column in found.columns for chunk in column.chunks):
            raise ValueError("an index beyond its dictionary")
    except (pa.ArrowException, OSError, ValueError) as error:
        raise damaged(group.file, error) from None
    return found


def subjects_of(file: pq.ParquetFile, name: str) -> Subjects:
    """Who stands in ``file``, the table of subjects, that messages call ``name``."""
    positions: dict[Key, int] = {}
    repeated: set[int] = set()
    groups, position = [], 0
    periods: dict[str, str | None] = {}
    several = False
    for group in row_groups(file, name):
        table = read_group(file, group, ("id", "period_from"))
        ids, starts = (coded(table[column], kind).between(0, group.rows) for column, kind in _KEY)
        for one, start in zip(ids, starts, strict=True):
            if isinstance(one, str):
                other = positions.setdefault((one, start), position)
                if other != position:
                    repeated |= {other, position}
                several |= periods.setdefault(one, start) != start
            position += 1
        groups.append(group._replace(first=group.before, last=group.before + group.rows - 1))
    if not several:
        positions |= {(one, None): positions[one, start] for one, start in periods.items()}
    return Subjects(positions, position, frozenset(repeated), tuple(groups), several)


_KEY: tuple[tuple[str, Kind], ...] = (("id", "text"), ("period_from", "date"))


class Owners(NamedTuple):
    """Whose the rows of a table are: the number of each row's key, and the distinct keys."""

    codes: Any
    keys: list[Key]

    def positions(self, subjects: Subjects) -> Any:
        """The position of each row's subject; -1 where it is none."""
        found = [subjects.position(key) for key in self.keys]
        return np.array([-1 if one is None else one for one in found], np.int64)[self.codes]

    def runs(self) -> Iterator[Run]:
        """The runs of rows of one key."""
        starts = [0, *(np.flatnonzero(np.diff(self.codes)) + 1).tolist()] if len(self.codes) else []
        for start, stop in zip(starts, [*starts[1:], len(self.codes)], strict=True):
            yield Run(self.keys[self.codes[start]], start, stop)


def owners(table: pa.Table) -> Owners:
    """Whose the rows of a table of evidence are."""
    subjects = coded(table["subject"], "text")
    if "period_from" not in table.column_names:
        # The last of the distinct values is for null.
        return Owners(subjects.codes, [(one, None) for one in subjects.distinct.tolist()])
    periods = coded(table["period_from"], "date")
    pairs = subjects.codes.astype(np.int64) * (len(periods.distinct) + 1) + periods.codes
    _, first, codes = np.unique(pairs, return_index=True, return_inverse=True)
    names, froms = (one.distinct[one.codes[first]].tolist() for one in (subjects, periods))
    return Owners(codes, list(zip(names, froms, strict=True)))


class Laid(NamedTuple):
    """A table of evidence as it lies: its row groups, and whether its rows stand in the order of the subjects."""

    groups: tuple[Group, ...]
    in_order: bool


def laid(file: pq.ParquetFile, table: str, name: str, subjects: Subjects, strays: Strays) -> Laid:
    """Where the rows of ``table`` stand; raises ``InputError`` where they do not say of which period they are."""
    columns = [one for one in ("subject", "period_from") if one in file.schema_arrow.names]
    if subjects.several_periods and len(columns) < 2:
        what = Words(
            "缺少列 period_from：有的单位有几个评估期",
            "the column period_from is missing: some subjects have several periods",
        )
        raise InputError([Problem("missing", Place(name), what)])
    groups: list[Group] = []
    in_order, last = True, -1
    for group in row_groups(file, name):
        whose = owners(read_group(file, group, columns))
        positions = whose.positions(subjects)
        if (positions < 0).any():
            _add_strays(strays, table, whose, positions, Place(name, group.before + 1))
        # Rows of one subject on both sides of a stray are two runs: not in order.
        starts = np.flatnonzero(np.diff(positions, prepend=-2))
        known = positions[starts][positions[starts] >= 0]
        if len(known):
            in_order &= bool(known[0] >= last and (np.diff(known) > 0).all())
            last = int(known[-1])
            groups.append(group._replace(first=int(known[0]), last=last))
    return Laid(tuple(groups), in_order)


def _add_strays(strays: Strays, table: str, whose: Owners, positions: Any, first: Place) -> None:
    for run in whose.runs():
        if positions[run.start] < 0:
            strays.add(table, run, first._replace(line=(first.line or 1) + run.start))
