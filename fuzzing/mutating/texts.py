"""Texts: lines left out, doubled, moved and indented; odd characters; other encodings."""

from __future__ import annotations

from fuzzing import oddities
from fuzzing.choices import Choices

_ENCODINGS = ("gb18030", "utf-16", "utf-16-le", "utf-8-sig", "big5", "shift_jis", "utf-32", "cp1252")
# What makes YAML something else.
_MARKS = (
    "&a ", "*a", "!!str ", "!x ", "? ", "- ", ": ", "# ", "---\n", "...\n", "%TAG ! x\n", "|\n", ">-\n", "<<: *a\n", "\t",
    "[", "]", "{", "}", ",", '"', "'", "\\", "\\ud800", "\\u0000", "\\x", "0", "9", "一", "（一）", "第一条 ", "一、", "1．",
    "①", "附件：", "。", "\n", "\r", "\x0b", "\x00",
)  # fmt: skip


def mutated(content: bytes, choices: Choices) -> bytes:
    """A text with one to four changes, sometimes in another encoding."""
    text = content.decode("utf-8", "surrogateescape")
    lines = text.split("\n")
    for _ in range(1 + choices.below(4)):
        lines = _change(lines, choices)
    made = "\n".join(lines)
    if choices.one_in(20):
        return made.encode(choices.pick(_ENCODINGS), "replace")
    return _bytes_of(made)


def _bytes_of(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _change(lines: list[str], choices: Choices) -> list[str]:
    at = choices.below(len(lines))
    end = min(len(lines), at + 1 + choices.below(5))
    line, kind = lines[at], choices.below(9)
    before, inside, after = lines[:at], lines[at:end], lines[end:]
    if kind == 0:
        return [*before, *after] or [""]
    if kind == 1:
        return [*before, *inside, *inside * (1 + (choices.below(300) if choices.one_in(15) else 0)), *after]
    if kind == 2:
        to = choices.below(len(lines))
        rest = [*before, *after]
        return [*rest[:to], *inside, *rest[to:]]
    if kind == 3:
        pad = choices.pick((" ", "  ", "\t", "\u3000"))
        inside = [one.lstrip() if choices.one_in(3) else pad + one for one in inside]
        return [*before, *inside, *after]
    if kind == 4:
        return [*before, oddities.within(line, choices), *lines[at + 1 :]]
    if kind < 7:
        start, stop = choices.span(len(line), 6)
        mark = choices.pick(_MARKS) * (1 + (choices.below(2000) if choices.one_in(40) else 0))
        return [*before, line[:start] + mark + line[start if kind == 5 else stop :], *lines[at + 1 :]]
    if kind == 7:
        return [*before, " ".join(inside), *after]
    start = choices.below(len(line) + 1)
    return [*before, line[:start], line[start:], *lines[at + 1 :]]
