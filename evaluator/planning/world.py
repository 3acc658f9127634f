"""The submission at the end of its period: judged as it stands, and judged again under changes, by the engine alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.deductions import Loss
from evaluator.evaluate import Judgement, Verdict, program
from evaluator.exact import Number
from evaluator.facts import Facts, Stage, facts_of
from evaluator.finding import Finding
from evaluator.planning.change import Change, changed_facts, changed_submission, without_later
from evaluator.planning.reach import LOSS, reach_of
from evaluator.ruleset import Criterion, Ruleset
from evaluator.score import Result, score
from evaluator.submission import Submission

Key = tuple[str, str, tuple[int, ...]]
Element = Verdict | Loss


class Leaf(NamedTuple):
    """A finding without members: of which element, whether as a condition, where in it, of which kind of unit it speaks."""

    key: Key
    finding: Finding
    unit: str
    criterion: Criterion | None

    @property
    def condition(self) -> bool:
        """Whether it only says if the criterion applies."""
        return self.key[1] == "applies_when"

    @property
    def floor(self) -> Number | None:
        """The credit that is sure; None where the finding does not apply."""
        return None if self.finding.credit is None else self.finding.credit.floor


class World:
    """One submission under one ruleset, carried on to the end of the period.

    ``first`` and ``last`` are the days between which something can still be done; ``settled`` verdicts (decided by a person)
    stay as they are. ``rejected`` and ``seen`` are those of ``facts_of``, after a review.
    """

    def __init__(
        self,
        ruleset: Ruleset,
        catalogue: Catalogue,
        submission: Submission,
        as_of: date,
        *,
        stage: Stage = "self_check",
        ratings: Mapping[str, int] | None = None,
        settled: Mapping[str, Verdict] | None = None,
        rejected: frozenset[str] = frozenset(),
        seen: Mapping[str, bool] = MappingProxyType({}),
    ) -> None:
        self.ruleset, self.catalogue, self.as_of = ruleset, catalogue, as_of
        span = submission.period.span
        self.first, self.last = max(as_of + timedelta(days=1), span.start), span.end
        self.submission = without_later(submission, as_of)
        self.seen = seen
        self.facts = facts_of(
            self.submission, max(as_of, span.end), stage, ratings, rejected=rejected, seen=seen
        )
        self.program = program(ruleset, catalogue, span)
        self.reach = reach_of(ruleset)
        self.settled = dict(settled or {})
        self.criteria = ruleset.by_id()
        self._required = {
            name: self.program.prerequisites(name) for name, one in self.criteria.items() if one.requires
        }
        self.verdicts = self._judged(self.program.order, self.facts, self.settled)
        self.losses = self.program.losses(self.facts)

    @property
    def open(self) -> bool:
        """Whether anything can still be done in the period."""
        return self.first <= self.last

    def elements(self) -> Iterator[tuple[str, Element]]:
        """Every criterion and every deduction as it stands, by name."""
        yield from ((name, self.verdicts[name]) for name in self.criteria)
        yield from ((f"{LOSS}{n}", loss) for n, loss in enumerate(self.losses))

    def judged(self, elements: Iterable[str], changes: Iterable[Change]) -> dict[str, Element]:
        """What ``elements`` come to after ``changes``."""
        wanted = set(elements)
        # What they require may have changed with the same changes.
        needed = wanted.union(*(self._required[name] for name in wanted if name in self._required))
        facts = changed_facts(self.facts, changes, self.seen)
        verdicts = self._judged((name for name in self.program.order if name in needed), facts, self.verdicts)
        found: dict[str, Element] = {name: verdicts[name] for name in verdicts if name in wanted}
        if any(name.startswith(LOSS) for name in wanted):
            losses = self.program.losses(facts)
            found |= {name: losses[int(name[1:])] for name in wanted if name.startswith(LOSS)}
        return found

    def _judged(self, names: Iterable[str], facts: Facts, prior: Mapping[str, Verdict]) -> dict[str, Verdict]:
        return self.program.judge_again(
            (name for name in names if name not in self.settled), facts, dict(prior)
        )

    def result(self, changes: Iterable[Change]) -> tuple[Judgement, Result]:
        """The whole judgement and its score after ``changes``."""
        found = self.judged((*self.criteria, *(f"{LOSS}{n}" for n in range(len(self.losses)))), changes)
        verdicts = tuple(one for name in self.criteria if isinstance(one := found[name], Verdict))
        losses = tuple(one for n in range(len(self.losses)) if isinstance(one := found[f"{LOSS}{n}"], Loss))
        judgement = Judgement(verdicts, losses)
        return judgement, score(self.ruleset, judgement)

    def done(self, changes: Iterable[Change]) -> Submission:
        """The submission as it would be with ``changes``."""
        return changed_submission(self.submission, changes)

    def leaves(self, item: str, changes: Iterable[Change] = ()) -> dict[Key, Leaf]:
        """The leaves that read ``item``, after ``changes``."""
        found = self.judged(self.reach.get(item, ()), changes)
        return {
            leaf.key: leaf
            for name, one in found.items()
            for leaf in leaves_of(name, one)
            if item in leaf.finding.of
        }


def leaves_of(name: str, element: Element) -> Iterator[Leaf]:
    """Every leaf of an element, in order."""
    if isinstance(element, Loss):
        yield from _below(element.finding, (name, "deduct", (0,)), "", None)
        return
    for n, (role, finding) in enumerate(element.findings):
        if role != "requires":
            yield from _below(finding, (name, role, (n,)), "", element.criterion)


def _below(finding: Finding, key: Key, unit: str, criterion: Criterion | None) -> Iterator[Leaf]:
    if not finding.members:
        yield Leaf(key, finding, unit, criterion)
    inside = finding.of[0] if finding.kind == "group" and finding.of else unit
    for n, member in enumerate(finding.members):
        yield from _below(member, (*key[:2], (*key[2], n)), inside, criterion)
