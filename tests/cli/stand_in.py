"""Stands in for ``duibiao`` on PATH: each run is a fork of an interpreter that has our libraries loaded.

What is forked has loaded all that knows no command line. A fork then imports ``cli`` for itself, with the arguments, the
environment, the folder and the streams of whoever called: language, locale and options are found out as in a new process.

``StandIn(folder)`` puts a small program ``duibiao`` into ``folder``, which hands its run over to ``python stand_in.py SOCKET``.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import select
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

# -S: it needs no library, so that it costs next to nothing.
PROGRAM = """\
#!{python} -IS
import json, os, socket, sys
asked = {{"arguments": sys.argv[1:], "cwd": os.getcwd(), "environment": dict(os.environ)}}
with socket.socket(socket.AF_UNIX) as line:
    line.connect({socket!r})
    socket.send_fds(line, [b"."], [0, 1, 2])
    line.sendall(json.dumps(asked).encode())
    line.shutdown(socket.SHUT_WR)
    for stream in (0, 1, 2):
        os.close(stream)
    code = int(line.makefile().read())
os.kill(os.getpid(), -code) if code < 0 else os._exit(code)
"""


class StandIn:
    """The interpreter that forks; a context manager. ``folder`` is to come before all others on PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        where = folder / "socket"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(where))
        self._listener.listen()
        program = folder / "duibiao"
        program.write_text(PROGRAM.format(python=sys.executable, socket=str(where)), encoding="utf-8")
        program.chmod(0o755)
        self._process = subprocess.Popen(
            [sys.executable, __file__, f"{self._listener.fileno()}"],
            pass_fds=[self._listener.fileno()],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._listener.close()
        self._process.communicate()


def load() -> None:
    """Import all of ours that is the same for every run; the command line is not: it speaks the language of its run."""
    for package in ("evaluator", "scorecards"):
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(module.name)
    importlib.import_module("click")


def take(streams: list[int]) -> None:
    """Make these the streams of this process. They are opened anew: whether one can be sought in is found out only then."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


def answer(line: socket.socket) -> None:
    """Run what ``line`` asks for in a fork, and answer its exit code, or the signal that ended it with a minus before."""
    _, streams, _, _ = socket.recv_fds(line, 1, 3)
    with line.makefile() as text:
        asked = json.loads(text.read())
    child = os.fork()
    if not child:
        line.close()
        take(streams)
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["cwd"])
        sys.argv = ["duibiao", *asked["arguments"]]
        os._exit(importlib.import_module("warm").exit_code())
    for stream in streams:
        os.close(stream)
    line.sendall(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}".encode())


def serve(listener: socket.socket) -> None:
    """Answer every call, each in a fork of its own as runs may be in one pipe, until nobody is there for stdin."""
    while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
        line, _ = listener.accept()
        with line:
            if not os.fork():
                listener.close()
                answer(line)
                os._exit(0)
        bury()


def bury() -> None:
    """Take note of the forks that have ended; none is waited for."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    load()
    # What is loaded stays: no fork looks through it for what could be thrown away.
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        serve(listener)
