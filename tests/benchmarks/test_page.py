"""The page of the benchmarks shows what was measured, and is not written with a hole in it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jinja2 import UndefinedError

from benchmarks.chart import chart
from benchmarks.measuring import slope
from benchmarks.page import page


def _engine(name: str, each: float) -> Any:
    time = {"median": each, "minimum": each * 0.9, "rounds": 3}
    return {"name": name, "package": "x 1", "fed": "text", "gives": "codes", "prepare": time, "total": time}


def _press(name: str, seconds: float) -> Any:
    one = {"median": seconds, "minimum": seconds, "rounds": 3}
    return {
        "name": name,
        "package": "x 1",
        "how": "so",
        "seconds": {"1": one, "2": one},
        "pages": 60,
        "bytes": 9000,
    }


def _points(each: float) -> list[Any]:
    return [
        {
            "number": number,
            "median": number * each,
            "minimum": number * each,
            "rounds": 3,
            "parent": 100.0,
            "worker": 90.0,
            "processes": 2,
        }
        for number in (10, 100, 1_000, 10_000)
    ]


@pytest.fixture
def results() -> dict[str, Any]:
    stage = {"median": 100.0, "minimum": 90.0, "rounds": 3}
    return {
        "date": "2026-11-26",
        "commit": "abc",
        "quick": False,
        "machine": dict.fromkeys(("processor", "cores", "memory", "system", "python"), "m"),
        "engines": {
            "submissions": 10,
            "bytes": 27_000,
            "outcomes": {"satisfied": 900, "not_satisfied": 100},
            "engines": [_engine("Duibiao", 240), _engine("Other", 300)],
            "stages": {"reading": stage, "judging": stage, "scoring": stage},
        },
        "spreadsheet": {
            "name": "Sheet",
            "package": "s 7",
            "sheets": 4,
            "rounds": 3,
            "start": stage,
            "whole": stage,
            "each": {"median": 9e4, "minimum": 8e4},
        },
        "pdfs": {"cards": 3, "rounds": 3, "presses": [_press("Duibiao", 2.0), _press("naive", 8.0)]},
        "scaling": {"points": _points(0.001), "slope": 1.0},
        "batch": {"jobs": 2, "points": _points(0.0003), "slope": 1.1, "from": 100},
        "issuing": {
            "cards": 3,
            "jobs": 2,
            "pages": 60,
            "bytes": 9000,
            "median": 3.0,
            "minimum": 3.0,
            "parent": 100.0,
            "worker": 200.0,
        },
    }


def test_it_says_which_goals_were_reached_and_which_were_not(results: dict[str, Any]) -> None:
    """Also where that is not flattering."""
    said = page(results)
    assert "| JSON text to a hundred verdicts with findings, one core | ≤ 250 µs | 240 µs | yes |" in said
    assert "| ahead of the quickest general engine | < 300 µs | 240 µs | yes |" in said
    assert "| PDF, times the naive way | ≥ 3 | 4.0 | yes |" in said
    assert (
        "| slope from 100 to 10,000, `duibiao batch`, less its start | 0.95–1.05 | 1.100 | **no** |" in said
    )
    assert (
        "| 10,000 submissions from JSON lines, whole program, two cores | ≤ 2 s | 3.00 s | **no** |" in said
    )


@pytest.mark.parametrize(
    ("section", "name"), [("engines", "stages"), ("issuing", "pages"), ("scaling", "slope")]
)
def test_without_a_figure_there_is_no_page(results: dict[str, Any], section: str, name: str) -> None:
    """A hole would be read as nothing to report."""
    del results[section][name]
    with pytest.raises((UndefinedError, KeyError, TypeError)):
        page(results)


def test_the_chart_is_sound_and_names_everything(results: dict[str, Any]) -> None:
    """Every engine and program by its name, as text in the drawing."""
    texts = [one.text for one in ET.fromstring(chart(results)).iter() if one.text]
    for name in (
        "Duibiao",
        "Other",
        "Sheet",
        "naive",
        "240",
        "90,000",
        "30.0",
        "duibiao batch, whole program",
    ):
        assert name in texts


def test_a_slope_is_that_of_the_power() -> None:
    """Time that grows with the square of the number has slope 2."""
    assert slope([(n, 3.0 * n**2) for n in (1, 10, 100)]) == pytest.approx(2)
