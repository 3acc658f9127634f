"""What a columnar pass over evidence tables could gain, with one definition of each check: the figures of its decision record.

    python -m benchmarks.columnar_trial --number 4000

The pass that is tried factorises: each check states what it reads; over all submissions together those with the same input are
one group; the one definition of the check judges the first of a group, and the others share its verdict. What that can gain is
bounded by how many inputs differ, and by what has to be done for each submission anyway. Both are measured, each step alone, in
the most favourable way: ids of evidence are left out of the inputs (and put into the shared findings afterwards), the facts of
the first of each group are taken as given, and nothing is validated or guarded.
"""

from __future__ import annotations

import gc
import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.measuring import in_turns, one_core
from benchmarks.submissions import lines, ruleset
from evaluator.evaluate import Program, Verdict
from evaluator.facts import Facts, facts_of
from evaluator.finding import Finding
from evaluator.loading import Loaded, submission_in
from evaluator.loading.evidence_tables.opening import evidence_tables, submissions_in_parquet
from evaluator.loading.evidence_tables.reading import Reader
from evaluator.loading.evidence_tables.writing import write_tables
from evaluator.submission import Submission

NEEDED = {
    "subjects": ["id", "as_of"],
    "counts": ["subject", "item", "value", "previous"],
    "events": ["subject", "id", "type", "date"],
    "documents": ["subject", "id", "type", "issued", "valid_to", "contains", "files"],
    "statements": ["subject", "id", "type", "value", "files"],
    "none": ["subject", "type"],
}
State = dict[tuple[str, str], Any]
# An odd number with well-mixed bits: products with it spread over all of 64.
MIX = np.uint64(0x9E3779B97F4A7C15)


def read(folder: Path, *, needed: bool) -> dict[str, pa.Table]:
    """The tables as Arrow columns; only those that the checks read where ``needed``."""
    return {
        name: pq.read_table(
            folder / f"{name}.parquet",
            columns=columns if needed else None,
            read_dictionary=[one for one in ("subject", "item", "type") if one in columns],
            use_threads=False,
        )
        for name, columns in NEEDED.items()
    }


def states(tables: dict[str, pa.Table]) -> State:
    """What each submission says of each item, as one number: equal where two say the same (but for the ids of evidence)."""
    ids = tables["subjects"]["id"].combine_chunks()
    number = len(ids)
    as_of = _days(tables["subjects"]["as_of"])
    found: State = {("", "as_of"): as_of.astype(np.uint64)}
    for name in ("counts", "statements", "events", "documents", "none"):
        table = tables[name]
        subjects = _positions(table["subject"], ids)
        key = "item" if name == "counts" else "type"
        for kind, column in _inputs(name, table, as_of[subjects]).items():
            for item, rows in _by_item(table[key]).items():
                # Of several rows the order does not matter: their numbers are added.
                state = np.zeros(number, np.uint64)
                np.add.at(state, subjects[rows], column[rows])
                found[kind, item] = state
    return found


def _inputs(name: str, table: pa.Table, as_of: Any) -> dict[str, Any]:
    if name == "counts":
        return {"counts": _numbers(table["value"]), "previous": _numbers(table["previous"])}
    if name == "events":
        # Of an event a check sees the month: the twelve tallies of a type stand side by side in one number.
        days = _days(table["date"])
        months = (
            table["date"]
            .combine_chunks()
            .cast(pa.timestamp("s"))
            .to_numpy()
            .astype("datetime64[M]")
            .astype(int)
        )
        counted = (days <= as_of) * (np.uint64(1) << (np.uint64(5) * (months % 12).astype(np.uint64)))
        return {"events": counted.astype(np.uint64) + (np.uint64(1) << np.uint64(61))}
    if name == "documents":
        mixed = _mixed(_days(table["issued"]))
        for one in (_days(table["valid_to"]), _codes(table["contains"]), _there(table["files"])):
            mixed = _mixed(mixed + one.astype(np.uint64))
        return {"documents": mixed}
    if name == "statements":
        said = table["value"].combine_chunks().cast(pa.int8()).to_numpy().astype(np.uint64)
        return {"statements": np.uint64(1) + said * np.uint64(2) + _there(table["files"])}
    return {"none": np.ones(table.num_rows, np.uint64)}


