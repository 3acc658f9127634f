"""Ed25519 over a manifest's bytes; keys as PEM. A key is an institution's: it says nothing of a person."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


class WrongKey(ValueError):
    """What was given is no Ed25519 key of the kind that is wanted."""


class Locked(ValueError):
    """A private key whose passphrase is missing or wrong."""


def fingerprint(public: bytes) -> str:
    """``sha256:`` and the digest of a public key's 32 bytes (of its PEM); raises ``WrongKey``."""
    return f"sha256:{hashlib.sha256(_raw(public)).hexdigest()}"


def _raw(public: bytes) -> bytes:

    try:
        key = load_pem_public_key(public)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise WrongKey from None
    if not isinstance(key, Ed25519PublicKey):
        raise WrongKey
    return key.public_bytes_raw()


def signed(content: bytes, private: bytes, passphrase: bytes | None = None) -> tuple[str, str]:
    """The fingerprint of the key ``private`` (PEM) and its signature of ``content``, in hexadecimal.

    Raises ``WrongKey``, and ``Locked`` where the passphrase is missing or wrong.
    """
    locked = b"ENCRYPTED" in private
    try:
        key = load_pem_private_key(private, passphrase if locked else None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise (Locked if locked else WrongKey) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise WrongKey
    raw = key.public_key().public_bytes_raw()
    return f"sha256:{hashlib.sha256(raw).hexdigest()}", key.sign(content).hex()


def verified(content: bytes, signature: str, public: bytes) -> bool:
    """Whether ``signature`` (hexadecimal) is that of ``content`` by the key ``public`` (PEM)."""
    try:
        Ed25519PublicKey.from_public_bytes(_raw(public)).verify(bytes.fromhex(signature), content)
    except InvalidSignature:
        return False
    return True


def key_pair(passphrase: bytes | None) -> tuple[bytes, bytes]:
    """A new private key and its public key, as PEM."""
    key = Ed25519PrivateKey.generate()
    locking: KeySerializationEncryption = (
        BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    )
    return (
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locking),
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )
