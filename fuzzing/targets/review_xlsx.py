"""Forms of reviews and on-site records that come back: workbooks."""

from __future__ import annotations

from collections.abc import Callable

from fuzzing import world
from fuzzing.mutating.workbooks import mutated
from fuzzing.target import Target
from fuzzing.targets import review_yaml


def seeds() -> list[bytes]:
    """The inspector's form and the record of a visit."""
    return [world.review_form(), world.site_record()]


def reader() -> Callable[[bytes], object]:
    """Read it as a file."""
    return review_yaml.opened(world.scratch() / "review.xlsx")


TARGET = Target(
    seeds, mutated, reader, lambda folder, content: review_yaml.score("review.xlsx", folder, content)
)
