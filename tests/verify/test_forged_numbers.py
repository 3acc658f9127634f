"""One number of an assessment changed, and its digest made anew as a forger would: it does not follow from the rest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest

from evaluator.verifying import recounted
from tests.verify.conftest import assessed

Place = tuple[Any, Any]


def more(text: str) -> str:
    """Another number, written alike."""
    if "/" in text:
        top, bottom = text.split("/")
        return f"{int(top) + 1}/{bottom}"
    return (
        str(Fraction(text) + 1)
        if "." not in text
        else f"{int(text.partition('.')[0]) + 1}.{text.partition('.')[2]}"
    )


def ends(of: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Place]]:
    """Both ends of each interval."""
    return lambda made: ((one, end) for one in of(made) if one is not None for end in ("floor", "ceiling"))


def findings(made: Any) -> Iterator[Any]:
    for one in made["criteria"]:
        yield from one["findings"]


def decided(made: Any, *kinds: str) -> Iterator[Any]:
    """Findings of these kinds with a measured number, whose credit is decided."""
    for one in findings(made):
        credit = one["credit"]
        if one["kind"] in kinds and one["measured"] and credit and credit["floor"] == credit["ceiling"]:
            yield one


FORGED: dict[str, Callable[[Any], Iterator[Place]]] = {
    "the score": ends(lambda made: iter([made["score"], made["score"]["exact"]])),
    "points that were earned in all": ends(lambda made: iter([made["score"]["earned"]])),
    "points that could be earned": lambda made: iter([(made["score"], "applicable_points")]),
    "the share that is decided": lambda made: iter([(made["score"], "decided")]),
    "points of a section": ends(lambda made: (one["earned"] for one in made["sections"])),
    "full points of a section": lambda made: ((one, "points") for one in made["sections"]),
    "the rate of a section": ends(lambda made: (one["rate"] for one in made["sections"])),
    "points of a criterion": ends(lambda made: (one["earned"] for one in made["criteria"])),
    "full points of a criterion": lambda made: ((one, "points") for one in made["criteria"]),
    "the credit of a criterion": ends(lambda made: (one["credit"] for one in made["criteria"])),
    "the credit of a criterion's own finding": ends(
        lambda made: (
            one["credit"] for one in findings(made) if one["parent"] is None and one["role"] != "applies_when"
        )
    ),
    "what a ratio or a number measured": lambda made: (
        (one["measured"], "value") for one in decided(made, "ratio", "quantity", "cadence")
    ),
    "how many windows a cadence met": lambda made: (
        (one["measured"], "value") for one in findings(made) if one["kind"] == "cadence" and one["measured"]
    ),
    "how much is short of a ratio or a number": lambda made: (
        (one["shortfall"], "amount") for one in decided(made, "ratio", "quantity") if one["shortfall"]
    ),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_number_does_not_follow(what: str) -> None:
    text = json.dumps(assessed())
    places = len(list(FORGED[what](json.loads(text))))
    assert places
    # Some six of each, all over the document.
    for n in range(0, places, places // 6 + 1):
        made = json.loads(text)
        owner, key = list(FORGED[what](made))[n]
        owner[key] = more(owner[key])
        assert recounted(made), (what, n, owner)


@pytest.mark.parametrize(("key", "value"), [("grade", "model"), ("accepted", True), ("vetoes", ["km-1-1"])])
def test_a_forged_conclusion_does_not_follow(key: str, value: Any) -> None:
    made = json.loads(json.dumps(assessed()))
    made[key] = value
    assert [one.path for one in recounted(made)] == [(key,)]


def test_a_count_that_is_not_the_one_submitted_is_found() -> None:
    made = json.loads(json.dumps(assessed()))
    row = next(one for one in made["evidence"] if one["kind"] == "count" and one["id"] == "model_buildings")
    row["value"] = str(int(row["value"]) + 1)
    assert any("测得的数" in one.words().zh for one in recounted(made))