def _mixed(values: Any) -> Any:
    mixed = (values.astype(np.uint64) + np.uint64(1)) * MIX
    return mixed ^ (mixed >> np.uint64(29))


def _numbers(column: pa.ChunkedArray) -> Any:
    values = column.combine_chunks().dictionary_encode()
    return values.indices.fill_null(-1).to_numpy().astype(np.int64).astype(np.uint64) + np.uint64(1)


def _days(column: pa.ChunkedArray) -> Any:
    return column.combine_chunks().cast(pa.int32()).fill_null(0).to_numpy()


def _there(column: pa.ChunkedArray) -> Any:
    return (np.diff(column.combine_chunks().offsets.to_numpy()) > 0).astype(np.uint64)


def _codes(column: pa.ChunkedArray) -> Any:
    # The parts of a document as a set of bits.
    lists = column.combine_chunks()
    parts = lists.flatten().dictionary_encode().indices.to_numpy().astype(np.uint64)
    sums = np.concatenate(([np.uint64(0)], np.cumsum(np.uint64(1) << parts, dtype=np.uint64)))
    return np.diff(sums[lists.offsets.to_numpy()])


def _positions(column: pa.ChunkedArray, ids: pa.Array) -> Any:
    names = column.unify_dictionaries().combine_chunks()
    where = pa.compute.index_in(names.dictionary, ids).to_numpy()
    return where[names.indices.to_numpy()]


def _by_item(column: pa.ChunkedArray) -> dict[str, Any]:
    names = column.unify_dictionaries().combine_chunks()
    codes = names.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(names.dictionary) + 1))
    return {one: order[bounds[n] : bounds[n + 1]] for n, one in enumerate(names.dictionary.to_pylist())}


class Grouped:
    """For each criterion, the first submission of each group and the group of each submission."""

    def __init__(self, program: Program) -> None:
        self.criteria = program.ruleset.by_id()
        self.reads = {
            name: sorted({(use.kind, use.id) for use in one.uses()}) for name, one in self.criteria.items()
        }

    def by(self, state: State) -> dict[str, tuple[Any, Any]]:
        """The groups that ``state`` makes."""
        found = {}
        for name, reads in self.reads.items():
            # Only checks of what is dated read the day up to which the evidence speaks.
            dated = any(kind in ("events", "documents") for kind, _ in reads)
            mixed = _mixed(state["", "as_of"] * np.uint64(dated))
            for kind, item in reads:
                for column in ((kind, item), ("none", item)):
                    if column in state:
                        mixed = _mixed(mixed + state[column])
            _, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
            found[name] = first, inverse
        return found


def without_ids(finding: Finding) -> Finding:
    """``finding`` without what differs within a group."""
    return finding._replace(evidence=(), members=tuple(map(without_ids, finding.members)))


def check_sharing(groups: dict[str, tuple[Any, Any]], judged: list[dict[str, Verdict]]) -> None:
    """Raise where two submissions of one group come to different findings: what is measured must be right."""
    for name, (first, inverse) in groups.items():
        for n, group in enumerate(inverse):
            mine, shared = judged[n][name], judged[int(first[group])][name]
            if (mine.credit, mine.outcome) != (shared.credit, shared.outcome):
                raise AssertionError(f"{name}: {n} is judged otherwise than {first[group]}")
            for (_, one), (_, other) in zip(mine.findings, shared.findings, strict=True):
                if without_ids(one) != without_ids(other):
                    raise AssertionError(f"{name}: {n} has other findings than {first[group]}")


