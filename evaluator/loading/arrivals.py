"""What lies in a folder of submissions, one arrival a file or package: read, digested, never changed."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.files import refused
from evaluator.loading.packages import opened
from evaluator.loading.submissions import Received, receive
from evaluator.packages.names import shown
from evaluator.persons import kind_in
from evaluator.submission import natural

# What file managers and office programs leave behind.
LEFTOVERS = re.compile(r"\..*|~\$.*|thumbs\.db|desktop\.ini|__macosx", re.IGNORECASE)


class Arrival(NamedTuple):
    """One file, folder or archive as it arrived.

    ``name`` is as it may be shown; ``digest`` of its bytes, or of a folder's files with their names; ``received`` is None where
    it was refused, with every problem. ``includes`` are the arrivals whose evidence it counts as its own; ``parts`` the archives
    of its set, where it is the first of several.
    """

    name: str
    digest: str
    received: Received | None
    problems: tuple[Problem, ...] = ()
    includes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class Arrived(NamedTuple):
    """Everything in a folder: the arrivals in the natural order of their names, and what was left out as no arrival."""

    arrivals: tuple[Arrival, ...]
    ignored: tuple[str, ...]


def arrived(folder: Path, catalogue: Catalogue | None = None) -> Arrived:
    """What lies in ``folder``; raises ``InputError`` only where there is no such folder. One bad file never stops the rest."""
    try:
        names = sorted((path.name for path in folder.iterdir()), key=natural)
    except FileNotFoundError:
        raise refused(folder, "no_folder", "找不到文件夹", "there is no such folder") from None
    except NotADirectoryError:
        raise refused(folder, "no_folder", "这是文件，不是文件夹", "this is a file, not a folder") from None
    except OSError:
        raise refused(folder, "unreadable", "文件夹读不出来", "the folder cannot be read") from None
    ignored = tuple(name for name in names if LEFTOVERS.fullmatch(name))
    arrivals: list[Arrival] = []
    parts: set[str] = set()
    for name in names:
        if name not in ignored and name not in parts:
            arrivals.append(_arrival(folder / name, catalogue))
            parts.update(arrivals[-1].parts)
    return Arrived(tuple(arrivals), ignored)


def _arrival(path: Path, catalogue: Catalogue | None) -> Arrival:
    kind = kind_in(path.name)
    if kind is not None:
        name = shown(path.name)
        what = Words(f"文件名里有{kind.name.zh}", f"the name holds {kind.name.en}")
        mend = Words("改名后重新报送", "rename it and send it anew")
        return Arrival(name, "", None, (Problem(kind.code, Place(name), what, mend),))
    digest = ""
    try:
        if path.is_symlink():
            raise refused(path, "link", "这是链接，不是文件", "this is a link, not a file")
        if not path.is_file() and not path.is_dir():
            raise refused(path, "no_file", "不是文件，也不是文件夹", "this is neither a file nor a folder")
        digest = _digest(path)
        with opened(path) as origin:
            parts = tuple(one.name for one in origin.parts[1:])
            found = receive(origin, catalogue)
    except InputError as error:
        return Arrival(path.name, digest, None, tuple(_inside(path.parent, one) for one in error.problems))
    except OSError:
        unreadable = refused(path.name, "unreadable", "文件读不出来", "the file cannot be read")
        return Arrival(path.name, digest, None, unreadable.problems)
    # What lies in another folder is no arrival here.
    beside = (os.path.normpath(name) for name in found.includes)
    includes = tuple(name for name in beside if name == Path(name).name)
    return Arrival(path.name, digest, found, (), includes, parts)


def _inside(folder: Path, problem: Problem) -> Problem:
    """``problem`` with its file named from ``folder`` on: a ledger is the same wherever the folder lies."""
    path = Path(problem.place.file)
    if not path.is_relative_to(folder):
        return problem
    return problem._replace(place=problem.place._replace(file=path.relative_to(folder).as_posix()))


def _digest(path: Path) -> str:
    """``sha256:`` of a file's bytes; of a folder, of its files' names and digests."""
    if path.is_dir():
        listed = "".join(f"{name}\0{_of_file(one)}\n" for name, one in _files(path))
        return "sha256:" + hashlib.sha256(listed.encode("utf-8", "surrogateescape")).hexdigest()
    return "sha256:" + _of_file(path)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path


def _of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
