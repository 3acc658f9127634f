"""What changed in a check: each kind tells its own changes, and no field goes untold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from evaluator.canonical import plain_data
from evaluator.checks import Check
from evaluator.checks.cadence import Cadence
from evaluator.checks.change import Change as ChangeCheck
from evaluator.checks.document import DocumentCheck
from evaluator.checks.group import Group
from evaluator.checks.lateness import Lateness
from evaluator.checks.quantity import Quantity
from evaluator.checks.rating import Rating
from evaluator.checks.ratio import Ratio
from evaluator.checks.statement import StatementCheck
from evaluator.checks.subject import SubjectCheck
from evaluator.crediting import COMPARISONS
from evaluator.errors import Words
from evaluator.revising import measuring, showing
from evaluator.revising.aligning import aligned
from evaluator.revising.asking import Asking, item
from evaluator.revising.change import Change, both, by_size, changed
from evaluator.revising.words import aspect


def check_changes(old: Check, new: Check, at: Asking) -> Iterator[Change]:
    """Every change from ``old`` to ``new``."""
    if plain_data(old) == plain_data(new) and at.points[0] == at.points[1]:
        return
    if type(old) is not type(new) or (isinstance(old, Group) and _form(old) != _form(new)):  # type: ignore[arg-type]  # both groups
        yield _rewritten(old, new, at)
        return
    tell, known = _KINDS.get(type(old), (_nothing, ""))
    yield from (one._replace(aspect=_headed(at.head, one.aspect)) for one in tell(old, new, at))
    differing = {name for name in type(old).model_fields if getattr(old, name) != getattr(new, name)}
    if not differing <= {*known.split(), "kind"}:
        # A field that nothing here knows: never silent.
        yield _rewritten(old, new, at)


def _headed(head: Words, said: Words) -> Words:
    return Words(f"“{head.zh}”的{said.zh}", f"{said.en} of “{head.en}”") if head.zh and said.zh else said


def _rewritten(old: Check, new: Check, at: Asking) -> Change:
    texts = at.two.old.asks(old, at.points[0]), at.two.new.asks(new, at.points[1])
    return changed(aspect("check"), *texts, "check_changed", "depends")


def _nothing(_old: Any, _new: Any, _at: Asking) -> Iterator[Change]:
    yield from ()


def _form(group: Group) -> str:
    return next(name for name in ("all_", "any_", "of", "each") if getattr(group, name) is not None)


def _group(old: Group, new: Group, at: Asking) -> Iterator[Change]:
    form = _form(old)
    yield from item(old, new, "each", at, "unit") if form == "each" else ()
    members = both(lambda one: [member for _, member in one.members()], old, new)
    if old.at_least is not None and new.at_least is not None and old.at_least != new.at_least:
        effect, verb = by_size(old.at_least.value, new.at_least.value, "stricter", "looser")
        texts = both(lambda one: Words(f"至少 {one.at_least} 项", f"at least {one.at_least}"), old, new)
        yield changed(aspect("number"), *texts, f"threshold_{verb}", effect, verb)
    wholes = tuple({len(one) for one in members}) if form != "each" else ()
    yield from measuring.shared(old, new, Words(" 项", " members"), at, wholes)
    for before, after in aligned(*members):
        if before is None and after is not None:
            asked = at.two.new.asks(after)
            yield changed(
                aspect("member"), None, asked, "member_added", "stricter" if form == "all_" else "looser"
            )
        elif after is None and before is not None:
            asked = at.two.old.asks(before)
            yield changed(
                aspect("member"), asked, None, "member_dropped", "looser" if form == "all_" else "stricter"
            )
        elif before is not None and after is not None:
            yield from check_changes(before, after, at.inside(before))


_GRADED = " steps scale credit"
_LIMITS = " ".join(COMPARISONS) + _GRADED
# What tells the changes of a kind, and the fields that it tells of.
_KINDS: dict[type, tuple[Callable[[Any, Any, Asking], Iterator[Change]], str]] = {
    Ratio: (measuring.ratio, "numerator denominator when_zero minimum_sample " + _LIMITS),
    Quantity: (measuring.quantity, "count events documents " + _LIMITS),
    Cadence: (measuring.cadence, "events every at_least months starts" + _GRADED),
    DocumentCheck: (showing.document, "documents state issued_by attachment contains"),
    Lateness: (measuring.lateness, "documents due per " + _LIMITS),
    StatementCheck: (showing.statement, "statement attachment"),
    Rating: (showing.rating, "levels"),
    ChangeCheck: (measuring.change, "count direction by"),
    SubjectCheck: (showing.subject, "attribute in_"),
    Group: (_group, "all_ any_ of each check at_least" + _GRADED),
}
