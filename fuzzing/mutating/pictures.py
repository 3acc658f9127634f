"""JPEG and PNG: segments and chunks changed, with lengths and sums that hold or do not."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

from fuzzing.choices import Choices
from fuzzing.mutating import raw

_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = (0, 1, 7, 64, 4096, 20_000, 65_535, 100_000, 0x7FFFFFFF, 0xFFFFFFFF)


def mutated(content: bytes, choices: Choices) -> bytes:
    """A photograph with one to three changes."""
    for _ in range(1 + choices.below(3)):
        if choices.one_in(6):
            content = raw.mutated(content, choices)
        elif content.startswith(_PNG):
            content = _png(content, choices)
        else:
            content = _jpeg(content, choices)
    return content


@lru_cache(maxsize=32)
def _chunks(content: bytes) -> tuple[tuple[bytes, bytes], ...]:
    found = []
    at = len(_PNG)
    while at + 12 <= len(content) and len(found) < 100:
        length = int.from_bytes(content[at : at + 4], "big")
        found.append((content[at + 4 : at + 8], content[at + 8 : at + 8 + length]))
        at += 12 + length
    return tuple(found)


def _png(content: bytes, choices: Choices) -> bytes:
    chunks = list(_chunks(content))
    if not chunks:
        return raw.mutated(content, choices)
    at = choices.below(len(chunks))
    name, data = chunks[at]
    kind = choices.below(6)
    if kind == 0:
        data = raw.mutated(data, choices)
    elif kind == 1 and name == b"IHDR":
        data = struct.pack(">II", choices.pick(_SIZES), choices.pick(_SIZES)) + bytes(
            choices.below(18) for _ in range(5)
        )
    elif kind == 2:
        name = choices.pick(
            (
                b"tEXt",
                b"iTXt",
                b"zTXt",
                b"eXIf",
                b"iCCP",
                b"acTL",
                b"PLTE",
                b"tRNS",
                b"IDAT",
                b"IEND",
                b"abcd",
            )
        )
    elif kind == 3:
        chunks[at:at] = [(name, data)] * (1 + choices.below(3))
    elif kind == 4 and len(chunks) > 1:
        del chunks[at]
        return _written(chunks, choices)
    else:
        chunks.insert(at, (b"zTXt", b"a\0\0" + zlib.compress(bytes(choices.pick((0, 100, 300_000))), 1)))
        return _written(chunks, choices)
    chunks[at] = (name, data)
    return _written(chunks, choices)


def _written(chunks: list[tuple[bytes, bytes]], choices: Choices) -> bytes:
    wrong = choices.below(8 * len(chunks) + 1)
    parts = [_PNG]
    for n, (name, data) in enumerate(chunks):
        total = 0 if n == wrong else zlib.crc32(name + data)
        parts.append(struct.pack(">I", len(data)) + name + data + struct.pack(">I", total))
    return b"".join(parts)


@lru_cache(maxsize=32)
def _segments(content: bytes) -> tuple[tuple[int, int], ...]:
    """Where each segment begins and ends; the last is the scan to the end of the file."""
    found, at = [], 2
    while at + 4 <= len(content) and content[at] == 0xFF and len(found) < 100:
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        end = len(content) if content[at + 1] == 0xDA else min(len(content), at + 2 + length)
        found.append((at, end))
        at = end
    return tuple(found)


def _jpeg(content: bytes, choices: Choices) -> bytes:
    segments = _segments(content)
    if not segments:
        return raw.mutated(content, choices)
    start, end = choices.pick(segments)
    marker, data, kind = content[start : start + 2], content[start + 4 : end], choices.below(8)
    if kind < 3:
        data = raw.mutated(data, choices)
    elif kind == 3:
        marker = bytes(
            (
                0xFF,
                choices.pick(
                    (0xC0, 0xC1, 0xC2, 0xC4, 0xC8, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xE0, 0xE1, 0xE2, 0xED, 0xFE)
                ),
            )
        )
    elif kind == 4:
        return content[:start] + content[end:]
    elif kind == 5:
        return content[:end] + content[start:end] * (1 + choices.below(4)) + content[end:]
    elif kind == 6 and marker[1] in (0xC0, 0xC2):
        data = (
            data[:1]
            + struct.pack(">HH", choices.pick(_SIZES) & 0xFFFF, choices.pick(_SIZES) & 0xFFFF)
            + data[5:]
        )
    else:
        length = choices.pick((0, 1, 2, 3, 65_535))
        return content[: start + 2] + struct.pack(">H", length) + content[start + 4 :]
    return content[:start] + marker + struct.pack(">H", min(65_535, len(data) + 2)) + data + content[end:]
