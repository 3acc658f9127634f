"""What makes a printed page an issued one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Attached(NamedTuple):
    """A file within the PDF; ``relationship`` is that of ISO 32000-2, 7.11.3."""

    name: str
    content: bytes
    description: str
    relationship: str


class Issue(NamedTuple):
    """What makes a printed page an issued one: what is attached, as of which moment, the QR code (SVG) at the foot."""

    attached: tuple[Attached, ...]
    moment: datetime
    picture: bytes
    ua: bool
