"""A form that a careless person fills is scored like the YAML that a careful one writes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from evaluator.assessment import assess
from evaluator.leniency import without_faulty_items
from evaluator.loading import Loaded, load_ruleset, load_submission
from evaluator.submission import Submission, in_order
from evaluator.workbook.layout import planned
from evaluator.workbook.making import Filled
from evaluator.workbook.reading import read_form
from evaluator.workbook.writing import write_workbook
from tests.evaluator.workbook.careless import as_numbers, fill, in_words, moved, plainly, stripped, with_ticks

EXAMPLES = Path(__file__).parents[3] / "examples"
RULESETS = sorted(path.parent.name for path in EXAMPLES.glob("*/middling.yaml"))


@lru_cache(maxsize=8)
def example(name: str) -> tuple[Loaded, Submission, bytes]:
    """A ruleset, the submission of its middling example as far as its form asks for it, and the empty form."""
    loaded = load_ruleset(name)
    submission = load_submission(EXAMPLES / name / "middling.yaml", loaded.catalogue)
    empty = Filled(submission.subject.kind)
    form = planned([(loaded.ruleset, loaded.catalogue)], loaded.catalogue, empty)
    asked = {item.id: item.parts for item in form.items}
    papers = [
        paper.model_copy(
            update={"contains": tuple(part for part in paper.contains if part in asked[paper.type])}
        )
        for paper in submission.documents
    ]
    known = submission.model_copy(update={"documents": tuple(papers)})
    first, second = (
        assess(loaded.ruleset, loaded.catalogue, one).document["criteria"] for one in (submission, known)
    )
    assert first == second, "the form asks for all that the ruleset judges"
    return loaded, known, write_workbook(form, loaded.catalogue)


def scored_alike(name: str, content: bytes) -> None:
    loaded, submission, _ = example(name)
    form = read_form(content, "f.xlsx")
    read, faults = without_faulty_items(form.source, loaded.catalogue)
    assert (faults, form.persons) == ([], ())
    first, second = (
        assess(loaded.ruleset, loaded.catalogue, one).document for one in (submission, in_order(read))
    )
    assert second == first


@pytest.mark.parametrize("name", RULESETS)
@pytest.mark.parametrize("say", [plainly, in_words, with_ticks, as_numbers])
def test_what_is_written_in_other_shapes_is_scored_alike(name, say) -> None:
    loaded, submission, form = example(name)
    scored_alike(name, fill(form, submission, loaded.catalogue, say))


@pytest.mark.parametrize("name", RULESETS)
@pytest.mark.parametrize("spoil", [moved, stripped])
def test_a_form_with_moved_rows_or_without_its_hidden_keys_is_scored_alike(name, spoil) -> None:
    loaded, submission, form = example(name)
    scored_alike(name, spoil(fill(form, submission, loaded.catalogue, in_words)))
