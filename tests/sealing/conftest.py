"""Issued scorecards and those who sign them."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from evaluator.json_text import json_bytes
from scorecards import scorecard
from scorecards.fonts import font_paths
from scorecards.html import page
from scorecards.pdf import load_press
from scorecards.sealing.pkcs12 import Pkcs12Key
from scorecards.sealing.sealed import SealLook, TimeStamps, sealed
from scorecards.sealing.signer import KeySigner
from tests.scorecards import samples
from tests.sealing.institutions import PASSPHRASE, SIGNED_AT, Institution, unit


@cache
def issued_scorecard(*, summary: bool = False, variant: str = "pdf/a-3u", stated: str | None = None) -> bytes:
    from weasyprint import Attachment

    assessment: dict[str, Any] = samples.rich()
    attached = json_bytes(assessment)
    digest = stated or f"sha256:{hashlib.sha256(attached).hexdigest()}"
    of_it = {"digest": assessment["digest"], "file": "assessment.json", "bytes": digest}
    manifest = json.dumps({"scorecard": 1, "assessment": of_it}).encode()
    press: Any = load_press()
    configuration, styles, fetcher = press._tools(tuple(font_paths().items()))
    html = page(scorecard(assessment, "zh", summary=summary))
    day = datetime(2025, 12, 31)  # noqa: DTZ001
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the layout engine leaves its colour profile open
        document = press._Page(html, fetcher).render(
            stylesheets=[styles], font_config=configuration, pdf_variant=variant
        )
        document.metadata.attachments = [
            Attachment(string=content, name=name, created=day, modified=day, relationship=kind)
            for content, name, kind in (
                (attached, "assessment.json", "Source"),
                (manifest, "manifest.json", "Data"),
            )
        ]
        made: bytes = document.write_pdf(pdf_variant=variant, finisher=_plain_metadata)
    return made


def _plain_metadata(_document: Any, pdf: Any) -> None:
    for one in pdf.objects:
        if getattr(one, "extra", {}).get("Type") == "/Metadata":
            one.compress = False


@pytest.fixture(scope="session")
def issued() -> bytes:
    """A scorecard as issued, with a signature page."""
    return issued_scorecard()


Sign = Callable[..., bytes]


def signer_of(one: Institution) -> KeySigner:
    return KeySigner(Pkcs12Key(one.pkcs12(), PASSPHRASE))


def sign(
    content: bytes,
    one: Institution | None = None,
    *,
    at: datetime = SIGNED_AT,
    reason: str | None = None,
    stamps: TimeStamps | None = None,
    **look: Any,
) -> bytes:
    """``content`` signed by a unit; ``look`` says where the seal goes and how it looks."""
    return sealed(content, signer_of(one or unit()), at, look=SealLook(**look), reason=reason, stamps=stamps)


@pytest.fixture(scope="session")
def signed(issued: bytes) -> bytes:
    """The scorecard signed by the unit that issued it."""
    return sign(issued)
