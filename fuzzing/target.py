"""What a target is: seeds, a way to change them, the reader that a command calls, and the commands themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from evaluator.errors import InputError, Problem
from fuzzing.choices import Choices


class Target(NamedTuple):
    """One reader under trial.

    ``reader`` imports what is needed and returns what reads one input: it returns where the input is accepted, and raises
    ``InputError`` where it is refused. ``case`` lays an input into an empty folder and returns the command lines that read it.
    """

    seeds: Callable[[], Sequence[bytes]]
    mutated: Callable[[bytes, Choices], bytes]
    reader: Callable[[], Callable[[bytes], object]]
    case: Callable[[Path, bytes], Sequence[Sequence[str]]]


def refuse(problems: Iterable[Problem]) -> None:
    """Raise ``InputError`` where there are ``problems``, as a command would."""
    found = list(problems)
    if found:
        raise InputError(found)
