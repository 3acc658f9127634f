"""The algorithms of digests: SHA-256, and SM3 (GB/T 32905) where it is asked for. A digest begins with its algorithm. Pure."""

from __future__ import annotations

import hashlib
from typing import Any, Literal, Protocol, get_args

from evaluator.errors import EnvironmentFault, Words

Algorithm = Literal["sha256", "sm3"]
ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
DIGEST = r"^(sha256|sm3):[0-9a-f]{64}$"


class Hash(Protocol):
    """What is fed with bytes and gives their digest."""

    def update(self, content: bytes, /) -> None:
        """Feed more bytes."""

    def hexdigest(self) -> str:
        """The digest of all that was fed, 64 hexadecimal digits."""


def new_hash(algorithm: Algorithm) -> Hash:
    """A hash that was fed nothing; raises ``EnvironmentFault`` where this machine has no SM3."""
    return hashlib.sha256() if algorithm == "sha256" else _sm3()


def digest_of_bytes(content: bytes, algorithm: Algorithm = "sha256") -> str:
    """The algorithm's name, a colon, and the hexadecimal digest of ``content``."""
    if algorithm == "sha256":
        return "sha256:" + hashlib.sha256(content).hexdigest()
    found = new_hash(algorithm)
    found.update(content)
    return named(algorithm, found)


def named(algorithm: Algorithm, found: Hash) -> str:
    """What ``found`` has come to, as a digest is written."""
    return f"{algorithm}:{found.hexdigest()}"


def algorithm_of(digest: object) -> Algorithm:
    """The algorithm that ``digest`` names; that of most where it names none."""
    return "sm3" if isinstance(digest, str) and digest.startswith("sm3:") else "sha256"


def digits_of(digest: str) -> str:
    """The hexadecimal digits of ``digest``."""
    return digest.rpartition(":")[2]


def _sm3() -> Hash:
    # OpenSSL has it from 1.1.1 on, unless whoever built it left it out or policy switched it off.
    try:
        return hashlib.new("sm3")
    except ValueError:
        return _other_sm3()


def _other_sm3() -> Hash:
    """The SM3 of ``cryptography``, which brings an OpenSSL of its own."""
    try:
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - only where Python has none

        return _Finalized(hashes.Hash(hashes.SM3()))
    except Exception:  # noqa: BLE001 - not installed, too old, or without it: each raises an error of its own
        what = Words("这台机器的 Python 没有 SM3 算法", "the Python of this machine has no SM3")
        mend = Words(
            "换用带 OpenSSL 1.1.1 以上的 Python，或运行 pip install cryptography，或不写 --digest",
            "use a Python with OpenSSL 1.1.1 or later, run pip install cryptography, or leave --digest out",
        )
        raise EnvironmentFault("no_sm3", what, mend) from None


class _Finalized:
    def __init__(self, begun: Any) -> None:
        self._begun = begun

    def update(self, content: bytes, /) -> None:
        self._begun.update(content)

    def hexdigest(self) -> str:
        found: bytes = self._begun.copy().finalize()
        return found.hex()
