"""Whether a file is a scorecard that can be signed: as issued, or signed by units alone."""

from __future__ import annotations

import hashlib
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from evaluator.errors import Words
from scorecards.manifest import ASSESSMENT, MANIFEST
from scorecards.sealing.errors import NotSealed
from scorecards.sealing.increments import what_else_was_added
from scorecards.sealing.reading import embedded_signatures

_AGAIN = Words("从对标重新出具评分表，再签", "have it issued again, and sign that")
_UA = b"pdfuaid"


def check_signable(reader: PdfFileReader) -> None:
    """Raise ``NotSealed`` unless it is an issued scorecard to which nothing but signatures was added.

    This is no verification: whether the pages say what the attachment says is for ``duibiao verify``.
    """
    first = reader.get_historical_resolver(0)
    _check_attachments(_attachments(first.root))
    metadata = first.root.get("/Metadata")
    if metadata is not None and _UA in metadata.get_object().data:
        raise NotSealed(
            "claims_ua",
            Words(
                "这份评分表声明符合 PDF/UA，签章会使它不再符合 PDF/UA 和 PDF/A",
                "this scorecard claims PDF/UA; a signature would make both its claims, PDF/UA and PDF/A, untrue",
            ),
            Words("不带 --pdf ua 重新出具，再签", "issue it without --pdf ua, and sign that"),
        )
    added = what_else_was_added(reader, embedded_signatures(reader))
    if added is not None:
        raise NotSealed("altered", added, _AGAIN)


def _attachments(root: Any) -> dict[str, bytes]:
    """The embedded files by their names; those in a tree of names deeper than one level are none of ours."""
    try:
        names = root["/Names"]["/EmbeddedFiles"]["/Names"]
        described = [names[index] for index in range(1, len(names), 2)]
        return {str(one["/UF"]): bytes(one["/EF"]["/F"].data) for one in described}
    except (KeyError, TypeError):
        return {}


def _check_attachments(found: dict[str, bytes]) -> None:
    import json  # noqa: PLC0415

    try:
        stated = json.loads(found[MANIFEST])["assessment"]
        algorithm, _, digest = str(stated["bytes"]).partition(":")
        file, own = str(stated["file"]), str(stated["digest"])
        assessment = found[file]
        document = json.loads(assessment)
        is_ours = algorithm in ("sha256", "sm3") and own == document["digest"]
    except (KeyError, ValueError, TypeError, RecursionError):
        what = Words(
            "这不是对标出具的评分表：没有所附的评估结果和说明",
            "this is no scorecard that duibiao issued: the attached assessment and manifest are missing",
        )
        raise NotSealed("no_scorecard", what, _AGAIN) from None
    if not is_ours or file != ASSESSMENT or hashlib.new(algorithm, assessment).hexdigest() != digest:
        what = Words("所附的评估结果被改动过", "the attached assessment was altered")
        raise NotSealed("altered", what, _AGAIN)
