"""The increment that signs a file: a field, its seal, and the signature."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import SignatureObject
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.timestamps import TimeStamper

from evaluator.errors import Words
from scorecards.sealing.errors import NotSealed
from scorecards.sealing.places import SealPlace
from scorecards.sealing.signer import DIGEST, Signer
from scorecards.sealing.stamping import ROOM


class Seal(NamedTuple):
    """Where a seal goes, and the one-page PDF that is shown there."""

    place: SealPlace
    shown: bytes


class _Writer(IncrementalPdfFileWriter):
    """Leaves the metadata as they were issued: the library would put the clock's time into them."""

    def _update_meta(self) -> None:
        pass


def with_signature(
    reader: PdfFileReader,
    signer: Signer,
    name: str,
    seal: Seal | None,
    signed_at: datetime,
    reason: str | None,
    stamper: TimeStamper | None,
) -> bytes:
    """The file with one more signature in a new field ``name``; what was there stays as it was, byte for byte."""
    writer = _Writer.from_reader(reader)
    steps = PdfCMSEmbedder(new_field_spec=_field(name, seal)).write_cms(name, writer)
    field = next(steps).get_object()
    if seal is not None:
        field["/AP"] = DictionaryObject({pdf_name("/N"): _appearance(writer, seal)})  # type: ignore[no-untyped-call]
    room = signer.room + (ROOM if stamper is not None else 0)
    placeholder = SignatureObject(
        subfilter=SigSeedSubFilter.PADES, timestamp=signed_at, reason=reason, bytes_reserved=2 * room
    )
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
    made = signer.cms(prepared.document_digest, stamper)
    if len(made) > room:
        what = Words("签名比预留的位置大", "the signature is larger than the room that was left for it")
        mend = Words(
            "证书链过长，请联系签章服务单位", "its chain of certificates is too long: ask the seal service"
        )
        raise NotSealed("too_large", what, mend)
    prepared.fill_with_cms(output, made)
    assert isinstance(output, BytesIO)
    return output.getvalue()


def _field(name: str, seal: Seal | None) -> SigFieldSpec:
    if seal is None:
        return SigFieldSpec(name)
    place = seal.place
    box = (place.left, place.lower, place.right, place.upper)
    return SigFieldSpec(name, on_page=place.page, box=box)  # type: ignore[arg-type]  # fractions of a point are fine


def _appearance(writer: IncrementalPdfFileWriter, seal: Seal) -> Any:
    return writer.import_page_as_xobject(PdfFileReader(BytesIO(seal.shown)))
