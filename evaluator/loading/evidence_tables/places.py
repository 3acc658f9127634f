"""Where in the tables each key of a submission stands: found only when there is something to tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from evaluator.errors import Place
from evaluator.reading import Path, Places


class LazyPlaces(Mapping[Path, Place]):
    """Places that are looked up all at once, when the first is asked for."""

    def __init__(self, look_up: Callable[[], Places]) -> None:
        self._look_up = look_up
        self._found: Places | None = None

    @property
    def _all(self) -> Places:
        if self._found is None:
            self._found = self._look_up()
        return self._found

    def __getitem__(self, path: Path) -> Place:
        return self._all[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)
