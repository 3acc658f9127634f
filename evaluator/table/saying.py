"""What each criterion asks for, in the words of the scorecard: the column 评分办法, for reading. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from evaluator.catalogue import Catalogue
from evaluator.errors import Words
from evaluator.evaluate import program
from evaluator.facts import no_facts
from evaluator.finding import Finding
from evaluator.ruleset import Ruleset
from evaluator.windows import Span
from evaluator.wording import Wording


def said(ruleset: Ruleset, catalogue: Catalogue) -> dict[str, str]:
    """The requirement of each criterion by its id, a line a check."""
    titles = {
        one: Words(criterion.title.zh, criterion.title.en) for one, criterion in ruleset.by_id().items()
    }
    wording = Wording(catalogue, titles)
    start = ruleset.effective.from_
    months = start.year * 12 + start.month - 1 + ruleset.period.months
    span = Span(start, date(months // 12, months % 12 + 1, 1) - timedelta(days=1))
    verdicts = program(ruleset, catalogue, span).judge(no_facts(span)).verdicts
    return {one.criterion.id: "\n".join(_lines(one.findings, wording)) for one in verdicts}


def _lines(findings: tuple[tuple[str, Finding], ...], wording: Wording) -> Iterator[str]:
    for role, finding in findings:
        for text in _asked(finding, wording):
            yield f"适用条件：{text}" if role == "applies_when" else text


def _asked(finding: Finding, wording: Wording) -> Iterator[str]:
    words = wording.required(finding)
    if words is not None:
        yield words.zh
    for member in finding.members:
        yield from _asked(member, wording)
