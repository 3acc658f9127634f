"""Where the submissions of a batch come from: pieces in a fixed order, however many workers do them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from evaluator.errors import InputError
from evaluator.loading.batch.items import FilePiece, Piece
from evaluator.loading.batch.lines import line_pieces
from evaluator.loading.crowds import submissions_in
from evaluator.loading.files import is_file, is_folder, refused
from evaluator.loading.packages import opened

LINES = (".jsonl", ".ndjson")
_MANY = (*LINES, ".parquet")
_LATER_PART = re.compile(r"(.+)-(?!1$)\d{1,3}")


class Listed(NamedTuple):
    """What a batch is made of: its pieces in order, and how many files beside them are no submissions."""

    pieces: tuple[Piece, ...]
    ignored: int

    @property
    def size(self) -> int:
        """How many submissions."""
        return sum(piece.size for piece in self.pieces)


def listed(sources: Iterable[Path], copies: Path, *, forms: int, lines: int) -> Listed:
    """The submissions of ``sources``, in pieces of at most so many forms or lines.

    ``copies`` is a folder for tables that have to be put in order first, needed until the last piece is read. Raises
    ``InputError`` for a source where nothing is.
    """
    found = submissions_in(sources, _MANY, _is_parquet)
    paths = dict.fromkeys(found.paths)
    alone = [path for path in paths if not _is_later_part(path, paths)]
    return Listed(tuple(_pieces(alone, copies, forms, lines)), found.ignored)


def _pieces(paths: Iterable[Path], copies: Path, forms: int, lines: int) -> Iterator[Piece]:
    for many, group in groupby(paths, _holds_many):
        if not many:
            together = list(group)
            yield from (FilePiece(tuple(together[n : n + forms])) for n in range(0, len(together), forms))
            continue
        for path in group:
            yield from _of_lines(path, lines) if _holds_lines(path) else _of_tables(path, copies, lines)


def _holds_many(path: Path) -> bool:
    return _holds_lines(path) or _is_parquet(path)


def _holds_lines(path: Path) -> bool:
    return path.suffix.lower() in LINES


def _is_parquet(path: Path) -> bool:
    if path.suffix.lower() != ".parquet" and not is_folder(path):
        return False
    from evaluator.loading.evidence_tables.pieces import is_parquet  # noqa: PLC0415 - it needs much that lines do not

    return is_parquet(path)


def _of_tables(path: Path, copies: Path, size: int) -> Iterator[Piece]:
    from evaluator.loading.evidence_tables.pieces import parquet_pieces  # noqa: PLC0415

    found = Path(tempfile.mkdtemp(dir=copies))
    pieces = parquet_pieces(path, size, found)
    if not pieces:
        raise refused(path, "no_submission", "文件里没有申报", "the file holds no submission")
    yield from pieces


def _of_lines(path: Path, lines: int) -> Iterator[Piece]:
    if not is_file(path):
        raise refused(path, "no_file", "找不到文件", "there is no such file")
    try:
        found = list(line_pieces(path, lines))
    except OSError:
        raise refused(path, "unreadable", "文件读不出来", "the file cannot be read") from None
    if not found:
        raise refused(path, "no_submission", "文件里没有申报", "the file holds no submission")
    yield from found


def _is_later_part(path: Path, paths: Iterable[Path]) -> bool:
    """Whether ``path`` is an archive of a set whose first one is among ``paths``: they are one submission."""
    stem = _LATER_PART.fullmatch(path.stem)
    if path.suffix.lower() != ".zip" or stem is None:
        return False
    if path.with_name(f"{stem[1]}-1{path.suffix}") not in paths:
        return False
    try:
        with opened(path) as origin:
            return len(origin.parts) > 1 and origin.parts[0] != path
    except InputError:
        return False
