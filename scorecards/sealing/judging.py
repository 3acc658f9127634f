"""One signature judged: what it covers is intact, its certificate trusted, its time stamped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.generic_cms import collect_timing_info, extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints

from evaluator.errors import Words
from scorecards.sealing.trusting import UNKNOWN_ROOT, context_at, is_for_documents, why_not

# SM2, SM3 and the algorithms made of them (GM/T 0006).
_DOMESTIC = "1.2.156.10197."
_ALTERED = Words("签章之后文件被改动", "the file was altered after it was signed")
_FORGED = Words("签名与证书不符", "the signature was not made with the key of its certificate")


class Judged(NamedTuple):
    """What was found of one signature; see ``SignatureFound``."""

    intact: bool
    trusted: bool
    why: Words
    signed_at: datetime | None
    timestamp: bool | None


async def judged(one: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], at: datetime | None) -> Judged:
    """Whether it is intact and trusted; what cannot be checked is neither."""
    if _is_domestic(one):
        why = Words(
            "这是国密（SM2）签章，本程序不能检验，请用签章单位的验章工具",
            "an SM2 signature, which cannot be checked here: use the verifier of the seal service",
        )
        return Judged(False, False, why, _stated(one), None)
    try:
        return await _judged(one, roots, at)
    except Exception as fault:  # noqa: BLE001 - the library fails in many ways at a broken signature
        name = type(fault).__name__
        why = Words(f"签章无法检验（{name}）", f"the signature cannot be checked ({name})")
        return Judged(False, False, why, None, None)


async def _judged(
    one: EmbeddedPdfSignature, roots: Sequence[x509.Certificate], at: datetime | None
) -> Judged:
    stamped, is_trusted = await _stamp(one, roots)
    stated = _stated(one)
    time = stamped if stamped is not None and is_trusted else stated
    valid_at = stamped if stamped is not None and is_trusted else at or stated
    if valid_at is None:
        why = Words("没有写明签章时间", "it does not say when it was signed")
        return Judged(False, False, why, None, is_trusted)
    status = await async_validate_pdf_signature(
        one,
        signer_validation_context=context_at(valid_at, roots),
        ts_validation_context=context_at(stamped or valid_at, roots),
        key_usage_settings=KeyUsageConstraints(key_usage=set()),  # asked below
        skip_diff=True,
    )
    intact = status.intact and status.valid
    if not intact:
        return Judged(False, False, _FORGED if status.intact else _ALTERED, time, is_trusted)
    unfit = _unfit(one.signer_cert, valid_at) if status.trusted else _not_trusted(status, one.signer_cert)
    if unfit is not None:
        return Judged(True, False, unfit, time, is_trusted)
    return Judged(True, True, _rests_on(is_trusted), time, is_trusted)


def _not_trusted(status: Any, certificate: x509.Certificate) -> Words:
    """The library calls it a breach of constraints, too, where a certificate vouches for itself alone."""
    return UNKNOWN_ROOT if certificate.self_signed != "no" else why_not(status.trust_problem_indic)


def _unfit(certificate: x509.Certificate, at: datetime) -> Words | None:
    """Why it could not sign then. Of a certificate that is itself among those trusted the library asks nothing."""
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        return why_not(AdESIndeterminate.OUT_OF_BOUNDS_NO_POE)
    return None if is_for_documents(certificate) else why_not(AdESIndeterminate.SIG_CONSTRAINTS_FAILURE)


def _rests_on(stamp: bool | None) -> Words:
    when = {
        True: Words("时间由受信任的时间戳证明", "the time is proved by a trusted time stamp"),
        False: Words(
            "时间戳不受信任，时间以签章方所写为准",
            "the time stamp is not trusted: the time is the signer's word",
        ),
        None: Words("时间以签章方所写为准", "the time is the signer's word"),
    }[stamp]
    return Words(
        f"证书链到受信任的证书；{when.zh}；是否吊销未查（离线）",
        f"its chain reaches a trusted certificate; {when.en}; revocation is not looked up (offline)",
    )


async def _stamp(
    one: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]
) -> tuple[datetime | None, bool | None]:
    """The time in the time stamp, and whether it is trusted; None and None where there is none."""
    times = [
        token["encap_content_info"]["content"].parsed["gen_time"].native
        for token in extract_tst_data_iter(one.signer_info, signed=False)
    ]
    if not times:
        return None, None
    found = await collect_timing_info(one.signer_info, context_at(times[0], roots), one.compute_digest)
    validity = found["timestamp_validity"]
    return validity.timestamp, bool(validity.intact and validity.valid and validity.trusted)


def _stated(one: EmbeddedPdfSignature) -> datetime | None:
    try:
        return one.self_reported_timestamp
    except Exception:  # noqa: BLE001 - a date that is none
        return None


def _is_domestic(one: EmbeddedPdfSignature) -> bool:
    used = (
        one.signer_info["signature_algorithm"]["algorithm"],
        one.signer_info["digest_algorithm"]["algorithm"],
    )
    return any(algorithm.dotted.startswith(_DOMESTIC) for algorithm in used)
