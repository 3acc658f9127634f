"""What a submission lacks: files that it names and that did not come, items that the rules ask for. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.evaluate import program
from evaluator.facts import facts_of
from evaluator.finding import open_leaves
from evaluator.intake.entries import Entry, Rules
from evaluator.submission import Submission


def absent_files(one: Entry) -> tuple[str, ...]:
    """The files that the submission names and that did not come with it: of a bare form, all of them."""
    assert one.submission is not None
    if one.sent.absent is not None:
        return one.sent.absent
    return tuple(dict.fromkeys(name for _, _, entry in one.submission.entries() for name in entry.files))


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
