"""The versions of a ruleset (``versions.yaml`` beside it): through which states each went, and what was published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from evaluator.errors import Words
from evaluator.model import Identifier, IsoDate, Line, Model, Text, Tuple
from evaluator.observation import Observation

State = Literal["draft", "consultation", "approved", "published", "withdrawn"]
STATES: dict[State, Words] = {
    "draft": Words("草案", "draft"),
    "consultation": Words("征求意见", "consultation"),
    "approved": Words("审定", "approved"),
    "published": Words("发布", "published"),
    "withdrawn": Words("废止", "withdrawn"),
}
# What may come after each state; None stands before the first. Consulted on or approved, a version may go back to a draft.
FOLLOWING: dict[State | None, tuple[State, ...]] = {
    None: ("draft", "consultation", "approved", "published"),
    "draft": ("consultation", "approved"),
    "consultation": ("draft", "consultation", "approved"),
    "approved": ("draft", "published"),
    "published": ("withdrawn",),
    "withdrawn": (),
}


class Passage(Model):
    """The day on which a version came into a state, and the number of the document that says so."""

    state: State
    on: IsoDate
    document: Line | None = None


class Version(Model):
    """One version: its states in order; once published, its digest and the identifiers of its criteria.

    ``erratum`` says, of a version that mends a mistake of the one before, what was mended.
    """

    version: Line = Field(pattern=r"^\d+\.\d+\.\d+$")
    states: Tuple[Passage]
    digest: Line | None = Field(None, pattern=r"^sha256:[0-9a-f]{64}$")
    criteria: Tuple[Identifier] = ()
    erratum: Text | None = None

    @property
    def state(self) -> State | None:
        """The state that it is in; None where it has none yet."""
        return self.states[-1].state if self.states else None

    @property
    def published(self) -> bool:
        """Whether it was published, even if it was withdrawn since."""
        return any(one.state == "published" for one in self.states)


class Versions(Model):
    """Every version of a ruleset, the oldest first."""

    versions: Tuple[Version]

    def find(self, version: str) -> Version | None:
        """The version of this number; None where it is not listed."""
        return next((one for one in self.versions if one.version == version), None)


def ordered(version: str) -> tuple[int, ...]:
    """A version's number as one that can be compared."""
    return tuple(int(part) for part in version.split("."))


def standing(versions: Versions | None, version: str, until: date) -> Iterator[Observation]:
    """What a reader of a result must know of the version that it was made with, for a period that ends on ``until``.

    A version that was withdrawn after the period was in force for it: nothing is said. Nor is anything where ``versions`` is
    None: the ruleset's versions are not recorded.
    """
    if versions is None:
        return
    one = versions.find(version)
    state = one.state if one is not None else None
    if one is None or state is None:
        what = Words(
            f"规则版本 {version} 没有登记，尚未发布",
            f"the version {version} of the rules is not recorded: it is not published",
        )
        yield Observation("unpublished_rules", (), what)
    elif state == "withdrawn":
        day = one.states[-1].on
        if day <= until:
            what = Words(
                f"规则版本 {version} 已于 {day} 废止",
                f"the version {version} of the rules was withdrawn on {day}",
            )
            yield Observation("withdrawn_rules", (), what)
    elif state != "published":
        words = STATES[state]
        what = Words(
            f"规则版本 {version} 处于“{words.zh}”阶段，尚未发布",
            f"the version {version} of the rules is not published: its state is {words.en}",
        )
        yield Observation("unpublished_rules", (), what)
