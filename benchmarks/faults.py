"""The ways in which a submission is bad: each makes a sound one so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]


def _unknown_key(one: Json) -> None:
    one["docments"] = one.pop("documents")


def _bad_date(one: Json) -> None:
    for event in one["events"][:1]:
        event["date"] = "2025-02-30"


def _unknown_item(one: Json) -> None:
    one["counts"]["bildings"] = 40


def _repeated_id(one: Json) -> None:
    one["events"].extend(one["events"][:1])


def _wrong_type(one: Json) -> None:
    one["statements"].append({"id": "S99", "type": "unknown_service", "value": "maybe"})


def _no_period(one: Json) -> None:
    del one["period"]


def _negative(one: Json) -> None:
    one["counts"] = dict.fromkeys([*one["counts"]][:1], -1)


FAULTS: tuple[Callable[[Json], None], ...] = (
    _unknown_key,
    _bad_date,
    _unknown_item,
    _repeated_id,
    _wrong_type,
    _no_period,
    _negative,
)
