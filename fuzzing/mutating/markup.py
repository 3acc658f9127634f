"""XML as office programs write it: tags, attributes and texts changed one at a time, well-formed or not."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from fuzzing import oddities
from fuzzing.choices import Choices
from fuzzing.mutating import raw

_TOKEN = re.compile(rb"<[^>]*>|[^<]+")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_REFERENCES = (
    "A1",
    "B2",
    "C3",
    "AAA1",
    "XFD1048576",
    "A0",
    "A5001",
    "a1",
    "ZZ9",
    "A1:XFD9",
    "1A",
    "A99999999",
    "A-1",
    "",
)
_TYPES = ("s", "str", "inlineStr", "n", "b", "e", "d", "x", "")
_NUMBERS = (
    "0",
    "-1",
    "1",
    "5",
    "45000",
    "45000.5",
    "1e400",
    "NaN",
    "999999999999",
    "0.1",
    "x",
    "",
    "1",
    "2",
    "3",
    "4",
    "6",
)
_PIECES = (
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', b"<!ENTITY a 'b'>", b"&e;", b"&#0;", b"&#x110000;",
    b"&#xD800;", b"&amp", b"<!--x-->", b"<![CDATA[<x>]]>", b"<?xml version='1.1'?>", b"<f>SUM(A1:A9)</f>",
    b"<f>_xlfn.DISPIMG(&quot;ID_1&quot;,1)</f><v>=DISPIMG(&quot;ID_1&quot;,1)</v>", b'<f t="shared" si="0"/>', b"<c/>",
    b'<c r="B3"/>', b'<row r="3"/>', b'<x:c xmlns:x="y" r="A1"><x:v>1</x:v></x:c>', b"<v></v>", b"<v>1</v><v>2</v>",
    b'<mergeCell ref="A1:XFD1048576"/>', b'<c r="C4" t="inlineStr"><is><t>x</t></is></c>',
    b'<c r="D5" t="e"><v>#REF!</v></c>', b"\xff\xfe", b"<", b">", b"\0",
    b'<is><r><t>a</t></r><rPh sb="0" eb="1"><t>b</t></rPh></is>', b'<sheet name="x" sheetId="99" r:id="rId1"/>',
    b'<workbookPr date1904="1"/>',
)  # fmt: skip


def mutated(content: bytes, choices: Choices) -> bytes:
    """An XML part with one to four changes."""
    tokens = list(_tokens(content)) if len(content) < 300_000 else []
    if not tokens or choices.one_in(20):
        return raw.mutated(content, choices)
    for _ in range(1 + choices.below(4)):
        _change(tokens, choices)
    return b"".join(tokens)


@lru_cache(maxsize=128)
def _tokens(content: bytes) -> tuple[bytes, ...]:
    return tuple(_TOKEN.findall(content))


def _change(tokens: list[bytes], choices: Choices) -> None:
    at = choices.below(len(tokens))
    kind = choices.below(12)
    # Most tokens are tags: a text, or an attribute, nearby is meant.
    if kind < 5:
        at = next((n for n in range(at, min(at + 60, len(tokens))) if not tokens[n].startswith(b"<")), at)
        tokens[at] = _text(tokens[at], choices)
    elif kind < 8:
        at = next((n for n in range(at, min(at + 20, len(tokens))) if b'="' in tokens[n]), at)
        tokens[at] = _attribute(tokens[at], choices)
    elif kind == 8:
        del tokens[at : at + 1 + choices.below(6)]
        tokens.extend([] if tokens else [b""])
    elif kind == 9:
        end = at + 1 + choices.below(8)
        tokens[at:at] = tokens[at:end] * (1 + (choices.below(100) if choices.one_in(12) else 0))
    elif kind == 10:
        tokens[at:at] = [choices.pick(_PIECES)]
    else:
        other = choices.below(len(tokens))
        tokens[at], tokens[other] = tokens[other], tokens[at]


def _text(before: bytes, choices: Choices) -> bytes:
    kind = choices.below(4)
    if kind == 0 or before.startswith(b"<"):
        return choices.pick(_NUMBERS).encode() if not before.startswith(b"<") else before
    text = (
        oddities.within(before.decode("utf-8", "replace"), choices) if kind == 1 else oddities.text(choices)
    )
    return escape(text, quote=False).encode("utf-8", "surrogatepass")


def _attribute(tag: bytes, choices: Choices) -> bytes:
    found = list(_ATTRIBUTE.finditer(tag))
    if not found:
        return tag
    one = choices.pick(found)
    options = {b"r": _REFERENCES, b"ref": _REFERENCES, b"t": _TYPES}.get(one[1], _NUMBERS)
    value = choices.pick(options) if not choices.one_in(4) else oddities.text(choices)
    kind = choices.below(8)
    if kind == 0:
        return tag[: one.start()] + tag[one.end() :]
    if kind == 1:
        return tag[: one.end()] + b" " + one[0] + tag[one.end() :]
    quoted = escape(value).encode("utf-8", "surrogatepass")
    return tag[: one.start()] + one[1] + b'="' + quoted + b'"' + tag[one.end() :]
