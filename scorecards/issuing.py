"""The scorecard as it is issued: an archival PDF that carries its assessment, and a manifest of what it was made from."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import segno

from scorecards.card import scorecard
from scorecards.issue import Attached, Issue
from scorecards.manifest import ASSESSMENT, MANIFEST, PdfKind, manifest, manifest_bytes
from scorecards.pdf import render_pdf
from scorecards.wording import Json, Language

# Modules of 0.4 mm: 13.2 mm for the digest. ISO/IEC 18004 asks for four modules of quiet around; the margin gives them.
_MODULE_MM = 0.4


def issued(
    assessment: Json, lang: Language, *, attached: bytes, summary: bool = False, pdf: PdfKind = "a"
) -> bytes:
    """The scorecard of ``assessment`` as PDF/A-3u, or with ``pdf="ua"`` as PDF/A-3a and PDF/UA-1 in one file.

    ``attached`` are the bytes of the assessment as ``duibiao score --format json`` writes them. The same arguments give the same
    bytes on the same versions (``manifest.layout_versions``, ``manifest.font_versions``). Raises ``RenderError``.
    """
    return render_pdf(
        scorecard(assessment, lang, summary=summary), _issue(assessment, lang, attached, summary, pdf)
    )


def _issue(assessment: Json, lang: Language, attached: bytes, summary: bool, pdf: PdfKind) -> Issue:
    made = manifest(assessment, lang, attached, summary=summary, pdf=pdf)
    zh = lang == "zh"
    files = (
        Attached(ASSESSMENT, attached, "评估结果" if zh else "The assessment", "Source"),
        Attached(MANIFEST, manifest_bytes(made), "签发清单" if zh else "The manifest", "Data"),
    )
    moment = datetime.fromisoformat(assessment["as_of"]).replace(tzinfo=UTC)
    return Issue(files, moment, qr_code(assessment["digest"]), pdf == "ua")


def qr_code(digest: str) -> bytes:
    """The QR code of a digest as SVG, 13.2 mm wide: the whole digest in upper case, which needs the fewest modules."""
    stream = BytesIO()
    segno.make(digest.upper(), error="m", micro=False).save(
        stream, kind="svg", border=0, scale=_MODULE_MM, unit="mm", xmldecl=False, dark="#000"
    )
    return stream.getvalue()
