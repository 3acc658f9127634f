"""Whose signatures are trusted: the public keys in a folder of this user, or where ``DUIBIAO_TRUSTED`` says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evaluator.bundles.signing import Locked, WrongKey, fingerprint, signed
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.files import contents, refused
from evaluator.loading.settings import settings_folder
from evaluator.packages.names import shown

TRUSTED = "DUIBIAO_TRUSTED"
PUBLIC = ".pub"
LARGEST_KEY = 64 * 1024
_PUBLIC = Words(
    "公钥文件（.pub）由 duibiao rules key 写出，以 -----BEGIN PUBLIC KEY----- 开头",
    "a public key (.pub) is written by duibiao rules key and begins with -----BEGIN PUBLIC KEY-----",
)


class TrustedKey(NamedTuple):
    """A public key that is trusted: the file, whose name says whose it is, and its content."""

    path: Path
    public: bytes


def trusted_folder() -> Path:
    """Where this user's trusted keys lie, whether or not there are any."""
    return settings_folder() / "trusted"


def trusted_places() -> tuple[Path, ...]:
    """The files and folders in which trusted keys are looked for: those of ``DUIBIAO_TRUSTED``, if it is set, alone."""
    stated = os.environ.get(TRUSTED)
    if stated:
        return tuple(Path(one) for one in stated.split(os.pathsep) if one)
    return (trusted_folder(),)


def trusted_keys() -> tuple[dict[str, TrustedKey], list[Problem]]:
    """The trusted keys by their fingerprints, and what is wrong with any file among them."""
    found: dict[str, TrustedKey] = {}
    problems: list[Problem] = []
    for path in _key_files():
        try:
            name, public = public_key(path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        found.setdefault(name, TrustedKey(path, public))
    return found, problems


def _key_files() -> Iterator[Path]:
    for place in trusted_places():
        if place.is_dir():
            yield from sorted(one for one in place.iterdir() if one.suffix.lower() == PUBLIC)
        elif place.is_file():
            yield place


def public_key(path: Path) -> tuple[str, bytes]:
    """The fingerprint and the content of the public key in ``path``; raises ``InputError``."""
    content = contents(path, LARGEST_KEY)
    try:
        return fingerprint(content), content
    except WrongKey:
        if b"PRIVATE KEY" in content:
            what = ("这是私钥，不是公钥", "this is a private key, not a public one")
            mend = Words(
                "私钥不要给人；用旁边的 .pub", "give the private key to nobody; use the .pub beside it"
            )
            raise refused(path, "wrong_key", *what, mend) from None
        what = ("这不是 Ed25519 公钥", "this is no Ed25519 public key")
        raise refused(path, "wrong_key", *what, _PUBLIC) from None


def signed_with(path: Path, content: bytes, passphrase: bytes | None) -> tuple[str, str]:
    """The fingerprint and the signature of ``content`` by the private key in ``path``; raises ``InputError``."""
    private = contents(path, LARGEST_KEY)
    try:
        return signed(content, private, passphrase)
    except Locked:
        what = Words("私钥的口令没有给，或不对", "the passphrase of the key is missing or wrong")
        mend = Words(
            "在提示处输入，或写在环境变量 DUIBIAO_KEY_PASSPHRASE 里",
            "type it when asked, or put it in DUIBIAO_KEY_PASSPHRASE",
        )
        raise InputError([Problem("wrong_passphrase", Place(shown(path)), what, mend)]) from None
    except WrongKey:
        what = Words("这不是 Ed25519 私钥", "this is no Ed25519 private key")
        mend = Words("用 duibiao rules key 写出的 .pem", "use the .pem that duibiao rules key wrote")
        raise InputError([Problem("wrong_key", Place(shown(path)), what, mend)]) from None


def is_locked(path: Path) -> bool:
    """Whether the private key in ``path`` needs a passphrase; raises ``InputError`` where it cannot be read."""
    return b"ENCRYPTED" in contents(path, LARGEST_KEY)
