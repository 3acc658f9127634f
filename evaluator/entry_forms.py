"""The entries of a submission as they are written: what each may hold, and how a fault in it is told.

Only reading makes them: what is read is an entry of ``evaluator.entries``, which takes a quarter of the time and the memory.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from evaluator.answers import answer
from evaluator.model import Identifier, IsoDate, Line, Model, Quantity, Tuple, clean_text, refusal
from evaluator.persons import echo

EVIDENCE_ID = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"
FILE_NAME = r"[^\x00-\x1f\\]+"
LONGEST_FILE_NAME = 255
MOST_PRESENT = 999_999
EvidenceId = Annotated[str, Field(pattern=f"^{EVIDENCE_ID}$")]
_FileName = Annotated[str, Field(min_length=1, max_length=LONGEST_FILE_NAME, pattern=f"^{FILE_NAME}$")]
FileName = Annotated[_FileName, BeforeValidator(clean_text, json_schema_input_type=_FileName)]
Attendance = Annotated[int, Field(ge=0, le=MOST_PRESENT)]


def page_mark(value: str) -> str:
    """``value``, which says where in a document something stands; raises where it says no more than yes or no."""
    # On a form a bare yes or no in the place of a page means whether it is there at all, a dash that nothing is written.
    if answer(value) is not None or not any(map(str.isalnum, value)):
        raise refusal(
            "no_mark",
            f"“{echo(value)}”不是页码或段落",
            f"{echo(value)!r} is no page or paragraph",
            mend_zh="写成“第3页”的样子，或删去",
            mend_en="write it as “page 3”, or leave it out",
        )
    return value


Mark = Annotated[Line, AfterValidator(page_mark)]


class Event(Model):
    """One dated event; ``expected`` and ``present`` are how many were to come and came, never who."""

    id: EvidenceId
    type: Identifier
    date: IsoDate
    title: Line | None = None
    expected: Attendance | None = None
    present: Attendance | None = None
    files: Tuple[FileName] = ()


class Document(Model):
    """One document's metadata: never its content about persons.

    ``page`` says where in it the requirement stands, ``pages`` where each of the parts in ``contains`` does.
    """

    id: EvidenceId
    type: Identifier
    title: Line | None = None
    number: Line | None = None
    issued: IsoDate | None = None
    valid_to: IsoDate | None = None
    contains: Tuple[Identifier] = ()
    page: Mark | None = None
    pages: dict[Identifier, Mark] = {}
    files: Tuple[FileName] = ()


class Statement(Model):
    """One yes or no about the institution."""

    id: EvidenceId
    type: Identifier
    value: bool
    note: Line | None = None
    files: Tuple[FileName] = ()


class Unit(Model):
    """One unit of the subject (a residential quarter, a street) with its own counts and statements."""

    id: EvidenceId
    name: Line | None = None
    counts: dict[Identifier, Quantity] = {}
    statements: dict[Identifier, bool] = {}
