"""The days of a submission itself: ISO dates, and nothing else. Pure."""

from __future__ import annotations

import re
from datetime import date

from evaluator.fast_lane.doubt import surely

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(text: str) -> date:
    """The day that ``text`` writes; raises ``Doubt`` or ``ValueError`` where it writes none."""
    surely(_ISO_DATE.fullmatch(text) is not None)
    return date.fromisoformat(text)
