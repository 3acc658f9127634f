"""What a batch refused, as its file says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from evaluator.loading.batch.merging import REFUSED


def refused_in(folder: Path) -> list[dict[str, Any]]:
    """The submissions that ``refused.json`` in ``folder`` lists: ``{"source", "subject", "problems"}`` each."""
    found: list[dict[str, Any]] = orjson.loads((folder / REFUSED).read_bytes())["submissions"]
    return found
