"""The work folder of a batch: what is done stays there, so that a batch that is ended continues. One batch at a time."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Self

import pyarrow as pa

from evaluator.errors import Words
from evaluator.loading.batch.judging import digest_of
from evaluator.loading.batch.known import Known
from evaluator.loading.batch.parts import WIDTH, Part, opened
from evaluator.loading.files import refused

WORK = ".batch"
_ENDING = ".arrow"
_TOLD = ("key", "who", "reviews", "read", "problems", "again", "sent_by")


class Store:
    """The work folder in ``folder``; a context manager, within which no other batch writes there.

    ``temporary`` is a folder for what is not whole yet or needed only while the batch runs: it is empty whenever one begins, and
    gone when it ends. A folder in which nothing was kept is gone then, too, where it was not there before.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / WORK
        self.parts = self.work / "parts"
        self.temporary = self.work / "temporary"
        self._lock_file = self.work / "lock"
        self._lock: IO[str] | None = None
        self._new: list[Path] = []
        self.part = lru_cache(maxsize=8)(self._part)

    def __enter__(self) -> Self:
        self._new = [one for one in (self.work, self.folder, *self.folder.parents) if not one.exists()]
        self._lock = self._locked()
        for one in (*self.parts.glob("*.tmp"), *self.work.glob("*.tmp")):
            one.unlink()
        _thrown_away(self.temporary)
        self.temporary.mkdir()
        return self

    def _locked(self) -> IO[str]:
        while True:
            try:
                self.parts.mkdir(parents=True, exist_ok=True)
                lock = self._lock_file.open("a", encoding="ascii")
            except FileNotFoundError:
                if self.folder.is_dir():
                    # Another one that kept nothing has just cleared up.
                    continue
                raise
            try:
                # The lock goes with the process, whatever ends it; forks do not inherit it.
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                lock.close()
                if error.errno not in (errno.EACCES, errno.EAGAIN):
                    raise
                mend = Words("等它结束，或换一个输出文件夹", "wait for it, or use another folder")
                zh, en = "另一个批量评分正在写这里", "another batch is writing here"
                raise refused(self.folder, "batch_running", zh, en, mend) from None
            with suppress(OSError):
                if self._lock_file.stat().st_ino == os.fstat(lock.fileno()).st_ino and self.parts.is_dir():
                    return lock
            lock.close()

    def __exit__(self, *_exception: object) -> None:
        shutil.rmtree(self.temporary, ignore_errors=True)
        if self.work in self._new:
            with suppress(OSError):
                self.parts.rmdir()
                self._lock_file.unlink()
                for one in self._new:
                    one.rmdir()
        if self._lock is not None:
            self._lock.close()

    def is_begun(self) -> bool:
        """Whether a batch has kept something here; a lock alone is nothing."""
        return any(self.parts.glob(f"*{_ENDING}"))

    def add(self, content: bytes) -> str:
        """Keep a part; its name."""
        name = _name(content)
        written(self.parts / name, content)
        return name

    def _part(self, name: str) -> Part:
        """A part that was added; a few are held."""
        with pa.memory_map(str(self.parts / name)) as file:
            return opened(file)

    def index(self, reviews: Callable[[str], bytes]) -> Index:
        """What of an earlier run still holds; ``reviews`` is the digest of the reviews that a subject has now."""
        index = Index()
        for path in sorted(self.parts.glob(f"*{_ENDING}")):
            try:
                with pa.memory_map(str(path)) as file:
                    content = file.read_buffer()
                    if _name(content) != path.name:
                        raise ValueError
                    rows = opened(content, _TOLD).rows
            except (OSError, ValueError):
                # Damaged, of an older layout, or no part at all: what it stood for is done again.
                _thrown_away(path)
                continue
            index.add(path.name, rows, reviews)
        index.sort()
        return index

    def forget(self, wanted: Iterable[str]) -> None:
        """Throw every other part away."""
        kept = set(wanted)
        for path in self.parts.glob(f"*{_ENDING}"):
            if path.name not in kept:
                path.unlink()


class Index:
    """Where the row of each key is: its part and its number in that; with who it is of."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.known = Known()
        self._keys: list[bytes] = []
        self._where = array("Q")
        self._who: list[bytes] = []

    def add(self, name: str, rows: Any, reviews: Callable[[str], bytes]) -> None:
        """The rows of a part that still hold."""
        columns = [rows.column(one).to_pylist() for one in _TOLD]
        number = len(self.parts)
        self.parts.append(name)
        for n, (key, who, reviewed, read, problems, again, subject) in enumerate(zip(*columns, strict=True)):
            if again or (problems is None and not _holds(subject, reviewed, read, reviews)):
                continue
            self._keys.append(key)
            self._who.append(who or b"\0" * WIDTH)
            self._where.append(number << 32 | n)

    def sort(self) -> None:
        """All rows are added."""
        order = sorted(range(len(self._keys)), key=self._keys.__getitem__)
        self.known = Known(self._keys)
        self._where = array("Q", (self._where[n] for n in order))
        self._whose = b"".join(self._who[n] for n in order)
        self._keys, self._who = [], []

    def find(self, key: bytes) -> tuple[str, int, bytes]:
        """The part, the row in it, and who it is of."""
        n = bisect_left(self.known, key)
        where = self._where[n]
        return self.parts[where >> 32], where & 0xFFFFFFFF, self._whose[n * WIDTH : (n + 1) * WIDTH]


def _holds(
    subject: str, reviewed: bytes, read: Iterable[dict[str, bytes]], reviews: Callable[[str], bytes]
) -> bool:
    if reviewed != reviews(subject):
        return False
    return all(digest_of(Path(os.fsdecode(one["path"]))) == one["digest"] for one in read)


def _name(content: Any) -> str:
    return hashlib.sha256(content).hexdigest()[:32] + _ENDING


def _thrown_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def written(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all, and still after a power cut."""
    temporary = path.with_name(path.name + ".tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
