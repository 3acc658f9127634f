"""The chain of a subject's assessments: their order, what supersedes what, and what is no chain."""

from __future__ import annotations

from typing import Any

import pytest

from evaluator.assessment import assess
from evaluator.comparing import compare
from evaluator.dossiers import chain, chronology, faults
from scorecards import as_text
from scorecards.chronology import chronology_report
from tests.evaluator.building import CATALOGUE, assessed, ruleset, submitted

Json = dict[str, Any]
DESK = "check: {kind: statement, statement: desk}"


def made(digest: str, stage: str = "inspection", as_of: str = "2025-12-31", **more: Any) -> Json:
    """An assessment that tells no more than a chain looks at."""
    document = assessed(f"[{{{DESK}}}]", "{}", stage=stage, as_of=as_of).document
    return {**document, "digest": digest, **more}


def order(*documents: Json) -> list[tuple[str, str | None, bool]]:
    assert list(faults(documents)) == []
    return [(one.document["digest"], one.superseded_by, one.standing) for one in chain(documents)]


def codes(*documents: Json) -> list[tuple[int, str]]:
    return [(one.position, one.code) for one in faults(documents)]


def test_stages_come_in_their_order_and_the_last_one_stands() -> None:
    assert order(made("f", "final"), made("s", "self_check"), made("p", "preliminary"), made("i")) == [
        ("s", None, False),
        ("p", None, False),
        ("i", None, False),
        ("f", None, True),
    ]


def test_what_supersedes_comes_after_what_it_supersedes_whatever_the_data_dates() -> None:
    old, new, newest = (
        made("old"),
        made("new", as_of="2025-06-30", supersedes="old"),
        made("newest", supersedes="new"),
    )
    assert order(newest, old, new) == [
        ("old", "new", False),
        ("new", "newest", False),
        ("newest", None, True),
    ]


def test_within_a_stage_the_later_data_date_comes_later() -> None:
    assert order(made("late"), made("early", as_of="2025-06-30")) == [
        ("early", None, False),
        ("late", None, True),
    ]


def test_two_of_one_stage_and_data_date_are_in_no_order() -> None:
    assert codes(made("a"), made("b")) == [(1, "unordered")]
    assert codes(made("a"), made("b", supersedes="a")) == []


def test_what_is_superseded_must_be_there() -> None:
    assert codes(made("b", supersedes="a")) == [(0, "superseded_missing")]


def test_one_supersedes_one_of_its_own_stage_alone() -> None:
    assert codes(made("a", "self_check"), made("b", supersedes="a")) == [(1, "bad_supersedes")]
    both = codes(made("a"), made("b", supersedes="a"), made("c", as_of="2025-06-30", supersedes="a"))
    assert both == [(1, "bad_supersedes"), (2, "bad_supersedes")]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("submission", "subject", "id"), "other", "other_subject"),
        (("submission", "period", "to"), "2024-12-31", "other_period"),
        (("ruleset", "id"), "other", "other_ruleset"),
    ],
)
def test_a_stranger_is_no_step(path: tuple[str, ...], value: str, code: str) -> None:
    stranger = made("b", "final")
    holder = stranger
    for key in path[:-1]:
        holder[key] = dict(holder[key])
        holder = holder[key]
    holder[path[-1]] = value
    assert codes(made("a"), stranger) == [(1, code)]


def test_an_assessment_says_what_it_supersedes_only_where_it_does() -> None:
    rules, one = ruleset(f"[{{{DESK}}}]"), submitted("{}")
    plain, amended = (
        assess(rules, CATALOGUE, one, supersedes=name).document for name in (None, "sha256:old")
    )
    assert "supersedes" not in plain
    assert amended["supersedes"] == "sha256:old"
    assert amended["digest"] != plain["digest"]


def test_the_chronology_lists_each_file_of_the_packages_once() -> None:
    file = {"name": "a.jpg", "digest": f"sha256:{'0' * 64}", "size": 3, "type": "jpg", "evidence": ["E1"]}
    other = {**file, "digest": f"sha256:{'1' * 64}"}
    documents = [made("a", "self_check"), made("b")]
    for document, files in zip(documents, ([file], [file, other]), strict=True):
        document["submission"] = {**document["submission"], "files": files, "package": file["digest"]}
    steps = chain(documents)
    found = chronology(steps, ["1.json", "2.json"], [compare(*documents)], [], [])
    assert found["files"] == [file, other]
    assert [step["package"] for step in found["steps"]] == [file["digest"]] * 2
    text = as_text(chronology_report(found))
    assert f"  a.jpg | 3 | {'1' * 64} | E1\n" in text
