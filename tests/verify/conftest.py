"""Scorecards to verify: issued once for the session; each costs about a second."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evaluator import assess, load_ruleset, load_submission
from evaluator.json_text import json_bytes
from evaluator.loading.submissions import submission_in
from evaluator.planning.plan import Wanted

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "kunming-model-community"


@cache
def assessed(name: str = "middling") -> Any:
    """The assessment of an example."""
    loaded = load_ruleset("kunming-model-community")
    submission = load_submission(EXAMPLES / f"{name}.yaml", loaded.catalogue)
    return assess(loaded.ruleset, loaded.catalogue, submission, wanted=Wanted()).document


@cache
def small() -> Any:
    """The assessment of a little ruleset, whose scorecard is set in no time."""
    loaded = load_ruleset(str(ROOT / "docs" / "rules" / "trace-example" / "book-corner"))
    whole = {
        "submission": 1,
        "subject": {"id": "demo-01", "name": "示例社区", "kind": "community"},
        "period": {"from": "2025-01-01", "to": "2025-12-31"},
    }
    submission = submission_in(json_bytes(whole), "submission.json", loaded.catalogue)
    return assess(loaded.ruleset, loaded.catalogue, submission, wanted=Wanted()).document


@cache
def issued_of(name: str = "middling") -> bytes:
    """Its scorecard, in short."""
    issuing = pytest.importorskip("scorecards.issuing")
    document = assessed(name)
    made: bytes = issuing.issued(document, "zh", attached=json_bytes(document), summary=True)
    return made


@pytest.fixture
def fresh() -> bytes:
    """A scorecard as it was issued."""
    return issued_of()


@pytest.fixture(autouse=True)
def made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due is set once for the same assessment and options: the same bytes each time, and half the cost."""
    try:
        from scorecards import issuing
    except ImportError:
        return

    def made(document: Any, lang: Any, *, attached: bytes, summary: bool = False, pdf: Any = "a") -> bytes:
        key = (attached, lang, summary, pdf)
        if key not in _MADE:
            _MADE[key] = issued(document, lang, attached=attached, summary=summary, pdf=pdf)
        return _MADE[key]

    issued = issuing.issued
    monkeypatch.setattr(issuing, "issued", made)


_MADE: dict[Any, bytes] = {}
