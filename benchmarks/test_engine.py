"""Judging with full findings, from parsed facts: the goal is at most 2.5 µs a check (40 counts, 60 events, 80 documents)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pydantic import TypeAdapter

from evaluator.catalogue import Catalogue
from evaluator.checks import Check
from evaluator.crediting import Context
from evaluator.facts import Facts, facts_of
from evaluator.submission import Submission
from evaluator.windows import Span

SPAN = Span(date(2025, 1, 1), date(2025, 12, 31))


def submission() -> Submission:
    """One realistic submission: 40 counts, 60 events of 12 types, 80 documents of 40 types, 10 statements."""
    return Submission.model_validate(
        {
            "submission": 1,
            "subject": {"id": "bench", "name": "bench", "kind": "community"},
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
            "counts": {f"count_{n}": 10 + 7 * n for n in range(40)},
            "events": [
                {"id": f"E{n}", "type": f"event_{n % 12}", "date": str(SPAN.start + timedelta(days=6 * n))}
                for n in range(60)
            ],
            "documents": [
                {"id": f"D{n}", "type": f"document_{n % 40}", "issued": "2025-02-01", "files": ["a.pdf"]}
                for n in range(80)
            ],
            "statements": [
                {"id": f"S{n}", "type": f"statement_{n}", "value": n % 3 != 0, "files": ["a.jpg"]}
                for n in range(10)
            ],
        }
    )


def checks() -> list[dict[str, Any]]:
    """Twenty checks in the mix of the four rulesets, about half of them met."""
    return [
        {"kind": "ratio", "numerator": "count_0", "denominator": "count_30", "at_least": "5%"},
        {"kind": "ratio", "numerator": "count_1", "denominator": "count_2", "at_least": "90%"},
        {"kind": "quantity", "count": "count_3", "at_least": "100"},
        {"kind": "quantity", "events": "event_1", "at_least": "2"},
        {"kind": "quantity", "events": "event_2", "at_least": "9"},
        {"kind": "cadence", "events": "event_3", "every": "quarter"},
        {"kind": "cadence", "events": "event_4", "every": "month"},
        {"kind": "cadence", "events": "event_5", "every": "year", "months": [9]},
        *({"kind": "document", "documents": f"document_{n}", "attachment": "required"} for n in range(7)),
        {"kind": "document", "documents": "document_8", "state": "issued"},
        *({"kind": "statement", "statement": f"statement_{n}", "attachment": "required"} for n in range(4)),
    ]


def judges() -> list[Any]:
    """The checks, compiled."""
    adapter: TypeAdapter[Check] = TypeAdapter(Check)
    context = Context(SPAN, SPAN.end, Catalogue())
    return [adapter.validate_python(check).compile(context) for check in checks()]


def test_judging_twenty_checks(benchmark: Any) -> None:
    """Twenty checks with full findings; divide by twenty for the figure of one."""
    compiled, facts = judges(), facts_of(submission(), SPAN.end, "inspection")

    def judge() -> list[Any]:
        return [one(facts) for one in compiled]

    found = benchmark(judge)
    benchmark.extra_info["µs_a_check"] = round(benchmark.stats.stats.median * 1e6 / len(compiled), 2)
    assert len(found) == 20
    # Met and unmet ones, windows and shortfalls: not the cheap half of the work.
    assert {finding.credit.floor for finding in found} >= {0, 1}
    assert any(finding.windows for finding in found)
    assert any(finding.shortfall is not None for finding in found)


def test_indexing_a_submission(benchmark: Any) -> None:
    """From a parsed submission to facts."""
    parsed = submission()
    facts = benchmark(lambda: facts_of(parsed, SPAN.end, "inspection"))
    assert isinstance(facts, Facts)
