"""Runs of digits in a text, however they are written: full-width, ringed, Chinese numerals, with marks in between. Pure.

Every pattern here is linear: each repeats a class of characters that no neighbour of it shares, or a bounded number of times.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

# Zero-width characters, direction marks, the soft hyphen, and what turns a digit into a key cap.
INVISIBLE = "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u20e3"
_RINGED = (
    "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490"
    "\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\U0001f100\U0001f10b\U0001f10c"
)
_CHINESE = {
    **dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)),
    **dict(zip("○幺壹贰貳叁參肆伍陆陸柒捌玖", "01122334566789", strict=True)),
}
_SAME_SCRIPT = (r"\d", _RINGED, "".join(_CHINESE))
DIGIT = "[" + "".join(_SAME_SCRIPT) + "]"
# What may stand between the digits of one number.
SEPARATOR = rf"[\s{INVISIBLE}\-\u2010-\u2015\u2212\uff0d_＿.．·・•‧。,，:：/／|*()（）\[\]［］【】#]"
_DIGIT_OR_SEPARATOR = SEPARATOR[:-1] + DIGIT[1:]
_LAST_X = "[XxＸｘⅩⅹ×ХхΧχ✕]"

_RUN = re.compile(rf"{DIGIT}(?:{SEPARATOR}{{0,4}}{DIGIT}){{9,}}(?:{SEPARATOR}{{0,3}}{_LAST_X})?")
# What any run lies in: so it is passed over most figures without a look at what stands between them.
CLOSE = re.compile(rf"[{DIGIT[1:-1]}](?:{_DIGIT_OR_SEPARATOR}{{9,}}){_LAST_X}?")
_GROUP = re.compile("|".join(rf"[{one}](?:[{INVISIBLE}]*[{one}])*" for one in _SAME_SCRIPT) + f"|{_LAST_X}")
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\uff0d\-_＿]")
_DOTS = re.compile(r"[.．·・•‧。]")
_BLANKS = re.compile(r"\s+")


def digit(character: str) -> str:
    """The ASCII digit that ``character`` stands for; an X for the letters that close an identity number; else nothing."""
    if character in _CHINESE:
        return _CHINESE[character]
    value = unicodedata.digit(character, None)
    if value is not None:
        return str(value)
    return "X" if re.match(_LAST_X, character) else ""


def plain_digits(text: str) -> str:
    """The digits in ``text``, in ASCII."""
    return text if text.isascii() and text.isdecimal() else "".join(map(digit, text))


class Run(NamedTuple):
    """Digits that stand close together: the ASCII digits, and the borders of the groups that they are written in.

    ``places`` are the borders' positions in ``digits``, from 0 to its length, and ``borders`` numbers them; ``between`` says
    what stands at each (dashes as ``-``, dots as ``.``, blanks as one blank), ``starts`` and ``ends`` where in the text each
    group does.
    """

    digits: str
    places: tuple[int, ...]
    borders: dict[int, int]
    between: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def shape(self, start: int, end: int) -> tuple[int, ...] | None:
        """The lengths of the groups from one position to another; None unless both are borders."""
        first, last = self.borders.get(start), self.borders.get(end)
        if first is None or last is None:
            return None
        places = self.places[first : last + 1]
        return tuple(after - before for before, after in pairwise(places))

    def marks(self, start: int, end: int) -> tuple[str, ...]:
        """What stands between the groups from one border to another."""
        return self.between[self.borders[start] + 1 : self.borders[end]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text the groups that hold the digits from ``start`` to ``end`` begin and end."""
        first = bisect_right(self.places, start) - 1
        return self.starts[first], self.ends[bisect_left(self.places, end) - 1]


def runs(text: str) -> Iterator[Run]:
    """Every run of ten digits or more."""
    for close in CLOSE.finditer(text):
        for found in _RUN.finditer(text, close.start(), close.end()):
            yield _run(text, found.start(), found.end())


def places_of_runs(text: str) -> Iterator[int]:
    """Where digits stand so close together that a run may be among them."""
    return (close.start() for close in CLOSE.finditer(text))


def _run(text: str, begin: int, end: int) -> Run:
    groups = list(_GROUP.finditer(text, begin, end))
    plain = [plain_digits(group[0]) for group in groups]
    gaps = (_kind_of_mark(text[one.end() : following.start()]) for one, following in pairwise(groups))
    places = tuple(accumulate(map(len, plain), initial=0))
    return Run(
        "".join(plain),
        places,
        {place: n for n, place in enumerate(places)},
        ("", *gaps, ""),
        tuple(group.start() for group in groups),
        tuple(group.end() for group in groups),
    )


def _kind_of_mark(mark: str) -> str:
    if mark in (" ", "-", ".", ""):
        return mark
    return _BLANKS.sub(" ", _DOTS.sub(".", _DASHES.sub("-", _HIDDEN.sub("", mark))))
