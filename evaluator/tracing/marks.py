"""The number or list mark at the beginning of a line, and what it may be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal, NamedTuple

from evaluator.tracing.numerals import NUMERALS, from_chinese
from evaluator.tracing.requirement_words import requirement_words

Style = Literal[
    "unnumbered",  # 前言, 参考文献
    "annex",  # 附录A, 附件1
    "decimal",  # 5.7.4, A.1
    "book",  # 第一编
    "chapter",  # 第一章
    "section",  # 第一节
    "article",  # 第一条
    "part",  # 一、
    "subpart",  # (一)
    "point",  # 1.
    "subpoint",  # (1)
    "circled",  # ①
    "letter",  # a)
    "count",  # 1)
    "dash",  # ——
]
# A heading stands alone on its line; a sentence does not.
LONGEST_HEADING = 30
_LONGEST_RUN_IN = 25
_LONGEST_LOOK = 300
UNNUMBERED = ("前言", "引言", "参考文献", "索引")
_SENTENCE = re.compile(r"[。;；,，:：?？!！]")
_HAN = f"[{NUMERALS}]"
_CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)}
_ORDINAL: dict[str, Style] = {"编": "book", "章": "chapter", "节": "section", "条": "article"}


class Mark(NamedTuple):
    """What begins a line: its style, its number (``(5, 7, 4)``, ``(2,)``; a letter as its ordinal), and what follows."""

    style: Style
    number: tuple[int, ...]
    rest: str
    annex: str = ""

    @property
    def label(self) -> str:
        """A decimal number as it is printed."""
        return ".".join((*((self.annex,) if self.annex else ()), *map(str, self.number)))

    @property
    def heading(self) -> str:
        """The heading that stands alone on the line or before its first sentence; empty where there is none."""
        if self.alone or (len(self.rest) <= LONGEST_HEADING and not _SENTENCE.search(self.rest[:-1])):
            return self.rest.rstrip("。:：;；")
        first, stop, more = self.rest.partition("。")
        run_in = stop and more and len(first) <= _LONGEST_RUN_IN and not _SENTENCE.search(first)
        return first if run_in and not requirement_words(first) else ""

    @property
    def alone(self) -> bool:
        """Whether nothing but a heading follows the number."""
        return 0 < len(self.rest) <= LONGEST_HEADING and not _SENTENCE.search(self.rest)


def tidy(line: str) -> str:
    """``line`` half-width, without invisible characters, with single blanks."""
    shown = "".join(one for one in line if unicodedata.category(one) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", shown).split())


def is_table_row(line: str) -> bool:
    """Whether ``line`` is a row of a table saved as text: at least three cells."""
    return len([one for one in re.split(r"[\t|]", line.strip()) if one.strip()]) > 2


def mark_of(line: str) -> Mark | None:
    """The mark at the beginning of ``line``; None where there is none."""
    line = line[:_LONGEST_LOOK]
    if is_table_row(line):
        return None
    start = line.strip()[:1]
    if start in _CIRCLED:
        return Mark("circled", (_CIRCLED[start],), tidy(line.strip()[1:]))
    text = tidy(line)
    if text.replace(" ", "") in UNNUMBERED:
        return Mark("unnumbered", (UNNUMBERED.index(text.replace(" ", "")),), text.replace(" ", ""))
    for pattern, made in _KINDS:
        found = pattern.fullmatch(text)
        if found is not None:
            mark = made(found)
            if mark is not None:
                return mark
    return None


def _decimal(found: re.Match[str]) -> Mark:
    numbers = tuple(int(one) for one in found[1].replace(" ", "").split("."))
    return Mark("decimal", numbers, found[2])


def _in_annex(found: re.Match[str]) -> Mark:
    letter, *numbers = found[1].replace(" ", "").split(".")
    return Mark("decimal", tuple(map(int, numbers)), found[2], letter)


def _annex(found: re.Match[str]) -> Mark:
    return Mark("annex", (ord(found[1]) - ord("A") + 1,), found[2].strip(), f"附录{found[1]}")


def _attachment(found: re.Match[str]) -> Mark:
    return Mark("annex", (int(found[1] or 1),), found[2].strip(), f"附件{found[1]}")


def _ordinal(found: re.Match[str]) -> Mark | None:
    number = int(found[1]) if found[1].isdecimal() else from_chinese(found[1])
    style = _ORDINAL[found[2]]
    # "第三条规定的……" cites an article; a heading may follow "第一章" without a blank.
    glued = bool(found[4]) and not found[3]
    if not number or (glued and (style == "article" or len(found[4]) > LONGEST_HEADING)):
        return None
    return Mark(style, (number,), found[4])


def _chinese(style: Style) -> Callable[[re.Match[str]], Mark | None]:
    def made(found: re.Match[str]) -> Mark | None:
        number = from_chinese(found[1])
        return Mark(style, (number,), found[2]) if number else None

    return made


def _arabic(style: Style) -> Callable[[re.Match[str]], Mark | None]:
    return lambda found: Mark(style, (int(found[1]),), found[2])


_WORD = r"[\u3400-\u9fffA-Za-z“”\"《<〈「(\[]"
_NUMBER = r"[1-9]\d?"
_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Mark | None]], ...] = (
    (re.compile(r"附录 ?([A-Z])((?:[ (].{0,60})?)"), _annex),
    (re.compile(r"附件 ?(\d{0,2})((?: .{1,60})?)"), _attachment),
    (re.compile(rf"第 ?({_HAN}{{1,7}}|\d{{1,3}}) ?([编章节条])( ?[:：]? ?)(.*)"), _ordinal),
    (re.compile(rf"({_NUMBER}(?: ?\. ?{_NUMBER}){{1,5}})\.? ?((?:{_WORD}.*)?)"), _decimal),
    (re.compile(rf"([A-Z](?: ?\. ?{_NUMBER}){{1,5}})\.? ?((?:{_WORD}.*)?)"), _in_annex),
    (re.compile(rf"({_NUMBER}) ?({_WORD}.*)"), _decimal),
    (re.compile(rf"({_NUMBER}) ?[.、] ?(\D.*)"), _arabic("point")),
    (re.compile(rf"({_NUMBER})\) ?(.+)"), _arabic("count")),
    (re.compile(rf"\( ?({_NUMBER}) ?\) ?(.+)"), _arabic("subpoint")),
    (re.compile(rf"({_HAN}{{1,3}}) ?[、.] ?(.+)"), _chinese("part")),
    (re.compile(rf"\( ?({_HAN}{{1,3}}) ?\) ?、?(.+)"), _chinese("subpart")),
    (
        re.compile(r"([a-z])\) ?(.+)"),
        lambda found: Mark("letter", (ord(found[1]) - ord("a") + 1,), found[2]),
    ),
    (
        re.compile(r"(?:[—―─–]{1,3}|-{2,3}|[•●▪■◆] ?|[-–] ) ?([^—―─\-\s].*)"),
        lambda found: Mark("dash", (), found[1]),
    ),
)
