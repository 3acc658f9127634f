"""Ruleset × facts → verdicts: pure; a ruleset is compiled once for a period and judges many subjects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from evaluator.alternatives import compile_best_of
from evaluator.catalogue import Catalogue
from evaluator.checks import Judge
from evaluator.crediting import Context
from evaluator.deductions import Loss, Lossy, compile_deductions
from evaluator.earnings import compile_earnings
from evaluator.facts import Facts
from evaluator.finding import (
    FULL,
    NONE,
    UNDECIDED,
    Finding,
    Interval,
    Outcome,
    Requirement,
    Waits,
    is_open,
    new_tuple,
    outcome_of,
    waiting,
)
from evaluator.identity import Same
from evaluator.ruleset import Criterion, Ruleset
from evaluator.windows import Span

Role = Literal["applies_when", "requires", "check", "deduct", "best_of", "earn"]


class Verdict(NamedTuple):
    """A criterion's conclusion: its credit (None: does not apply), outcome, and the findings with their roles."""

    criterion: Criterion
    credit: Interval | None
    outcome: Outcome
    waits: tuple[Waits, ...]
    findings: tuple[tuple[Role, Finding], ...]


class Ruling(NamedTuple):
    """What an inspector decided of a criterion, whatever is measured: its credit (None: does not apply) and outcome."""

    credit: Interval | None
    outcome: Outcome


class Judgement(NamedTuple):
    """All verdicts of one subject in the ruleset's order, and what the deductions of ``Ruleset.taken`` found, in its order.

    ``overruled`` are the machine's verdicts, by criterion, where a ruling stands in ``verdicts`` instead.
    """

    verdicts: tuple[Verdict, ...]
    losses: tuple[Loss, ...]
    overruled: Mapping[str, Verdict] = MappingProxyType({})


Prior = dict[str, Verdict]
_Judging = Callable[[Facts, Prior], Verdict]
_Judges = dict[str, _Judging]
_NOTHING_PRIOR: Prior = {}


