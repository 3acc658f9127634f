"""A submission as a package that the command line scores to the same bytes: the form, what it includes, files and manifest."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO

import orjson

from evaluator.algorithms import digest_of_bytes
from evaluator.digests import submission_digest
from evaluator.loading import Received
from evaluator.packages.manifest import NAME, Entry, FileEntry, Manifest, Submitted, written
from workbench.attachments import Attachment
from workbench.drafts import Draft
from workbench.storage.evidence import Evidence

# ZIP knows no earlier day: the archive bears no clock.
_DAY = (1980, 1, 1, 0, 0, 0)


def package(draft: Draft, found: Received, attachments: Iterable[Attachment], evidence: Evidence) -> bytes:
    """The archive of a submission; raises ``OSError`` or ``ValueError`` where a file is not what was kept."""
    beside: Mapping[str, str] = orjson.loads(draft.beside) if draft.beside else {}
    forms = {
        f"{draft.unit}.json": (draft.document or "").encode(),
        **{name: text.encode() for name, text in beside.items()},
    }
    kept = {one.name: one for one in attachments}
    listed = found.files or ()
    manifest = Manifest(
        manifest=1,
        submission=Submitted(
            digest=submission_digest(found.submission),
            subject=found.submission.subject.id,
            period=found.submission.period,
        ),
        forms=tuple(
            Entry(name=name, digest=digest_of_bytes(text), size=len(text))
            for name, text in sorted(forms.items())
        ),
        files=tuple(
            FileEntry(
                name=one.name,
                digest=one.digest,
                size=one.size,
                type=one.type,
                evidence=one.evidence,
                taken=None if one.photo is None else one.photo.taken,
            )
            for one in listed
        ),
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in forms.items():
            _put(archive, name, content)
        for one in listed:
            _put(archive, one.name, evidence.read(kept[one.name].digest))
        _put(archive, NAME, written(manifest))
    return made.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)
