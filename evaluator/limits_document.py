"""The limits as JSON, and its shape: what ``duibiao limits --format json`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from evaluator.assessment_parts import Read
from evaluator.errors import Place
from evaluator.limits import Limits
from evaluator.limits_table import table


class LimitText(Read):
    """A text in both languages."""

    zh: str
    en: str


class LimitInForce(Read):
    """One limit."""

    key: str
    what: LimitText
    why: LimitText
    unit: Literal["bytes", "pixels", "number"]
    value: int
    default: int
    least: int
    most: int
    from_: str | None = Field(alias="from")


class LimitsInForce(Read):
    """All of them."""

    limits: Literal[1]
    file: str | None
    values: tuple[LimitInForce, ...]


def limits_document(limits: Limits, places: Mapping[str, Place], file: str | None) -> dict[str, Any]:
    """Every limit with its value in ``limits``; ``places`` says where those stand that ``file`` states."""
    values = [
        {
            "key": one.key,
            "what": one.what._asdict(),
            "why": one.why._asdict(),
            "unit": one.unit,
            "value": getattr(limits, one.key),
            "default": one.default,
            "least": one.least,
            "most": one.most,
            "from": str(places[one.key]) if one.key in places else None,
        }
        for one in table()
    ]
    return {"limits": 1, "file": file, "values": values}
