"""Facts in which what a check asks for does not hold."""

from __future__ import annotations

from typing import Any

from evaluator.exact import Exact
from evaluator.ruleset import Criterion
from evaluator.testing.good import Facts, copied


def failing(criterion: Criterion, base: Facts) -> Facts:
    """``base`` where nothing that ``criterion`` asks for holds; its condition stays."""
    facts = copied(base)
    for path, check in criterion.checks():
        if path[0] != "applies_when":
            fail(check, facts, None)
    return facts


def fail(check: Any, facts: Facts, keep: Any) -> None:
    """Change ``facts`` so that ``check`` fails, but not what ``keep`` reads."""
    for _, member in check.members() if hasattr(check, "members") else ():
        fail(member, facts, keep)
    kept = {use.id for use in keep.uses()} if keep is not None else set()
    name = getattr(check, "documents", None) or getattr(check, "events", None)
    if name and name in kept:
        for paper in facts["documents"].get(name, ()):
            also = set(getattr(keep, "contains", ()))
            paper["contains"] = [
                one for one in paper["contains"] if one in also or one not in getattr(check, "contains", ())
            ]
    elif name:
        facts["documents"].pop(name, None)
        facts["events"].pop(name, None)
        if name not in facts["none"]:
            facts["none"].append(name)
    if getattr(check, "statement", None) and check.statement not in kept:
        facts["statements"][check.statement] = {"value": False, "files": ["photo.jpg"]}
    count = getattr(check, "numerator", None) or getattr(check, "count", None)
    if count and count not in kept:
        most = getattr(check, "at_most", None) or getattr(check, "below", None)
        value = (
            int(max((one.value for one in [most] if isinstance(one, Exact)), default=0)) + 1 if most else 0
        )
        facts["counts"][count] = value
