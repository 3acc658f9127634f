"""Runs of ``duibiao`` in forks of an interpreter that has it loaded (``tests/cli/warm.py``), each killed or not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

ROOT = Path(__file__).resolve().parents[1]
KILLED = (-9, -25)  # SIGKILL, SIGXFSZ


class Ended(NamedTuple):
    """How a run ended: its exit code, or the signal with a minus; what it said; the points that it met."""

    code: int
    out: str
    err: str
    points: tuple[str, ...]

    @property
    def is_killed(self) -> bool:
        """Whether it was killed before it ended."""
        return self.code in KILLED


class Runner:
    """The interpreter that forks, started by the command ``below`` it; a context manager. Its files are in ``folder``."""

    def __init__(self, folder: Path, *, below: tuple[str, ...] = ()) -> None:
        self.below = below
        self.streams = folder / "out", folder / "err"
        self.log = folder / "points"
        bare = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LC_", "PYTHON", "DUIBIAO"))
        }
        self.environment = {**bare, "LANG": "zh_CN.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}

    def __enter__(self) -> Self:
        command = [*self.below, sys.executable, ROOT / "tests" / "cli" / "warm.py"]
        self._process = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    @property
    def process(self) -> int:
        """The interpreter."""
        return self._process.pid

    def run(
        self,
        arguments: tuple[str, ...],
        cwd: Path,
        *,
        seconds: float | None = None,
        variables: Mapping[str, str | None] | None = None,
        **fault: Any,
    ) -> Ended:
        """One run; ``seconds`` after its start it and all that it began are killed. ``fault``: as for ``points.Fault``.

        ``variables`` of its environment are set, or unset where they are None.
        """
        for stream in (*self.streams, self.log):
            stream.write_bytes(b"")
        changed = {**self.environment, **(variables or {})}
        asked = {
            "arguments": arguments,
            "cwd": str(cwd),
            "environment": {name: value for name, value in changed.items() if value is not None},
            "out": str(self.streams[0]),
            "err": str(self.streams[1]),
            "armed": {"log": str(self.log), **fault},
            "seconds": seconds,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        code = int(self._process.stdout.readline())
        out, err, log = (
            one.read_text(encoding="utf-8", errors="replace") for one in (*self.streams, self.log)
        )
        return Ended(code, out, err, tuple(log.splitlines()))
