"""A key and its certificates in a PKCS #12 file (.p12, .pfx)."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from evaluator.errors import Words
from scorecards.sealing.errors import NotSealed
from scorecards.sealing.signer import checked_certificates


class Pkcs12Key:
    """The key in ``content``; raises ``NotSealed`` for a wrong passphrase, or where it holds no unit's key."""

    def __init__(self, content: bytes, passphrase: bytes | None) -> None:
        try:
            # An empty passphrase and none at all are two things; a file may have either.
            held = load_pkcs12(content, passphrase or None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            what = Words("口令不对，或者不是 PKCS#12 文件", "a wrong passphrase, or no PKCS #12 file")
            mend = Words(
                "核对口令；证书文件应是 .p12 或 .pfx", "check the passphrase; the file is a .p12 or .pfx"
            )
            raise NotSealed("wrong_passphrase", what, mend) from None
        if held.cert is None or held.key is None:
            what = Words(
                "PKCS#12 文件里没有私钥和它的证书", "the PKCS #12 file holds no key with its certificate"
            )
            mend = Words("连同私钥重新导出", "export it again with its private key")
            raise NotSealed("no_key", what, mend)
        certificates = [held.cert, *held.additional_certs]
        self.certificates = checked_certificates(
            [one.certificate.public_bytes(Encoding.DER) for one in certificates]
        )
        self._key = held.key

    def signature(self, attributes: bytes) -> bytes:
        """As ``Key`` says."""
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(attributes, PKCS1v15(), SHA256())
        assert isinstance(self._key, EllipticCurvePrivateKey), "checked_certificates lets no other pass"
        return self._key.sign(attributes, ECDSA(SHA256()))
