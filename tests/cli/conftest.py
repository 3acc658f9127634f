"""The command line is tested by running it: what a user types, sees, and gets back as exit status.

Most runs are forks of an interpreter that has our modules loaded (``warm``). With ``--lang``, or variables that are not ours, the
fork imports the command line, which then finds out its language and what it is to complete (``stand_in``). Where the start itself
is looked at (the locale, the variables that Python reads) a run is a process from the beginning, as the READMEs' examples are.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.stand_in import StandIn

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


class Warm:
    """The interpreters that fork, one for each locale, started when first needed."""

    def __init__(self, folder: Path) -> None:
        self.streams = folder / "out", folder / "err"
        self.started: dict[str, subprocess.Popen[str]] = {}

    def run(
        self,
        arguments: list[str],
        cwd: Path,
        locale: str,
        variables: dict[str, str],
        bounds: tuple[int, int] | None = None,
    ) -> Done:
        """One run in a fork; ``bounds`` are seconds of processor time and bytes of memory."""
        for stream in self.streams:
            stream.write_bytes(b"")
        names = ("arguments", "cwd", "environment", "out", "err", "bounds")
        asked = (arguments, str(cwd), variables, *map(str, self.streams), bounds)
        process = self._interpreter(locale)
        assert process.stdin is not None
        assert process.stdout is not None
        print(json.dumps(dict(zip(names, asked, strict=True))), file=process.stdin, flush=True)
        code = int(process.stdout.readline())
        return Done(code, *(stream.read_text(encoding="utf-8", errors="replace") for stream in self.streams))

    def _interpreter(self, locale: str) -> subprocess.Popen[str]:
        if locale not in self.started:
            self.started[locale] = subprocess.Popen(
                [sys.executable, Path(__file__).with_name("warm.py")],
                env=environment(locale),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self.started[locale]

    def close(self) -> None:
        """End them."""
        for process in self.started.values():
            process.communicate()


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """The interpreters of this session."""
    interpreters = Warm(tmp_path_factory.mktemp("streams"))
    yield interpreters
    interpreters.close()


def _looks_at_the_start(locale: str | None, more: dict[str, str]) -> bool:
    return locale not in LOCALES.values() or any(one.startswith(("PYTHON", "LANG", "LC_")) for one in more)


def _looks_at_the_command_line(arguments: list[str], more: dict[str, str]) -> bool:
    chosen = any(one.startswith("--lang") for one in arguments)
    return chosen or not all(one.startswith("DUIBIAO_") for one in more)


@pytest.fixture
def duibiao(tmp_path: Path, warm: Warm, stand_in: StandIn) -> Run:
    """Run ``duibiao`` in an empty folder; whatever happens, it never shows a traceback."""

    def run(*arguments: object, locale: str | None = LOCALES["zh"], **more: str) -> Done:
        words, variables = [os.fspath(_text(one)) for one in arguments], environment(locale, **more)
        begun = _looks_at_the_start(locale, more)
        if locale is None or begun or _looks_at_the_command_line(words, more):
            done = subprocess.run(
                [COMMAND if begun else stand_in.folder / "duibiao", *words],
                capture_output=True,
                check=False,
                cwd=tmp_path,
                env=variables,
                stdin=subprocess.DEVNULL,
            )
            code, out, err = (
                done.returncode,
                *(one.decode(errors="replace") for one in (done.stdout, done.stderr)),
            )
        else:
            code, out, err = warm.run(words, tmp_path, locale, variables)
        assert "Traceback" not in out + err, out + err
        assert "程序出错" not in err, err
        assert "an error of the program" not in err, err
        return Done(code, out, err)

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
