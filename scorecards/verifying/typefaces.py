"""Fonts of a PDF as far as text is read with them: which character a code means, and how wide it is."""

from __future__ import annotations

import re

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from scorecards.verifying.parts import BoundedReader, TooMuch, resolved

_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_TRIPLE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")


class Typeface:
    """One font: its name without the subset's prefix, the characters that its codes mean, their widths in thousandths."""

    def __init__(self, reader: BoundedReader, said: DictionaryObject) -> None:
        self.name = str(said.get("/BaseFont", "")).rpartition("+")[2].lstrip("/")
        self.wide = str(said.get("/Subtype")) == "/Type0"
        unicode = resolved(said.get("/ToUnicode"))
        self.map = _unicode_map(reader.data_of(unicode)) if isinstance(unicode, StreamObject) else {}
        self.widths, self.default = _widths(said)

    def codes(self, raw: bytes) -> list[int]:
        """The codes in a string that is shown."""
        if not self.wide:
            return list(raw)
        return [int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw) - 1, 2)]

    def text(self, code: int) -> str:
        """What ``code`` means; a replacement character where the font does not say."""
        return self.map.get(code, "\ufffd" if self.wide else chr(code))

    def width(self, code: int) -> float:
        """The advance of ``code``."""
        return self.widths.get(code, self.default)


def _unicode_map(data: bytes) -> dict[int, str]:
    text, found = data.decode("latin-1"), dict[int, str]()
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        found.update((int(code, 16), _utf16(one)) for code, one in _PAIR.findall(block))
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, start, listed in _TRIPLE.findall(block):
            low, high = int(first, 16), int(last, 16)
            if high - low > 0xFFFF:
                raise TooMuch("characters")
            each = re.findall(r"<([0-9A-Fa-f]+)>", listed)
            for n in range(high - low + 1):
                if each:
                    found[low + n] = _utf16(each[n]) if n < len(each) else ""
                else:
                    found[low + n] = _utf16(f"{int(start, 16) + n:0{len(start)}x}")
    return found


def _utf16(digits: str) -> str:
    raw = bytes.fromhex(digits if len(digits) % 2 == 0 else "0" + digits)
    return (raw if len(raw) % 2 == 0 else b"\0" + raw).decode("utf-16-be", "replace")


def _widths(said: DictionaryObject) -> tuple[dict[int, float], float]:
    inner = resolved(said.get("/DescendantFonts"))
    if not isinstance(inner, ArrayObject) or not inner:
        return {}, 500
    font = resolved(inner[0])
    found: dict[int, float] = {}
    listed = list(resolved(font.get("/W")) or ())
    n = 0
    while n + 1 < len(listed):
        following = resolved(listed[n + 1])
        if isinstance(following, ArrayObject):
            found.update((int(listed[n]) + m, float(one)) for m, one in enumerate(following))
            n += 2
        else:
            if n + 2 >= len(listed) or not 0 <= int(following) - int(listed[n]) <= 0xFFFF:
                break
            found.update(dict.fromkeys(range(int(listed[n]), int(following) + 1), float(listed[n + 2])))
            n += 3
    return found, float(font.get("/DW", 1000))
