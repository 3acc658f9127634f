"""Parquet as a source of a batch: pieces that can be handed to workers, each of so many submissions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from evaluator.algorithms import Algorithm
from evaluator.catalogue import Catalogue
from evaluator.errors import InputError, Place, Problem, SubmissionError
from evaluator.loading.evidence_tables.columns import ENDING, SUBJECTS
from evaluator.loading.evidence_tables.opening import is_evidence_tables, looked_over
from evaluator.loading.evidence_tables.reading import Layout, Part, Reader
from evaluator.loading.evidence_tables.receiving import received
from evaluator.loading.evidence_tables.rows import RowLayout, RowPart, RowReader, submission_rows
from evaluator.loading.submissions import Received
from evaluator.reading import Source

if TYPE_CHECKING:
    from evaluator.loading.batch.items import Item, Piece

Feed = Callable[[bytes], object]


def is_parquet(path: Path) -> bool:
    """Whether ``path`` holds submissions as Parquet: a folder of evidence tables, or a file."""
    return path.suffix.lower() == ENDING or is_evidence_tables(path)


def parquet_pieces(path: Path, size: int, copies: Path) -> list[Piece]:
    """The submissions in ``path``, in pieces of at most ``size``, and then one of the rows that belong to none of them.

    What is raised, and what ``copies`` is for: as for ``looked_over``.
    """
    found = looked_over(path, copies) if is_evidence_tables(path) else submission_rows(path)
    pieces: list[Piece] = [ParquetPiece(found.layout, part) for part in found.parts(size)]
    return [*pieces, StraysPiece(found.strays)] if found.strays else pieces


class ParquetPiece(NamedTuple):
    """Submissions that are read together."""

    layout: Layout | RowLayout
    part: Part | RowPart

    @property
    def size(self) -> int:
        """How many."""
        return self.part.stop - self.part.start

    def items(self) -> Iterator[Item]:
        """Each of them, in order; raises ``InputError`` where they can no longer be read."""
        return self._items()

    def _items(self) -> Iterator[ParquetItem]:
        reader = _reader(_LayoutKey(self.layout))
        return (ParquetItem(place, source) for place, source in reader.sources(self.part))

    def apart(self) -> list[Piece]:
        """A piece for each of them."""
        first = self.part.start
        return [
            self._replace(part=self.part._replace(start=n, stop=n + 1))
            for n in range(first, first + self.size)
        ]

    def carried(self) -> Piece:
        """The same with what was read, to be judged where the tables are not."""
        return CarriedPiece(tuple(one.carried() for one in self._items()))

    def places(self) -> Iterator[Place]:
        """Where each of them stands."""
        name = self.layout.name if isinstance(self.layout, RowLayout) else self.layout.names[SUBJECTS]
        before = self.part.group.before if isinstance(self.part, RowPart) else 0
        return (Place(name, before + n + 1) for n in range(self.part.start, self.part.stop))


class CarriedPiece(NamedTuple):
    """Submissions that were read from tables elsewhere: where each stands, and what was read."""

    read: tuple[tuple[Place, Source | InputError], ...]

    @property
    def size(self) -> int:
        """How many."""
        return len(self.read)

    def items(self) -> Iterator[Item]:
        """Each of them, in order."""
        return (ParquetItem(*one) for one in self.read)

    def apart(self) -> list[Piece]:
        """A piece for each of them."""
        return [CarriedPiece((one,)) for one in self.read]

    def places(self) -> Iterator[Place]:
        """Where each of them stands."""
        return (place for place, _ in self.read)

    def carried(self) -> Piece:
        """Itself."""
        return self


class ParquetItem:
    """One submission as the tables say it."""

    folder: Path | None = None

    def __init__(self, place: Place, source: Source | InputError) -> None:
        self.place, self._source = place, source

    def feed(self, into: Feed, *, exactly: bool) -> None:
        """Hand over all that is read for it; where it stands too, if ``exactly``, or if it has problems, which say so."""
        source = self._source
        if exactly or isinstance(source, InputError) or source.faults:
            into(f"{self.place}\0".encode())
        said = (
            str(source)
            if isinstance(source, InputError)
            else [source.data, [str(one) for one in source.faults]]
        )
        into(orjson.dumps(said, default=repr, option=orjson.OPT_NON_STR_KEYS))

    def receive(self, catalogue: Catalogue, algorithm: Algorithm = "sha256", *, lenient: bool) -> Received:
        """Guard, type and cross-check it; raises ``SubmissionError``."""
        if isinstance(self._source, InputError):
            raise SubmissionError(self._source.problems)
        return received(self._source, catalogue, lenient=lenient)

    def carried(self) -> tuple[Place, Source | InputError]:
        """Where it stands, and what was read, with all places looked up: they cannot be where the tables are not."""
        source = self._source
        if isinstance(source, InputError) or source.cells is None:
            return self.place, source
        return self.place, source._replace(cells=dict(source.cells))

    def may_include(self) -> bool:
        """Never: tables state all of the evidence themselves."""
        return False


class StraysPiece(NamedTuple):
    """Rows that belong to no submission, to be listed among those that were refused."""

    problems: tuple[Problem, ...]

    @property
    def size(self) -> int:
        """How many subjects they speak of."""
        return len(self.problems)

    def items(self) -> Iterator[Item]:
        """Each of them, in order."""
        return (ParquetItem(one.place, InputError([one])) for one in self.problems)

    def apart(self) -> list[Piece]:
        """A piece for each of them."""
        return [StraysPiece((one,)) for one in self.problems]

    def carried(self) -> Piece:
        """Itself."""
        return self

    def places(self) -> Iterator[Place]:
        """Where the first row of each stands."""
        return (one.place for one in self.problems)


class _LayoutKey:
    """A layout as a key: what is in it cannot be hashed, and is compared."""

    def __init__(self, layout: Layout | RowLayout) -> None:
        self.layout = layout

    def __hash__(self) -> int:
        return hash(type(self.layout))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _LayoutKey) and self.layout == other.layout


@lru_cache(maxsize=4)
def _reader(same: _LayoutKey) -> Any:
    # A process reads one part after the other, mostly of the same row groups.
    return Reader(same.layout) if isinstance(same.layout, Layout) else RowReader(same.layout)
