"""What every command says and how: the language of this run, messages on stderr, text that is safe to print."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from evaluator.errors import Language, Problem


def _language(arguments: list[str], environment: dict[str, str]) -> Language:
    """The last ``--lang`` on the line, else the locale; Chinese where the locale says nothing."""
    for one, following in zip(reversed(arguments), ["", *reversed(arguments)], strict=False):
        value = one.removeprefix("--lang=") if one.startswith("--lang=") else following
        if one.partition("=")[0] == "--lang" and value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    return "en" if locale.lower().startswith("en") else "zh"


LANGUAGE: Language = _language(sys.argv[1:], dict(os.environ))


def speak(zh: str, en: str) -> str:
    """One of two texts, by the language of this run."""
    return zh if LANGUAGE == "zh" else en


def complain(text: str) -> None:
    """One line on stderr."""
    with whoever_listens():
        click.echo(text, err=True)


@contextmanager
def whoever_listens() -> Iterator[None]:
    """Output that may find nobody there."""
    # Where stderr is gone too, the exit code is all that is left to say.
    try:
        yield
    except OSError:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - it stays open to the end


def forget_output() -> None:
    """Send what is still to be printed nowhere."""
    # Nobody reads any more, or the disk is full: what is still buffered must not fail again on closing.
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - it stays open to the end


def printable(text: str) -> str:
    """``text`` on one line: control characters, as a file's name may hold, are escaped."""
    return "".join(
        one if one.isprintable() or one == "\u3000" else one.encode("unicode_escape").decode() for one in text
    )


def show_problems(problems: Iterable[Problem]) -> None:
    """Every problem on a line of its own, on stderr."""
    listed = list(problems)
    for problem in listed:
        complain(printable(problem.in_language(LANGUAGE)))
    complain(speak(f"共 {len(listed)} 处问题", f"{len(listed)} problem{'s' * (len(listed) != 1)}"))
