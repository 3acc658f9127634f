"""In the process that is to meet a fault: each call that changes something on the disk is a point, at which it may kill itself.

``kill -9`` leaves on the disk what the calls before it did. So whoever was killed at each point in turn has met every state that
a kill can leave, but for those within a call that writes: these are met by a limit on the size of files, and its signal.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

# linux/capability.h: the version of the two calls, and the rights to write and to read whatever the rights of a file are.
_CAPABILITIES = 0x20080522
_OVERRIDE = 1 << 1 | 1 << 2
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


class Fault(NamedTuple):
    """What a run is to meet; nothing of it unless it is stated.

    It is killed at the point with the number ``at``, or where ``vanishing`` is stated that folder is removed then; it is killed
    when it writes more than ``size`` bytes into a file; after so many ``renames`` each one fails as between two disks.
    ``limits`` are those of ``resource`` by name. ``bound``: rights bind it, whoever it runs as. ``homeless``: its folder is gone.
    """

    at: int | None = None
    vanishing: str | None = None
    size: int | None = None
    renames: int | None = None
    limits: dict[str, int] = {}
    bound: bool = False
    homeless: bool = False


def arm(log: str, **stated: Any) -> None:
    """Write every point of this process to ``log``, a line each before it is done, and let it meet the ``Fault``."""
    fault = Fault(**stated)
    armed = _Armed(log, fault)
    sys.addaudithook(armed.hook)
    os.fsync = _counted(armed, os.fsync)
    if fault.size is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault.size, fault.size))
    for name, value in fault.limits.items():
        resource.setrlimit(getattr(resource, name), (value, value))
    if fault.homeless:
        shutil.rmtree(os.getcwd())  # noqa: PTH109 - as the system says it
    if fault.bound:
        _bind()


def _bind() -> None:
    # As another user it might not read the interpreter's own files.
    system = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    held = (ctypes.c_uint32 * 6)()
    if system.capget(head, held) == 0:
        held[0] &= ~_OVERRIDE
        held[1] &= ~_OVERRIDE
        system.capset(head, held)


class _Armed:
    def __init__(self, log: str, fault: Fault) -> None:
        self.log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.fault = fault
        self.number = self.renames = 0
        self.process = os.getpid()
        self.busy = False

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        opens = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        if opens or event in _CHANGES:
            self.met(event, arguments[0])

    def met(self, event: str, subject: object) -> None:
        if os.getpid() != self.process or self.busy:
            return
        # The list of points may meet the limit of a file, too.
        with suppress(OSError):
            os.write(self.log, f"{event} {subject!s}\n".encode(errors="replace"))
        if self.number == self.fault.at:
            self._strike()
        self.number += 1
        if event == "os.rename":
            self.renames += 1
            if self.fault.renames is not None and self.renames > self.fault.renames:
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), subject)

    def _strike(self) -> None:
        if self.fault.vanishing is None:
            os.kill(self.process, signal.SIGKILL)
        else:
            self.busy = True
            shutil.rmtree(self.fault.vanishing, ignore_errors=True)
            self.busy = False


def _counted(armed: _Armed, fsync: Callable[[Any], None]) -> Callable[[Any], None]:
    def counted(opened: Any) -> None:
        armed.met("os.fsync", opened)
        fsync(opened)

    return counted
