"""The benchmark's checks as decisions in no language in particular: what each peer's rules are written from.

A decision is a chain: the code of the first condition that holds, else the last code. A condition is an ``Op`` over facts:

    count, counted, before, had (names of counts)    events, held (types of events)    window (type of events, its months)
    known (type of documents)    some, number (type of documents, a condition on one of them)    said (name of a statement)
    as_of_from (a day)

and in the condition on a document: ``issued_from``, ``issued_to`` (a day), ``undated``, ``expired``, ``open`` (no last day),
``attached``, ``part`` (its name). ``ge``, ``gt``, ``le``, ``lt``, ``eq``, ``mul``, ``and``, ``or``, ``not`` are what they say.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from evaluator.checks import Check
from evaluator.checks.cadence import Cadence
from evaluator.checks.change import Change
from evaluator.checks.document import DocumentCheck, deadline_in
from evaluator.checks.group import Group
from evaluator.checks.quantity import Quantity
from evaluator.checks.ratio import Ratio
from evaluator.checks.statement import StatementCheck
from evaluator.exact import Exact
from evaluator.loading import Loaded
from evaluator.windows import Span, slots

OUTCOMES = (
    "satisfied",
    "partly_satisfied",
    "not_satisfied",
    "no_evidence",
    "needs_review",
    "not_applicable",
)
SATISFIED, PARTLY, NOT, NO_EVIDENCE, REVIEW, NOT_APPLICABLE = range(6)


class Op(NamedTuple):
    """One operation with its operands: other operations, numbers, names, days."""

    name: str
    args: tuple[Any, ...] = ()


class Decision(NamedTuple):
    """The code of the first of ``cases`` whose condition holds, else ``other``."""

    cases: tuple[tuple[Op, int], ...]
    other: int

    def comes_to(self, code: int) -> Op:
        """The condition on which this decision comes to ``code``."""
        found = []
        for n, (condition, result) in enumerate((*self.cases, (None, self.other))):
            if result == code:
                before = [_not(earlier) for earlier, other in self.cases[:n] if other != code]
                found.append(_and(*before, *([condition] if condition is not None else [])))
        assert found
        return _or(*found)


def op(name: str, *args: Any) -> Op:
    """``Op(name, args)``."""
    return Op(name, args)


def _and(*args: Op) -> Op:
    return args[0] if len(args) == 1 else Op("and", args)


def _or(*args: Op) -> Op:
    return args[0] if len(args) == 1 else Op("or", args)


def _not(arg: Op) -> Op:
    return op("not", arg)


def decisions(loaded: Loaded, span: Span) -> list[Decision]:
    """Each criterion's check as a decision, as at a self-check whose data date does not lie after ``span``."""
    made = []
    for criterion in loaded.ruleset.by_id().values():
        assert criterion.check is not None, "a ruleset of plain checks"
        assert criterion.applies_when is None, "no conditions"
        made.append(_decision(criterion.check, loaded, span))
    return made


def _decision(check: Check, loaded: Loaded, span: Span) -> Decision:
    match check:
        case Ratio():
            return _ratio(check)
        case Quantity():
            return _quantity(check, span)
        case Cadence():
            return _cadence(check, span)
        case DocumentCheck():
            return _document(check, loaded.catalogue.documents[check.documents].valid, span)
        case StatementCheck():
            said = op("said", check.statement)
            return Decision(((op("eq", said, 0), NO_EVIDENCE), (op("eq", said, 2), SATISFIED)), NOT)
        case Change():
            return _change(check)
        case Group():
            return _group(check, [_decision(one, loaded, span) for _, one in check.members()])
        case _:
            raise NotImplementedError(check.kind)


_COMPARED = {"at_least": "ge", "at_most": "le", "above": "gt", "below": "lt", "equals": "eq"}


def _limit(check: Ratio | Quantity) -> tuple[str, Exact]:
    ((name, limit),) = check.limits(date.max)
    return _COMPARED[name], limit


def _ratio(check: Ratio) -> Decision:
    name, limit = _limit(check)
    top, bottom = op("count", check.numerator), op("count", check.denominator)
    share = limit.value
    holds = op(name, op("mul", top, share.denominator), op("mul", bottom, share.numerator))
    cases = [
        (_not(_and(op("counted", check.numerator), op("counted", check.denominator))), NO_EVIDENCE),
        (op("eq", bottom, 0), NOT_APPLICABLE),
        (holds, SATISFIED),
    ]
    if check.credit == "proportional":
        cases.append((op("gt", top, 0), PARTLY))
    return Decision(tuple(cases), NOT)


def _quantity(check: Quantity, span: Span) -> Decision:
    name, limit = _limit(check)
    least = int(limit.value)
    over = op("as_of_from", span.end)
    if check.count is not None:
        holds = op(name, op("count", check.count), least)
        return Decision(((_not(op("counted", check.count)), NO_EVIDENCE), (holds, SATISFIED)), NOT)
    if check.events is not None:
        holds = op(name, op("events", check.events), least)
        unknown = (_not(op("held", check.events)), NO_EVIDENCE)
        if name == "le":
            return Decision((unknown, (_not(holds), NOT), (over, SATISFIED)), NO_EVIDENCE)
        return Decision((unknown, (holds, SATISFIED), (over, NOT)), NO_EVIDENCE)
    assert check.documents is not None
    assert name == "ge"
    kind = check.documents
    dated = op("number", kind, op("issued_from", span.start))
    undated = op("some", kind, op("undated"))
    enough = op("ge", op("number", kind, _or(op("undated"), op("issued_from", span.start))), least)
    return Decision(
        (
            (_not(op("known", kind)), NO_EVIDENCE),
            (op("ge", dated, least), SATISFIED),
            # While the period runs more can come, whatever is undated.
            (_and(undated, _or(enough, _not(over))), REVIEW),
            (over, NOT),
        ),
        NO_EVIDENCE,
    )


