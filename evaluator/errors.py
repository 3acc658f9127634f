"""What can go wrong, said so that the person who sees it can mend it.

Exceptions are for authors and submitters (a file that cannot be used); outcomes of a judgement are findings, never
exceptions.

    DuibiaoError
    ├── InputError            bad input; carries every problem of it
    │   ├── RulesetError      a rule file, catalogue or case file
    │   ├── SubmissionError   a submission or a file that it includes
    │   └── ReviewError       a review, or a chain of them
    └── EnvironmentFault      this machine lacks something (see ``duibiao doctor``)
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Words(NamedTuple):
    """One text in Chinese and English."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """The text in ``language``."""
        return self.zh if language == "zh" else self.en


class Place(NamedTuple):
    """Where a problem stands: a file, and a 1-based line and column where they are known.

    In a workbook ``sheet`` names the sheet, and line and column its cell: ``form.xlsx:数据!D5``.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"{self.file}:{self.sheet}{f'!{self.cell}' if self.line else ''}"
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it (``D5``); a whole row (``5``) where no column is known."""
        letters, column = "", self.column or 0
        while column:
            column, letter = divmod(column - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.line}"


class Fault(NamedTuple):
    """A fault at a path of some data, not yet placed in a file."""

    code: str
    path: tuple[str | int, ...]
    what: Words
    mend: Words | None = None


class Problem(NamedTuple):
    """One fault of an input: where, what, and the mend."""

    code: str
    place: Place
    what: Words
    mend: Words | None = None

    def in_language(self, language: Language) -> str:
        """One line: ``file:line:column: [code] what. mend``."""
        text = f"{self.place}: [{self.code}] {self.what.in_language(language)}"
        if self.mend is None:
            return text
        return text + ("。" if language == "zh" else ". ") + self.mend.in_language(language)


class DuibiaoError(Exception):
    """Any error that this project raises on purpose."""


class InputError(DuibiaoError):
    """An input that cannot be used; ``problems`` lists all of its faults in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(
            sorted(
                problems,
                key=lambda p: (
                    p.place.file,
                    p.place.sheet or "",
                    p.place.line or 0,
                    p.place.column or 0,
                    p.code,
                ),
            )
        )
        super().__init__("\n".join(problem.in_language("zh") for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class RulesetError(InputError):
    """A rule file, catalogue or case file with faults."""


class SubmissionError(InputError):
    """A submission with faults."""


class ReviewError(InputError):
    """A review with faults."""


class EnvironmentFault(DuibiaoError):
    """This machine lacks something; says what and how to get it."""

    def __init__(self, code: str, what: Words, mend: Words) -> None:
        self.code, self.what, self.mend = code, what, mend
        super().__init__(f"{what.zh}。{mend.zh}")

    def __reduce__(self) -> tuple[type[EnvironmentFault], tuple[str, Words, Words]]:
        return type(self), (self.code, self.what, self.mend)

    def in_language(self, language: Language) -> str:
        """What is missing and the mend, in one line."""
        stop = "。" if language == "zh" else ". "
        return f"[{self.code}] {self.what.in_language(language)}{stop}{self.mend.in_language(language)}"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that ``name`` most likely means, or None where none is near."""
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> Words:
    """The mend for an unknown name: the nearest known one, or else all of a short list."""
    names = sorted(known)
    near = nearest(name, names)
    if near is not None:
        return Words(f"是否想写 {near}", f"did you mean {near}?")
    if 0 < len(names) <= 15:
        return Words(f"可用的有：{'、'.join(names)}", f"known: {', '.join(names)}")
    return Words("请在目录中查找正确的标识", "look the identifier up in the catalogue")