class Program:
    """A ruleset compiled for one period."""

    def __init__(self, ruleset: Ruleset, catalogue: Catalogue, span: Span) -> None:
        self.ruleset, self.catalogue, self.span = ruleset, catalogue, span
        criteria = ruleset.by_id()
        self.order = _prerequisites_first(criteria)
        self._judges = {name: _compile(criteria[name], self._context(criteria[name])) for name in self.order}
        self._names = tuple(criteria)
        self._alone, self._requiring = self._parted(criteria, self._judges)
        plain = Context(span, self.day, catalogue)
        self._losses: tuple[Lossy, ...] = tuple(
            one.deduction.compile(plain, 100 if one.section is None else one.section.worth(ruleset.scoring))
            for one in ruleset.taken()
        )

    @property
    def day(self) -> date:
        """The day that picks dated thresholds."""
        return self.span.end if self.ruleset.scoring.transition == "period_end" else self.span.start

    def judge(self, facts: Facts, rulings: Mapping[str, Ruling] = MappingProxyType({})) -> Judgement:
        """Every criterion's verdict on ``facts`` (whose period is this program's).

        ``rulings`` replace the machine's verdicts; a criterion that requires one of theirs is judged by the ruling.
        """
        overruled: dict[str, Verdict] = {}
        if rulings:
            prior = self._judged_with(facts, rulings, overruled)
        else:
            alone = [judge(facts, _NOTHING_PRIOR) for judge in self._alone.values()]
            prior = dict(zip(self._alone, alone, strict=True))
            for name, judge in self._requiring.items():
                prior[name] = judge(facts, prior)
        return Judgement(tuple(map(prior.__getitem__, self._names)), self.losses(facts), overruled)

    def _judged_with(
        self, facts: Facts, rulings: Mapping[str, Ruling], overruled: dict[str, Verdict]
    ) -> Prior:
        prior: Prior = {}
        for name, judge in self._judges.items():
            prior[name] = judge(facts, prior)
            if name in rulings:
                overruled[name] = prior[name]
                prior[name] = _ruled(prior[name], rulings[name])
        return prior

    def judge_again(self, names: Iterable[str], facts: Facts, prior: Prior) -> Prior:
        """The verdicts of ``names`` (prerequisites first) on ``facts``, over those in ``prior`` for what they require."""
        verdicts = dict(prior)
        for name in names:
            verdicts[name] = self._judges[name](facts, verdicts)
        return verdicts

    def losses(self, facts: Facts) -> tuple[Loss, ...]:
        """What each deduction of ``Ruleset.taken`` takes."""
        return tuple([loss(facts) for loss in self._losses])

    def judge_one(self, name: str, facts: Facts) -> Verdict:
        """One criterion's verdict, judged alone with the criteria that it requires."""
        wanted = self.prerequisites(name)
        return self.judge_again((one for one in self.order if one in wanted), facts, {})[name]

    def altered(self, ruleset: Ruleset, names: Iterable[str]) -> Program:
        """This program for ``ruleset``, which differs from its own in the criteria ``names`` alone: only they are compiled."""
        criteria = ruleset.by_id()
        anew = {name: _compile(criteria[name], self._context(criteria[name])) for name in names}
        other = copy(self)
        judges = {**self._judges, **anew}
        alone, requiring = self._parted(criteria, judges)
        vars(other).update(ruleset=ruleset, _judges=judges, _alone=alone, _requiring=requiring)
        return other

    def _parted(self, criteria: dict[str, Criterion], judges: _Judges) -> tuple[_Judges, _Judges]:
        """The judges of the criteria that require no other, and of those that do, these in an order that serves."""
        alone = {name: judges[name] for name in self.order if not criteria[name].requires}
        return alone, {name: judges[name] for name in self.order if name not in alone}

    def prerequisites(self, name: str) -> set[str]:
        """``name`` and every criterion that it requires, whether itself or through others."""
        criteria, wanted, queue = self.ruleset.by_id(), {name}, [name]
        while queue:
            for other in criteria[queue.pop()].requires:
                if other not in wanted:
                    wanted.add(other)
                    queue.append(other)
        return wanted

    def _context(self, criterion: Criterion) -> Context:
        return Context(
            self.span,
            self.day,
            self.catalogue,
            points=criterion.points.value,
            prohibition=criterion.nature == "prohibition",
            criterion=criterion.id,
            flat=self.ruleset.scoring.model == "flat",
        )


def _ruled(verdict: Verdict, ruling: Ruling) -> Verdict:
    # The findings stay: what was measured is no matter of opinion.
    waits: tuple[Waits, ...] = ("person",) if ruling.outcome == "needs_review" else ()
    return verdict._replace(credit=ruling.credit, outcome=ruling.outcome, waits=waits)


def _prerequisites_first(criteria: dict[str, Criterion]) -> tuple[str, ...]:
    ordered: dict[str, None] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"requires goes in a circle: {' → '.join((*above, name))}")
        if name not in ordered:
            for other in criteria[name].requires:
                visit(other, (*above, name))
            ordered[name] = None

    for name in criteria:
        visit(name, ())
    return tuple(ordered)


def _compile(criterion: Criterion, context: Context) -> _Judging:
    role, main = _main(criterion, context)
    condition = (
        criterion.applies_when.compile(context._replace(points=None)) if criterion.applies_when else None
    )
    requires = criterion.requires
    if condition is None and not requires:
        return _unconditional(criterion, role, main)

    def judge(facts: Facts, prior: Prior) -> Verdict:
        findings: list[tuple[Role, Finding]] = []
        applies: Interval | None = None
        if condition is not None:
            found = condition(facts.leniently)
            findings.append(("applies_when", found))
            applies = found.credit
            if applies is None or applies.ceiling < 1:
                return _verdict(criterion, None, tuple(findings))
        finding = main(facts)
        credit = finding.credit
        findings.append((role, finding))
        if credit is not None and requires:
            credit, held_back = _held_back(credit, [prior[name] for name in requires])
            if held_back is not None:
                findings.append(("requires", held_back))
        if applies is not None and applies.floor < 1 and not facts.closing and credit is not None:
            credit = UNDECIDED
        return _verdict(criterion, credit, tuple(findings))

    return judge


