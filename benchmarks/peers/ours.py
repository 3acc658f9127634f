"""Our engine: from a submission's JSON to verdicts with findings."""

from __future__ import annotations

from benchmarks.peers.terms import OUTCOMES
from benchmarks.peers.work import Codes, Engine, Work, packaged
from evaluator.catalogue import Catalogue
from evaluator.evaluate import Judgement, program
from evaluator.facts import facts_of
from evaluator.submission import Submission

try:
    from evaluator.loading.lines import read_line
except ImportError:  # until the quick reader is there
    from evaluator.loading.submissions import submission_in as read_line

READER = read_line.__module__ + "." + read_line.__name__
_CODES = {name: code for code, name in enumerate(OUTCOMES)}


def read(content: bytes, catalogue: Catalogue) -> Submission:
    """The submission, as it was read in the product: everything that can be wrong with it is looked for."""
    return read_line(content, "x.json", catalogue)


def judgement(submission: Submission, work: Work) -> Judgement:
    """The verdicts, each with its findings."""
    compiled = program(work.loaded.ruleset, work.loaded.catalogue, submission.period.span)
    return compiled.judge(facts_of(submission, submission.as_of or submission.period.to))


def codes(judged: Judgement) -> Codes:
    """The outcomes' codes, in the ruleset's order."""
    return [_CODES[verdict.outcome] for verdict in judged.verdicts]


def engine(work: Work) -> Engine:
    """Our engine on ``work``."""
    return Engine(
        "Duibiao",
        packaged("duibiao"),
        lambda content: read(content, work.loaded.catalogue),
        lambda submission: codes(judgement(submission, work)),
        f"the submission's JSON text, by `{READER}`: typed, checked with the catalogue, guarded against persons",
        "verdicts with findings: measured, required, missing and by how much, the evidence that counted, the reason",
    )
