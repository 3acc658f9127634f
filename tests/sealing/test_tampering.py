"""Whatever was done to a file beside signing it is found: before it is signed, and after."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec

import scorecards.manifest
from scorecards.sealing import NotSealed
from scorecards.sealing.checking import SignatureFound, signatures_in
from scorecards.sealing.pkcs12 import Pkcs12Key
from scorecards.sealing.signer import _Assembly
from tests.sealing.conftest import issued_scorecard, sign
from tests.sealing.institutions import PASSPHRASE, root, second_unit, unit

Change = Callable[[IncrementalPdfFileWriter], None]


class _Writer(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        pass


def with_increment(content: bytes, change: Change) -> bytes:
    writer = _Writer(BytesIO(content))
    change(writer)
    made = BytesIO()
    writer.write(made)
    assert made.getvalue().startswith(content)
    assert len(made.getvalue()) > len(content)
    return made.getvalue()


def last_page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][-1]


def form(data: bytes) -> generic.StreamObject:
    return generic.StreamObject({pdf_name("/Subtype"): pdf_name("/Form")}, stream_data=data)


def a_page(writer: IncrementalPdfFileWriter) -> None:
    page = last_page(writer)
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"1 0 0 rg 0 0 300 300 re f"))
    writer.update_container(page)


def a_stream_of_a_page(writer: IncrementalPdfFileWriter) -> None:
    contents = last_page(writer).raw_get("/Contents")
    writer.objects[0, contents.idnum] = generic.StreamObject(stream_data=b"1 0 0 rg 0 0 300 300 re f")


def an_attachment(writer: IncrementalPdfFileWriter) -> None:
    file = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"].raw_get("/F")
    writer.objects[0, file.idnum] = generic.StreamObject(stream_data=b"{}")


def another_attachment(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]
    names["/EmbeddedFiles"] = writer.add_object(generic.DictionaryObject())
    writer.update_container(names)


def an_action(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    )
    writer.update_root()


def an_annotation(writer: IncrementalPdfFileWriter) -> None:
    page = last_page(writer)
    rect = generic.ArrayObject(map(generic.NumberObject, (0, 0, 300, 300)))
    note = generic.DictionaryObject({pdf_name("/Subtype"): pdf_name("/Square"), pdf_name("/Rect"): rect})
    page["/Annots"] = generic.ArrayObject(
        [*(page["/Annots"] if "/Annots" in page else []), writer.add_object(note)]  # noqa: SIM401
    )
    writer.update_container(page)


def the_metadata(writer: IncrementalPdfFileWriter) -> None:
    metadata = writer.root.raw_get("/Metadata")
    writer.objects[0, metadata.idnum] = generic.StreamObject(stream_data=b"<x/>")


def fewer_pages(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject([*list.__iter__(pages["/Kids"])][1:])
    writer.update_container(pages)


def nothing_that_shows(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(generic.DictionaryObject())


CHANGES = [
    a_page,
    a_stream_of_a_page,
    an_attachment,
    another_attachment,
    an_action,
    an_annotation,
    the_metadata,
    fewer_pages,
    nothing_that_shows,
]


def found_in(content: bytes) -> SignatureFound:
    return signatures_in(content, [root().pem])[0]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_an_increment_after_the_signature_is_found(signed: bytes, change: Change) -> None:
    found = found_in(with_increment(signed, change))
    assert (found.intact, found.covers_whole_file, found.only_signed) == (True, False, False)
    assert "签发后" in found.why.zh


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_an_increment_between_issue_and_signature_is_not_signed(issued: bytes, change: Change) -> None:
    with pytest.raises(NotSealed) as refused:
        sign(with_increment(issued, change))
    assert refused.value.code == "altered"


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_an_altered_file_is_not_countersigned(signed: bytes, change: Change) -> None:
    with pytest.raises(NotSealed) as refused:
        sign(with_increment(signed, change), second_unit(), box=1)
    assert refused.value.code == "altered"


class _AnotherProgram(_Assembly):
    """The library's own way of signing, which tries first how large a signature is."""

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(512) if dry_run else await super().async_sign_raw(data, digest_algorithm)


