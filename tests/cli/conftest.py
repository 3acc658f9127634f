"""The command line is tested by running it: what a user types, sees, and gets back as exit status."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
COMMAND = Path(sys.executable).parent / "duibiao"
LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}


class Done(NamedTuple):
    """One finished run."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


def environment(locale: str | None = LOCALES["zh"], **more: str) -> dict[str, str]:
    """The environment without any word about language, but for ``LANG``."""
    bare = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "LANG", "PYTHON", "_DUIBIAO", "DUIBIAO"))
    }
    bare["PATH"] = f"{COMMAND.parent}{os.pathsep}{bare.get('PATH', '')}"
    return {**bare, **({} if locale is None else {"LANG": locale}), **more}


@pytest.fixture
def duibiao(tmp_path: Path) -> Run:
    """Run ``duibiao`` in an empty folder; whatever happens, it never shows a traceback."""

    def run(*arguments: object, locale: str | None = LOCALES["zh"], **more: str) -> Done:
        done = subprocess.run(
            [COMMAND, *map(os.fspath, map(_text, arguments))],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env=environment(locale, **more),
            stdin=subprocess.DEVNULL,
        )
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        assert "Traceback" not in out + err, out + err
        assert "程序出错" not in err, err
        assert "an error of the program" not in err, err
        return Done(done.returncode, out, err)

    return run


def _text(argument: object) -> str | os.PathLike[str]:
    return argument if isinstance(argument, os.PathLike) else str(argument)


@pytest.fixture
def env() -> Callable[..., dict[str, str]]:
    """``environment``, for tests that start the command themselves."""
    return environment


@pytest.fixture
def command() -> Path:
    """Where the command is."""
    return COMMAND


@pytest.fixture
def middling() -> Path:
    """A community in between: not accepted, not refused."""
    return EXAMPLES / "kunming-model-community" / "middling.yaml"


@pytest.fixture
def excellent() -> Path:
    """A community that is accepted."""
    return EXAMPLES / "kunming-model-community" / "excellent.yaml"


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    """A copy of a ruleset, to be edited; its versions are not recorded, so that it need not be given a new one."""
    folder = tmp_path / "own" / "kunming-model-community"
    whole = ROOT / "rules" / "kunming-model-community"
    shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("versions.yaml", "published"))
    return folder


@pytest.fixture
def edit() -> Callable[..., Path]:
    """Replace the first ``old`` in a file by ``new``; the file must hold it."""

    def edited(path: Path, old: str, new: str, to: Path | None = None) -> Path:
        text = path.read_text(encoding="utf-8")
        assert old in text
        target = to or path
        target.write_text(text.replace(old, new, 1), encoding="utf-8")
        return target

    return edited
