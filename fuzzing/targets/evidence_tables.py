"""Evidence in Parquet: one table among sound ones, or one file with a row for each submission."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

from fuzzing import world
from fuzzing.mutating.columns import mutated
from fuzzing.target import Target, refuse
from fuzzing.targets import submission_json


def _sound(folder: Path) -> dict[str, bytes]:
    """The example as tables, by the names of the files."""
    from evaluator.loading.evidence_tables.writing import write_tables

    folder.mkdir(parents=True, exist_ok=True)
    write_tables([world.submission()], folder)
    return {path.stem: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def seeds() -> list[bytes]:
    """Every table of the example, and its submission in a row: as text, and as columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = list(_sound(world.scratch() / "parquet-seed").values())
    text = submission_json.seeds()[0].decode()
    for table in (
        pa.table({"submission": [text, text.replace("meal-01", "meal-02")]}),
        pa.Table.from_pylist([json.loads(text)]),
    ):
        target = BytesIO()
        pq.write_table(table, target)
        tables.append(target.getvalue())
    return tables


def reader() -> Callable[[bytes], object]:
    """Put it in the place of the table that it is most like, read the folder, and take it away again."""
    from evaluator.loading.evidence_tables.opening import submissions_in_parquet

    folder, alone = world.scratch() / "parquet", world.scratch() / "alone.parquet"
    subjects = _sound(folder)["subjects"]
    # Beside the subjects stands the one table alone: opening ten takes most of the time.
    for one in folder.glob("*.parquet"):
        if one.stem != "subjects":
            one.unlink()
    named, catalogue = _naming(), world.meal().catalogue

    def read(content: bytes) -> None:
        name = named(content)
        path = alone if name is None else folder / f"{name}.parquet"
        path.write_bytes(content)
        try:
            found = list(
                submissions_in_parquet(alone if name is None else folder, catalogue, world.scratch())
            )
        finally:
            if name == "subjects":
                path.write_bytes(subjects)
            elif name is not None:
                path.unlink()
        refuse(problem for one in found for problem in one.problems)

    return read


def _naming() -> Callable[[bytes], str | None]:
    """What tells which table a file is most like; None for one that stands alone."""
    from evaluator.loading.evidence_tables.columns import TABLES

    columns = {name: [one.name.encode() for one in listed] for name, listed in TABLES.items()}

    def named(content: bytes) -> str | None:
        footer = content[-6000:]
        if b"submission" in footer or b"statements" in footer:
            return None
        return max(columns, key=lambda name: sum(1 if one in footer else -1 for one in columns[name]))

    return named


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """A batch of the tables with this one among them, or of this file."""
    name = _naming()(content)
    if name is None:
        (folder / "alone.parquet").write_bytes(content)
    else:
        _sound(folder / "tables")
        (folder / "tables" / f"{name}.parquet").write_bytes(content)
    given = "alone.parquet" if name is None else "tables"
    return (
        (
            "batch",
            given,
            "--rules",
            str(world.MEAL),
            "--out",
            "out-batch",
            "--jobs",
            "1",
            "--format",
            "jsonl",
        ),
    )


TARGET = Target(seeds, mutated, reader, case)
