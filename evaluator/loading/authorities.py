"""Whose seals are trusted: certificates in files that are named, and in a folder of this user."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509

from evaluator.errors import InputError, Problem, Words
from evaluator.loading.files import contents, refused
from evaluator.loading.trust import trusted_folder

LARGEST_CERTIFICATES = 1024 * 1024
AUTHORITIES = "DUIBIAO_AUTHORITIES"
ENDINGS = (".pem", ".crt", ".cer")
_KINDS = Words(
    "证书文件（.pem、.crt、.cer）是 PEM 或 DER 格式", "a certificate (.pem, .crt, .cer) is in PEM or DER"
)


def authorities_folder() -> Path:
    """Where this user's trusted certificates lie: what ``DUIBIAO_AUTHORITIES`` names, else beside the trusted keys."""
    stated = os.environ.get(AUTHORITIES)
    return Path(stated) if stated else trusted_folder().parent / "authorities"


def trusted_certificates(named: Iterable[Path] = ()) -> tuple[bytes, ...]:
    """The certificates in the files ``named`` and in the folder, as PEM or DER; raises ``InputError`` with every fault."""
    problems: list[Problem] = []
    found: list[bytes] = []
    folder = authorities_folder()
    kept = sorted(one for one in folder.iterdir() if one.suffix.lower() in ENDINGS) if folder.is_dir() else ()
    for path in (*named, *kept):
        try:
            found.append(certificates_at(path))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return tuple(found)


def certificates_at(path: Path) -> bytes:
    """The content of a file with one certificate in PEM or DER, or several in PEM; raises ``InputError``."""
    content = contents(path, LARGEST_CERTIFICATES)
    if b"PRIVATE KEY" in content:
        what = ("文件里有私钥", "the file holds a private key")
        raise refused(path, "private_key", *what, Words("只给证书", "give the certificate alone"))
    try:
        if b"-----BEGIN" in content:
            x509.load_pem_x509_certificates(content)
        else:
            x509.load_der_x509_certificate(content)
    except ValueError:
        raise refused(path, "no_certificate", "这不是证书", "this is no certificate", _KINDS) from None
    return content
