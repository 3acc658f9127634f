"""A signature is trusted when its certificate leads to one that is given, was valid then, and is for documents. Offline."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from scorecards.sealing import NotSealed
from scorecards.sealing.checking import SignatureFound, signatures_in
from scorecards.sealing.pkcs12 import Pkcs12Key
from scorecards.sealing.reading import opened
from scorecards.sealing.signer import KeySigner, checked_certificates
from scorecards.sealing.writing import with_signature
from tests.sealing.conftest import sign
from tests.sealing.institutions import PASSPHRASE, SIGNED_AT, Institution, later, made, root, unit


def signed_anyhow(issued: bytes, one: Institution, at: datetime = SIGNED_AT) -> bytes:
    """Signed without what our own signing asks of a certificate."""
    signer = KeySigner(Pkcs12Key(one.pkcs12(), PASSPHRASE))
    return with_signature(opened(issued), signer, "seal-1", None, at, None, None)


def found_in(content: bytes, *trusted: bytes, at: datetime | None = None) -> SignatureFound:
    (found,) = signatures_in(content, trusted, at)
    assert found.intact
    assert found.only_signed
    return found


def test_without_any_trusted_certificate_a_signature_is_intact_but_not_trusted(signed: bytes) -> None:
    found = found_in(signed)
    assert not found.trusted
    assert found.why.zh == "证书链接不到给出的任何受信任证书"


def test_a_certificate_that_vouches_for_itself_is_trusted_only_where_it_is_given(issued: bytes) -> None:
    alone = made("示例单位", "自签印章")
    content = sign(issued, alone, box="none")
    assert found_in(content, root().pem).why.zh == "证书链接不到给出的任何受信任证书"
    assert found_in(content, alone.pem).trusted


def test_another_root_of_the_same_name_does_not_help(signed: bytes) -> None:
    other = made("测试根证书机构", "Test Root", usage="ca")
    assert not found_in(signed, other.pem).trusted


def test_the_units_own_certificate_may_be_trusted_itself(signed: bytes) -> None:
    assert found_in(signed, unit().der).trusted


def test_a_pem_with_several_certificates_is_read_whole(signed: bytes) -> None:
    other = made("别的机构", "Other", usage="ca")
    assert found_in(signed, other.pem + root().pem).trusted


def test_a_chain_with_an_authority_between_is_followed(issued: bytes) -> None:
    between = made("测试中间机构", "Test Sub CA", root(), usage="ca")
    content = sign(issued, made("示例县民宗局", "印章", between), box="none")
    assert found_in(content, root().pem).trusted


def test_a_certificate_that_had_expired_when_it_signed_is_not_trusted(issued: bytes) -> None:
    old = made("示例旧单位", "印章", root(), until=datetime(2025, 1, 1, tzinfo=UTC))
    content = signed_anyhow(issued, old)
    for trusted in (root().pem, old.pem):
        found = found_in(content, trusted)
        assert not found.trusted
        assert "有效期" in found.why.zh


def test_a_certificate_that_expired_since_is_trusted_but_not_at_a_later_time(issued: bytes) -> None:
    short = made("示例单位", "印章", root(), until=later(30))
    content = sign(issued, short, box="none")
    assert found_in(content, root().pem).trusted
    assert found_in(content, root().pem, at=later(29)).trusted
    assert not found_in(content, root().pem, at=later(31)).trusted


@pytest.mark.parametrize("usage", ["encrypt", "web", "stamp"])
def test_a_certificate_for_another_use_is_not_trusted(issued: bytes, usage: str) -> None:
    found = found_in(signed_anyhow(issued, made("示例单位", "别的用途", root(), usage=usage)), root().pem)
    assert not found.trusted
    assert "用途" in found.why.zh


def test_a_unit_cannot_issue_certificates(issued: bytes) -> None:
    found = found_in(signed_anyhow(issued, made("冒名单位", "印章", unit())), root().pem)
    assert not found.trusted


def refusing(*_arguments: Any, **_named: Any) -> Any:
    raise AssertionError("the network was asked")


def test_nothing_is_fetched(signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    # The certificate names addresses of revocation lists and of its issuer.
    assert unit().certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints)
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refusing)
    monkeypatch.setattr(socket, "getaddrinfo", refusing)
    found = found_in(signed, root().pem)
    assert found.trusted
    assert "离线" in found.why.zh
    assert not found_in(signed).trusted


def test_what_is_given_as_trusted_must_be_a_certificate(signed: bytes) -> None:
    for nonsense in (b"", b"x", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(ValueError, match=r"."):
            signatures_in(signed, [nonsense])


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (lambda: made(None, "没有单位"), "not_a_unit"),
        (
            lambda: made("示例单位", "印章", more_name=(x509.NameAttribute(NameOID.SURNAME, "某"),)),
            "not_a_unit",
        ),
        (lambda: made("示例单位", "印章", root(), until=datetime(2025, 1, 1, tzinfo=UTC)), "bad_certificate"),
        (lambda: made("示例单位", "印章", root(), usage="encrypt"), "bad_certificate"),
    ],
    ids=["no organisation", "a person", "expired", "another use"],
)
def test_a_certificate_that_is_no_units_or_may_not_sign_is_refused(
    issued: bytes, one: Callable[[], Institution], code: str
) -> None:
    with pytest.raises(NotSealed) as refused:
        sign(issued, one(), box="none")
    assert refused.value.code == code


def test_an_sm2_key_is_refused_by_name() -> None:
    # The same certificate with the curve's identifier exchanged for that of SM2: of the same length once padded.
    p256, sm2 = bytes.fromhex("06082a8648ce3d030107"), bytes.fromhex("06082a811ccf5501822d")
    content = unit().certificate.public_bytes(Encoding.DER).replace(p256, sm2)
    with pytest.raises(NotSealed) as refused:
        checked_certificates([content])
    assert refused.value.code == "key_type"
    assert "SM2" in refused.value.mend.en
