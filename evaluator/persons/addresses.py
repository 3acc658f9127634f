"""E-mail addresses, with a full-width mark or the mark spelled out too. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluator.persons.digits import INVISIBLE
from evaluator.persons.kinds import EMAIL, Found

_LABELS = r"((?:[A-Za-z0-9Ａ-Ｚａ-ｚ０-９\-]{1,63}[ ]?[.．。]){1,5})"
_LAST_LABEL = r"([A-Za-zＡ-Ｚａ-ｚ]{2,24})(?![A-Za-z0-9])"
_AT = re.compile(rf"[@＠﹫][\s{INVISIBLE}]{{0,2}}{_LABELS}[ ]?{_LAST_LABEL}")
SPELLED_AT = r"[\[(（【{<][ ]?(?:at|AT|艾特)[ ]?[\])）】}>]"
_SPELLED_AT = re.compile(
    rf"{SPELLED_AT}[ ]?"
    r"((?:[A-Za-z0-9\-]{1,63}(?:\.|[ ]?[\[(（](?:dot|点)[\])）][ ]?)){1,5})([A-Za-z]{2,24})"
)
# Without one of these there is no address: looking for them is many times faster than for the patterns.
_MARKS = ("@", "＠", "﹫", "at", "AT", "艾特")
_MAILBOX = re.compile(rf"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９_.+\-%][\s{INVISIBLE}]{{0,2}}$")
_FILE_TYPES = frozenset(
    "png jpg jpeg gif webp bmp pdf doc docx xls xlsx ppt pptx zip mp4 json yaml yml".split()
)


def addresses_in(text: str) -> Iterator[Found]:
    """Every e-mail address; what holds the mark of one but ends like a file (icon@2x.png) is none."""
    if not any(mark in text for mark in _MARKS):
        return
    for pattern in (_AT, _SPELLED_AT):
        for found in pattern.finditer(text):
            before = _MAILBOX.search(text, max(0, found.start() - 3), found.start())
            named_like_a_file = found[2].lower() in _FILE_TYPES and found[1].count(".") == 1
            if before is not None and not named_like_a_file:
                start = before.start()
                while start > 0 and _MAILBOX.match(text, start - 1, start):
                    start -= 1
                yield Found(EMAIL, start, found.end())
