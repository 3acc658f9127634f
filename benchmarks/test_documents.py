"""The worded assessment of each middling example: the goal is at most 5 ms for the document with its digest and its line.

A batch makes one for each of tens of thousands of communities.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from evaluator import assess, load_ruleset, load_submission
from evaluator.canonical import digest
from evaluator.evaluate import program
from evaluator.facts import facts_of
from evaluator.integrity import integrity
from evaluator.json_text import json_bytes, json_line
from evaluator.loading import Loaded, ruleset_ids
from evaluator.planning.plan import Wanted
from evaluator.submission import Submission, in_order

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


class Example(NamedTuple):
    """A ruleset, its middling example, and the assessment of it."""

    loaded: Loaded
    submission: Submission
    document: dict[str, Any]


@pytest.fixture(scope="module", params=ruleset_ids())
def example(request: pytest.FixtureRequest) -> Example:
    loaded = load_ruleset(request.param)
    submission = load_submission(EXAMPLES / request.param / "middling.yaml", loaded.catalogue)
    return Example(loaded, submission, assess(loaded.ruleset, loaded.catalogue, submission).document)


@pytest.mark.benchmark(group="document: judged, worded, with its digest")
def test_a_document(benchmark: Any, example: Example) -> None:
    """From the parsed submission to the assessment."""
    loaded, submission, document = example
    assert benchmark(lambda: assess(loaded.ruleset, loaded.catalogue, submission).document) == document


@pytest.mark.benchmark(group="document with its plan")
def test_a_document_with_its_plan(benchmark: Any, example: Example) -> None:
    """The same with an action plan, as a batch makes it."""
    loaded, submission, _ = example
    made = benchmark(lambda: assess(loaded.ruleset, loaded.catalogue, submission, wanted=Wanted()).document)
    assert made["plan"]["method"] == "exact"


@pytest.mark.benchmark(group="digest of a document")
def test_a_digest(benchmark: Any, example: Example) -> None:
    """Canonical JSON and SHA-256."""
    content = {key: value for key, value in example.document.items() if key != "digest"}
    assert benchmark(digest, content) == example.document["digest"]


@pytest.mark.benchmark(group="a document as a line")
def test_a_line(benchmark: Any, example: Example) -> None:
    """One line of JSON lines."""
    made = benchmark(json_line, example.document)
    benchmark.extra_info["KB"] = len(made) // 1024
    assert made.count(b"\n") == 1


@pytest.mark.benchmark(group="a document as a file")
def test_a_file(benchmark: Any, example: Example) -> None:
    """Indented, as ``score`` writes it."""
    assert benchmark(json_bytes, example.document).startswith(b'{\n  "assessment": 1')


@pytest.mark.benchmark(group="integrity findings")
def test_integrity(benchmark: Any, example: Example) -> None:
    """What a reader must know beside the verdicts."""
    loaded, submission, document = example
    submission = in_order(submission)
    facts = facts_of(submission, submission.as_of or submission.period.to)
    judgement = program(loaded.ruleset, loaded.catalogue, facts.span).judge(facts)
    made = benchmark(lambda: integrity(loaded.ruleset, loaded.catalogue, submission, facts, judgement))
    assert made == document["integrity"]
