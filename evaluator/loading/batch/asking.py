"""What is asked of a batch: everything that decides what a submission comes to beside its own content."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from evaluator.algorithms import Algorithm
from evaluator.assessment_document import SEMANTICS, VERSION
from evaluator.canonical import canonical, digest, plain_data
from evaluator.digests import ruleset_digest
from evaluator.facts import Stage
from evaluator.limits import differing, in_force
from evaluator.loading.rulesets import Loaded

# Raised when what a part holds changes.
_LAYOUT = 1
# Of which submissions the assessment is put into words.
Worded = Literal["all", "none", "failed"] | frozenset[str]


class Asked(NamedTuple):
    """The rules and the options; ``worded`` says of whom an assessment is made, by subject where it is a set.

    ``algorithm`` is that of the digests in what is made.
    """

    loaded: Loaded
    stage: Stage | None = None
    as_of: date | None = None
    lenient: bool = False
    worded: Worded = "all"
    algorithm: Algorithm = "sha256"

    def digest(self) -> bytes:
        """What every key of a submission begins with: another engine, ruleset or option is other work."""
        loaded = self.loaded
        return canonical(
            {
                "layout": _LAYOUT,
                "engine": [VERSION, SEMANTICS],
                "ruleset": ruleset_digest(loaded.ruleset, loaded.catalogue),
                # What may stand in a submission, and what is told of its items, beside what the rules read.
                "catalogue": digest(plain_data(loaded.catalogue)),
                "versions": None if loaded.versions is None else digest(loaded.versions),
                # What was refused under others may be read now.
                "limits": differing(in_force()) or None,
                "stage": self.stage,
                "as_of": None if self.as_of is None else self.as_of.isoformat(),
                "lenient": self.lenient,
                # Left out of the key by default: results from before there was a choice are still good.
                "digests": None if self.algorithm == "sha256" else self.algorithm,
                "worded": self.worded if isinstance(self.worded, str) else sorted(self.worded),
            }
        )

    def words(self, subject: str, accepted: bool | None) -> bool:
        """Whether the assessment of this subject is put into words."""
        if isinstance(self.worded, frozenset):
            return subject in self.worded
        return self.worded == "all" or (self.worded == "failed" and accepted is False)
