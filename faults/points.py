"""In the process that is to be killed: every call that changes something on the disk is a point; at one of them it kills itself.

``kill -9`` leaves on the disk what the calls before it did. So whoever was killed at each point in turn has met every state that
a kill can leave, but for those within a call that writes: these are met by a limit on the size of files, and its signal.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = (
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.utime",
)


class _Armed:
    def __init__(self, log: str, at: int | None, renames: int | None) -> None:
        # In the file each call has a line, written before it is done: who reads it sees where the run was killed.
        self.log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.at, self.number = at, 0
        self.renames = renames
        self.process = os.getpid()

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CHANGES or (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        ):
            self.met(event, arguments[0])

    def met(self, event: str, subject: object) -> None:
        if os.getpid() != self.process:
            return
        os.write(
            self.log,
            f"{event} {os.fspath(subject) if isinstance(subject, (str, os.PathLike)) else subject!r}\n".encode(
                errors="replace"
            ),
        )
        if self.number == self.at:
            os.kill(self.process, signal.SIGKILL)
        self.number += 1
        if event == "os.rename" and self.renames is not None:
            self.renames -= 1
            if self.renames < 0:
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), subject)


def arm(
    log: str,
    at: int | None = None,
    size: int | None = None,
    renames: int | None = None,
    limits: dict[str, int] | None = None,
) -> None:
    """Write every point of this process to ``log``, and kill it at the one with the number ``at``.

    ``size``: it is killed, too, when it writes more than so many bytes into a file. ``renames``: after so many each one fails as
    between two disks. ``limits`` are those of ``resource`` by name.
    """
    armed = _Armed(log, at, renames)
    sys.addaudithook(armed.hook)
    for name in ("fsync",):
        setattr(os, name, _counted(armed, name, getattr(os, name)))
    if size is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    for name, value in (limits or {}).items():
        resource.setrlimit(getattr(resource, name), (value, value))


def _counted(armed: _Armed, name: str, call: Any) -> Any:
    def counted(*arguments: Any) -> Any:
        armed.met(f"os.{name}", arguments[0])
        return call(*arguments)

    return counted
