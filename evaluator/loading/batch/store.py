"""The work folder of a batch: what is done stays there, so that a batch that is ended continues. One batch at a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
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
    """The work folder in ``folder``; a context manager, within which no other batch writes there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / WORK
        self.parts = self.work / "parts"
        self._lock: IO[str] | None = None
        self.part = lru_cache(maxsize=8)(self._part)

    def __enter__(self) -> Self:
        self.parts.mkdir(parents=True, exist_ok=True)
        self._lock = (self.work / "lock").open("a", encoding="ascii")
        try:
            # The lock goes with the process, whatever ends it; forks do not inherit it.
            fcntl.lockf(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            mend = Words("等它结束，或换一个输出文件夹", "wait for it, or use another folder")
            raise refused(
                self.folder,
                "batch_running",
                "另一个批量评分正在写这里",
                "another batch is writing here",
                mend,
            ) from None
        for one in (*self.parts.glob("*.tmp"), *self.work.glob("*.tmp")):
            one.unlink()
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._lock is not None:
            self._lock.close()

    def is_begun(self) -> bool:
        """Whether a batch has been here; a lock alone is none."""
        return self.parts.is_dir()

    def add(self, content: bytes) -> str:
        """Keep a part; its name."""
        name = hashlib.sha256(content).hexdigest()[:32] + _ENDING
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
                    rows = opened(file, _TOLD).rows
            except (OSError, pa.ArrowException):
                path.unlink()
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


def written(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all, and still after a power cut."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
