"""The kinds of check, in one visible place; one file a kind."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from evaluator.checks.base import BaseCheck, Judge
from evaluator.checks.cadence import Cadence
from evaluator.checks.change import Change
from evaluator.checks.document import DocumentCheck
from evaluator.checks.group import Group
from evaluator.checks.lateness import Lateness
from evaluator.checks.quantity import Quantity
from evaluator.checks.rating import Rating
from evaluator.checks.ratio import Ratio
from evaluator.checks.statement import StatementCheck
from evaluator.checks.subject import SubjectCheck

__all__ = ["KINDS", "BaseCheck", "Check", "Judge"]

Check = Annotated[
    Ratio
    | Quantity
    | Cadence
    | DocumentCheck
    | Lateness
    | StatementCheck
    | Rating
    | Change
    | SubjectCheck
    | Group,
    Field(discriminator="kind"),
]
KINDS: dict[str, type[BaseCheck]] = {
    "ratio": Ratio,
    "quantity": Quantity,
    "cadence": Cadence,
    "document": DocumentCheck,
    "lateness": Lateness,
    "statement": StatementCheck,
    "rating": Rating,
    "change": Change,
    "subject": SubjectCheck,
    "group": Group,
}
Group.model_rebuild(_types_namespace={"Check": Check})
