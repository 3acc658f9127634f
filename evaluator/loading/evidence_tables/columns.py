"""Evidence as tables: which tables there are, their columns, and what each holds; for reading and writing alike."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["text", "date", "number", "whole", "yes_no", "texts", "mapping"]


class Column(NamedTuple):
    """One column: its name, what it holds, and whether a table must have it."""

    name: str
    kind: Kind
    required: bool = False


def _table(required: str, optional: str = "") -> tuple[Column, ...]:
    # ``name:kind``; a name alone is text.
    found = []
    for names, must in ((required, True), (optional, False)):
        for one in names.split():
            name, _, kind = one.partition(":")
            found.append(Column(name, kind or "text", must))  # type: ignore[arg-type]
    return tuple(found)


SUBJECTS = "subjects"
_OF_A_SUBJECT = " period_from:date"
TABLES: dict[str, tuple[Column, ...]] = {
    SUBJECTS: _table(
        "id name kind period_from:date period_to:date", "region:texts attributes:mapping as_of:date"
    ),
    "counts": _table("subject item value:number", f"previous:number source{_OF_A_SUBJECT}"),
    "events": _table(
        "subject id type date:date", f"title expected:whole present:whole files:texts{_OF_A_SUBJECT}"
    ),
    "documents": _table(
        "subject id type",
        "title number issued:date valid_to:date contains:texts page pages:mapping files:texts"
        + _OF_A_SUBJECT,
    ),
    "statements": _table("subject id type value:yes_no", f"note files:texts{_OF_A_SUBJECT}"),
    "none": _table("subject type", _OF_A_SUBJECT),
    "units": _table("subject kind id", f"name{_OF_A_SUBJECT}"),
    "unit_counts": _table("subject kind unit item value:number", _OF_A_SUBJECT),
    "unit_statements": _table("subject kind unit item value:yes_no", _OF_A_SUBJECT),
    "ratings": _table("subject criterion level:whole reason", _OF_A_SUBJECT),
}
EVIDENCE = tuple(name for name in TABLES if name != SUBJECTS)
ENDING = ".parquet"
# What is written: small enough to be held in memory by each worker, large enough to be read at speed.
ROWS_IN_A_GROUP = 50_000
