"""What each one of costs or earns points: a count, a type of events, a type of documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from evaluator.checks import Judge
from evaluator.checks.quantity import number_of
from evaluator.crediting import Context, CreditAt
from evaluator.finding import Requirement
from evaluator.model import Identifier, Model, Use, refusal


class Each(Model):
    """What each one of costs points: one of a count, a type of events, a type of documents."""

    count: Identifier | None = None
    events: Identifier | None = None
    documents: Identifier | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(one is not None for one in (self.count, self.events, self.documents)) != 1:
            raise refusal(
                "one_quantity",
                "count、events、documents 要写且只写一个",
                "write exactly one of count, events, documents",
            )
        return self

    def uses(self) -> Iterator[Use]:
        """The one item that is counted."""
        if self.count is not None:
            yield Use("counts", self.count, ("each", "count"))
        if self.events is not None:
            yield Use("events", self.events, ("each", "events"))
        if self.documents is not None:
            yield Use("documents", self.documents, ("each", "documents"))

    def compile(self, required: Requirement, credit: CreditAt, context: Context) -> Judge:
        """Judge the number that is counted."""
        return number_of(self.count, self.events, self.documents, required, credit, context)
