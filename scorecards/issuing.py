"""The issued scorecard: the PDF that carries the assessment it shows, and says from what and with what it was made."""

from __future__ import annotations

from scorecards.card import scorecard
from scorecards.issue import Attached, Edition, Issue
from scorecards.manifest import ASSESSMENT, MANIFEST, manifest, manifest_bytes
from scorecards.pdf import render_pdf
from scorecards.wording import Json, Language, Wording


def issued(
    document: Json, lang: Language, attached: bytes, *, summary: bool = False, pdf: Edition = "a"
) -> bytes:
    """The scorecard of the assessment ``document``, whose file is ``attached``.

    It is PDF/A-3u, or with ``pdf="ua"`` PDF/A-3a and PDF/UA-1 in one file.

    The same arguments give the same bytes on the same versions of engine, layout and fonts. Raises ``RenderError``.
    """
    say = Wording(lang)
    stated = manifest(document, attached, lang, summary=summary, pdf=pdf)
    files = (
        Attached(
            ASSESSMENT, "Source", say("本评分表所示的评估结果", "The assessment that this shows"), attached
        ),
        Attached(
            MANIFEST, "Data", say("签发清单", "From what and with what this was made"), manifest_bytes(stated)
        ),
    )
    return render_pdf(scorecard(document, lang, summary=summary), Issue(pdf, files, document["as_of"]))
