"""An official text → its clauses in order, each with its number, heading, lines and list items.

Known are the numbers of GB/T 1.1 (``5.7.4``, ``A.1``), of official documents (``一、`` ``(一)`` ``1.`` ``(1)`` ``①``) and of
regulations (``第一章`` ``第一条``); dashes, ``a)`` and ``1)`` are list items. A number counts where it continues those before it:
a line that merely begins with one begins no clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from evaluator.errors import Words
from evaluator.tracing.corrections import Correction
from evaluator.tracing.furniture import furniture
from evaluator.tracing.marks import Mark, Style, mark_of, tidy
from evaluator.tracing.numbering import Numbering
from evaluator.tracing.plain import Passage, passage

PREAMBLE = "前言"
_LISTED: tuple[Style, ...] = ("dash", "letter", "count")
_CLOSED = tuple("。；：;:!！?？.…”》）)」")
_OPEN = tuple("，、,")
_SHORT = 15


class TextItem(NamedTuple):
    """One marked item of a list: its words before the first stop, and its lines (from 0)."""

    style: Style
    heading: str
    lines: list[int]


@dataclass(slots=True)
class TextClause:
    """A clause as the text has it. ``lines`` (from 0) are its own: not those of the clauses below it."""

    id: str
    printed: str
    style: Style
    heading: str
    above: str | None = None
    alone: bool = False
    lines: list[int] = field(default_factory=list)
    items: list[TextItem] = field(default_factory=list)
    correction: Correction | None = None


class Doubt(NamedTuple):
    """What is odd about the numbers themselves."""

    code: str
    line: int
    clause: str
    what: Words
    mend: Words | None = None


class OfficialText(NamedTuple):
    """A text in lines, and its clauses in order. ``furniture`` are the lines of no clause: running heads, page numbers."""

    lines: tuple[str, ...]
    clauses: tuple[TextClause, ...]
    furniture: frozenset[int]
    doubts: tuple[Doubt, ...]
    used: frozenset[int]

    def by_id(self) -> dict[str, TextClause]:
        """The first clause of each number."""
        found: dict[str, TextClause] = {}
        for one in self.clauses:
            found.setdefault(one.id, one)
        return found

    def passage(self, lines: Iterable[int]) -> Passage:
        """The plain text of these lines."""
        return passage((n, self.lines[n]) for n in lines)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of ``text``, as an editor counts them."""
    lines = re.split(r"\r\n|\r|\n", text)
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def split(text: str, corrections: Sequence[Correction] = ()) -> OfficialText:
    """``text`` in clauses; misprinted numbers are read as ``corrections`` say. ``used`` are the positions of those that were."""
    lines = lines_of(text)
    skipped = furniture(lines)
    splitter = _Splitter(lines, corrections)
    for n, line in enumerate(lines):
        if n not in skipped:
            splitter.read(n, line)
    return OfficialText(
        lines, tuple(splitter.clauses), skipped, tuple(splitter.doubts), frozenset(splitter.used)
    )


class _Splitter:
    def __init__(self, lines: Sequence[str], corrections: Sequence[Correction]) -> None:
        self.lines = lines
        self.numbering = Numbering(corrections)
        self.clauses: list[TextClause] = []
        self.doubts: list[Doubt] = []
        self.used: set[int] = set()
        self.here = TextClause(PREAMBLE, "", "unnumbered", "")
        self.seen: set[str] = set()
        self.listed: dict[Style, int] = {}
        self.before = ""

    def read(self, n: int, line: str) -> None:
        shown = line.strip()
        if not shown:
            return
        mark = mark_of(line)
        if mark is not None and mark.style in _LISTED:
            self._item(n, mark)
        elif mark is None or not self._clause(n, mark):
            self._body(n, line)
        self.before = shown

    def _body(self, n: int, line: str) -> None:
        if not self.clauses:
            self._begin(self.here)
        self.here.lines.append(n)
        if self.here.items:
            self.here.items[-1].lines.append(n)

    def _item(self, n: int, mark: Mark) -> None:
        expected = self.listed.get(mark.style, 0) + 1
        if mark.style != "dash" and mark.number[0] not in (expected, 1):
            self._body(n, self.lines[n])
            return
        self._body(n, self.lines[n])
        if mark.style != "dash":
            self.listed[mark.style] = mark.number[0]
        # What is numbered inside a dash belongs to the dash.
        outer = self.here.items[0].style if self.here.items else mark.style
        if mark.style == outer:
            if self.here.items:
                self.here.items[-1].lines.pop()
            self.here.items.append(TextItem(mark.style, _before_stop(mark.rest), [n]))

    def _clause(self, n: int, mark: Mark) -> bool:
        if mark.style == "unnumbered":
            self._begin(TextClause(mark.rest, mark.rest, mark.style, mark.rest, alone=True), n)
            return True
        if not mark.rest and mark.style == "decimal":
            # A number alone on its line has its heading on the next.
            following = next((one for one in self.lines[n + 1 : n + 3] if one.strip()), "")
            mark = mark._replace(rest=tidy(following))
            if not mark.alone:
                return False
        short = len(self.before) < _SHORT and not self.before.endswith(_OPEN)
        closed = short or self.before.endswith(_CLOSED)
        read = self.numbering.read(mark, n + 1, closed=closed)
        if read is None:
            return False
        clause = TextClause(
            read.id,
            read.printed,
            mark.style,
            mark.heading,
            read.above,
            mark.alone,
            correction=read.correction,
        )
        if read.position is not None:
            self.used.add(read.position)
        if read.id in self.seen:
            what = Words(f"原文有两处编号 {read.id}", f"the text numbers two clauses {read.id}")
            self._doubt("number_repeated", n, read.id, what)
        elif read.due is not None:
            zh = f"编号 {read.printed} 没有接着前面的编号，此处应是 {read.due}"
            en = f"the number {read.printed} does not follow those before it: {read.due} is due"
            self._doubt("number_out_of_order", n, read.id, Words(zh, en))
        self._begin(clause, n)
        return True

    def _doubt(self, code: str, n: int, clause: str, what: Words) -> None:
        mend = Words(
            "原文印错的，写进 trace.yaml 的更正清单（corrections）；缺了文字的，补全原文再比对",
            "list a misprint under corrections in trace.yaml; complete a text that lacks something",
        )
        self.doubts.append(Doubt(code, n, clause, what, mend))

    def _begin(self, clause: TextClause, n: int | None = None) -> None:
        # What stands above the heading of a foreword belongs to it.
        again = clause.id == PREAMBLE and self.clauses and self.clauses[0].id == PREAMBLE
        self.here = self.clauses[0] if again else clause
        if not again:
            self.clauses.append(clause)
        self.seen.add(clause.id)
        self.listed = {}
        if n is not None:
            self.here.lines.append(n)


def _before_stop(text: str) -> str:
    return re.split(r"[。;；:：,，]", text, maxsplit=1)[0].strip()
