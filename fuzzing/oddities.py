"""Values that readers were seen to stumble over, here or elsewhere."""

from __future__ import annotations

from fuzzing.choices import Choices

# Direction, width and joining characters; the same text composed and decomposed; characters beyond 16 bits and beyond Unicode.
TEXTS = (
    "", " ", "\t", "\u3000", "\ufeff", "\u200b", "\u200d", "\u202e", "\u2066\u2069", "\u2028", "\x85", "\x7f", "\x1b[31m",
    "é", "e\u0301", "Å", "\u212b", "ﬁ", "ｱ", "１２３", "٣", "²", "½", "Ⅷ", "㈠", "〇", "\U0001f600", "\U00020000",
    "\U0010ffff", "\ufffd", "\ufffe", "\ue000", "\ud800", "\udfff", "\x00", "a\x00b", "\r\n", "\n\n", "0", "-0", "00", "1.",
    ".5", "+1", "1_000", "1e5", "1E400", "1e-400", "0x10", "0o17", "NaN", "Infinity", "-inf", ".inf", "1/3", "1/0", "50%",
    "150%", "100%%", "１／３", "12,000", "十二", "一百二十", "两", "true", "yes", "null", "~", "none", "None", "=1+1",
    "=cmd|' /C calc'!A0", "@x", "-x", "+x", "2025-02-29", "2025-13-01", "0000-00-00", "9999-12-31", "10000-01-01", "2025-1-1",
    "2025.3.12", "2025年3月12日", "20250312", "2025-03-12T00:00:00Z", "45000", "../../etc/passwd", "/etc/passwd", "C:\\x",
    "file:///etc/passwd", "a/b", "CON", ".", "..", "<script>alert(1)</script>", "<img src=x>", "&amp;&lt;&#0;&#xD800;", "]]>",
    "<!--", "{{7*7}}", "{% raw %}", "${x}", "%s%n", "\\", "'", '"', "`", "|", ">", "&a", "*a", "!!python/object:os.system",
    "!", "%YAML 1.2", "---", "...", "- ", ": ", "? ", "# ", "[", "{", "community", "E1", "E01", "id", "zh", "other", "x" * 65,
    "字" * 201, "甲" * 2001, "a" * 9000,
)  # fmt: skip
# As they are written in a file, not as text.
NUMBERS = (
    "0", "-0", "1", "-1", "2", "7", "100", "101", "0.5", "1.10", "-0.1", "00", "012", "1e3", "1E+2", "1e999", "-1e999",
    "1e-999", "0x1F", "1_0", "NaN", "Infinity", "-Infinity", ".nan", "-.inf", "2147483648", "4294967296", "9007199254740993",
    "9223372036854775808", "1000000000000000", "99999999999999999999999999", "1" + "0" * 400, "9" * 5000, "0." + "3" * 400,
    "1/3", "-1/3", "1/0", "0/0", "200%",
)  # fmt: skip
BARE = (
    "null",
    "true",
    "false",
    "~",
    "yes",
    "no",
    "on",
    "",
    "[]",
    "{}",
    "[[]]",
    "{a: 1}",
    "2025-01-01",
    "12:30:45",
    "=",
)


def text(choices: Choices) -> str:
    """An odd text; or two, or one of them many times."""
    found = choices.pick(TEXTS)
    if choices.one_in(6):
        found += choices.pick(TEXTS)
    if choices.one_in(30):
        found *= 1 + choices.below(300)
    return found


def within(before: str, choices: Choices) -> str:
    """``before`` with something odd in it, something left out of it, or written otherwise."""
    start, end = choices.span(len(before), 8)
    kind = choices.below(8)
    if kind < 4:
        return before[:start] + text(choices) + before[start if kind else end :]
    if kind == 4:
        return before[:start] + before[end:]
    if kind == 5:
        return before[:start] + before[start:end][::-1] + before[end:]
    if kind == 6:
        return before + before[start:end] * (1 + choices.below(20))
    return choices.pick((before.upper, before.title, before.strip, before.casefold))()
