"""Forms that communities fill in: workbooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fuzzing import world
from fuzzing.mutating.workbooks import mutated
from fuzzing.target import Target
from fuzzing.targets import submission_yaml

if TYPE_CHECKING:
    from evaluator.submission import Submission


def seeds() -> list[bytes]:
    """Two forms that hold something: of a few items and of many."""
    return [world.small_form(), world.form(sent=_few())]


def _few() -> Submission:
    from evaluator.loading.submissions import submission_in

    return submission_in(submission_yaml.SMALL.encode(), "submission.yaml", world.meal().catalogue)


def reader() -> Callable[[bytes], object]:
    """Read it as a file."""
    return submission_yaml.examined(world.scratch() / "form.xlsx", world.books().catalogue)


TARGET = Target(
    seeds, mutated, reader, lambda folder, content: submission_yaml.score("form.xlsx", folder, content)
)
