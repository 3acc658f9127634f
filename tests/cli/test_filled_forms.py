"""Forms made, filled and scored as people do it: carelessly, and with what the street states for its communities."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evaluator.loading import Loaded, load_ruleset, load_submission
from evaluator.submission import Submission
from tests.evaluator.workbook.careless import as_numbers, fill, in_words, moved, plainly, stripped, with_ticks

ROOT = Path(__file__).resolve().parents[2]


def example(name: str) -> tuple[Path, Loaded, Submission]:
    path = ROOT / "examples" / name / "middling.yaml"
    loaded = load_ruleset(name)
    return path, loaded, load_submission(path, loaded.catalogue)


def template(duibiao: Callable[..., Any], path: Path, *options: str) -> bytes:
    """The bytes of a form that is made at the command line."""
    done = duibiao("template", *options, "-o", path)
    assert (done.code, done.err) == (0, "")
    return path.read_bytes()


def score(duibiao: Callable[..., Any], path: Path, name: str) -> str:
    """The assessment of a submission, as it is printed."""
    done = duibiao("score", path, "--rules", name, "--format", "json", "--out", "-")
    assert done.code == 0, done.err
    return str(done.out)


def as_the_program_turned_them(key: str, value: Any, nth: int) -> Any:
    """Dates as serial numbers, numbers as text."""
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days
    return as_numbers(key, value, nth)


# What one careless person does: writes in three ways that the form does not ask for …
WRITES = {
    "dates and numbers as on paper": in_words,
    "ticks, crosses and blanks": with_ticks,
    "dates and numbers as the program turned them": as_the_program_turned_them,
}
# … and treats the form in two: the hidden ids are lost last.
TREATS = {
    "rows moved, blank ones between, remarks beside, a sheet of one's own": moved,
    "hidden ids, hidden row, lists and protection lost": stripped,
}


def without_care(key: str, value: Any, nth: int) -> Any:
    """Now in one way, now in another; what one way leaves as it is is written in the next."""
    ways = list(WRITES.values())
    for way in (*ways[nth % 3 :], *ways[: nth % 3]):
        written = way(key, value, nth)
        if written != plainly(key, value, nth):
            return written
    return plainly(key, value, nth)


@pytest.mark.parametrize("name", ["kunming-model-community", "sichuan-city-2022"])
def test_a_carelessly_filled_form_has_the_very_assessment_of_the_yaml(duibiao, tmp_path, name) -> None:
    yaml, loaded, submission = example(name)
    form = template(duibiao, tmp_path / "form.xlsx", "--rules", name)
    filled = fill(form, submission, loaded.catalogue, without_care)
    for treat in TREATS.values():
        filled = treat(filled)
    (tmp_path / "filled.xlsx").write_bytes(filled)
    assert score(duibiao, tmp_path / "filled.xlsx", name) == score(duibiao, yaml, name)
    told = duibiao("inspect", "filled.xlsx")
    assert told.code == 0
    assert told.out.count("读作 ") > 20
    assert "草稿: 不是本表的工作表，没有读取" in told.out


def test_what_the_street_states_once_serves_both_its_communities(duibiao, tmp_path) -> None:
    name = "kunming-model-community"
    yaml, loaded, whole = example(name)
    form = template(duibiao, tmp_path / "form.xlsx", "--rules", name)
    stated = {
        row[0].value
        for row in openpyxl.load_workbook(tmp_path / "form.xlsx")["街道提供"].iter_rows(min_row=3)
    }

    def part(of_the_street: bool, **more: Any) -> Submission:
        return whole.model_copy(
            update={
                "events": tuple(one for one in whole.events if (one.type in stated) == of_the_street),
                "documents": tuple(one for one in whole.documents if (one.type in stated) == of_the_street),
                "none": tuple(one for one in whole.none if (one in stated) == of_the_street),
                **more,
            }
        )

    nothing: dict[str, Any] = {"counts": {}, "statements": (), "ratings": ()}
    named = whole.subject.model_copy(update={"id": "cuihu", "name": "翠湖街道"})
    street = part(True, subject=named, **nothing)
    assert len(street.events) + len(street.documents) > 5
    empty = template(duibiao, tmp_path / "empty.xlsx", "--rules", name, "--subject", "street")
    (tmp_path / "street.xlsx").write_bytes(fill(empty, street, loaded.catalogue))
    whole_points = json.loads(score(duibiao, yaml, name))["score"]
    for id_ in ("first", "second"):
        own = part(False, subject=whole.subject.model_copy(update={"id": id_}), includes=("street.xlsx",))
        (tmp_path / f"{id_}.xlsx").write_bytes(fill(form, own, loaded.catalogue))
        assessed = json.loads(score(duibiao, tmp_path / f"{id_}.xlsx", name))
        assert (assessed["submission"]["subject"]["id"], assessed["score"]) == (id_, whole_points)
