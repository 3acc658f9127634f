"""Issued scorecards and those who sign them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from evaluator.json_text import json_bytes
from scorecards.issuing import issued
from scorecards.sealing.pkcs12 import Pkcs12Key
from scorecards.sealing.sealed import SealLook, TimeStamps, sealed
from scorecards.sealing.signer import KeySigner
from tests.scorecards import samples
from tests.sealing.institutions import PASSPHRASE, SIGNED_AT, Institution, unit


@cache
def issued_scorecard(**how: Any) -> bytes:
    """A scorecard as ``duibiao score`` issues it; ``how``: a summary, or of another kind."""
    assessment: dict[str, Any] = samples.rich()
    return issued(assessment, "zh", attached=json_bytes(assessment), **how)


@pytest.fixture(scope="session", name="issued")
def issued_pdf() -> bytes:
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
