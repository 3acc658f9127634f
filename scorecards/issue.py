"""In which form a PDF is made: which standards it claims, and what is attached to it."""

from __future__ import annotations

from typing import Literal, NamedTuple

# PDF/A-3u, or PDF/A-3a and PDF/UA-1 in one file.
Edition = Literal["a", "ua"]


class Attached(NamedTuple):
    """A file within the file; ``relation`` says what it is to the pages: /Source or /Data."""

    name: str
    relation: Literal["Source", "Data"]
    description: str
    content: bytes


class Issue(NamedTuple):
    """``day``, an ISO date, is the date of the attached files and of the document; without it neither is dated."""

    pdf: Edition = "a"
    attached: tuple[Attached, ...] = ()
    day: str | None = None


PLAIN = Issue()