class Trial:
    """The tables of so many submissions, and each step of the pass over them."""

    def __init__(self, loaded: Loaded, number: int, folder: Path) -> None:
        self.folder, self.number = folder, number
        self.submissions = [submission_in(one, "a.json", loaded.catalogue) for one in lines(loaded, number)]
        write_tables(self.submissions, folder)
        self.program = Program(loaded.ruleset, loaded.catalogue, self.submissions[0].period.span)
        self.facts = [self._facts(one) for one in self.submissions]
        self.grouped = Grouped(self.program)
        self.tables = read(folder, needed=True)
        self.state = states(self.tables)
        self.groups = self.grouped.by(self.state)
        self.judges = self.program._judges
        self.verdicts = {
            name: self._judged(name, [self.facts[n] for n in first])
            for name, (first, _) in self.groups.items()
        }

    def _facts(self, one: Submission) -> Facts:
        return facts_of(one, one.as_of or date.max)

    def _judged(self, name: str, facts: list[Facts]) -> Any:
        found = np.empty(len(facts), dtype=object)
        judge = self.judges[name]
        for n, one in enumerate(facts):
            found[n] = judge(one, {})
        return found

    def check(self) -> None:
        """Raise where the pass would come to other verdicts than the engine."""
        judged = [
            {one.criterion.id: one for one in self.program.judge(facts).verdicts} for facts in self.facts
        ]
        check_sharing(self.groups, judged)

    def read_rows(self) -> None:
        """The tables as the data of submissions, one after the other."""
        with evidence_tables(self.folder) as tables:
            reader = Reader(tables.layout)
            for part in tables.parts():
                for _ in reader.sources(part):
                    pass

    def receive_rows(self) -> None:
        """The same, guarded, typed and cross-checked."""
        for one in submissions_in_parquet(self.folder, self.program.catalogue):
            assert one.submission is not None

    def judge_rows(self) -> None:
        """The engine: facts and verdicts of one submission after the other."""
        for one in self.submissions:
            self.program.judge(self._facts(one))

    def judge_groups(self) -> None:
        """The one definition, once for each distinct input."""
        for name, (first, _) in self.groups.items():
            self._judged(name, [self.facts[n] for n in first])

    def take(self) -> list[list[Verdict]]:
        """The verdicts of each submission, shared."""
        columns = [self.verdicts[name][inverse].tolist() for name, (_, inverse) in self.groups.items()]
        return [list(one) for one in zip(*columns, strict=True)]

    def put_ids(self) -> None:
        """The ids of its own evidence into each finding that names any, and so a verdict of its own."""
        for row in self.take():
            for verdict in row:
                role, finding = verdict.findings[0]
                if finding.evidence and finding.kind not in ("ratio", "change"):
                    own = finding._replace(evidence=finding.evidence)
                    verdict._replace(findings=((role, own),))

    def shares(self) -> dict[str, tuple[int, float]]:
        """For each kind of check: how many there are, and the distinct inputs of one, as a share of the submissions."""
        found = defaultdict(list)
        for name, (first, _) in self.groups.items():
            kind = self.verdicts[name][0].findings[0][1].kind
            found[kind].append(len(first) / self.number)
        return {kind: (len(shares), sum(shares) / len(shares)) for kind, shares in sorted(found.items())}


@click.command()
@click.option("--rules", "name", default="bench-100", show_default=True)
@click.option("--number", type=click.IntRange(10), default=2000, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True)
def main(name: str, number: int, rounds: int) -> None:
    """Time each step of a columnar pass, in microseconds a submission on one processor."""
    with tempfile.TemporaryDirectory() as folder, one_core():
        trial = Trial(ruleset(name), number, Path(folder))
        trial.check()
        # As in the workers of a batch: what was made before is no work of the collector of garbage.
        gc.collect()
        gc.freeze()
        works: dict[str, Callable[[], Any]] = {
            "rows: read, to the data of submissions": trial.read_rows,
            "rows: the same, guarded, typed, cross-checked": trial.receive_rows,
            "rows: facts and verdicts with findings": trial.judge_rows,
            "columns: read, all": lambda: read(trial.folder, needed=False),
            "columns: read, those that checks read": lambda: read(trial.folder, needed=True),
            "columns: states of items": lambda: states(trial.tables),
            "columns: groups of equal inputs": lambda: trial.grouped.by(trial.state),
            "columns: one verdict for each group": trial.judge_groups,
            "columns: verdicts taken, shared": trial.take,
            "columns: verdicts taken, with their own ids": trial.put_ids,
        }
        rows = sum(table.num_rows for table in trial.tables.values())
        click.echo(f"{number} submissions, {rows / number:.0f} rows each, {len(trial.groups)} criteria")
        for what, timing in in_turns(works, rounds).items():
            click.echo(f"{what:48} {timing.minimum / number * 1e6:8.1f} µs")
        for kind, (checks, share) in trial.shares().items():
            click.echo(f"{kind:12} {checks:3} checks, distinct inputs {share:6.1%}")


if __name__ == "__main__":
    main()
