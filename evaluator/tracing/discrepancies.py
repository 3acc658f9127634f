"""What does not agree between a ruleset, its clauses, its pins and the official text: each as data, placed later."""

from __future__ import annotations

from typing import Literal, NamedTuple

from evaluator.errors import Place, Problem, Words
from evaluator.ruleset import Path

Level = Literal["error", "suspect", "warning"]
File = Literal["ruleset", "clauses", "trace", "text"]


class Discrepancy(NamedTuple):
    """One thing that does not agree, at a path of one of our files or at a line (from 1) of the text.

    An ``error`` must be mended before anything of it can be confirmed; what is ``suspect`` waits for somebody to confirm it; a
    ``warning`` is worth a look. ``criterion`` and ``clause`` are those that it concerns.
    """

    code: str
    level: Level
    file: File
    where: Path | int
    what: Words
    mend: Words | None = None
    criterion: str | None = None
    clause: str | None = None

    def placed(self, place: Place) -> Problem:
        """As a problem at ``place``."""
        return Problem(self.code, place, self.what, self.mend)
