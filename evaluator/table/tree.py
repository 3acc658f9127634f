"""A typed model → plain data that says the same, with nothing in it that goes without saying. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from evaluator.exact import Exact
from evaluator.model import Model
from evaluator.ruleset import Criterion


def tree(value: Any) -> Any:
    """``value`` under the keys that files use: exact numbers and dates as text, values that are the default left out.

    Two files that mean the same have the same tree; validating the tree gives an equal model.
    """
    if isinstance(value, Model):
        found = {}
        for name, info in type(value).model_fields.items():
            one = getattr(value, name)
            if info.is_required() or one != info.get_default(call_default_factory=True):
                found[info.alias or name] = tree(one)
        # Beside a check "credit" means the same as inside it, and stands in one place.
        if isinstance(value, Criterion) and value.credit is not None and "check" in found:
            found["check"].pop("credit", None)
        return found
    if isinstance(value, Exact):
        return str(value)
    if isinstance(value, tuple):
        return [tree(one) for one in value]
    if isinstance(value, dict):
        return {tree(key): tree(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, date) else value
