"""``statement``: whether the institution says yes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import Context
from evaluator.facts import Facts
from evaluator.finding import NONE, Finding, Requirement, Shortfall, met, short
from evaluator.model import Identifier, Use


class StatementCheck(BaseCheck):
    """A yes; one without the attachment that is asked for stays a yes and becomes an integrity finding."""

    kind: Literal["statement"]
    statement: Identifier
    attachment: Literal["required"] | None = None

    def uses(self) -> Iterator[Use]:
        """The statement."""
        yield Use("statements", self.statement, ("statement",))

    def compile(self, context: Context) -> Judge:
        """Judge the statement."""
        name, of = self.statement, (self.statement,)
        required = Requirement("statement", details=(self.attachment or "",))
        absent = missing("statement", of, required)
        supported = self.attachment is not None
        lacking = Shortfall("statement", 1, name)

        def judge(facts: Facts) -> Finding:
            said = facts.statements.get(name)
            if said is None:
                return absent(facts)
            evidence = (said.id,) if said.id else ()
            if not said.value:
                return short("statement", of, NONE, required, None, lacking, evidence, "said_no")
            if supported and not said.attached:
                return met("statement", of, required, None, evidence, reason="unsupported_yes")
            return met("statement", of, required, None, evidence)

        return judge
