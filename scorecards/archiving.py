"""What makes a typeset PDF an archival one: metadata that say what it claims, attached files, the QR code on every page.

Works on WeasyPrint's ``pydyf.PDF`` just before it is written.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import compress

import pydyf  # type: ignore[import-untyped]

from scorecards.issue import Attached, Issue
from scorecards.metadata import metadata
from scorecards.qr import pattern

_MM = 72 / 25.4
_PX = 0.75
# A code of 33 modules is 14 mm wide, its quiet zone 1.7 mm; it stays 5.6 mm from the edge of a landscape page.
_MODULE = 0.425 * _MM
_BELOW = 2.5 * _MM
_QR = "DuibiaoQR"


def archived(document: Any, pdf: Any, issue: Issue, digest: str | None) -> None:
    """Finish ``pdf`` as ``issue`` says; ``digest`` is what the QR code carries, None for none."""
    _compress_lightly(pdf)
    _describe(pdf, issue)
    _state_colours(pdf)
    if issue.attached:
        assert issue.day is not None
        _attach(pdf, issue.attached, issue.day)
    if digest is not None:
        _mark_pages(document, pdf, digest, tagged=issue.pdf == "ua")


def _compress_lightly(pdf: Any) -> None:
    """Compress the fonts at the lowest level: their outlines become no larger, and it takes a fifth of the time."""
    for one in pdf.objects:
        if getattr(one, "extra", {}).get("Subtype") == "/OpenType":
            (outlines,) = one.stream
            one.stream, one.compress = [compress(outlines, 1)], False
            one.extra["Filter"] = "/FlateDecode"


def _describe(pdf: Any, issue: Issue) -> None:
    """State what is claimed in metadata that are not compressed, and date the document alike."""
    if issue.day is not None:
        for key in ("CreationDate", "ModDate"):
            pdf.info[key] = pydyf.String(_pdf_date(issue.day))
    stated = {key: value.string for key, value in pdf.info.items()}
    stream = pydyf.Stream([metadata(stated, issue)], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def _state_colours(pdf: Any) -> None:
    """Say that colours are meant as sRGB. The layout engine would do it, but leaves the profile's file open."""
    profile = pydyf.Stream([_profile()], {"N": 3, "Filter": "/FlateDecode"})
    pdf.add_object(profile)
    name = pydyf.String("sRGB2014")
    meant = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": name,
        "Info": name,
        "DestOutputProfile": profile.reference,
    }
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(meant)])


@cache
def _profile() -> bytes:
    return compress((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes())


def _attach(pdf: Any, attached: tuple[Attached, ...], day: str) -> None:
    """Embed the files, in the order of their names, each associated with the document once."""
    names, associated = pydyf.Array(), pydyf.Array()
    for file in sorted(attached):
        date = pydyf.String(_pdf_date(day))
        checksum = hashlib.md5(file.content, usedforsecurity=False).hexdigest()
        stream = pydyf.Stream(
            [file.content],
            {
                "Type": "/EmbeddedFile",
                "Subtype": "/application#2fjson",
                "Params": pydyf.Dictionary(
                    {
                        "CheckSum": f"<{checksum}>",
                        "Size": len(file.content),
                        "CreationDate": date,
                        "ModDate": date,
                    }
                ),
            },
            compress=True,
        )
        pdf.add_object(stream)
        name = pydyf.String(file.name)
        said = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": name,
                "UF": name,
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
                "Desc": pydyf.String(file.description),
                "AFRelationship": f"/{file.relation}",
            }
        )
        pdf.add_object(said)
        names.extend((name, said.reference))
        associated.append(said.reference)
    listed = pydyf.Dictionary({"Names": names})
    pdf.add_object(listed)
    pdf.catalog["Names"] = pydyf.Dictionary(
        {**pdf.catalog.get("Names", {}), "EmbeddedFiles": listed.reference}
    )
    pdf.catalog["AF"] = associated


def _mark_pages(document: Any, pdf: Any, digest: str, *, tagged: bool) -> None:
    """Draw the QR code once and put it at the inner foot of every page: left on odd ones, right on even ones."""
    code = pattern(digest)
    size = code.size
    bars = "\n".join(f"{x} {size - 1 - row} {length} 1 re" for x, row, length in code.runs)
    form = pydyf.Stream(
        [b"0 0 0 rg", bars.encode(), b"f"],
        {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, size, size])},
        compress=True,
    )
    pdf.add_object(form)
    opened, closed = ("/Artifact <</Type /Pagination /Subtype /Footer>> BDC ", " EMC") if tagged else ("", "")
    for number, (page, reference) in enumerate(zip(document.pages, pdf.page_references, strict=True)):
        sheet = _object(pdf, reference)
        _object(pdf, sheet["Resources"])["XObject"][_QR] = form.reference
        # In points from the lower left; the content stream turns its axes round first, so this stands before.
        box, width = page._page_box, size * _MODULE  # noqa: SLF001 - the margins of a page stand nowhere else
        left = box.margin_left * _PX
        right = page.width * _PX - box.margin_right * _PX - width
        x, y = (right if number % 2 else left), box.margin_bottom * _PX - _BELOW - width
        drawn = f"{opened}q {_MODULE:.4f} 0 0 {_MODULE:.4f} {x:.3f} {y:.3f} cm /{_QR} Do Q{closed}"
        _object(pdf, sheet["Contents"]).stream.insert(0, drawn.encode())


def _object(pdf: Any, reference: bytes | str) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _pdf_date(day: str) -> str:
    return f"D:{day.replace('-', '')}000000Z"
