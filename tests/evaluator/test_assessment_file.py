"""An assessment that is read back: whatever is cut out of it or changed in it, it is refused, or everything can be made of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from evaluator.assessment_file import AssessmentFile, contradictions, not_an_assessment
from evaluator.canonical import digest
from evaluator.comparing import compare
from evaluator.dossiers import chain, chronology, faults, manifest
from scorecards import as_text
from scorecards.chronology import chronology_report
from scorecards.comparison import comparison_report
from tests.evaluator.building import ruleset
from tests.evaluator.review.written import review, reviewed, sent
from tests.evaluator.test_comparing import REVIEW, REVIEWED

Json = dict[str, Any]
CLAIMED = sent(
    "{counts: {buildings: 40, model_buildings: 2, incidents: 1}, statements: [{id: S1, type: desk, value: true}], "
    "events: [{id: E1, type: meeting, date: '2025-02-01'}, {id: E2, type: meeting, date: '2025-05-01'}]}"
)
SCORING = (
    "{deductions: {cap: 5, lines: [{title: {zh: 事件, en: Incidents}, each: {count: incidents}, lose: 3}]}}"
)
WHOLE = reviewed(ruleset(REVIEWED, SCORING), CLAIMED, review(REVIEW))
BEFORE = reviewed(ruleset(REVIEWED, SCORING), CLAIMED)
STRANGE = [None, "", "x", "-1", "1/0", 0, -1, [], {}, True, "sha256:0", "2025-13-01", {"zh": 1}, ["x"]]


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where anything stands in ``value``."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield (*path, key)
        yield from paths(one, (*path, key))


PATHS = [path for path in paths(WHOLE) if path != ("digest",)]


def changed(path: tuple[Any, ...], value: Any, *, cut: bool) -> Json:
    """``WHOLE`` with the part at ``path`` cut out or replaced, under a digest of its own."""
    document = copy.deepcopy(WHOLE)
    holder: Any = document
    for key in path[:-1]:
        holder = holder[key]
    if cut:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    document["digest"] = digest({key: one for key, one in document.items() if key != "digest"})
    return document


def usable(document: Json) -> bool:
    if not_an_assessment(document) is not None:
        return False
    try:
        AssessmentFile.model_validate(document)
    except ValidationError:
        return False
    return not list(contradictions(document))


def make_everything(document: Json) -> None:
    for lang in ("zh", "en"):
        as_text(comparison_report(compare(BEFORE, document), lang))  # type: ignore[arg-type]
        as_text(comparison_report(compare(document, BEFORE), lang))  # type: ignore[arg-type]
        if not list(faults([document])):
            found = chronology(chain([document]), ["1.json"], [], [], [])
            manifest(found, {})
            as_text(chronology_report(found, lang))  # type: ignore[arg-type]


def test_what_the_engine_wrote_is_usable() -> None:
    assert usable(WHOLE)
    assert usable(BEFORE)
    make_everything(WHOLE)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PATHS), st.sampled_from(STRANGE), st.booleans())
def test_what_was_changed_and_sealed_anew_is_refused_or_everything_can_be_made_of_it(
    path: tuple[Any, ...], value: Any, cut: bool
) -> None:
    document = changed(path, value, cut=cut)
    if usable(document):
        make_everything(document)


@pytest.mark.parametrize(
    "value", [None, [], {}, {"assessment": "1"}, {"assessment": 1}, {"assessment": 1, "digest": 3}]
)
def test_what_is_no_assessment_is_told_apart_without_a_stumble(value: Any) -> None:
    assert not_an_assessment(value) is not None
