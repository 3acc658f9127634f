"""A scorecard altered, in the ways of those who would: each takes the bytes of a fresh one and gives those of the altered one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from evaluator.canonical import canonical, digest
from evaluator.json_text import json_bytes
from scorecards.codes import code_of
from scorecards.verifying.drawn import Reading
from scorecards.verifying.parts import BoundedReader
from scorecards.verifying.typefaces import Typeface

Edit = Callable[[PdfWriter], None]


def rewritten(content: bytes, edit: Edit) -> bytes:
    """The file written anew after ``edit``."""
    writer = PdfWriter(clone_from=BytesIO(content))
    edit(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def appended(content: bytes, edit: Edit) -> bytes:
    """The file with ``edit`` as an incremental update at its end."""
    writer = PdfWriter(BytesIO(content), incremental=True)
    edit(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def drawn_over(commands: str, page: int = 0) -> Edit:
    """More drawn on a page, over all that is there."""

    def edit(writer: PdfWriter) -> None:
        one = writer.pages[page]
        before = one.get_contents()
        assert before is not None
        stream = DecodedStreamObject()
        stream.set_data(b"q\n" + before.get_data() + b"\nQ\n" + commands.encode("latin-1"))
        one[NameObject("/Contents")] = writer._add_object(stream)

    return edit


def covering(content: bytes, text: str) -> bytes:
    """A white box drawn over the first run on the first page that holds ``text``."""
    page = next(Reading(BoundedReader(content)).pages())
    left, bottom, right, top = next(run.box for run in page.runs if text in run.text)
    box = f"1 1 1 rg {left:.1f} {bottom:.1f} {right - left:.1f} {top - bottom:.1f} re f"
    return rewritten(content, drawn_over(box))


def faces(reader: PdfReader | PdfWriter) -> dict[str, tuple[Typeface, DictionaryObject]]:
    """The fonts of the first page by their names in it."""
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]
    content = BytesIO()
    PdfWriter().write(content)
    bounded = BoundedReader(content.getvalue())
    return {name: (Typeface(bounded, one.get_object()), one.get_object()) for name, one in fonts.items()}


def printing(old: str, new: str, page: int = 0) -> Edit:
    """The glyphs of the first ``old`` on a page replaced by those of ``new`` of the same font, which other text uses."""

    def edit(writer: PdfWriter) -> None:
        one = writer.pages[page]
        before = one.get_contents()
        assert before is not None
        stream = DecodedStreamObject()
        stream.set_data(_reprinted(before.get_data(), old, new, [face for face, _ in faces(writer).values()]))
        one[NameObject("/Contents")] = writer._add_object(stream)

    return edit


def _reprinted(data: bytes, old: str, new: str, known: list[Typeface]) -> bytes:
    for shown in re.finditer(rb"\[[^\]]*\]\s*TJ", data):
        parts = re.split(rb"<([0-9A-Fa-f]+)>", shown[0])
        codes = [int(part[n : n + 4], 16) for part in parts[1::2] for n in range(0, len(part), 4)]
        for face in known:
            at = "".join(face.map.get(code, "?") for code in codes).find(old)
            if at < 0 or not set(new) <= set(face.map.values()):
                continue
            for n, sign in enumerate(new):
                # Figures have several forms: that of the neighbours.
                like = codes[at]
                codes[at + n] = min(
                    (c for c, text in face.map.items() if text == sign), key=lambda c: abs(c - like)
                )
            left = iter(codes)
            for n in range(1, len(parts), 2):
                parts[n] = (
                    b"<" + "".join(f"{next(left):04x}" for _ in range(len(parts[n]) // 4)).encode() + b">"
                )
            return data[: shown.start()] + b"".join(parts) + data[shown.end() :]
    raise AssertionError(f"no text {old} to replace")


def reading_as(drawn: str, read: str) -> Edit:
    """The maps from glyphs to characters changed: what is drawn as ``drawn`` is copied and searched as ``read``."""

    def edit(writer: PdfWriter) -> None:
        for face, font in faces(writer).values():
            stream: Any = font["/ToUnicode"].get_object()
            text = stream.get_data().decode("latin-1")
            for code in [code for code, sign in face.map.items() if sign == drawn]:
                text = re.sub(
                    rf"(?i)<{code:04x}>(\s*)<{ord(drawn):04x}>", rf"<{code:04x}>\1<{ord(read):04x}>", text
                )
            changed = DecodedStreamObject()
            changed.set_data(text.encode("latin-1"))
            font[NameObject("/ToUnicode")] = writer._add_object(changed)

    return edit


def without_page(number: int) -> Edit:
    """A page taken out."""

    def edit(writer: PdfWriter) -> None:
        kids: Any = writer.root_object["/Pages"]["/Kids"]
        del kids[number]
        count: Any = writer.root_object["/Pages"]
        count[NameObject("/Count")] = NumberObject(len(kids))
        writer.flattened_pages = None

    return edit


def noted(writer: PdfWriter) -> None:
    """A note laid over the first page."""
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Rect"): ArrayObject(FloatObject(one) for one in (100, 400, 300, 460)),
            NameObject("/Contents"): TextStringObject("92.5"),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def pictured(writer: PdfWriter) -> None:
    """An image laid over the first page."""
    image = StreamObject()
    image.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(1),
            NameObject("/Height"): NumberObject(1),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
        }
    )
    image.set_data(b"\xff")
    resources: Any = writer.pages[0]["/Resources"]
    resources.setdefault(NameObject("/XObject"), DictionaryObject())
    resources["/XObject"][NameObject("/over")] = writer._add_object(image)
    drawn_over("q 500 0 0 60 50 400 cm /over Do Q")(writer)


def scripted(writer: PdfWriter) -> None:
    """A script that runs when the file is opened."""
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('92.5')")}
    said = DictionaryObject({NameObject(key): value for key, value in action.items()})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(said)


def attaching(**files: bytes) -> Edit:
    """Attached files replaced, or added where there was none of that name."""

    def edit(writer: PdfWriter) -> None:
        names: Any = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
        for key, content in files.items():
            name = f"{key}.json"
            if name not in names:
                writer.add_attachment(name, content)
                continue
            spec = names[names.index(name) + 1].get_object()
            stream = DecodedStreamObject()
            stream.set_data(content)
            stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
            made = writer._add_object(stream)
            spec[NameObject("/EF")] = DictionaryObject({NameObject("/F"): made, NameObject("/UF"): made})

    return edit


def attached_in(content: bytes) -> tuple[Any, Any]:
    """The assessment and the manifest in a file."""
    found = PdfReader(BytesIO(content)).attachments
    return json.loads(found["assessment.json"][0]), json.loads(found["manifest.json"][0])


def resealed(document: Any) -> Any:
    """An assessment with the digest that its content now has, as a forger would make it."""
    bare = {key: one for key, one in document.items() if key != "digest"}
    return {**bare, "digest": digest(bare)}


def reattached(content: bytes, document: Any, **of_manifest: Any) -> bytes:
    """The file with ``document`` attached, and a manifest that fits it."""
    _, manifest = attached_in(content)
    written = json_bytes(document)
    manifest["assessment"] |= {
        "digest": document["digest"],
        "bytes": "sha256:" + hashlib.sha256(written).hexdigest(),
    }
    manifest |= {"code": code_of(document["digest"]), **of_manifest}
    return rewritten(content, attaching(assessment=written, manifest=canonical(manifest)))
