"""Files that belong together, put in place together: a run that is killed in that is continued by the next one.

They lie in ``NEW`` of a ``scratch`` folder. ``READY``, written when all of them are whole and on the disk, lists them: before it
stands there nothing has happened, from then on all of them are put in place, by this run or by the next in that folder.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.scratch import held, scratch, sweep
from evaluator.loading.serving import unasked
from evaluator.packages.names import shown

NEW, READY = "new", "ready"
# What a file is told by: renaming it changes neither. None: there is no such file.
_State = list[int] | None


class Continued(NamedTuple):
    """What runs that were killed had ready: names put in place now, and names that were not, since others stand there."""

    placed: tuple[str, ...]
    left: tuple[str, ...]


@contextmanager
def made_in(folder: Path, temporary: Path, *, new: bool, read: Mapping[str, bytes | None]) -> Iterator[Path]:
    """A folder below ``temporary`` to make files in; without an error they are put in place in ``folder`` when this ends.

    ``new``: no file that is there already is replaced. ``read``: what the files of these names held when the new ones were made
    from them, None where there was none; ``InputError`` where another run has written them since. Raises ``OSError``.
    """
    with scratch(temporary, keep=lambda work: (work / READY).exists()) as work:
        (work / NEW).mkdir()
        yield work / NEW
        names = sorted(path.name for path in (work / NEW).iterdir() if path.is_file())
        for name in names:
            _on_disk(work / NEW / name)
        # Whoever asks it to end gets all of the files, or none.
        with held(folder), unasked():
            for name in names:
                _refuse_unlike(folder / name, new=new)
            _refuse_changed(folder, read)
            _place(folder, work, names)


@contextmanager
def made_as(folder: Path) -> Iterator[Path]:
    """A folder to make files in; without an error it stands as the new ``folder`` when this ends: a rename, done or not done.

    Raises ``OSError``.
    """
    sweep(folder.parent)
    with scratch(folder.parent) as work:
        (work / NEW).mkdir()
        yield work / NEW
        for path in (work / NEW).iterdir():
            _on_disk(path)
        _folder_on_disk(work / NEW)
        with held(folder.parent), unasked():
            (work / NEW).replace(folder)
            _folder_on_disk(folder.parent)


def continued(folder: Path) -> Continued:
    """Put in place what runs that were killed had ready for ``folder``; what was not ready is thrown away."""
    found: list[Continued] = []
    with held(folder):
        sweep(folder, first=lambda work: found.extend(_continued(folder, work)))
    return Continued(
        tuple(name for one in found for name in one.placed), tuple(name for one in found for name in one.left)
    )


def _place(folder: Path, work: Path, names: list[str]) -> None:
    if len(names) > 1:
        listed = [
            {"name": one, "made": _state(work / NEW / one), "there": _state(folder / one)} for one in names
        ]
        _ready(work, listed)
    moved = False
    try:
        for name in names:
            (work / NEW / name).replace(folder / name)
            moved = True
    except BaseException:
        if not moved:
            (work / READY).unlink(missing_ok=True)
        raise
    _folder_on_disk(folder)
    (work / READY).unlink(missing_ok=True)


def _ready(work: Path, listed: list[dict[str, Any]]) -> None:
    unready = work / f"{READY}.tmp"
    unready.write_text(json.dumps(listed), encoding="utf-8")
    _on_disk(unready)
    _folder_on_disk(work / NEW)
    unready.replace(work / READY)
    _folder_on_disk(work)


def _continued(folder: Path, work: Path) -> Iterable[Continued]:
    waiting = _waiting(folder, work)
    if not waiting:
        return
    names = tuple(name for name, _ in waiting)
    if not all(as_it_was for _, as_it_was in waiting):
        yield Continued((), names)
        return
    for name in names:
        if (work / NEW / name).exists():
            (work / NEW / name).replace(folder / name)
    _folder_on_disk(folder)
    (work / READY).unlink()
    yield Continued(names, ())


def _waiting(folder: Path, work: Path) -> list[tuple[str, bool]]:
    """The files of a set of which some are not in place, and whether nobody has touched what stands there since."""
    try:
        listed = [
            (Path(one["name"]).name, one["made"], one["there"])
            for one in json.loads((work / READY).read_bytes())
        ]
    except (OSError, ValueError, TypeError, KeyError):
        return []
    here = {name: (work / NEW / name).is_file() for name, _, _ in listed}
    if not any(here.values()):
        return []
    return [(name, _state(folder / name) == (there if here[name] else made)) for name, made, there in listed]


def _state(path: Path) -> _State:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _refuse_unlike(target: Path, *, new: bool) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    # A device or a pipe would be gone, a file in its place.
    if target.exists() and (new or not target.is_file()):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def _refuse_changed(folder: Path, read: Mapping[str, bytes | None]) -> None:
    changed = [name for name, content in read.items() if content_of(folder / name) != content]
    what = Words(
        "读过之后，另一个程序改动了这个文件", "another program has changed this file since it was read"
    )
    mend = Words("再运行一次", "run the same command again")
    if changed:
        raise InputError(
            Problem("changed_meanwhile", Place(shown(folder / name)), what, mend) for name in changed
        )


def content_of(path: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _on_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _folder_on_disk(folder: Path) -> None:
    # Not every file system can be asked for that.
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
