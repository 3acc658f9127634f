"""A submission as the data of a form again: what is read back from it is the same submission. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluator.canonical import plain_data
from evaluator.exact import Number, decimal
from evaluator.submission import Submission


def form_data(submission: Submission) -> dict[str, Any]:
    """``submission`` as JSON data, in the order of its keys; what is left at its default does not stand in it."""
    data: dict[str, Any] = plain_data(submission)
    if submission.counts:
        data["counts"] = _numbers(submission.counts)
    if submission.previous.counts:
        data["previous"]["counts"] = _numbers(submission.previous.counts)
    for kind, units in submission.units.items():
        for position, unit in enumerate(units):
            if unit.counts:
                data["units"][kind][position]["counts"] = _numbers(unit.counts)
    return data


def _numbers(counts: Mapping[str, Number]) -> dict[str, int | str]:
    return {name: number if isinstance(number, int) else decimal(number) for name, number in counts.items()}
