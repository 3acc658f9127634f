"""The manifest that is attached to a scorecard, and whether it is that of the assessment beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from evaluator.assessment_parts import Read, Stage
from evaluator.errors import Fault, Words
from evaluator.model import Identifier, IsoDate
from evaluator.validating import MOST_FAULTS, faults_of
from evaluator.verifying.contradiction import Contradiction, Json, compared
from evaluator.verifying.digesting import algorithm_of, digest_as

AnyDigest = Annotated[str, Field(pattern=r"^(sha256|sm3):[0-9a-f]{64}$")]
_PLACE = Words("签发清单", "the manifest")


class _Assessment(Read):
    digest: AnyDigest
    file: Literal["assessment.json"]
    bytes_: AnyDigest = Field(alias="bytes")


class _Ruleset(Read):
    id: Identifier
    version: str
    digest: AnyDigest


class _Submission(Read):
    digest: AnyDigest
    package: AnyDigest | None = None


class _Review(Read):
    stage: Stage
    digest: AnyDigest


class _Engine(Read):
    version: str
    semantics: str


class _Font(Read):
    name: str
    version: str
    digest: AnyDigest


class _Printed(Read):
    lang: Literal["zh", "en"]
    summary: bool
    pdf: Literal["a", "ua"]


class Manifest(Read):
    """``{"scorecard": 1, …}`` as it is attached."""

    scorecard: Literal[1]
    assessment: _Assessment
    ruleset: _Ruleset
    submission: _Submission
    reviews: list[_Review] = []
    as_of: IsoDate
    engine: _Engine
    layout: dict[str, str]
    fonts: list[_Font]
    printed: _Printed
    code: str


def manifest_faults(data: Any) -> Iterator[Fault]:
    """What keeps ``data`` from being a manifest."""
    if not isinstance(data, dict) or data.get("scorecard") != 1:
        yield Fault(
            "no_manifest", (), Words("附的签发清单不是本格式", "the manifest attached is not of this format")
        )
        return
    try:
        Manifest.model_validate(data)
    except ValidationError as error:
        yield from faults_of(error, Manifest, data, most=MOST_FAULTS)


def of_manifest(manifest: Json, document: Json, attached: bytes, code: str) -> Iterator[Contradiction]:
    """Where a manifest (of the right shape) is not that of ``document``, attached as ``attached``, with this code."""
    sent = document["submission"]
    algorithm = algorithm_of(manifest["assessment"]["bytes"]) or ""
    follows = {
        "assessment": {"digest": document["digest"], "bytes": digest_as(algorithm, attached)},
        "ruleset": {key: document["ruleset"][key] for key in ("id", "version", "digest")},
        "submission": {"digest": sent["digest"], "package": sent.get("package")},
        "as_of": document["as_of"],
        "engine": {key: document["engine"][key] for key in ("version", "semantics")},
        "code": code,
    }
    yield from compared((), _PLACE, manifest, follows)
    reviews = [(one["stage"], one["digest"]) for one in document["reviews"]]
    stated = [(one["stage"], one["digest"]) for one in manifest.get("reviews", [])]
    if stated != reviews:
        place = Words("签发清单的复核", "the reviews of the manifest")
        yield from compared(
            ("reviews",), place, [digest for _, digest in stated], [digest for _, digest in reviews]
        )
