"""What the ledger of arrivals is made from, and a row of it while it is made. Pure."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.digests import submission_digest
from evaluator.errors import Problem, Words
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission

Status = Literal["received", "incomplete", "to_confirm", "duplicate", "superseded", "refused"]
STATUSES: tuple[Status, ...] = ("received", "incomplete", "to_confirm", "duplicate", "superseded", "refused")


class Sent(NamedTuple):
    """One arrival as the ledger sees it.

    ``submission`` is None where it was refused; ``absent`` are the files that it names and that did not come with it, None where
    it is a bare form that cannot carry any; ``includes`` are the names of the arrivals whose evidence counts in it.
    """

    name: str
    digest: str
    submission: Submission | None
    absent: tuple[str, ...] | None
    problems: tuple[Problem, ...]
    includes: tuple[str, ...] = ()


class Rules(NamedTuple):
    """The rules that the submissions answer to."""

    ruleset: Ruleset
    catalogue: Catalogue


class Entry:
    """One row of the ledger while it is made."""

    def __init__(self, sent: Sent) -> None:
        self.sent = sent
        self.submission = sent.submission
        self.digest = submission_digest(self.submission) if self.submission else None
        self.problems = list(sent.problems)
        self.status: Status = "received" if sent.submission else "refused"
        self.reasons: list[Words] = []
        self.of: str | None = None
        self.files: list[str] = []
        self.items: list[str] = []
        self.included_by: list[str] = []

    @property
    def day(self) -> date:
        """The day up to which the submission speaks."""
        assert self.submission is not None
        return self.submission.as_of or self.submission.period.to
