"""What every kind of check shares: how it is compiled, and what it says when nothing was submitted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evaluator.crediting import Context
from evaluator.facts import Facts
from evaluator.finding import NONE, UNDECIDED, Finding, Requirement
from evaluator.model import Model, Use

Judge = Callable[[Facts], Finding]


class BaseCheck(Model):
    """One kind of check: a model that compiles itself to a pure function of facts."""

    def compile(self, context: Context) -> Judge:
        """The function that judges facts; everything that does not depend on them is done here."""
        raise NotImplementedError

    def uses(self) -> Iterator[Use]:
        """The catalogue items that the check reads."""
        raise NotImplementedError


def missing(
    kind: str, of: tuple[str, ...], required: Requirement | None, absent: tuple[str, ...] = ()
) -> Judge:
    """What a check finds where ``absent`` (all of ``of`` unless named) was not submitted: undecided, or closed.

    What was submitted and an inspector rejected has failed: nobody says of it that nothing was submitted.
    """
    details = absent or of
    undecided = Finding(kind, of, UNDECIDED, "missing", required, waits="evidence", details=details)
    closed = Finding(kind, of, NONE, "closed", required, closed=True, details=details)

    def judge(facts: Facts) -> Finding:
        refused = tuple(name for name in details if name in facts.rejected) if facts.rejected else ()
        if refused:
            found = closed._replace(closed=False) if facts.closing else undecided
            return found._replace(reason="rejected", details=refused)
        return closed if facts.closing else undecided

    return judge
