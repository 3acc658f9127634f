"""What formulas do not judge: each criterion that is left to the engine, with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.checks import Check
from evaluator.checks.cadence import Cadence
from evaluator.checks.document import DocumentCheck
from evaluator.checks.group import Group
from evaluator.checks.quantity import Quantity
from evaluator.crediting import Graded
from evaluator.errors import Words
from evaluator.ruleset import Criterion, Ruleset
from evaluator.workbook.addresses import Addresses

_KINDS = frozenset({"ratio", "quantity", "cadence", "document", "statement", "rating", "group"})


def uncovered(ruleset: Ruleset, addresses: Addresses) -> dict[str, Words]:
    """The criteria of ``ruleset`` that formulas cannot judge on this form, and why; empty where they judge all."""
    found = {}
    for name, criterion in ruleset.by_id().items():
        reason = next(_reasons(criterion, addresses), None)
        if reason is not None:
            found[name] = reason
    return _spread(ruleset, found)


def _spread(ruleset: Ruleset, found: dict[str, Words]) -> dict[str, Words]:
    # What waits for a criterion that is not judged cannot be judged either.
    while True:
        more = {
            name: Words(f"前提指标 {other} 不能判", f"it requires {other}, which is not judged")
            for name, criterion in ruleset.by_id().items()
            for other in criterion.requires
            if name not in found and other in found
        }
        if not more:
            return {name: found[name] for name in ruleset.by_id() if name in found}
        found = {**found, **more}


def _reasons(criterion: Criterion, addresses: Addresses) -> Iterator[Words]:
    if criterion.deduct is not None:
        yield Words("扣分规则", "it deducts")
    if criterion.earn is not None:
        yield Words("累计得分", "points add up")
    if criterion.best_of is not None:
        yield Words("几种情形取最高", "it takes the best of several")
    for _, check in criterion.checks():
        yield from _of_check(check)
    for use in criterion.uses():
        places = getattr(addresses, use.kind, None)
        if places is None or not places(use.id):
            yield Words(f"表中没有 {use.id}", f"the form does not ask for {use.id}")


def _of_check(check: Check) -> Iterator[Words]:
    if check.kind not in _KINDS:
        yield Words(f"{check.kind} 类检查", f"checks of the kind {check.kind}")
    if isinstance(check, Group):
        if check.each is not None:
            yield Words("逐个单元判断", "it judges each unit")
        for _, member in check.members():
            yield from _of_check(member)
    tallied = isinstance(check, Cadence | Group) or (isinstance(check, Quantity) and check.count is None)
    if tallied and isinstance(check, Graded) and (check.steps or check.scale):
        yield Words("按次数或项数分档", "steps or a scale on a tally")
    if isinstance(check, DocumentCheck) and check.issued_by == "02-29":
        yield Words("期限为闰日", "a deadline on a leap day")
