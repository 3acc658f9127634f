"""The manifest that is attached to a scorecard, and whether it is that of the assessment beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from evaluator.errors import Fault, Words
from evaluator.issued_manifest import IssuedManifest
from evaluator.validating import MOST_FAULTS, faults_of
from evaluator.verifying.contradiction import Contradiction, Json, compared
from evaluator.verifying.digesting import algorithm_of, digest_as

_PLACE = Words("签发清单", "the manifest")


def manifest_faults(data: Any) -> Iterator[Fault]:
    """What keeps ``data`` from being a manifest."""
    if not isinstance(data, dict) or data.get("scorecard") != 1:
        yield Fault(
            "no_manifest", (), Words("附的签发清单不是本格式", "the manifest attached is not of this format")
        )
        return
    try:
        IssuedManifest.model_validate(data)
    except ValidationError as error:
        yield from faults_of(error, IssuedManifest, data, most=MOST_FAULTS)


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
