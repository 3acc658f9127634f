"""A folder of evidence tables: looked over once, then read in parts by whoever does the work."""

from __future__ import annotations

import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import InputError, Problem
from evaluator.loading.evidence_tables.columns import ENDING, EVIDENCE, SUBJECTS
from evaluator.loading.evidence_tables.layout import Group, Strays, laid, subjects_of, table_name, tables_in
from evaluator.loading.evidence_tables.reading import Layout, Part, Reader
from evaluator.loading.evidence_tables.receiving import Read, read
from evaluator.loading.evidence_tables.rows import (
    RowLayout,
    RowPart,
    RowReader,
    SubmissionRows,
    submission_rows,
)
from evaluator.loading.evidence_tables.sorting import sorted_groups
from evaluator.loading.files import is_folder
from evaluator.loading.scratch import scratch as new_folder
from evaluator.loading.scratch import sweep


class EvidenceTables(NamedTuple):
    """The tables of a folder.

    ``number`` is how many submissions are in them; ``strays`` are the problems of rows that belong to none of them.
    """

    layout: Layout
    number: int
    strays: tuple[Problem, ...]
    groups: dict[str, tuple[Group, ...]]

    def parts(self, size: int = 500) -> Iterator[Part]:
        """The submissions in parts of at most ``size``: small, to be handed to workers."""
        lasts = {table: [one.last for one in groups] for table, groups in self.groups.items()}
        firsts = {table: [one.first for one in groups] for table, groups in self.groups.items()}
        for start in range(0, self.number, size):
            stop = min(start + size, self.number)
            yield Part(
                start,
                stop,
                tuple(
                    (table, groups[bisect_left(lasts[table], start) : bisect_right(firsts[table], stop - 1)])
                    for table, groups in self.groups.items()
                ),
            )


def is_evidence_tables(path: Path) -> bool:
    """Whether ``path`` is a folder of evidence tables."""
    return is_folder(path) and (path / f"{SUBJECTS}{ENDING}").is_file()


@contextmanager
def evidence_tables(folder: Path, scratch: Path | None = None) -> Iterator[EvidenceTables]:
    """The tables of ``folder``, as ``looked_over`` finds them; copies are in a folder of their own below ``scratch``.

    By default that is the system's. They are there until this ends.
    """
    parent = scratch or Path(tempfile.gettempdir())
    sweep(parent)
    with new_folder(parent) as copies:
        yield looked_over(folder, copies)


def looked_over(folder: Path, copies: Path) -> EvidenceTables:
    """The tables of ``folder``, looked over; raises ``InputError`` with every fault of the files and their columns.

    A table whose rows stand in another order than the subjects is put in order in ``copies``, a folder that is there, and must be
    for as long as parts are read: workers on other machines need one that they see too.
    """
    files = tables_in(folder)
    names = {table: table_name(folder, table) for table in files}
    subjects = subjects_of(files[SUBJECTS], names[SUBJECTS])
    strays = Strays(names[SUBJECTS])
    groups = {SUBJECTS: _located(subjects.groups, folder, SUBJECTS)}
    problems: list[Problem] = []
    for table in (one for one in EVIDENCE if one in files):
        try:
            found = laid(files[table], table, names[table], subjects, strays)
            if found.in_order:
                groups[table] = _located(found.groups, folder, table)
            elif not problems:
                groups[table] = sorted_groups(files[table], table, names[table], subjects, copies)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    columns = {table: tuple(one.schema_arrow.names) for table, one in files.items()}
    layout = Layout(names, columns, subjects.repeated)
    return EvidenceTables(layout, subjects.number, tuple(strays.problems()), groups)


def _located(groups: tuple[Group, ...], folder: Path, table: str) -> tuple[Group, ...]:
    return tuple(one._replace(file=str(folder / f"{table}{ENDING}")) for one in groups)


@contextmanager
def parquet(path: Path, scratch: Path | None = None) -> Iterator[EvidenceTables | SubmissionRows]:
    """The submissions in ``path``: a folder of evidence tables, or one file with a row for each.

    ``scratch`` and what is raised: as for ``evidence_tables``.
    """
    if is_folder(path):
        with evidence_tables(path, scratch) as tables:
            yield tables
    else:
        yield submission_rows(path)


def part_reader(layout: Layout | RowLayout, catalogue: Catalogue) -> Callable[[Any], Iterator[Read]]:
    """The function that reads a part: made once in each process. It raises ``InputError`` where a file cannot be read."""
    reader: Any = Reader(layout) if isinstance(layout, Layout) else RowReader(layout)

    def read_part(part: Part | RowPart) -> Iterator[Read]:
        for place, source in reader.sources(part):
            yield read(place, source, catalogue)

    return read_part


def submissions_in_parquet(path: Path, catalogue: Catalogue, scratch: Path | None = None) -> Iterator[Read]:
    """Every submission in ``path``, as for ``parquet``, and then one without for each subject whose rows belong to none."""
    with parquet(path, scratch) as found:
        read_part = part_reader(found.layout, catalogue)
        for part in found.parts():
            yield from read_part(part)
        yield from (Read(one.place, "", None, (one,)) for one in found.strays)
