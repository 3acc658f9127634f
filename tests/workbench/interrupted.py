"""Restores that end in the middle: ``python -m tests.workbench.interrupted BACKUP FOLDER`` leaves one folder for each.

Steps are statements, commits, and what is written to the disk; the process ends before a step as by ``kill -9``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from workbench.backing_up import restore
from workbench.settings import Settings

_EVERY = 3


def _ended_before(last: int, archive: Path, data: Path) -> int:
    """The exit code of a process that restores into ``data`` and ends before step ``last``."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    done = 0

    def step(*_: object) -> None:
        nonlocal done
        done += 1
        if done == last:
            os._exit(9)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    settle, unlink = os.fsync, Path.unlink

    def fsync(handle: int) -> None:
        step()
        settle(handle)

    def unlinked(path: Path, missing_ok: bool = False) -> None:
        step()
        unlink(path, missing_ok)

    os.fsync, Path.unlink = fsync, unlinked
    restore(Settings(data), archive)
    os._exit(0)


def main() -> None:
    archive, folder = Path(sys.argv[1]), Path(sys.argv[2])
    last = 1
    while _ended_before(last, archive, folder / f"{last:04d}") == 9:
        last += _EVERY
    # The last steps one by one: the commit, and the mark that goes away.
    for one in range(last - _EVERY + 1, last):
        _ended_before(one, archive, folder / f"{one:04d}")


if __name__ == "__main__":
    main()
