"""``subject``: an attribute of the subject, for ``applies_when``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import Context
from evaluator.facts import Facts
from evaluator.finding import FULL, NONE, Finding, Requirement
from evaluator.model import Identifier, Tuple, Use, refusal


class SubjectCheck(BaseCheck):
    """Whether an attribute of the subject is one of ``in``."""

    kind: Literal["subject"]
    attribute: Identifier
    in_: Tuple[Identifier] = Field(alias="in")

    @model_validator(mode="after")
    def _some_value(self) -> Self:
        if not self.in_:
            raise refusal("never_holds", "in 为空，条件永远不成立", "an empty list never holds")
        return self

    def uses(self) -> Iterator[Use]:
        """Nothing of the catalogue."""
        yield from ()

    def compile(self, context: Context) -> Judge:
        """Judge the attribute."""
        name, of, wanted = self.attribute, (self.attribute,), frozenset(self.in_)
        required = Requirement("subject", details=(name, *self.in_))
        absent = missing("subject", of, required)

        def judge(facts: Facts) -> Finding:
            value = facts.attributes.get(name)
            if value is None:
                return absent(facts)
            credit = FULL if value in wanted else NONE
            return Finding(
                "subject", of, credit, "met" if credit is FULL else "otherwise", required, details=(value,)
            )

        return judge
