"""The records of a comparison: what is compared, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from evaluator.ruleset import Clauses, Ruleset
from evaluator.tracing.corrections import Correction
from evaluator.tracing.discrepancies import Discrepancy, Level
from evaluator.tracing.parts import Part, Standing
from evaluator.tracing.pinning import Status
from evaluator.tracing.pins import NO_TRACE, Trace
from evaluator.tracing.splitting import OfficialText


class Given(NamedTuple):
    """What is compared: a ruleset with its clauses and pins (None where there are none yet), and a text with its file's name."""

    ruleset: Ruleset
    clauses: Clauses
    pins: Trace | None
    text: str
    file: str


class Traced(NamedTuple):
    """The comparison. ``parts`` is what each criterion cites, ``uncited`` what no criterion does, by clause and item."""

    given: Given
    standing: Standing
    digest: str
    corrections: tuple[Correction, ...]
    parts: Mapping[str, Part | None]
    uncited: Mapping[str, Part]
    statuses: Mapping[str, Status]
    discrepancies: tuple[Discrepancy, ...]

    @property
    def text(self) -> OfficialText:
        """The official text in clauses."""
        return self.standing.text

    @property
    def pins(self) -> Trace:
        """What was confirmed so far."""
        return self.given.pins or NO_TRACE

    def of_level(self, *levels: Level) -> tuple[Discrepancy, ...]:
        """The discrepancies of these levels."""
        return tuple(one for one in self.discrepancies if one.level in levels)
