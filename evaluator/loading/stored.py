"""Assessments that are kept in files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from evaluator.errors import InputError, Problem
from evaluator.loading.assessments import load_assessment
from evaluator.loading.files import is_folder
from evaluator.loading.scratch import is_scratch


class Stored(NamedTuple):
    """The assessments found, each with its path, and how many other JSON files lay among them."""

    found: tuple[tuple[Path, dict[str, Any]], ...]
    others: int


def stored_assessments(paths: Iterable[Path]) -> Stored:
    """The assessments in these files and below these folders; raises ``InputError`` with every problem.

    A JSON file in a folder that is no assessment is passed over; one that was altered, or that was named itself, is a problem.
    """
    found: dict[Path, dict[str, Any]] = {}
    problems: list[Problem] = []
    others = 0
    for path, named in _files(paths):
        if path in found:
            continue
        try:
            found[path] = load_assessment(path)
        except InputError as error:
            if not named and {one.code for one in error.problems} == {"no_assessment"}:
                others += 1
            else:
                problems.extend(error.problems)
    if problems:
        raise InputError(dict.fromkeys(problems))
    return Stored(tuple(found.items()), others)


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    for path in paths:
        if is_folder(path):
            yield from (
                (one, False)
                for one in sorted(path.rglob("*.json"))
                if one.is_file() and not is_scratch(one, path)
            )
        else:
            yield path, True
