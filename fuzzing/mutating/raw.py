"""Bytes: turned, left out, put in, moved, cut off, whatever they mean."""

from __future__ import annotations

from fuzzing.choices import Choices

_RUNS = (
    *(b"\0", b"\xff", b"\x80", b"\n", b" "),
    *(b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7"),
)
_SIZES: tuple[tuple[int, tuple[int, ...]], ...] = (
    (1, (0, 1, 127, 128, 255)),
    (2, (0, 1, 2**15, 2**16 - 1)),
    (4, (0, 1, 2**31 - 1, 2**31, 2**32 - 1)),
    (8, (2**63, 2**64 - 1)),
)
_NUMBERS = tuple(number.to_bytes(size, "little") for size, numbers in _SIZES for number in numbers)
_NUMBERS += tuple(one[::-1] for one in _NUMBERS)


def mutated(content: bytes, choices: Choices) -> bytes:
    """``content`` with one to three changes."""
    for _ in range(1 + choices.below(3)):
        content = _once(content, choices)
    return content


def _once(content: bytes, choices: Choices) -> bytes:
    start, end = choices.span(len(content), 32)
    kind = choices.below(8)
    if kind == 0 and content:
        at = min(start, len(content) - 1)
        return content[:at] + bytes((content[at] ^ 1 << choices.below(8),)) + content[at + 1 :]
    if kind == 1:
        number = choices.pick(_NUMBERS)
        return content[:start] + number + content[start + len(number) :]
    if kind == 2:
        return content[:start] + content[end:]
    if kind == 3:
        return content[:start] + choices.pick(_RUNS) * (1 + choices.below(8)) + content[start:]
    if kind == 4:
        return content[:end] + content[start:end] * (1 + choices.below(16)) + content[end:]
    if kind == 5:
        to = choices.below(len(content) + 1)
        return content[:to] + content[start:end] + content[to:]
    if kind == 6:
        return (
            content[:start]
            if choices.one_in(3)
            else content[:start] + bytes((choices.below(256),)) + content[start + 1 :]
        )
    return content[:start] + bytes(choices.below(256) for _ in range(end - start)) + content[end:]
