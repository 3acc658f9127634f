"""The command line, run so that every file that is opened and every address that is asked for is noted.

``audited.py LOG``: each line on stdin is the arguments of one run, as JSON; its exit code goes to stdout. Each event is a line of
the file ``LOG``: what it is, a tab, and what was opened or asked for.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

_WATCHED = (
    "open",
    "socket.",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "urllib.Request",
    "webbrowser.open",
)


def _watch(log: int) -> None:
    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_WATCHED):
            os.write(log, f"{event}\t{arguments[0]}\n".encode(errors="backslashreplace"))

    sys.addaudithook(note)


def _code(arguments: list[str]) -> int:
    import cli

    sys.argv = ["duibiao", *arguments]
    try:
        cli.main(prog_name="duibiao")
    except SystemExit as error:
        return int(error.code or 0)
    return 0


if __name__ == "__main__":
    runs = [json.loads(line) for line in sys.stdin]
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _watch(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    for run in runs:
        print(_code(run), file=out, flush=True)
