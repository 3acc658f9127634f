"""Who a certificate names, as written in it."""

from __future__ import annotations

from asn1crypto import x509

_A_PERSON = ("surname", "given_name")


def signer_of(certificate: x509.Certificate) -> str:
    """The organisation in the subject, and behind it the common name where that is another: ``某市民宗局 / 电子印章``."""
    return _named(certificate.subject)


def issuer_of(certificate: x509.Certificate) -> str:
    """Who issued it, written as for ``signer_of``."""
    return _named(certificate.issuer)


def is_a_units(certificate: x509.Certificate) -> bool:
    """Whether the subject is an organisation, and no person of it."""
    subject = certificate.subject.native
    return bool(subject.get("organization_name")) and not any(key in subject for key in _A_PERSON)


def unit_of(certificate: x509.Certificate) -> str:
    """The name of the unit alone."""
    return _first(certificate.subject.native.get("organization_name")) or signer_of(certificate)


def _named(name: x509.Name) -> str:
    said = name.native
    parts = (_first(said.get(key)) for key in ("organization_name", "common_name"))
    return " / ".join(dict.fromkeys(part for part in parts if part)) or name.human_friendly


def _first(value: object) -> str:
    """A name that stands more than once in a subject is a list."""
    return "，".join(map(str, value)) if isinstance(value, list) else str(value or "")
