"""Submissions written as tables are the same submissions when they are read."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.digests import submission_digest
from evaluator.errors import SubmissionError
from evaluator.loading import load_submission, shared_catalogue
from evaluator.loading.evidence_tables import writing
from evaluator.loading.evidence_tables.opening import submissions_in_parquet
from evaluator.loading.evidence_tables.writing import write_tables
from evaluator.submission import Submission, in_order
from tests.evaluator.building import submitted
from tests.evaluator.evidence_tables.making import read
from tests.evaluator.evidence_tables.test_reading import WHOLE
from tests.evaluator.strategies import evidence, sent

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def sound(found: dict[str, Any], name: str) -> Submission:
    """What was found as the submission of ``name``; a part never exceeds its whole."""
    counts = found["counts"]
    if counts.keys() >= {"buildings", "model_buildings"}:
        counts["model_buildings"] = min(counts["model_buildings"], counts["buildings"])
    one = sent(found)
    return one.model_copy(update={"subject": one.subject.model_copy(update={"id": name})})


@settings(max_examples=12)
@given(st.lists(evidence(), max_size=4), st.integers(1, 5))
def test_reading_gives_what_was_written(found, rows) -> None:
    submissions = [sound(one, f"s{n}") for n, one in enumerate(found)]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "ROWS_IN_A_GROUP", rows)
        assert write_tables(submissions, Path(folder)) == len(found)
        back = read(Path(folder))
    assert [one.problems for one in back] == [()] * len(found)
    assert [one.submission for one in back] == [in_order(one) for one in submissions]
    assert [submission_digest(one.submission) for one in back] == [
        submission_digest(one) for one in submissions
    ]


def test_every_key_of_a_submission_is_written(tmp_path) -> None:
    whole = submitted(WHOLE)
    write_tables([whole], tmp_path)
    (found,) = read(tmp_path)
    assert found.submission == in_order(whole)


@pytest.mark.parametrize(
    "path", sorted(EXAMPLES.glob("*/*.yaml")), ids=lambda one: f"{one.parent.name}/{one.name}"
)
def test_an_example_is_the_same_in_tables(tmp_path, path) -> None:
    try:
        one = load_submission(path)
    except SubmissionError:
        pytest.skip("an example of faults, or of another format")
    write_tables([one], tmp_path)
    (found,) = submissions_in_parquet(tmp_path, shared_catalogue())
    assert found.submission == one


def test_a_submission_that_includes_others_is_not_written(tmp_path) -> None:
    text = 'submission: 1\nsubject: {id: a, name: 甲, kind: community}\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n'
    with pytest.raises(SubmissionError, match="not_lossless"):
        write_tables([submitted(f"{text}includes: [b.yaml]\n")], tmp_path)
