"""Rulesets as tables that policy staff edit: workbooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from fuzzing import world
from fuzzing.mutating.workbooks import mutated
from fuzzing.slimming import slim
from fuzzing.target import Target, refuse


def seeds() -> list[bytes]:
    """The table of the small ruleset."""
    from evaluator.loading.tables import table_of

    return [slim(table_of(str(world.small_rules(world.scratch() / "table-seed"))))]


def reader() -> Callable[[bytes], object]:
    """Read it and judge what it says, beside the rules that it was made from."""
    from evaluator.loading.rulesets import shared_beside
    from evaluator.loading.tables import encoding_of
    from evaluator.table.changes import changes
    from evaluator.table.judging import judged
    from evaluator.table.plan import data_of, labels_of
    from evaluator.table.reading import read_table

    folder = world.small_rules(world.scratch() / "table")
    shared, old = shared_beside(folder), data_of(encoding_of(folder))

    def read(content: bytes) -> None:
        reading = read_table(content, "book-corner.xlsx", shared, old)
        found = judged(reading, shared)
        refuse(found.problems)
        assert found.encoding is not None
        for one in changes(old, data_of(found.encoding), labels_of(found.encoding.catalogue)):
            one.in_language("zh")

    return read


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The table, read back into a copy of the rules, and into a new folder."""
    world.small_rules(folder)
    (folder / "table.xlsx").write_bytes(content)
    given = ("rules", "import", "table.xlsx", "--allow-removal", "--over-newer")
    return (
        (*given, "--out", "book-corner", "--dry-run"),
        (*given, "--out", "book-corner"),
        (*given, "--out", "new/book-corner", "--base", "book-corner", "--lang", "en"),
    )


TARGET = Target(seeds, mutated, reader, case)
