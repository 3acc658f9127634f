"""The shape of the manifest that is attached to an issued scorecard (docs/archival.md); ``scorecards.manifest`` makes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from evaluator.assessment_parts import Read, Stage
from evaluator.model import Identifier, IsoDate

AnyDigest = Annotated[str, Field(pattern=r"^(sha256|sm3):[0-9a-f]{64}$")]


class IssuedAssessment(Read):
    """The assessment that the scorecard shows, and the attached file of it."""

    digest: AnyDigest
    file: Literal["assessment.json"]
    bytes_: AnyDigest = Field(alias="bytes")


class IssuedRuleset(Read):
    """The rules."""

    id: Identifier
    version: str
    digest: AnyDigest


class IssuedSubmission(Read):
    """What was judged; ``package`` is absent where only a form was handed in."""

    digest: AnyDigest
    package: AnyDigest | None = None


class IssuedReview(Read):
    """One review that was applied."""

    stage: Stage
    digest: AnyDigest


class IssuedEngine(Read):
    """The program that judged."""

    version: str
    semantics: str


class IssuedFont(Read):
    """One of the fonts of the template."""

    name: str
    version: str
    digest: AnyDigest


class IssuedAs(Read):
    """In which form it was printed."""

    lang: Literal["zh", "en"]
    summary: bool
    pdf: Literal["a", "ua"]


class IssuedManifest(Read):
    """``{"scorecard": 1, …}``."""

    scorecard: Literal[1]
    assessment: IssuedAssessment
    ruleset: IssuedRuleset
    submission: IssuedSubmission
    reviews: list[IssuedReview]
    as_of: IsoDate
    engine: IssuedEngine
    layout: dict[str, str]
    fonts: list[IssuedFont]
    printed: IssuedAs
    code: str
