"""The QR code of a digest, as a path: one rectangle for each run of dark modules."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import segno

# Light modules that must stay empty around a code (ISO/IEC 18004).
QUIET = 4


class Pattern(NamedTuple):
    """A code of ``size`` by ``size`` modules; ``runs`` are the dark ones: column, row from the top, and length."""

    size: int
    runs: tuple[tuple[int, int, int], ...]


@lru_cache(maxsize=16)
def pattern(digest: str) -> Pattern:
    """The code that carries a whole digest, in capitals: those take less room in a QR code (its alphanumeric mode)."""
    made = segno.make_qr(digest.upper(), error="m", boost_error=False)
    rows = [bytes(row) for row in made.matrix]
    runs = []
    for number, row in enumerate(rows):
        start = None
        for column, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((start, number, column - start))
                start = None
    return Pattern(len(rows), tuple(runs))
