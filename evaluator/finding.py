"""Findings: what one check found. Plain data, exact, without wording (see ``evaluator.wording``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from evaluator.exact import Exact, Number

# Makes a named tuple from all its fields in a third of the time that its own constructor takes: for what is made by the thousand.
new_tuple = tuple.__new__

Outcome = Literal[
    "satisfied", "partly_satisfied", "not_satisfied", "no_evidence", "needs_review", "not_applicable"
]
Waits = Literal["evidence", "person", "time"]
WindowState = Literal["met", "missed", "open", "cut"]


class Interval(NamedTuple):
    """A credit: at least ``floor``, at most ``ceiling``, both within 0–1 (decision 1)."""

    floor: Number
    ceiling: Number


NONE = Interval(0, 0)
FULL = Interval(1, 1)
UNDECIDED = Interval(0, 1)


class Measure(NamedTuple):
    """A measured number ``numerator`` ÷ ``denominator`` and the submitted values it came from.

    ``growing`` is true where the period is not over, so that the number may still rise.
    """

    numerator: Number
    denominator: Number
    parts: tuple[tuple[str, Number], ...]
    growing: bool = False


class Requirement(NamedTuple):
    """What a check asks for: comparisons, steps or a scale on a number, or a ``code`` with details for the rest.

    ``limits`` are ``(comparison, value)``; ``steps`` are ``(comparison, value, credit)`` from the best to the worst.
    ``points`` are those of the criterion, where its steps are stated in points and points are what it earns.
    """

    code: str
    limits: tuple[tuple[str, Exact], ...] = ()
    steps: tuple[tuple[str, Exact, Number], ...] = ()
    scale: tuple[Exact, Exact] | None = None
    details: tuple[str, ...] = ()
    points: Fraction | None = None

    def values(self) -> tuple[Fraction, ...]:
        """Every number that a measured value is compared with."""
        ends = () if self.scale is None else (self.scale[0].value, self.scale[1].value)
        return (
            *(limit.value for _, limit in self.limits),
            *(limit.value for _, limit, _ in self.steps),
            *ends,
        )


class Shortfall(NamedTuple):
    """How far short: ``amount`` of the item ``of``; ``possible`` is false where nothing can make it up."""

    code: str
    amount: Number
    of: str
    possible: bool = True
    details: tuple[str, ...] = ()


class Window(NamedTuple):
    """One window of a cadence, both days inclusive."""

    start: date
    end: date
    needed: int
    found: int
    state: WindowState


class Finding(NamedTuple):
    """One check's outcome.

    ``credit`` is None where the check does not apply. ``reason`` is a code that ``evaluator.wording`` turns into
    sentences with ``details``; ``waits`` says what an undecided credit waits for; ``closed`` that a later stage closed what
    was not submitted; ``label`` names the unit that a member of ``each`` speaks of.
    """

    kind: str
    of: tuple[str, ...]
    credit: Interval | None
    reason: str
    required: Requirement | None = None
    measured: Measure | None = None
    shortfall: Shortfall | None = None
    evidence: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    members: tuple[Finding, ...] = ()
    waits: Waits | None = None
    closed: bool = False
    details: tuple[str, ...] = ()
    label: str = ""


def is_open(credit: Interval) -> bool:
    """Whether ``credit`` is undecided."""
    # Ends of a decided credit are mostly one object; fractions compare slowly.
    return credit.floor is not credit.ceiling and credit.floor != credit.ceiling


def met(
    kind: str,
    of: tuple[str, ...],
    required: Requirement,
    measured: Measure | None,
    evidence: tuple[str, ...],
    windows: tuple[Window, ...] = (),
    reason: str = "met",
) -> Finding:
    """What is met in full, made in half the time that ``Finding(…)`` takes: most findings are this or ``short``."""
    return new_tuple(
        Finding,
        (kind, of, FULL, reason, required, measured, None, evidence, windows, (), None, False, (), ""),
    )


def short(
    kind: str,
    of: tuple[str, ...],
    credit: Interval,
    required: Requirement,
    measured: Measure | None,
    shortfall: Shortfall | None,
    evidence: tuple[str, ...],
    reason: str = "short",
) -> Finding:
    """What is decided and not met in full; as fast as ``met``."""
    return new_tuple(
        Finding,
        (kind, of, credit, reason, required, measured, shortfall, evidence, (), (), None, False, (), ""),
    )


def measure(numerator: Number, denominator: Number, parts: tuple[tuple[str, Number], ...]) -> Measure:
    """A number that no longer grows; as fast as ``met``."""
    return new_tuple(Measure, (numerator, denominator, parts, False))


def labelled(finding: Finding, label: str) -> Finding:
    """``finding`` as that of the unit ``label``."""
    return new_tuple(Finding, (*finding[:-1], label))


def leaves(finding: Finding) -> Iterator[Finding]:
    """The findings without members below ``finding``, itself where it has none."""
    if not finding.members:
        yield finding
    for member in finding.members:
        yield from leaves(member)


def open_leaves(finding: Finding) -> Iterator[Finding]:
    """The leaves that leave ``finding`` undecided; what is decided above them waits for nothing."""
    if finding.credit is None or not is_open(finding.credit):
        return
    if not finding.members:
        yield finding
    for member in finding.members:
        yield from open_leaves(member)


def waiting(findings: Iterable[Finding]) -> tuple[Waits, ...]:
    """What the undecided leaves wait for, each once: person, time, evidence in this order."""
    found: set[Waits | None] = set()
    for finding in findings:
        if finding.members:
            found.update(leaf.waits for leaf in open_leaves(finding))
        elif finding.credit is not None and is_open(finding.credit):
            found.add(finding.waits)
    return tuple([kind for kind in _WAITS if kind in found])


_WAITS: tuple[Waits, ...] = ("person", "time", "evidence")


def outcome_of(credit: Interval | None, findings: Iterable[Finding]) -> Outcome:
    """The outcome that ``credit`` means, given the findings that it came from (decision 1)."""
    if credit is None:
        return "not_applicable"
    if is_open(credit):
        return "needs_review" if "person" in waiting(findings) else "no_evidence"
    if credit.floor == 1:
        return "satisfied"
    if credit.floor:
        return "partly_satisfied"
    ends: list[Finding] = []
    for finding in findings:
        ends.extend(leaves(finding) if finding.members else (finding,))
    if not any(leaf.closed for leaf in ends):
        return "not_satisfied"
    failed = any(leaf.credit == NONE and not leaf.closed for leaf in ends)
    return "not_satisfied" if failed else "no_evidence"
