"""Rectification lists that come back with the progress beside each item: workbooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from fuzzing import world
from fuzzing.mutating.workbooks import mutated
from fuzzing.slimming import slim
from fuzzing.target import Target


def seeds() -> list[bytes]:
    """The list of the example."""
    from evaluator.planning.plan import Wanted
    from scorecards import rectification_list, render_xlsx

    return [slim(render_xlsx(rectification_list(world.assessment(wanted=Wanted()))))]


def reader() -> Callable[[bytes], object]:
    """Read it as a file."""
    from evaluator.loading import load_rectification

    path = world.scratch() / "list.xlsx"

    def read(content: bytes) -> None:
        path.write_bytes(content)
        load_rectification(path)

    return read


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The list, given with the submission that it is of."""
    (folder / "list.xlsx").write_bytes(content)
    given = (str(world.MEAL / "submission.yaml"), "--rules", str(world.MEAL), "--rectification", "list.xlsx")
    return (
        ("plan", *given, "--format", "json,xlsx", "--out", "out"),
        ("score", *given, "--format", "json,html", "--out", "out"),
    )


TARGET = Target(seeds, mutated, reader, case)
