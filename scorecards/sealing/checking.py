"""Who signed a scorecard, over what, and whether that can be trusted: offline, and never a change of the file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from evaluator.errors import Words
from scorecards.sealing.increments import what_else_was_added
from scorecards.sealing.judging import Judged, judged
from scorecards.sealing.naming import issuer_of, signer_of
from scorecards.sealing.reading import opened, signature_fields
from scorecards.sealing.trusting import certificates_in


class SignatureFound(NamedTuple):
    """One signature in a file.

    ``intact``: what it covers is what was signed, with the key of this certificate. ``only_signed``: nothing but signatures and
    their seals was added to the issued revision, by this or any other addition to the file. ``trusted``: its certificate leads to
    one of those given, at the time of the trusted time stamp, else at the time that the signer states. ``why`` says all that
    speaks against it, or what the trust rests on. ``signed_at`` is in ISO 8601; ``timestamp`` is None where there is none, else
    whether it is trusted. ``algorithm`` names digest and signature.
    """

    field: str
    signer: str
    issuer: str
    serial: str
    intact: bool
    covers_whole_file: bool
    only_signed: bool
    trusted: bool
    why: Words
    signed_at: str | None
    timestamp: bool | None
    algorithm: str


def signatures_in(
    content: bytes, trusted: Sequence[bytes], at: datetime | None = None
) -> tuple[SignatureFound, ...]:
    """Every signature in the PDF ``content``, the oldest first; none where it is not signed.

    ``trusted`` are certificates as PEM or DER (units, their authorities, those of time stamps); a PEM may hold several. ``at`` is
    the time at which a certificate without a trusted time stamp must be valid, by default the time that the signer states: a
    certificate may well have expired since. Raises ``NotSealed`` where the file cannot be read, and ``ValueError`` where one of
    ``trusted`` is no certificate.
    """
    roots = [one for part in trusted for one in certificates_in(part)]
    reader = opened(content)
    read = signature_fields(reader)
    if not read:
        return ()
    embedded = [one for _, one in read if one is not None]
    added = _added(reader, embedded)
    found = [
        (0, _not_read(name, added))
        if one is None
        else (one.signed_revision, _found(one, content, roots, added, at))
        for name, one in read
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _added(reader: PdfFileReader, embedded: list[EmbeddedPdfSignature]) -> Words | None:
    try:
        return what_else_was_added(reader, embedded)
    except Exception:  # noqa: BLE001 - what cannot be compared was not made by us
        return Words("签发后增补的内容无法核对", "what was added after it was issued cannot be compared")


def _not_read(name: str, added: Words | None) -> SignatureFound:
    why = Words(
        "这个签章不是标准格式（CMS），本程序不能检验",
        "this signature is no CMS signature: it cannot be checked here",
    )
    return SignatureFound(
        name, "", "", "", False, False, added is None, False, _together(why, added), None, None, ""
    )


def _found(
    one: EmbeddedPdfSignature,
    content: bytes,
    roots: Sequence[x509.Certificate],
    added: Words | None,
    at: datetime | None,
) -> SignatureFound:
    certificate = one.signer_cert
    verdict = asyncio.run(judged(one, roots, at))
    if verdict.intact and not _fills_its_gap(one, content):
        gap = Words("签章旁边藏有未受保护的内容", "unprotected content is hidden beside the signature")
        verdict = Judged(False, False, gap, verdict.signed_at, verdict.timestamp)
    return SignatureFound(
        field=one.fq_name,
        signer=signer_of(certificate),
        issuer=issuer_of(certificate),
        serial=f"{certificate.serial_number:x}",
        intact=verdict.intact,
        covers_whole_file=one.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE,
        only_signed=added is None,
        trusted=verdict.trusted,
        why=_together(verdict.why, added),
        signed_at=verdict.signed_at.isoformat() if verdict.signed_at else None,
        timestamp=verdict.timestamp,
        algorithm=_algorithm(one),
    )


def _together(why: Words, added: Words | None) -> Words:
    return why if added is None else Words(f"{added.zh}；{why.zh}", f"{added.en}; {why.en}")


def _fills_its_gap(one: EmbeddedPdfSignature, content: bytes) -> bool:
    """Whether the part of the file that the signature leaves out holds its own value and nothing else."""
    start, end = one.byte_range[1], one.byte_range[2]
    gap = content[start:end]
    try:
        return gap[:1] + gap[-1:] == b"<>" and bytes.fromhex(gap[1:-1].decode("ascii")) == one.pkcs7_content
    except ValueError:
        return False


def _algorithm(one: EmbeddedPdfSignature) -> str:
    signature = one.signer_info["signature_algorithm"]["algorithm"]
    return f"{one.md_algorithm} {signature.native}"
