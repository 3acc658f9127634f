"""Every hostile file goes through the real command line, which has to end by itself within bounds of time and memory."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.conftest import LOCALES, Done, Warm, environment, warm

__all__ = ["warm"]

SECONDS, MEMORY = 10, 512 * 1024 * 1024

Bounded = Callable[..., Done]


@pytest.fixture
def duibiao(tmp_path: Path, warm: Warm) -> Bounded:
    """Run ``duibiao`` in an empty folder, within bounds: it ends with 0, 1 or 2, and shows no traceback.

    What takes more than ``SECONDS`` of processor time, or waits for ever, is ended by a signal, and that is no exit code; what
    takes more than ``MEMORY`` beside the program itself is an error of the program.
    """

    def run(*arguments: object, locale: str = LOCALES["zh"], **more: str) -> Done:
        words = [os.fspath(one) if isinstance(one, os.PathLike) else str(one) for one in arguments]
        done = warm.run(words, tmp_path, locale, environment(locale, **more), (SECONDS, MEMORY))
        assert done.code in (0, 1, 2), done
        for said in ("Traceback", "程序出错", "an error of the program"):
            assert said not in done.out + done.err, done
        return done

    return run


class Refusal(NamedTuple):
    """What a refused run says, in Chinese and in English."""

    zh: str
    en: str


Refused = Callable[..., Refusal]


@pytest.fixture
def refused(duibiao: Bounded, tmp_path: Path) -> Refused:
    """Run in both languages: each says no, names the place ``at`` in every line but the last, and writes nothing.

    ``large`` input is read in Chinese only, where reading takes long.
    """

    def run(*arguments: object, at: str, code: int = 2, large: bool = False) -> Refusal:
        before = lying_in(tmp_path)
        said = []
        for locale in [LOCALES["zh"]] if large else LOCALES.values():
            done = duibiao(*arguments, locale=locale)
            assert done.code == code, done
            *problems, _total = (done.out + done.err).splitlines()
            assert problems, done
            assert all(at in one for one in problems), done
            # What is wrong, and behind a full stop what to do.
            assert all(re.search(r"\] .+(。|\. ).+", one) for one in problems), done
            assert all(one.isprintable() for one in problems), done
            said.append("\n".join(problems))
        assert lying_in(tmp_path) == before
        return Refusal(said[0], said[-1])

    return run


def lying_in(folder: Path) -> dict[str, tuple[int, int]]:
    """Everything in ``folder``, with its size and the time of its last change."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
    }
