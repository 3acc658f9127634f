"""The versions of a ruleset (``versions.yaml`` beside it): through which states each went, and what was published."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evaluator.errors import Words
from evaluator.model import Identifier, IsoDate, Line, Model, Text, Tuple

State = Literal["draft", "consultation", "approved", "published", "withdrawn"]
STATES: dict[State, Words] = {
    "draft": Words("草案", "draft"),
    "consultation": Words("征求意见", "consultation"),
    "approved": Words("审定", "approved"),
    "published": Words("发布", "published"),
    "withdrawn": Words("废止", "withdrawn"),
}


class Passage(Model):
    """The day on which a version came into a state, and the number of the document that says so."""

    state: State
    on: IsoDate
    document: Line | None = None


class Version(Model):
    """One version: its states in order; once published, its digest and the identifiers of its criteria."""

    version: Line = Field(pattern=r"^\d+\.\d+\.\d+$")
    states: Tuple[Passage]
    digest: Line | None = None
    criteria: Tuple[Identifier] = ()
    erratum: Text | None = None


class Versions(Model):
    """Every version of a ruleset, the oldest first."""

    versions: Tuple[Version]
