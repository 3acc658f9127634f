"""One submission of a batch, not yet read, and some of them that lie together."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from evaluator.algorithms import Algorithm
from evaluator.catalogue import Catalogue
from evaluator.errors import InputError, Place
from evaluator.loading.files import contents, is_folder
from evaluator.loading.packages import Alone, Form
from evaluator.loading.submissions import Received, receive
from evaluator.packages.names import shown

Feed = Callable[[bytes], object]
_PART = re.compile(r"(.+)-\d{1,3}")


class Item(Protocol):
    """One submission, not yet read."""

    @property
    def place(self) -> Place:
        """Where it stands: a file, and the line in one that holds many."""

    @property
    def folder(self) -> Path | None:
        """Where what it includes is looked for; None where it holds all of that itself."""

    def feed(self, into: Feed, *, exactly: bool) -> None:
        """Hand over all that is read for it, but for what it includes; raises ``InputError`` or ``OSError``.

        ``exactly``: where it stands counts, too.
        """

    def receive(self, catalogue: Catalogue, algorithm: Algorithm = "sha256", *, lenient: bool) -> Received:
        """Read it, the digests of its files by ``algorithm``; raises ``SubmissionError`` or ``OSError``."""

    def may_include(self) -> bool:
        """Whether other forms may be read for it, as far as can be told without reading it."""


class Piece(Protocol):
    """Some submissions that lie together: what one worker does at a time. Can be pickled."""

    @property
    def size(self) -> int:
        """How many."""

    def items(self) -> Iterator[Item]:
        """Each of them, in order; raises ``OSError`` where they can no longer be read."""

    def apart(self) -> list[Piece]:
        """A piece for each of them."""

    def places(self) -> Iterator[Place]:
        """Where each of them stands; reads nothing."""

    def carried(self) -> Piece:
        """The same with its bytes, where it is not a package: to be read where its files are not."""


class FilePiece(NamedTuple):
    """Forms, folders and archives; ``contents`` are the bytes of the forms, where they are carried."""

    paths: tuple[Path, ...]
    contents: tuple[bytes | None, ...] = ()

    @property
    def size(self) -> int:
        """How many."""
        return len(self.paths)

    def items(self) -> Iterator[Item]:
        """Each of them, in order."""
        return map(FileItem, self.paths, self._contents())

    def apart(self) -> list[Piece]:
        """A piece for each of them."""
        return [
            FilePiece((path,), (content,)) for path, content in zip(self.paths, self._contents(), strict=True)
        ]

    def places(self) -> Iterator[Place]:
        """Where each of them stands."""
        return (Place(shown(path)) for path in self.paths)

    def carried(self) -> Piece:
        """The forms among them with their bytes; what cannot be read is left to the worker to refuse."""
        return FilePiece(self.paths, tuple(map(_carried, self.paths)))

    def _contents(self) -> tuple[bytes | None, ...]:
        return self.contents or (None,) * len(self.paths)


class FileItem:
    """A form with what it includes, or a package."""

    def __init__(self, path: Path, content: bytes | None = None) -> None:
        self.path = path
        self.place = Place(shown(path))
        self._package = content is None and _is_package(path)
        self.folder = None if self._package else path.parent
        self._content = content

    def feed(self, into: Feed, *, exactly: bool) -> None:
        # Its name decides how it is read, and stands in what is said of it.
        into(os.fsencode(self.path) + b"\0")
        if not self._package:
            if self._content is None:
                self._content = contents(self.path, "largest_submission")
            into(self._content)
        elif is_folder(self.path):
            for one in sorted(self.path.rglob("*")):
                into(os.fsencode(one.relative_to(self.path)) + b"\0")
                if one.is_file() and not one.is_symlink():
                    _feed_file(one, into)
        else:
            for one in sorted({self.path, *_siblings(self.path)}):
                into(os.fsencode(one.name) + b"\0")
                _feed_file(one, into)

    def receive(self, catalogue: Catalogue, algorithm: Algorithm = "sha256", *, lenient: bool) -> Received:
        if self._content is None:
            return receive(self.path, catalogue, lenient=lenient, algorithm=algorithm)
        return receive(_Fed(self.path, self._content), catalogue, lenient=lenient)

    def may_include(self) -> bool:
        if self._package or self._content is None:
            return False
        return self.path.suffix.lower() == ".xlsx" or may_say_includes(self._content)


def _is_package(path: Path) -> bool:
    return is_folder(path) or path.suffix.lower() == ".zip"


def _carried(path: Path) -> bytes | None:
    try:
        return None if _is_package(path) else contents(path, "largest_submission")
    except InputError:
        return None


def may_say_includes(content: bytes) -> bool:
    """Whether a text may name other forms; an escape could hide the word."""
    return b"includes" in content or b"\\" in content


class _Fed(Alone):
    """A form whose bytes are at hand: what is judged is what was digested."""

    def __init__(self, path: Path, content: bytes) -> None:
        super().__init__(path)
        self._content = content

    def form(self) -> Form:
        return Form(self.path.name, shown(self.path), lambda _largest: self._content)


def _siblings(path: Path) -> Iterator[Path]:
    """The archives that may be of one set with ``path``."""
    stem = _PART.fullmatch(path.stem)
    if stem is not None:
        for one in path.parent.glob(f"*{path.suffix}"):
            other = _PART.fullmatch(one.stem)
            if other is not None and other[1] == stem[1]:
                yield one


def _feed_file(path: Path, into: Feed) -> None:
    if not path.is_file():
        # A pipe would be waited for.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with path.open("rb") as file:
        into(hashlib.file_digest(file, "sha256").digest())
