"""What is known of the files of a package, and the bounds that they keep."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from evaluator.algorithms import Algorithm
from evaluator.canonical import digest
from evaluator.limits import DEFAULTS, MEGABYTE, in_force
from evaluator.limits import Limits as Every


class Limits(NamedTuple):
    """The limits of a package; sizes in bytes, unpacked.

    ``ratio`` is how many times larger than packed a member of more than a megabyte, or all together, may be; ``pixels`` how many
    a photograph may have, ``inner`` how many parts an office document.
    """

    members: int
    file: int
    total: int
    ratio: int
    pixels: int
    inner: int


def package_limits(every: Every | None = None) -> Limits:
    """What ``every`` limit, by default those in force, says of packages."""
    now = every or in_force()
    return Limits(
        now.package_files,
        now.package_file,
        now.package_total,
        now.package_ratio,
        now.photo_pixels,
        now.document_parts,
    )


LIMITS = package_limits(DEFAULTS)


class Photo(NamedTuple):
    """What a photograph says beside its picture: the day it was taken, and what should not be in it.

    ``owner`` names the fields that say whose camera or work it is, never what stands in them; ``likeness`` is the perceptual
    hash, None where the picture is too plain to be compared.
    """

    taken: date | None = None
    place: bool = False
    owner: tuple[str, ...] = ()
    likeness: int | None = None


class FileRecord(NamedTuple):
    """One file of a package: its name from the package's top, digest, size in bytes, type by content.

    ``evidence`` are the ids of the entries that name it.
    """

    name: str
    digest: str
    size: int
    type: str
    evidence: tuple[str, ...] = ()
    photo: Photo | None = None

    def as_json(self) -> dict[str, object]:
        """What an assessment says of it."""
        return {
            "name": self.name,
            "digest": self.digest,
            "size": self.size,
            "type": self.type,
            "evidence": list(self.evidence),
        }


def package_digest(submission: str, files: Iterable[FileRecord], algorithm: Algorithm = "sha256") -> str:
    """The digest of a package: of its submission's digest and of the name and digest of each file.

    It depends neither on how the package was put together (order, compression, parts) nor on how the form is written.
    """
    listed = [{"name": one.name, "digest": one.digest} for one in sorted(files)]
    return digest({"submission": submission, "files": listed}, algorithm)


def key_of(name: str) -> str:
    """What two names have in common that some file systems hold for one: letters in either case, composed or not."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def megabytes(size: int) -> str:
    """A size as people read it."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1024))} KB" if size else "0 KB"
    return f"{size / MEGABYTE:.1f}".removesuffix(".0") + " MB"
