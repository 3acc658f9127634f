"""``trace.yaml``: what was confirmed against which official text. Digests only; the text itself is kept nowhere."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from evaluator.model import Identifier, IsoDate, Line, Model, Tuple
from evaluator.tracing.corrections import Correction

Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


class TextPin(Model):
    """The whole text: the name of its file, and the digest of its lines."""

    file: Line
    digest: Digest


class ClausePin(Model):
    """A clause (or item) that no criterion cites: the digest of its words, and the day on which it was confirmed."""

    clause: Digest
    confirmed: IsoDate


class CriterionPin(Model):
    """A criterion: the digests of what it cites and of what it says, and the day on which they were found to agree."""

    clause: Digest
    criterion: Digest
    confirmed: IsoDate


class Trace(Model):
    """All that is kept of a comparison with the official text."""

    trace: Literal[1]
    text: TextPin | None = None
    corrections: Tuple[Correction] = ()
    criteria: dict[Identifier, CriterionPin] = Field(default_factory=dict)
    clauses: dict[Line, ClausePin] = Field(default_factory=dict)


NO_TRACE = Trace(trace=1)
