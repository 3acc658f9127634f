"""The manifest of a package: what is in it and the digest of each file. Canonical JSON, without a clock. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from evaluator.canonical import canonical
from evaluator.entry_forms import EvidenceId, FileName
from evaluator.errors import Fault, Words
from evaluator.model import Digest, Identifier, IsoDate, Model, Tuple
from evaluator.packages.records import FileRecord
from evaluator.submission import Period, Submission

NAME = "manifest.json"
# The list of what is in a package, printed: made by packing, no evidence itself.
CATALOGUE = "佐证材料目录"
CATALOGUES = (f"{CATALOGUE}.pdf", f"{CATALOGUE}.xlsx")
_AGAIN = Words("重新打包", "pack again")

Size = Annotated[int, Field(ge=0)]
PartNumber = Annotated[int, Field(ge=1, le=999)]


class Entry(Model):
    """A file of the package; ``part`` is the archive of a set that it lies in."""

    name: FileName
    digest: Digest
    size: Size
    part: PartNumber = 1


class FileEntry(Entry):
    """A file that proves something; ``taken`` is the day of a photograph, whose own data were stripped."""

    type: Identifier
    evidence: Tuple[EvidenceId] = ()
    taken: IsoDate | None = None


class Submitted(Model):
    """Whose package it is, and the digest of the submission read back from it."""

    digest: Digest
    subject: Identifier
    period: Period


class Manifest(Model):
    """``manifest.json``: the same in each archive of a set, but for ``part``."""

    manifest: Literal[1]
    submission: Submitted
    part: PartNumber = 1
    parts: PartNumber = 1
    forms: Tuple[Entry]
    catalogue: Tuple[Entry] = ()
    files: Tuple[FileEntry] = ()

    def entries(self) -> Iterator[Entry]:
        """Every file but the manifest itself."""
        yield from self.forms
        yield from self.catalogue
        yield from self.files


def written(manifest: Manifest) -> bytes:
    """``manifest`` as its file."""
    data = manifest.model_dump(mode="json", by_alias=True, exclude_none=True)
    return canonical(data)


def of_one_set(one: Manifest, other: Manifest) -> bool:
    """Whether both are of archives that were packed together."""
    return one.model_copy(update={"part": 1}) == other.model_copy(update={"part": 1})


def differences(manifest: Manifest, found: Mapping[str, tuple[str, int]]) -> Iterator[Fault]:
    """Where a package is not what its manifest says; ``found`` is the digest and size of each file but the manifest."""
    listed = {entry.name: entry for entry in manifest.entries()}
    for name, entry in listed.items():
        if name not in found:
            what = Words(
                "清单 manifest.json 上有这个文件，包里却没有",
                "manifest.json lists this file, the package lacks it",
            )
            yield Fault("manifest_lacks", (name,), what, _AGAIN)
        elif found[name] != (entry.digest, entry.size):
            what = Words(
                "内容与清单 manifest.json 的校验码不符",
                "the content is not that of its digest in manifest.json",
            )
            yield Fault("manifest_differs", (name,), what, _AGAIN)
    for name in sorted(set(found) - set(listed)):
        what = Words("清单 manifest.json 上没有这个文件", "manifest.json does not list this file")
        yield Fault("not_in_manifest", (name,), what, _AGAIN)


def as_matched(submission: Submission, manifest: Manifest) -> Submission:
    """``submission`` with the files that its manifest puts to its entries: a form that is kept as it was does not name them."""
    more: dict[str, list[str]] = {}
    for file in manifest.files:
        for name in file.evidence:
            more.setdefault(name, []).append(file.name)
    return with_files(submission, more)


def with_files(submission: Submission, more: Mapping[str, Iterable[str]]) -> Submission:
    """``submission`` with ``more`` files by the id of their entry, behind those that the entry names already."""
    return submission.model_copy(
        update={
            kind: tuple(
                entry.model_copy(
                    update={"files": tuple(dict.fromkeys((*entry.files, *more.get(entry.id, ()))))}
                )
                for entry in getattr(submission, kind)
            )
            for kind in ("events", "documents", "statements")
        }
    )


def dated(record: FileRecord, manifest: Manifest) -> FileRecord:
    """``record`` with the day that the manifest keeps for a photograph whose own data were stripped."""
    taken = next((one.taken for one in manifest.files if one.name == record.name), None)
    if taken is None or record.photo is None or record.photo.taken is not None:
        return record
    return record._replace(photo=record.photo._replace(taken=taken))
