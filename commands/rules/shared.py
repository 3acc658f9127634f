"""What the commands for policy staff share: the rulesets that they are pointed at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from commands.console import speak
from commands.options import complete_ruleset
from evaluator.errors import InputError, Problem

if TYPE_CHECKING:
    from evaluator.loading import Checked, Loaded

rulesets_argument = click.argument(
    "paths", nargs=-1, shell_complete=complete_ruleset, metavar=speak("[规则集]…", "[RULESET]…")
)


def checked_folders(paths: tuple[str, ...]) -> list[Checked]:
    """Each ruleset of ``paths`` (all that are installed where there are none) with every problem of its folder."""
    from evaluator.loading import RULES, check_ruleset, find_ruleset, other_version, ruleset_ids

    problems: list[Problem] = []
    found: list[Checked] = []
    for name in dict.fromkeys(paths) or ruleset_ids():
        try:
            folder, version = find_ruleset(name) if paths else (RULES / name, None)
        except InputError as error:
            problems.extend(error.problems)
            continue
        one = check_ruleset(folder)
        found.append(one)
        if version is not None and one.ruleset is not None:
            problems.extend(other_version(name, version, one.ruleset, folder))
    if problems:
        raise InputError(problems)
    return found


def rulesets_of(names: Iterable[str], *, in_work: bool = False) -> list[Loaded]:
    """The rulesets of these names, in their order; ``in_work`` as for ``load_ruleset``.

    Raises ``InputError`` with every problem of all of them.
    """
    from evaluator.loading import load_ruleset

    problems: list[Problem] = []
    found: list[Loaded] = []
    for name in names:
        try:
            found.append(load_ruleset(name, in_work=in_work))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(dict.fromkeys(problems))
    return found
