"""What signs: a unit's own key or seal service behind one interface."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from asn1crypto import cms, x509
from asn1crypto.keys import PublicKeyAlgorithm
from pyhanko.sign import signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from evaluator.errors import Words
from scorecards.sealing.errors import NotSealed
from scorecards.sealing.naming import is_a_units, signer_of

DIGEST = "sha256"
# Of a detached signature without its certificates and time stamp: the attributes and a signature of 8,192 bits.
_BARE = 4096
_KEYS = ("rsa", "ec")


class Signer(Protocol):
    """A unit's seal: gives a detached CMS signature over content of which it gets the SHA-256 digest."""

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """The unit's certificate and then those that issued it, as far as they are known; DER."""

    @property
    def room(self) -> int:
        """The most bytes that ``cms`` returns."""

    def cms(self, digest: bytes, stamper: TimeStamper | None) -> bytes:
        """DER of a ``SignedData`` whose message digest is ``digest``, with a time stamp where a stamper is given.

        Raises ``NotSealed`` where it cannot be had.
        """


class Key(Protocol):
    """A private key, wherever it lies, and its certificates as for ``Signer``."""

    @property
    def certificates(self) -> tuple[bytes, ...]: ...

    def signature(self, attributes: bytes) -> bytes:
        """The signature with SHA-256 over ``attributes``: RSA as PKCS #1 v1.5, or ECDSA in DER."""


class KeySigner:
    """A signer that makes the CMS itself, around the signatures of a ``Key``."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self.certificates = key.certificates
        self.room = _BARE + sum(map(len, key.certificates))

    def cms(self, digest: bytes, stamper: TimeStamper | None) -> bytes:
        """As the protocol says."""
        made = asyncio.run(
            _Assembly(self._key).async_sign(digest, DIGEST, use_pades=True, timestamper=stamper)
        )
        return bytes(made.dump())


class _Assembly(signers.Signer):
    def __init__(self, key: Key) -> None:
        own, *issuers = (x509.Certificate.load(one) for one in key.certificates)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(issuers)
        super().__init__(signing_cert=own, cert_registry=store, embed_roots=False)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return self._key.signature(data)


def checked_certificates(certificates: Sequence[bytes]) -> tuple[bytes, ...]:
    """The certificates, if the first of them is a unit's with a key that can sign here; raises ``NotSealed``."""
    own = x509.Certificate.load(certificates[0])
    algorithm = own.public_key.algorithm
    if not is_a_units(own):
        raise NotSealed(
            "not_a_unit",
            Words(
                "这张证书不是单位的：没有单位名称（O），或写有个人姓名",
                "this certificate is no unit's: it has no organisation (O), or names a person",
            ),
            Words(
                "评分表由单位签章，请用单位的印章证书",
                "a scorecard is signed by a unit: use the unit's seal certificate",
            ),
        )
    if algorithm not in _KEYS or _is_sm2(own.public_key["algorithm"]):
        raise NotSealed(
            "key_type",
            Words(
                f"“{signer_of(own)}”的密钥不是 RSA 或 ECDSA，本程序不能用它签",
                f"the key of {signer_of(own)!r} is neither RSA nor ECDSA: it cannot be used here",
            ),
            Words(
                "国密（SM2）印章请用单位的签章软件，见 docs/signing.md",
                "for an SM2 seal use the unit's own sealing software: see docs/signing.md",
            ),
        )
    return tuple(certificates)


def _is_sm2(algorithm: PublicKeyAlgorithm) -> bool:
    curve = algorithm["parameters"]
    return getattr(curve, "name", "") == "named" and curve.chosen.dotted == "1.2.156.10197.1.301"


class ServiceSigner:
    """A seal service that makes the whole CMS from the digest, with its own time stamp if it has one."""

    # Whatever certificates, stamps and revocation data the service puts in.
    room = 48 * 1024

    def __init__(self, certificates: Sequence[bytes], ask: Callable[[bytes], bytes]) -> None:
        self.certificates = checked_certificates(certificates)
        self._ask = ask

    def cms(self, digest: bytes, stamper: TimeStamper | None) -> bytes:
        """As the protocol says; the service is given the digest."""
        if stamper is not None:
            what = Words(
                "由程序给出整个签名时，时间戳也由它加",
                "a service that makes the whole signature stamps it, too",
            )
            mend = Words("删去 timestamp", "leave timestamp out")
            raise NotSealed("timestamp", what, mend)
        return _signed_data(self._ask(digest))


class ServiceKey:
    """A seal service that signs what it is given, and leaves the CMS to us."""

    def __init__(self, certificates: Sequence[bytes], ask: Callable[[bytes], bytes]) -> None:
        self.certificates = checked_certificates(certificates)
        self.signature = ask


def _signed_data(answer: bytes) -> bytes:
    try:
        made: Any = cms.ContentInfo.load(answer, strict=True)
        if made["content_type"].native == "signed_data" and len(made["content"]["signer_infos"]) == 1:
            return answer
    except (ValueError, TypeError):
        pass
    raise NotSealed(
        "service_answer",
        Words(
            "签章程序的输出不是 CMS 签名（DER）", "what the seal program printed is no CMS signature (DER)"
        ),
        Words(
            "见 docs/signing.md 中程序的输入与输出", "see what the program gets and gives in docs/signing.md"
        ),
    )
