"""Certificates of made-up institutions: a root, units below it, a time stamp authority. No person, no real unit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SIGNED_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PASSPHRASE = b"a-passphrase-for-tests"


class Institution(NamedTuple):
    """A certificate, its key and those that issued it."""

    certificate: x509.Certificate
    key: Any
    issuers: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def key_der(self) -> bytes:
        return self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def pkcs12(self, passphrase: bytes | None = PASSPHRASE) -> bytes:
        protection = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
        return serialize_key_and_certificates(
            None, self.key, self.certificate, self.issuers or None, protection
        )


def key_of(kind: str) -> Any:
    return ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)


def made(
    organisation: str | None,
    common: str,
    issuer: Institution | None = None,
    *,
    kind: str = "ec",
    until: datetime = datetime(2036, 1, 1, tzinfo=UTC),
    usage: str = "sign",
    extra: tuple[Any, ...] = (),
    more_name: tuple[Any, ...] = (),
) -> Institution:
    """``usage``: ``ca``, ``sign``, ``stamp`` (time stamps), ``encrypt`` (key encipherment alone) or ``web``."""
    key = key_of(kind)
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN")]
    parts += [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)] if organisation else []
    name = x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common), *more_name])
    is_ca, signs = usage == "ca", usage in ("sign", "stamp", "web")
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name if issuer is None else issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(signs, signs, usage == "encrypt", False, False, is_ca, is_ca, False, False),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    purpose = {"stamp": ExtendedKeyUsageOID.TIME_STAMPING, "web": ExtendedKeyUsageOID.SERVER_AUTH}.get(usage)
    if purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    for one in extra:
        builder = builder.add_extension(one, critical=False)
    signer = key if issuer is None else issuer.key
    issuers = () if issuer is None else (issuer.certificate, *issuer.issuers)
    return Institution(builder.sign(signer, SHA256()), key, issuers)


@cache
def root() -> Institution:
    return made("测试根证书机构", "Test Root", usage="ca")


@cache
def unit(kind: str = "ec") -> Institution:
    """The unit that issues scorecards; its certificate also says where to fetch revocation lists and issuers."""
    fetched = "http://127.0.0.1:9/never-fetched"
    points = x509.DistributionPoint([x509.UniformResourceIdentifier(fetched)], None, None, None)
    access = x509.AccessDescription(
        x509.AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(fetched)
    )
    extra = (x509.CRLDistributionPoints([points]), x509.AuthorityInformationAccess([access]))
    return made("示例市民族宗教事务局", "电子印章", root(), kind=kind, extra=extra)


@cache
def second_unit() -> Institution:
    return made("示例街道办事处", "示例街道办事处", root())


@cache
def authority() -> Institution:
    """The time stamp authority (the library's test authority signs with RSA alone)."""
    return made("示例时间戳服务中心", "Test TSA", root(), kind="rsa", usage="stamp")


def later(days: int) -> datetime:
    return SIGNED_AT + timedelta(days=days)
