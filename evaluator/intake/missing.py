"""What a submission lacks: files that it names and that did not come, items that the rules ask for. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.evaluate import program
from evaluator.facts import facts_of
from evaluator.finding import open_leaves
from evaluator.intake.entries import Entry, Rules
from evaluator.submission import Submission


def absent_files(one: Entry) -> Iterator[str]:
    """The files that the submission names and that did not come with it."""
    assert one.submission is not None
    present = one.sent.files or {}
    named = dict.fromkeys(name for _, _, entry in one.submission.entries() for name in entry.files)
    yield from (name for name in named if name not in present)


def unanswered(submission: Submission, rules: Rules) -> Iterator[str]:
    """The items that required criteria ask for and of which nothing is said."""
    facts = facts_of(submission, submission.as_of or submission.period.to)
    judgement = program(rules.ruleset, rules.catalogue, submission.period.span).judge(facts)
    for verdict in judgement.verdicts:
        if verdict.criterion.level != "may":
            for _, finding in verdict.findings:
                for leaf in open_leaves(finding):
                    if leaf.reason == "missing":
                        yield from leaf.details