def signed_by_another_program(content: bytes, change: Change, **field: Any) -> bytes:
    """A signature that another program makes in the same increment as a change."""
    writer = _Writer(BytesIO(content))
    change(writer)
    meta = signers.PdfSignatureMetadata(field_name="Signature", md_algorithm="sha256")
    spec = SigFieldSpec("Signature", **field) if field else None
    key = Pkcs12Key(unit("rsa").pkcs12(), PASSPHRASE)
    return signers.PdfSigner(meta, _AnotherProgram(key), new_field_spec=spec).sign_pdf(writer).getvalue()


@pytest.mark.parametrize(
    "change", [one for one in CHANGES if one is not nothing_that_shows], ids=lambda one: one.__name__
)
def test_a_change_in_the_same_increment_as_the_signature_is_found(issued: bytes, change: Change) -> None:
    found = found_in(signed_by_another_program(issued, change))
    assert (found.intact, found.covers_whole_file, found.only_signed) == (True, True, False)


def test_a_signature_that_another_program_adds_without_a_seal_is_only_a_signature(issued: bytes) -> None:
    found = found_in(signed_by_another_program(issued, lambda writer: None))
    assert (found.intact, found.covers_whole_file, found.only_signed, found.trusted) == (True,) * 4


def test_a_seal_that_another_program_puts_on_the_text_is_found(issued: bytes) -> None:
    found = found_in(
        signed_by_another_program(issued, lambda writer: None, on_page=0, box=(50, 500, 500, 800))
    )
    assert (found.intact, found.only_signed) == (True, False)
    assert "盖章处" in found.why.zh


def test_a_flipped_byte_breaks_the_signature(signed: bytes) -> None:
    # In the compressed outlines of a font: the file can be read as before.
    place = signed.index(b"/FontFile3" if b"/FontFile3" in signed else b"stream", 20_000) + 2_000
    for at in (place, place + 50_000):
        altered = bytearray(signed)
        altered[at] ^= 1
        found = found_in(bytes(altered))
        assert (found.intact, found.trusted) == (False, False)
        assert "改动" in found.why.zh


def test_bytes_at_the_end_are_found(signed: bytes) -> None:
    found = found_in(signed + b"\n% more\n")
    assert (found.covers_whole_file, found.only_signed) == (False, False)


def test_another_signature_in_the_place_of_the_right_one_is_refused(issued: bytes, signed: bytes) -> None:
    def value(content: bytes) -> bytes:
        found = re.search(rb"/Contents <([0-9a-fA-F]{2000,})>", content)
        assert found is not None
        return found[1]

    other = sign(issued, reason="x", box=1)
    forged = signed.replace(value(signed), value(other).ljust(len(value(signed)), b"0")[: len(value(signed))])
    found = found_in(forged)
    assert (found.intact, found.trusted) == (False, False)


def test_a_file_without_our_attachments_is_not_signed() -> None:
    with pytest.raises(NotSealed) as refused:
        sign(plain_pdf())
    assert refused.value.code == "no_scorecard"


def test_a_file_whose_attachment_is_not_the_one_of_its_manifest_is_not_signed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scorecards.manifest, "digest_like", lambda digest, content: f"sha256:{'0' * 64}")
    with pytest.raises(NotSealed) as refused:
        sign(issued_scorecard.__wrapped__())
    assert refused.value.code == "altered"


def plain_pdf() -> bytes:
    from weasyprint import HTML

    return HTML(string="<title>x</title><p>x").write_pdf()


def test_a_cut_or_garbled_file_is_refused_and_never_fails_otherwise(signed: bytes) -> None:
    for length in range(0, len(signed), len(signed) // 23):
        try:
            found = signatures_in(signed[:length] + signed[length + 97 :], [root().pem])
        except NotSealed:
            found = ()
        assert not any(one.intact and one.only_signed and one.covers_whole_file for one in found)