def _unconditional(criterion: Criterion, role: Role, main: Judge) -> _Judging:
    def judge(facts: Facts, _prior: Prior) -> Verdict:
        finding = main(facts)
        credit, findings = finding.credit, ((role, finding),)
        # Four verdicts in five: all or nothing, by one check.
        if credit is FULL:
            return new_tuple(Verdict, (criterion, credit, "satisfied", (), findings))
        if credit is NONE and not finding.members:
            outcome = "no_evidence" if finding.closed else "not_satisfied"
            return new_tuple(Verdict, (criterion, credit, outcome, (), findings))
        return _verdict(criterion, credit, findings)

    return judge


def _main(criterion: Criterion, context: Context) -> tuple[Role, Judge]:
    if criterion.check is not None:
        return "check", criterion.check.compile(context)
    if criterion.deduct is not None:
        return "deduct", compile_deductions(criterion.deduct, context, criterion.points.value)
    if criterion.earn is not None:
        return "earn", compile_earnings(criterion.earn, context, criterion.points.value)
    return "best_of", compile_best_of(criterion.best_of or (), context, criterion.points.value)


def _held_back(credit: Interval, verdicts: Iterable[Verdict]) -> tuple[Interval, Finding | None]:
    # A required criterion that does not apply does not stand in the way.
    open_ = [
        one for one in verdicts if one.credit is not FULL and one.credit is not None and one.credit.floor < 1
    ]
    if not open_:
        return credit, None
    failed = [one for one in open_ if one.credit is not None and one.credit.ceiling < 1]
    if failed:
        return NONE, _required("required_failed", tuple([one.criterion.id for one in failed]), None)
    if credit.ceiling > 0:
        waits: Waits = next((kind for one in open_ for kind in one.waits), "evidence")
        finding = _required("required_open", tuple([one.criterion.id for one in open_]), waits)
        return Interval(0, credit.ceiling), finding
    return credit, None


@lru_cache(maxsize=1024)
def _required(reason: str, names: tuple[str, ...], waits: Waits | None) -> Finding:
    """That the criteria ``names``, which another requires, failed or are open."""
    return Finding(
        "requires",
        names,
        NONE if waits is None else UNDECIDED,
        reason,
        Requirement("requires", details=names),
        waits=waits,
        details=names,
    )


def _verdict(
    criterion: Criterion, credit: Interval | None, findings: tuple[tuple[Role, Finding], ...]
) -> Verdict:
    waits: tuple[Waits, ...] = ()
    outcome: Outcome
    if credit is FULL:
        outcome = "satisfied"
    elif credit is None:
        outcome = "not_applicable"
    elif is_open(credit):
        waits = waiting([finding for _, finding in findings])
        outcome = "needs_review" if "person" in waits else "no_evidence"
    else:
        # A condition says whether the criterion applies; its own failed parts are no failure of the criterion.
        outcome = outcome_of(credit, [finding for role, finding in findings if role != "applies_when"])
    return new_tuple(Verdict, (criterion, credit, outcome, waits, findings))


@lru_cache(maxsize=64)
def _program(ruleset: Same[Ruleset], catalogue: Same[Catalogue], span: Span) -> Program:
    return Program(ruleset.value, catalogue.value, span)


def program(ruleset: Ruleset, catalogue: Catalogue, span: Span) -> Program:
    """``ruleset`` compiled for the period ``span``; compiled once for each ruleset object and period."""
    return _program(Same(ruleset), Same(catalogue), span)
