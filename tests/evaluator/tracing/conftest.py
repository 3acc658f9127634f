"""The example of docs/rules/trace.md, and rulesets made of a few words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from evaluator.loading.tracing import Traceable, load_traceable
from evaluator.ruleset import Clauses, Ruleset
from evaluator.tracing.pins import Trace
from evaluator.tracing.traced import Given, Traced
from evaluator.tracing.tracing import trace

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "rules" / "trace-example"
RULESET: dict[str, Any] = {
    "ruleset": "small",
    "version": "1.0.0",
    "title": {"zh": "小", "en": "small"},
    "subject": ["community"],
    "standard": {"title": "小", "issuer": None, "issued": None},
    "effective": {"from": "2025-01-01", "basis": "editorial"},
    "period": {"months": 12},
    "scoring": {
        "model": "points",
        "grades": [{"id": "low", "title": {"zh": "低", "en": "low"}, "at_least": "0", "basis": "editorial"}],
        "pass": "low",
    },
}
CRITERION: dict[str, Any] = {
    "title": {"zh": "题", "en": "title"},
    "requirement": {"zh": "做"},
    "level": "must",
    "points": "2",
    "basis": {"threshold": "source", "points": "editorial", "level": "source"},
    "duty_of": ["community"],
    "method": "documents",
    "check": {"kind": "statement", "statement": "affairs_desk"},
    "remedy": {"zh": "补做"},
}

Tracing = Callable[..., Traced]


@pytest.fixture
def example() -> Traceable:
    """The made-up ruleset as its folder has it."""
    return load_traceable(str(EXAMPLE / "book-corner"))


@pytest.fixture
def notice() -> str:
    """The made-up notice."""
    return (EXAMPLE / "notice.txt").read_text(encoding="utf-8")


@pytest.fixture
def tracing() -> Tracing:
    """Trace criteria (dicts of what matters) with clauses (dicts) to a text."""

    def traced(
        text: str,
        clauses: Sequence[dict[str, Any]],
        criteria: Sequence[dict[str, Any]] = (),
        pins: Trace | None = None,
    ) -> Traced:
        made = [{"id": f"x-{n}", **CRITERION, **one} for n, one in enumerate(criteria, 1)]
        section = {"id": "all", "title": {"zh": "全", "en": "all"}, "criteria": made}
        listed = [{"heading": "题", "normative": True, **one} for one in clauses]
        return trace(
            Given(
                Ruleset.model_validate({**RULESET, "sections": [section]}),
                Clauses.model_validate({"clauses": listed}),
                pins,
                text,
                "text.txt",
            )
        )

    return traced
