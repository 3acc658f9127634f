"""Which clause a number begins: it continues the numbers before it, or it begins none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from evaluator.tracing.corrections import Correction
from evaluator.tracing.marks import Mark, Style
from evaluator.tracing.numerals import from_chinese, to_chinese
from evaluator.tracing.plain import plain

Number = tuple[int, ...]
_RANKS: dict[Style, int] = {
    "annex": 0,
    "book": 1,
    "chapter": 2,
    "section": 3,
    "article": 4,
    "decimal": 5,
    "part": 6,
    "subpart": 7,
    "point": 8,
    "subpoint": 9,
    "circled": 10,
}
_ORDINALS: dict[Style, str] = {"book": "编", "chapter": "章", "section": "节", "article": "条"}
# Articles and chapters count on through the books and chapters above them.
_THROUGH: tuple[Style, ...] = ("chapter", "article")
# These must continue the one before, or they are part of a sentence.
_STRICT: tuple[Style, ...] = ("point", "subpoint", "circled")
_FARTHEST = 9
_FARTHEST_TOP = 3
_LAST = re.compile(r"(?:[A-Z]\.|附件\d*:)?(\d+(?:\.\d+)*)|.*?([一二三四五六七八九十百零]+|\d+)[)\]编章节条]?")


class Open(NamedTuple):
    """A clause that others may still be below."""

    style: Style
    number: Number
    id: str


class Read(NamedTuple):
    """A number as it is read: the clause's identifier, as printed, the one above, and where it is odd the number that was due."""

    id: str
    printed: str
    above: str | None
    due: str | None = None
    correction: Correction | None = None
    position: int | None = None


def same(number: str) -> str:
    """A clause's number as it is compared: half-width, articles in Chinese numerals.

    >>> same("六（二）"), same("第12条")
    ('六(二)', '第十二条')
    """
    return re.sub(
        r"第(\d{1,4})(?=[编章节条])", lambda found: f"第{to_chinese(int(found[1]) or 1)}", plain(number)
    )


class Numbering:
    """The open clauses while a text is read."""

    def __init__(self, corrections: Sequence[Correction]) -> None:
        self.corrections = [(n, one) for n, one in enumerate(corrections) if one.of_number]
        self.open: list[Open] = []
        self.last: dict[Style, int] = {}

    def read(self, mark: Mark, line: int, *, closed: bool) -> Read | None:
        """The clause that ``mark`` begins on ``line`` (from 1); None where it begins none.

        ``closed`` says that the line before ends a sentence, so that this one does not carry on with it.
        """
        due = self._due(mark)
        in_order = mark.number in due
        printed = self._id(mark, mark.number)
        for position, one in self.corrections:
            here = one.line == line if one.line is not None else not in_order
            number = _last_number(one.read_as)
            if here and number and same(one.printed) in (printed, _own(mark, mark.number)):
                above = self._push(mark, number, same(one.read_as))
                return Read(same(one.read_as), _own(mark, mark.number), above, None, one, position)
        if in_order:
            if mark.style in ("decimal", *_STRICT) and not closed and not mark.alone:
                return None
            return Read(printed, _own(mark, mark.number), self._push(mark, mark.number, printed))
        if not self._may_begin(mark, due):
            return None
        likely = max(sorted(due), key=lambda one: _likeness(one, mark.number))
        shown = self._id(mark, likely)
        # After a gap it goes on from here; a misprint stands where another number was due.
        gap = mark.number[:-1] == likely[:-1] and mark.number > likely
        above = self._push(mark, mark.number if gap else likely, printed)
        return Read(printed, _own(mark, mark.number), above, shown)

    def _due(self, mark: Mark) -> set[Number]:
        """The numbers that would continue those before."""
        if mark.style == "decimal":
            decimals = [one.number for one in self.open if one.style == "decimal"]
            if not decimals:
                return {(1,)} if mark.annex else {(1,), (1, 1)}
            now = decimals[-1]
            return {(*now, 1), *((*now[:n], now[n] + 1) for n in range(len(now)))}
        found: set[Number] = {(one.number[0] + 1,) for one in self.open if one.style == mark.style} or {(1,)}
        if mark.style in _THROUGH and mark.style in self.last:
            found.add((self.last[mark.style] + 1,))
        return found - {(1,)} if mark.style == "article" and self.last.get("article") else found

    def _may_begin(self, mark: Mark, due: set[Number]) -> bool:
        """Whether a number out of order still is one: misprinted, or after a gap."""
        if mark.style != "decimal":
            return mark.style not in _STRICT
        if not mark.alone or (mark.annex and not any(one.style == "annex" for one in self.open)):
            return False
        if len(mark.number) > 1:
            return True
        if not any(one.style == "decimal" for one in self.open):
            return mark.number[0] <= _FARTHEST
        top = max(one[0] for one in due if len(one) == 1)
        return 0 <= mark.number[0] - top <= _FARTHEST_TOP

    def _push(self, mark: Mark, number: Number, name: str) -> str | None:
        """Opens a clause; the identifier of the one above it."""
        while self.open and not _is_over(self.open[-1], mark.style, number):
            self.open.pop()
        above = self.open[-1].id if self.open else None
        self.open.append(Open(mark.style, number, name))
        self.last[mark.style] = number[0]
        if mark.style == "annex":
            self.last = {"annex": number[0]}
        return above

    def _id(self, mark: Mark, number: Number) -> str:
        """The identifier that a clause of this number has here."""
        if mark.style == "annex":
            return mark.annex
        over = [one for one in self.open if _RANKS[one.style] < _RANKS[mark.style]]
        attached = next((f"{one.id}:" for one in over if one.id.startswith("附件")), "")
        if mark.style in ("decimal", "book", "chapter", "article"):
            return attached + _own(mark, number)
        if mark.style == "section":
            return next((one.id for one in over if one.style == "chapter"), attached) + _own(mark, number)
        below = [one for one in over if one.style not in ("annex", "book", "chapter", "section")]
        return (below[-1].id if below else attached) + _own(mark, number)


def _is_over(one: Open, style: Style, number: Number) -> bool:
    if one.style == style == "decimal":
        return number[: len(one.number)] == one.number and len(number) > len(one.number)
    return _RANKS[one.style] < _RANKS[style]


def _likeness(one: Number, other: Number) -> tuple[bool, int]:
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return len(one) == len(other), shared


def _own(mark: Mark, number: Number) -> str:
    """A number as it is printed, without those above it."""
    if mark.style == "annex":
        return mark.annex
    if mark.style == "decimal":
        return mark._replace(number=number).label
    if mark.style in _ORDINALS:
        return f"第{to_chinese(number[0])}{_ORDINALS[mark.style]}"
    if mark.style in ("part", "subpart"):
        name = to_chinese(number[0])
        return name if mark.style == "part" else f"({name})"
    return {"subpoint": f"({number[0]})", "circled": f"[{number[0]}]"}.get(mark.style, str(number[0]))


def _last_number(identifier: str) -> Number:
    """The last number of an identifier: (4, 4, 4) of 4.4.4, (2,) of 六(二)."""
    found = _LAST.fullmatch(same(identifier))
    if found is None:
        return ()
    if found[1] is not None:
        return tuple(map(int, found[1].split(".")))
    number = int(found[2]) if found[2].isdecimal() else from_chinese(found[2])
    return (number,) if number else ()
