"""PDF: objects changed, left out, doubled and added, streams unpacked and changed, with a table of objects that holds or not."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import NamedTuple

from fuzzing import oddities
from fuzzing.choices import Choices
from fuzzing.mutating import raw, trees

_OBJECT = re.compile(rb"(\d+) (\d+) obj\b(.*?)endobj", re.DOTALL)
_TRAILER = re.compile(rb"trailer\s*(<<.*?>>)\s*startxref", re.DOTALL)
_STREAM = re.compile(rb"^(.*?)stream\r?\n(.*)endstream\s*$", re.DOTALL)
_TOKEN = re.compile(
    rb"/[^\s/<>\[\]()]+|\d+ \d+ R|-?\d+\.?\d*|<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\)|<<|>>|\[|\]|[^\s]+|\s+"
)
_LARGEST_STREAM = 300_000
_PIECES = (
    b"/JavaScript", b"/OpenAction", b"/AA", b"/Launch", b"/JS (app.alert(1))", b"/EmbeddedFiles", b"/AcroForm", b"/XFA",
    b"/Kids [1 0 R]", b"/Parent", b"/Type /Pages", b"/Count 1000000", b"/Length 99999999", b"/Length 1 0 R",
    b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]", b"/Filter /LZWDecode", b"/Filter /ASCII85Decode",
    b"/Filter /RunLengthDecode", b"/Filter /JBIG2Decode", b"/DecodeParms << /Predictor 12 /Columns 9 >>", b"/Encrypt << >>",
    b"/Prev 0", b"/XRefStm 0", b"/Size 4294967295", b"null", b"true", b"<<", b">>", b"[", b"]", b"<", b"(", b")", b"%",
    b"1 0 R", b"999999 0 R", b"0 65535 R", b"-1 0 R", b"4294967296", b"-0.0000001", b"1e400", b"9" * 400, b"/", b"/#00",
    b"<FEFF>", b"<D800>", b"(\\377\\376)", b"/Annots [<< /Subtype /Link /A << /S /URI /URI (http://x) >> >>]", b"/Perms",
    b"/Metadata 1 0 R", b"/OCProperties << >>", b"/Rotate 90", b"/UserUnit 9",
)  # fmt: skip
_OPERATIONS = (
    b"q ", b"Q ", b"BT ", b"ET ", b"0 0 0 0 0 0 cm ", b"1 0 0 1 1e9 0 cm ", b"/F0 0 Tf ", b"/Fm0 Do ", b"(x) Tj ",
    b"[<0001> -99999 <0002>] TJ ", b"3 Tr ", b"0 Tz ", b"BI /W 1 /H 1 ID x EI ", b"/P <</MCID 0>> BDC ", b"EMC ",
    b"0 0 600 900 re f ", b"1 1 1 rg ", b"W n ", b"sh ", b"\" ' ",
)  # fmt: skip


class Object(NamedTuple):
    """One object: its number and what stands between ``obj`` and ``endobj``."""

    number: int
    body: bytes


@lru_cache(maxsize=32)
def objects_of(content: bytes) -> tuple[tuple[Object, ...], bytes]:
    """The objects of a file and its trailer; none where nothing is found."""
    found = tuple(Object(int(one[1]), one[3]) for one in _OBJECT.finditer(content))
    trailers = _TRAILER.findall(content)
    return found, trailers[-1] if trailers else b"<< /Root 1 0 R >>"


def written(objects: list[Object], trailer: bytes, *, shift: int = 0) -> bytes:
    """A file of these objects, whose table is ``shift`` bytes off."""
    parts, places, at = [b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"], {}, 15
    at = len(parts[0])
    for one in objects:
        made = b"%d 0 obj%sendobj\n" % (one.number, one.body)
        places[one.number] = at + shift
        parts.append(made)
        at += len(made)
    size = max(places, default=0) + 1
    table = [b"xref\n0 %d\n0000000000 65535 f \n" % size]
    table.extend(
        b"%010d 00000 n \n" % (places[n] % 10**10) if n in places else b"0000000000 00000 f \n"
        for n in range(1, min(size, 100_000))
    )
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, trailer)
    return b"".join((*parts, *table, b"trailer\n", trailer, b"\nstartxref\n%d\n%%%%EOF\n" % (at + shift)))


def mutated(content: bytes, choices: Choices) -> bytes:
    """A PDF with one to three changes of its objects, or of its bytes."""
    found, trailer = objects_of(content)
    if not found or choices.one_in(12):
        return raw.mutated(content, choices)
    kind = choices.below(16)
    if kind == 0:
        return _revised(content, found, choices)
    objects = list(found)
    for _ in range(1 + choices.below(3)):
        _change(objects, choices)
    if kind == 1:
        trailer = _tokens_changed(trailer, choices)
    made = written(objects, trailer, shift=choices.pick((1, -9, 10**9)) if kind == 2 else 0)
    return raw.mutated(made, choices) if kind == 3 else made


def _revised(content: bytes, found: tuple[Object, ...], choices: Choices) -> bytes:
    """The file with a revision appended in which one object is another."""
    one = choices.pick(found)
    at = len(content)
    made = b"%d 0 obj%sendobj\n" % (one.number, _body(one.body, choices))
    last = re.findall(rb"startxref\s+(\d+)", content)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (one.number, at)
    _, trailer = objects_of(content)
    prev = choices.pick((last[-1] if last else b"0", b"0", b"%d" % (at + len(made))))
    trailer = trailer.rstrip().removesuffix(b">>") + b" /Prev " + prev + b" >>"
    return b"".join(
        (content, made, table, b"trailer\n", trailer, b"\nstartxref\n%d\n%%%%EOF\n" % (at + len(made)))
    )


def _change(objects: list[Object], choices: Choices) -> None:
    at, kind = choices.below(len(objects)), choices.below(10)
    one = objects[at]
    if kind < 6:
        objects[at] = one._replace(body=_body(one.body, choices))
    elif kind == 6 and len(objects) > 1:
        del objects[at]
    elif kind == 7:
        objects.append(one._replace(number=choices.pick((one.number, len(objects) + 1, 0, 999))))
    elif kind == 8:
        objects[at] = one._replace(body=choices.pick(objects).body)
    else:
        objects[at] = one._replace(number=choices.pick(objects).number)


def _body(body: bytes, choices: Choices) -> bytes:
    stream = _STREAM.match(body)
    if stream is None or choices.one_in(3):
        if stream is not None:
            head = _tokens_changed(stream[1], choices)
            return head + body[len(stream[1]) :]
        return _tokens_changed(body, choices)
    return _stream(stream[1], stream[2], choices)


def _stream(head: bytes, data: bytes, choices: Choices) -> bytes:
    plain = _unpacked(data) if b"/FlateDecode" in head else data.rstrip(b"\r\n")
    if plain is None or choices.one_in(8):
        return head + b"stream\n" + raw.mutated(data, choices) + b"endstream\n"
    if plain.lstrip()[:1] == b"{":
        plain = trees.mutated_json(plain, choices)
    elif b" Tf" in plain or b" cm" in plain:
        start, end = choices.span(len(plain), 60)
        many = 1 + (choices.below(3000) if choices.one_in(10) else 0)
        plain = (
            plain[:start] + choices.pick(_OPERATIONS) * many + plain[start if choices.one_in(2) else end :]
        )
    else:
        plain = raw.mutated(plain, choices)
    packed = zlib.compress(plain, 1) if b"/FlateDecode" in head else plain
    head = re.sub(rb"/Length \d+(?! \d+ R)", b"/Length %d" % len(packed), head)
    return head + b"stream\n" + packed + b"\nendstream\n"


@lru_cache(maxsize=64)
def _unpacked(data: bytes) -> bytes | None:
    try:
        found = zlib.decompressobj().decompress(data, _LARGEST_STREAM)
    except zlib.error:
        return None
    return found if len(found) < _LARGEST_STREAM else None


def _tokens_changed(body: bytes, choices: Choices) -> bytes:
    tokens = _TOKEN.findall(body[:200_000])
    if not tokens:
        return body
    for _ in range(1 + choices.below(3)):
        at, kind = choices.below(len(tokens)), choices.below(5)
        if kind == 0:
            tokens[at] = choices.pick(_PIECES)
        elif kind == 1:
            tokens[at:at] = [b" ", choices.pick(_PIECES), b" "]
        elif kind == 2:
            tokens[at] = b" " + choices.pick(tokens) + b" "
        elif kind == 3:
            tokens[at:at] = tokens[at : at + 1 + choices.below(6)] * (
                1 + (choices.below(200) if choices.one_in(8) else 0)
            )
        else:
            text = oddities.text(choices).encode("utf-8", "replace")
            tokens[at] = b"(" + text + b")" if choices.one_in(2) else b"<" + text.hex().encode() + b">"
    return b"".join(tokens)
