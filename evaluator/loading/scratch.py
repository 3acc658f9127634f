"""Folders for what is not whole yet.

Each is locked by the process that made it, so that what a killed one left is told from what is in use.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.packages.names import shown

# No reader of a folder takes what begins so for input.
PREFIX = ".duibiao-"
_LOCK = "lock"
_HELD = f"{PREFIX}lock"
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK)
# So many seconds another run may take to put its files in place.
_PATIENCE = 60.0


@contextmanager
def scratch(
    parent: Path, prefix: str = PREFIX, *, keep: Callable[[Path], bool] = lambda _folder: False
) -> Iterator[Path]:
    """A new folder in ``parent`` that only its owner may enter, gone when this ends unless it is to be kept then.

    It holds a file of its own, ``lock``. Raises ``OSError``.
    """
    folder, lock = made(parent, prefix)
    try:
        yield folder
    finally:
        if not keep(folder):
            shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def made(parent: Path, prefix: str) -> tuple[Path, int | None]:
    """The folder and what holds its lock until it is closed; None where the file system knows no locks."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        try:
            lock = _opened(folder / _LOCK)
            if _is_ours(folder / _LOCK, lock):
                return folder, lock
            os.close(lock)
        except FileNotFoundError:
            # Swept away by another run before it was locked; where its place is gone making the next one says so.
            continue
        except OSError as error:
            if error.errno in _TAKEN:
                continue
            shutil.rmtree(folder, ignore_errors=True)
            raise
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _opened(path: Path) -> int:
    # What is no plain file there is nothing of ours, and waits for nobody.
    flags = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | flags, 0o666)
    except PermissionError:
        # Of another user; to lock it on this machine it need not be written.
        with suppress(FileNotFoundError):
            return os.open(path, os.O_RDONLY | flags)
        raise


def _is_ours(path: Path, lock: int) -> bool:
    """Lock what was opened; whether it still is what is called ``path``. Where there are no locks it is taken to be ours."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(lock))
    except FileNotFoundError:
        return False


def sweep(
    parent: Path, prefix: str = PREFIX, *, first: Callable[[Path], None] = lambda _folder: None
) -> None:
    """Remove the folders of runs that were killed; ``first`` is done with each before. What is in use, or not ours, stays."""
    try:
        with os.scandir(parent) as entries:
            left = sorted(
                one.name
                for one in entries
                if one.name.startswith(prefix) and one.is_dir(follow_symlinks=False)
            )
    except OSError:
        return
    for name in left:
        with suppress(OSError):
            _swept(parent / name, first)


def _swept(folder: Path, first: Callable[[Path], None]) -> None:
    if folder.stat(follow_symlinks=False).st_uid != os.geteuid():
        return
    lock = _opened(folder / _LOCK)
    try:
        if not stat.S_ISREG(os.fstat(lock).st_mode):
            return
        # Without locks nobody can tell whether it is in use.
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is_ours(folder / _LOCK, lock):
            first(folder)
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """No other run puts files in place in ``folder`` meanwhile; raises ``InputError`` where one does not come to an end."""
    lock = _held(folder / _HELD)
    try:
        yield
    finally:
        # Whoever waits for it sees that it is gone, and makes another one.
        with suppress(OSError):
            (folder / _HELD).unlink()
        os.close(lock)


def _held(path: Path) -> int:
    until = time.monotonic() + _PATIENCE
    while True:
        # Where there is no folder to make it in, this says so.
        lock = _opened(path)
        if _is_ours(path, lock):
            return lock
        os.close(lock)
        if time.monotonic() > until:
            mend = Words("等它结束，或换一个输出文件夹", "wait for it, or use another folder")
            what = Words("另一个程序正在写这里", "another program is writing here")
            raise InputError([Problem("folder_busy", Place(shown(path.parent)), what, mend)])
        time.sleep(0.002)


def is_scratch(path: Path, top: Path) -> bool:
    """Whether ``path``, below ``top``, lies in a folder for what is not whole yet."""
    return any(part.startswith(PREFIX) for part in path.relative_to(top).parts)
