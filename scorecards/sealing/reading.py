"""A PDF opened to be signed or checked, within bounds, with the signatures in it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.decode_limits import DecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from evaluator.errors import Words
from evaluator.limits import in_force
from scorecards.sealing.errors import NotSealed
from scorecards.sealing.naming import signer_of

# More seals than any scorecard has boxes.
MOST_SIGNATURES = 20
Fields = list[tuple[str, EmbeddedPdfSignature | None]]


def opened(content: bytes) -> PdfFileReader:
    """``content`` as a PDF; raises ``NotSealed`` where it is none, is encrypted or cannot be read."""
    try:
        if len(content) > in_force().largest_scorecard:
            raise ValueError("size")
        reader = PdfFileReader(BytesIO(content), decode_limits=DecodeLimits())
        if reader.encrypted or not reader.root["/Pages"]:
            raise ValueError("encrypted")
    except Exception as fault:  # noqa: BLE001 - the library fails in many ways at a broken file
        raise unreadable(fault) from None
    return reader


def signature_fields(reader: PdfFileReader) -> Fields:
    """Every signed field with its signature, None where that is of no kind known here; raises ``NotSealed``."""
    try:
        fields = list(enumerate_sig_fields(reader, filled_status=True))
        if len(fields) > MOST_SIGNATURES:
            raise ValueError("too many")
        return [(name, _read(reader, name, field)) for name, _, field in fields]
    except Exception as fault:  # noqa: BLE001
        raise unreadable(fault) from None


def embedded_signatures(reader: PdfFileReader) -> list[EmbeddedPdfSignature]:
    """The signatures of a known kind."""
    return [one for _, one in signature_fields(reader) if one is not None]


def _read(reader: PdfFileReader, name: str, field: Any) -> EmbeddedPdfSignature | None:
    try:
        one = EmbeddedPdfSignature(reader, field, name)
        _ = signer_of(one.signer_cert), one.signed_data.native
    except Exception:  # noqa: BLE001 - a signature of another kind, or a broken one
        return None
    return one


def unreadable(fault: Exception) -> NotSealed:
    """The refusal of a file that the library cannot read."""
    name = type(fault).__name__
    what = Words(f"PDF 读不出来（{name}）", f"the PDF cannot be read ({name})")
    mend = Words(
        "取原文件；不要用别的软件另存", "get the original file; do not save it again with other software"
    )
    return NotSealed("unreadable_pdf", what, mend)
