"""What a cell was read as. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple

from evaluator.errors import Place, Words


class Wrong(NamedTuple):
    """Why a cell cannot be read."""

    code: str
    what: Words
    mend: Words | None = None


class Read(NamedTuple):
    """A cell's value as a submission has it.

    ``how`` says what it was read as, where that is not plainly what is written. Where it cannot be read, ``wrong`` says why, and
    ``value`` is what is written.
    """

    value: Any
    how: Words | None = None
    wrong: Wrong | None = None


def plainly(text: str) -> Words:
    """What was read, where it is the same in both languages."""
    return Words(text, text)


class Note(NamedTuple):
    """Something that was read otherwise than it is plainly written, or not read at all: where, what is written, what was read."""

    place: Place
    written: str
    read: Words

    def in_language(self, language: str) -> str:
        """One line: ``form.xlsx:数据!E5: “40个” 读作 40``."""
        if not self.written:
            return f"{self.place}: {self.read.zh if language == 'zh' else self.read.en}"
        if language == "zh":
            return f"{self.place}: “{self.written}”读作 {self.read.zh}"
        return f"{self.place}: “{self.written}” read as {self.read.en}"
