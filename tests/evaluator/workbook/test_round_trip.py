"""A submission says the same as YAML, as JSON and as a form, whatever it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from evaluator.digests import submission_digest
from evaluator.emitting import as_data, as_yaml
from evaluator.loading import load_ruleset, load_submission
from evaluator.loading.submissions import submission_in
from tests.evaluator.building import CATALOGUE
from tests.evaluator.workbook.forms import RULES, made, read
from tests.evaluator.workbook.strategies import submissions

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*/*.yaml"))


@given(submissions())
def test_yaml_says_the_same(submission) -> None:
    text = as_yaml(submission)
    again = submission_in(text.encode(), "a.yaml", CATALOGUE)
    assert again == submission
    assert submission_digest(again) == submission_digest(submission)


@given(submissions())
def test_json_says_the_same(submission) -> None:
    text = json.dumps(as_data(submission), ensure_ascii=False)
    assert submission_in(text.encode(), "a.json", CATALOGUE) == submission


@settings(max_examples=60)
@given(submissions())
def test_a_form_says_the_same(submission) -> None:
    again = read(made(submission))
    assert again == submission
    assert submission_digest(again) == submission_digest(submission)


@settings(max_examples=10)
@given(submissions())
def test_a_form_without_rulesets_says_the_same(submission) -> None:
    assert read(made(submission, rules=())) == submission


@settings(max_examples=3)
@given(submissions())
def test_a_form_is_the_same_bytes_each_time(submission) -> None:
    assert made(submission, (RULES,)) == made(submission, (RULES,))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_example_says_the_same_in_each_format(path) -> None:
    loaded = load_ruleset(path.parent.name)
    given_ = load_submission(path, loaded.catalogue)
    written = {
        "a.yaml": as_yaml(given_).encode(),
        "a.json": json.dumps(as_data(given_), ensure_ascii=False).encode(),
        "a.xlsx": made(given_, (loaded.ruleset,), loaded.catalogue),
    }
    assert {
        submission_in(content, name, loaded.catalogue) == given_ for name, content in written.items()
    } == {True}
