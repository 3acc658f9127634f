"""Every check of a ruleset, with its path and what stands around it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evaluator.checks import Check
from evaluator.checks.group import Group
from evaluator.ruleset import Criterion, Path, Ruleset


class Standing(NamedTuple):
    """A check where it stands; ``unit`` inside a group that goes through units, ``condition`` inside ``applies_when``."""

    path: Path
    check: Check
    criterion: Criterion | None
    unit: bool
    condition: bool


def every_check(ruleset: Ruleset) -> Iterator[Standing]:
    """Every check at any depth, each before its members."""
    for path, _, criterion in ruleset.criteria():
        for where, check in criterion.checks():
            yield from _inside(Standing((*path, *where), check, criterion, False, where[0] == "applies_when"))
    for path, _, line in ruleset.taken():
        for where, check in line.checks():
            yield from _inside(Standing((*path, *where), check, None, False, False))


def _inside(one: Standing) -> Iterator[Standing]:
    yield one
    if isinstance(one.check, Group):
        unit = one.unit or one.check.each is not None
        for where, member in one.check.members():
            yield from _inside(one._replace(path=(*one.path, *where), check=member, unit=unit))
