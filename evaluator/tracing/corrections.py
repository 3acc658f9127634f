"""The misprints of an official text, each listed with what is read instead: nothing is corrected that is not listed."""

from __future__ import annotations

import re

from pydantic import Field

from evaluator.model import Line, Model, Text
from evaluator.tracing.plain import plain

_NUMBER = re.compile(r"(?:[A-Z]\.)?[\d.]+|[一二三四五六七八九十百零\d()第编章节条附录件表A-Z]+")


class Correction(Model):
    """What stands in the text (``printed``) and what is read instead (``read_as``).

    Either the number of a clause, then ``clause`` equals ``read_as``; or words inside ``clause``. ``line`` says where, counted
    from 1, if ``printed`` stands more than once.
    """

    clause: Line
    line: int | None = Field(default=None, ge=1)
    printed: Line
    read_as: Line
    reason: Text

    @property
    def of_number(self) -> bool:
        """Whether it is a clause's number that is misprinted."""
        return (
            plain(self.read_as) == plain(self.clause) and _NUMBER.fullmatch(plain(self.printed)) is not None
        )
