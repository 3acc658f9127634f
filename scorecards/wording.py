"""How a scorecard speaks: one language at a time, dates, lists and punctuation as that language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

Json = Mapping[str, Any]
Language = Literal["zh", "en"]

_IDEOGRAPHS = "\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{_IDEOGRAPHS}]")
# What Chinese punctuation stands beside: ideographs and other Chinese punctuation.
_BESIDE = re.compile(f"[{_IDEOGRAPHS}\u3001-\u301f\uff01-\uff60“”‘’]")
_MARKS = {",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "?": "\uff1f", "!": "\uff01"}
# Controls, surrogates, and the characters that turn the direction of a line: none of them may stand on a form.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\uffff]")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
# Chinese fonts draw curly quotation marks a full letter wide; English takes straight ones.
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


class Line(NamedTuple):
    """One line of text; ``lang`` is ``zh`` where it is Chinese inside an English scorecard, else None."""

    text: str
    lang: str | None = None


def has_han(text: str) -> bool:
    """Whether ``text`` holds a Chinese character."""
    return _HAN.search(text) is not None


def _beside(text: str) -> bool:
    return _BESIDE.search(text) is not None


def printable(text: str) -> str:
    """``text`` on one line, without control characters and without what reverses the reading direction."""
    return _INVISIBLE.sub("", _UNPRINTABLE.sub(" ", text))


def full_width(text: str) -> str:
    """Chinese ``text`` with full-width punctuation, as official documents are set.

    Commas, colons and the like become full-width beside a Chinese character, brackets where they hold or touch one; ``5.2(1)``,
    ``10:30`` and addresses stay.

    >>> full_width("六(二):至少 2 次,共 12 个月") == "六\uff08二\uff09\uff1a至少 2 次\uff0c共 12 个月"
    True
    """
    if not has_han(text):
        return text
    letters = list(text)
    _widen_brackets(letters)
    result: list[str] = []
    for index, letter in enumerate(letters):
        after = letters[index + 1 : index + 3]
        beyond = after[1] if after[:1] == [" "] and len(after) > 1 else (after[0] if after else "")
        if letter in _MARKS and (_beside(result[-1] if result else "") or _beside(beyond)):
            result.append(_MARKS[letter])
        elif letter == " " and result and result[-1] in _MARKS.values():
            continue
        else:
            result.append(letter)
    return "".join(result)


def _widen_brackets(letters: list[str]) -> None:
    """Make bracket pairs full-width in place where they hold or touch Chinese."""
    opened: list[int] = []
    for index, letter in enumerate(letters):
        if letter == "(":
            opened.append(index)
        elif letter == ")" and opened:
            start = opened.pop()
            if _beside("".join(letters[max(start - 1, 0) : index + 2])):
                letters[start], letters[index] = "\uff08", "\uff09"


class Wording:
    """Chooses words in one language. Call it with the Chinese and the English for what the scorecard says itself."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en.translate(_STRAIGHT)

    @property
    def comma(self) -> str:
        """The comma with what follows it."""
        return "\uff0c" if self.lang == "zh" else ", "

    @property
    def semicolon(self) -> str:
        """The semicolon with what follows it."""
        return "\uff1b" if self.lang == "zh" else "; "

    @property
    def colon(self) -> str:
        """The colon with what follows it."""
        return "\uff1a" if self.lang == "zh" else ": "

    def pick(self, pair: tuple[str, str]) -> str:
        """The word of a (Chinese, English) pair."""
        return self(*pair)

    def line(self, text: Json) -> Line:
        """A text that the engine worded, ``{"zh", "en"?}``; marked as Chinese where an English scorecard has only that."""
        if self.lang == "en":
            return (
                self.submitted(text["en"].translate(_STRAIGHT))
                if text.get("en")
                else Line(full_width(printable(text["zh"])), "zh")
            )
        return Line(full_width(printable(text["zh"])))

    def standard(self, text: str) -> Line:
        """A text of the standard itself (clause number, title, issuer): Chinese, with its own punctuation restored."""
        return self.submitted(full_width(text))

    def submitted(self, text: str) -> Line:
        """A text as it was submitted: never reworded, and marked as Chinese where it is so in an English scorecard."""
        shown = printable(text)
        return Line(shown, "zh" if self.lang == "en" and has_han(shown) else None)

    def date(self, iso: str) -> str:
        """``2025-10-15`` as 2025年10月15日 or 15 Oct 2025; anything else as it is."""
        found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", iso)
        if found is None or not 1 <= int(found[2]) <= 12:
            return printable(iso)
        year, month, day = (int(part) for part in found.groups())
        return self(f"{year}年{month}月{day}日", f"{day} {_MONTHS[month - 1]} {year}")

    def month(self, index: int) -> str:
        """The name of a calendar month, 1 to 12."""
        return self(f"{index}月", _MONTHS[index - 1])

    def span(self, first: str, last: str) -> str:
        """Two ISO dates as a period, both days inclusive."""
        return self(f"{self.date(first)}至{self.date(last)}", f"{self.date(first)} to {self.date(last)}")

    def range(self, ends: Json) -> str:
        """``{"floor", "ceiling"}`` as one number, or as two with a dash where they differ."""
        floor, ceiling = ends["floor"], ends["ceiling"]
        return str(floor) if floor == ceiling else f"{floor}–{ceiling}"

    def join(self, items: Iterable[str]) -> str:
        """A list within a sentence."""
        return self("、", ", ").join(items)

    def numbers(self, numbers: Iterable[int]) -> str:
        """Ascending row numbers, runs drawn together: 1–4、7."""
        runs: list[list[int]] = []
        for number in numbers:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return self.join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
