"""Whether a signature's certificate is trusted: a chain to the roots that are given, offline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from asn1crypto import pem, x509
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleTrustManager

from evaluator.errors import Words

_SIGNING = frozenset({"digital_signature", "non_repudiation"})
_DOCUMENT_USES = frozenset(
    {
        "email_protection",
        "client_auth",
        "any_extended_key_usage",
        "1.3.6.1.5.5.7.3.36",  # document signing, RFC 9336
        "microsoft_document_signing",
        "adobe_authentic_documents_trust",
    }
)
UNKNOWN_ROOT = Words(
    "证书链接不到给出的任何受信任证书", "its chain reaches none of the certificates that are trusted"
)
_WHY_NOT: Mapping[Any, Words] = MappingProxyType(
    {
        AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: UNKNOWN_ROOT,
        AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: UNKNOWN_ROOT,
        AdESIndeterminate.SIG_CONSTRAINTS_FAILURE: Words(
            "证书的用途不是文件签章", "the certificate is not for signing documents"
        ),
        AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Words(
            "证书链不合规定（签发者不得签发这样的证书，或用途不符）",
            "the chain breaks its constraints (an issuer that may not issue this, or another use)",
        ),
        AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Words(
            "签章时证书不在有效期内（已过期或尚未生效）",
            "the certificate was not valid at the time of signing (expired, or not yet valid)",
        ),
        AdESIndeterminate.EXPIRED: Words("签章时证书已过期", "the certificate had expired when it signed"),
        AdESIndeterminate.NOT_YET_VALID: Words(
            "签章时证书尚未生效", "the certificate was not yet valid when it signed"
        ),
        AdESFailure.NOT_YET_VALID: Words(
            "签章时证书尚未生效", "the certificate was not yet valid when it signed"
        ),
        AdESFailure.REVOKED: Words("证书已吊销", "the certificate was revoked"),
        AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Words(
            "所用算法已不安全", "its algorithm is no longer safe"
        ),
        AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Words(
            "所用算法已不安全", "its algorithm is no longer safe"
        ),
    }
)


def why_not(indication: Any) -> Words:
    """What an indication of the standard (ETSI EN 319 102-1) means."""
    fallback = Words(f"未通过证书检查（{indication}）", f"the check of its certificate failed ({indication})")
    return _WHY_NOT.get(indication, fallback)


def certificates_in(content: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates in a PEM or DER file; raises ``ValueError`` where there are none, or one is broken."""
    parts = (
        [one for name, _, one in pem.unarmor(content, multiple=True) if name == "CERTIFICATE"]
        if (pem.detect(content))
        else [content]
    )
    found = tuple(x509.Certificate.load(one, strict=True) for one in parts)
    for one in found:
        _ = one.subject.native, one.public_key.algorithm, one.not_valid_after
    if not found:
        raise ValueError("no certificate")
    return found


def context_at(moment: datetime, roots: Sequence[x509.Certificate]) -> ValidationContext:
    """Checks of chains to ``roots`` alone as of ``moment``. Nothing is fetched, so that no revocation is known."""
    return ValidationContext(
        trust_manager=SimpleTrustManager.build(trust_roots=list(roots)),
        allow_fetching=False,
        moment=moment,
        best_signature_time=moment,
        revocation_mode="soft-fail",
        other_certs=[],
    )


def is_for_documents(certificate: x509.Certificate) -> bool:
    """Whether the certificate may sign documents, as far as it states its uses."""
    usage, purposes = certificate.key_usage_value, certificate.extended_key_usage_value
    signs = usage is None or bool(_SIGNING & set(usage.native))
    return signs and (purposes is None or bool(_DOCUMENT_USES & set(purposes.native)))
