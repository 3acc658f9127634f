"""A review: an inspector's recorded decisions over the machine's verdicts, with a reason for each. Work, never persons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from evaluator.algorithms import Algorithm, algorithm_of
from evaluator.canonical import canonical, digest
from evaluator.model import Digest, ExactNumber, Identifier, IsoDate, Line, Model, Tuple, refusal
from evaluator.review_entries import (
    Confirmation,
    Correction,
    Decision,
    Entry,
    LevelGiven,
    OnEvidence,
    StaffNumber,
)
from evaluator.ruleset import Method
from evaluator.submission import natural

T = TypeVar("T")

ReviewStage = Literal["preliminary", "inspection", "final"]
Role = Literal[
    "street_reviewer",
    "district_inspector",
    "municipal_inspector",
    "provincial_inspector",
    "expert",
    "third_party",
]
ENTRIES = (
    "corrections",
    "rejected_evidence",
    "accepted_evidence",
    "ratings",
    "decisions",
    "confirmations",
)
# Two to four Chinese characters of which none belongs to an institution's name: most likely a person's.
_SHORT = re.compile(r"[\u3400-\u9fff·]{1,4}")
_INSTITUTION = re.compile(r"[局委办会厅署院所站队组室处科部府司校团社区县市省街乡镇村]|中心|公司")


def _institution(value: str) -> str:
    if _SHORT.fullmatch(value) and not _INSTITUTION.search(value):
        raise refusal(
            "no_unit",
            "这里写单位全称，不写个人",
            "this is for the name of a unit, not of a person",
            mend_zh="如“省民族宗教事务委员会”",
            mend_en="such as “provincial commission of ethnic affairs”",
        )
    return value


def _list_of(value: Any) -> Any:
    # A form leaves a key with nothing below it: that is a list of nothing.
    return () if value is None else value


Entries = Annotated[Tuple[T], BeforeValidator(_list_of)]


class Reviewer(Model):
    """Who reviews: a role, a unit, a staff number. Never a name."""

    role: Role
    unit: Annotated[Line, AfterValidator(_institution)]
    number: StaffNumber


class OfSubmission(Model):
    """The submission that is reviewed; a digest binds the review to its content."""

    id: Identifier
    digest: Digest | None = None


class OfRuleset(Model):
    """The rules under which it was reviewed."""

    id: Identifier
    version: Line = Field(pattern=r"^\d+\.\d+\.\d+$")
    digest: Digest | None = None


class Merged(Model):
    """What a review of two inspectors was made from: the digests of theirs, the gap, the third's digest where there was one."""

    of: Tuple[Digest]
    gap: ExactNumber
    third: Digest | None = None


class Review(Model):
    """One review of one submission under one ruleset, at one stage.

    ``also`` are further reviewers who stand behind it; ``follows`` the digests of the earlier reviews that it was made over;
    ``settles`` those of two back-to-back reviews whose differences it decides; ``merged`` what it was reconciled from.
    """

    review: Literal[1]
    submission: OfSubmission
    ruleset: OfRuleset
    stage: ReviewStage
    reviewer: Reviewer
    also: Entries[Reviewer] = ()
    date: IsoDate | None = None
    method: Method | None = None
    follows: Entries[Digest] = ()
    settles: Entries[Digest] = ()
    merged: Merged | None = None
    corrections: Entries[Correction] = ()
    rejected_evidence: Entries[OnEvidence] = ()
    accepted_evidence: Entries[OnEvidence] = ()
    ratings: Entries[LevelGiven] = ()
    decisions: Entries[Decision] = ()
    confirmations: Entries[Confirmation] = ()

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        # A key with nothing below it is a list of nothing.
        made = handler.resolve_ref_schema(handler(schema))
        for name in (*ENTRIES, "also", "follows", "settles"):
            made["properties"][name] = {"anyOf": [made["properties"][name], {"type": "null"}]}
        return made

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Everyone who stands behind it."""
        return (self.reviewer, *self.also)

    def entries(self) -> Iterator[tuple[str, int, Entry]]:
        """Every entry: its list's name, its position, itself."""
        for name in ENTRIES:
            for position, entry in enumerate(getattr(self, name)):
                yield name, position, entry


E = TypeVar("E", bound=Entry)


class Provenance(NamedTuple, Generic[E]):
    """An entry with the review that it stands in, whose method and date are the entry's where that states none."""

    review: Review
    entry: E

    @property
    def method(self) -> Method | None:
        """How it was verified."""
        return self.entry.method or self.review.method

    @property
    def day(self) -> date | None:
        """When it was verified."""
        return self.entry.date or self.review.date

    @property
    def reviewers(self) -> tuple[Reviewer, ...]:
        """Who says so: all who stand behind the review, unless the entry names one of them."""
        everyone = self.review.reviewers()
        own = tuple(one for one in everyone if self.entry.by is not None and one.number == self.entry.by)
        return own or everyone


def in_order(review: Review) -> Review:
    """``review`` with its entries in the order of what they are about: in which they were written means nothing."""
    lists = {name: tuple(sorted(getattr(review, name), key=_about)) for name in ENTRIES}
    others = {
        name: tuple(sorted(getattr(review, name), key=canonical)) for name in ("also", "follows", "settles")
    }
    return review.model_copy(update={**lists, **others})


def _about(entry: Any) -> tuple[Any, ...]:
    thing = getattr(entry, "thing", None)
    if thing is None:
        return natural(getattr(entry, "criterion", None) or entry.id), canonical(entry)
    return thing.kind, natural(thing.unit), natural(thing.id), thing.field, canonical(entry)


def review_digest(review: Review, algorithm: Algorithm = "sha256") -> str:
    """The digest of a review's content."""
    return digest(in_order(review), algorithm)


def is_named(review: Review, stated: str) -> bool:
    """Whether ``stated`` is the digest of ``review``, by whichever algorithm it names."""
    return review_digest(review, algorithm_of(stated)) == stated