def _cadence(check: Cadence, span: Span) -> Decision:
    assert isinstance(check.at_least, Exact)
    needed, grid = int(check.at_least.value), slots(span, check.every, check.months, check.starts)
    assert not any(slot.cut for slot in grid)
    found = [op("window", check.events, *(month % 12 for month in slot.months)) for slot in grid]
    met = [op("ge", one, needed) for one in found]
    over = [op("as_of_from", slot.end) for slot in grid]
    unmet = [op("lt", one, needed) for one in found]
    open_ = _or(*(_and(_not(ended), short) for ended, short in zip(over, unmet, strict=True)))
    cases = [(_not(op("held", check.events)), NO_EVIDENCE), (_and(*met), SATISFIED)]
    if check.credit == "all_or_nothing":
        missed = _or(*(_and(ended, short) for ended, short in zip(over, unmet, strict=True)))
        return Decision((*cases, (missed, NOT)), NO_EVIDENCE)
    return Decision((*cases, (open_, NO_EVIDENCE), (_or(*met), PARTLY)), NOT)


def _document(check: DocumentCheck, valid: str, span: Span) -> Decision:
    kind, in_force = check.documents, (check.state or "in_force") == "in_force" and not check.issued_by
    in_force = in_force or check.state == "in_force"
    deadline = None if check.issued_by is None else deadline_in(check.issued_by, span)
    has = [op("part", part) for part in check.contains]
    has += [op("attached")] if check.attachment else []
    timely = [op("issued_to", deadline)] if deadline is not None else []
    current: list[Op] = [_not(op("expired"))] if in_force else []
    this_year = op("issued_from", span.start)
    if in_force and valid == "year":
        current.append(_or(_not(op("open")), this_year))
    if check.state == "issued":
        current.append(this_year)
    ended = [_not(op("open"))] if in_force and valid == "dated" else []
    good = _and(*has, *timely, *current, _not(op("undated")), *ended)
    lacks = op("undated") if not ended else _or(op("undated"), op("open"))
    unexpired = [_not(op("expired"))] if in_force else []
    # What has no date waits for a person, if nothing else is wrong with it.
    waits = _and(*has, *timely, *unexpired, lacks)
    cases = [(op("some", kind, good), SATISFIED), (op("some", kind, waits), REVIEW)]
    cases.append((_not(op("known", kind)), NO_EVIDENCE))
    last = deadline or (span.end if check.state == "issued" else None)
    if last is not None:
        cases.append((_not(op("as_of_from", last)), NO_EVIDENCE))
    return Decision(tuple(cases), NOT)


def _change(check: Change) -> Decision:
    now, before = op("count", check.count), op("before", check.count)
    cases = [(_not(_and(op("counted", check.count), op("had", check.count))), NO_EVIDENCE)]
    less = check.direction in ("falls", "not_above")
    if check.by is None:
        name = {"falls": "lt", "rises": "gt", "not_above": "le", "not_below": "ge"}[check.direction]
        return Decision((*cases, (op(name, now, before), SATISFIED)), NOT)
    assert check.by.percent
    if less:
        cases.append((op("eq", before, 0), REVIEW))
    else:
        cases.append((op("and", op("eq", before, 0), op("eq", now, 0)), NOT))
    share = check.by.value
    factor = 1 - share if check.direction in ("falls", "not_below") else 1 + share
    name = "le" if less else "ge"
    bound = op("mul", before, factor.numerator)
    return Decision((*cases, (op(name, op("mul", now, factor.denominator), bound), SATISFIED)), NOT)


def _group(check: Group, members: list[Decision]) -> Decision:
    holds = [one.comes_to(SATISFIED) for one in members]
    waits = _or(*(one.comes_to(REVIEW) for one in members if _reaches(one, REVIEW)))
    misses = _or(*(one.comes_to(NO_EVIDENCE) for one in members))
    if check.any_ is not None:
        return Decision(((_or(*holds), SATISFIED), (waits, REVIEW), (misses, NO_EVIDENCE)), NOT)
    if check.credit == "all_or_nothing":
        fails = _or(*(one.comes_to(NOT) for one in members))
        return Decision(((_and(*holds), SATISFIED), (fails, NOT), (waits, REVIEW)), NO_EVIDENCE)
    need = int(check.at_least.value) if check.at_least is not None else len(members)
    enough = _or(*(_and(*some) for some in combinations(holds, need)))
    return Decision(((enough, SATISFIED), (waits, REVIEW), (misses, NO_EVIDENCE), (_or(*holds), PARTLY)), NOT)


def _reaches(decision: Decision, code: int) -> bool:
    return code in {*(result for _, result in decision.cases), decision.other}
