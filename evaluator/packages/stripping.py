"""Photographs without what stands beside the picture, the picture itself untouched. Bytes in, bytes out."""

from __future__ import annotations

import re

_START_OF_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
# In the picture's own data 0xFF is followed by zero or by a restart mark.
_MARK = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_CRITICAL = (
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"sBIT",
    b"cICP",
)


def bare_jpeg(content: bytes) -> bytes | None:
    """``content`` without EXIF, XMP, IPTC, comments, embedded previews and what follows its end; None where it is malformed.

    What a viewer needs stays: JFIF, Adobe's colour transform, the colour profile.
    """
    kept = [content[:2]]
    at = 2
    while True:
        found = _MARK.match(content, at)
        if found is None:
            return None
        mark, start = found[1][0], found.end()
        if mark == _END:
            return b"".join([*kept, b"\xff\xd9"])
        stop = start + int.from_bytes(content[start : start + 2], "big")
        if stop < start + 2 or stop > len(content):
            return None
        if mark == _START_OF_SCAN:
            following = _MARK.search(content, stop)
            if following is None:
                return None
            stop = following.start()
        if _is_kept(mark, content[start + 2 : start + 16]):
            kept.append(bytes((0xFF, mark)) + content[start:stop])
        at = stop


def _is_kept(mark: int, head: bytes) -> bool:
    if mark == 0xE0:
        return head.startswith(b"JFIF")
    if mark == 0xE2:
        return head.startswith(b"ICC_PROFILE")
    return mark == 0xEE or not (0xE0 <= mark <= 0xEF or mark == _COMMENT)


def bare_png(content: bytes) -> bytes | None:
    """``content`` without texts, EXIF, times and what follows its end; None where it is malformed."""
    kept = [content[:8]]
    at = 8
    while at + 12 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        stop = at + 12 + size
        if stop > len(content):
            return None
        if kind in _CRITICAL:
            kept.append(content[at:stop])
        if kind == b"IEND":
            return b"".join(kept)
        at = stop
    return None
