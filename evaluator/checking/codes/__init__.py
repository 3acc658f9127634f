"""Every code that ``rules check`` can give, in one table: how grave it is, what it means, and the mend. Pure.

The rows stand in texts of three lines: the code (with ``warning`` behind it where it is one), Chinese, English; an arrow
parts the meaning from the mend. A line that begins with ``#`` names the subject of the rows below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from evaluator.checking.codes.files import FILES
from evaluator.checking.codes.meaning import MEANING
from evaluator.checking.codes.references import REFERENCES
from evaluator.checking.codes.writing import WRITING
from evaluator.errors import Words

Severity = Literal["error", "warning"]
TABLES = (FILES, WRITING, REFERENCES, MEANING)


class Code(NamedTuple):
    """One code: an ``error`` makes the answer of ``rules check`` no, a ``warning`` is printed."""

    code: str
    severity: Severity
    meaning: Words
    mend: Words
    subject: Words


def _rows(table: str) -> Iterator[Code]:
    subject = Words("", "")
    lines = iter(line.strip() for line in table.splitlines() if line.strip())
    for line in lines:
        if line.startswith("#"):
            zh, en = line.removeprefix("#").split("/")
            subject = Words(zh.strip(), en.strip())
            continue
        code, _, grade = line.partition(" ")
        zh, zh_mend = (part.strip() for part in next(lines).split("→"))
        en, en_mend = (part.strip() for part in next(lines).split("→"))
        severity: Severity = "warning" if grade == "warning" else "error"
        yield Code(code, severity, Words(zh, en), Words(zh_mend, en_mend), subject)


CODES: dict[str, Code] = {row.code: row for table in TABLES for row in _rows(table)}


def severity(code: str) -> Severity:
    """How grave ``code`` is; a code that the table does not have is an error."""
    return CODES[code].severity if code in CODES else "error"
