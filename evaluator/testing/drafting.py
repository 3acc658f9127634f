"""Drafts of cases for what no case covers: facts on each side of a boundary and on it, and what the rules now make of them.

A draft says what the engine says today: whether the standard means that, a person confirms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError

from evaluator.cases import Case, CaseFile, Defaults, facts_of_case
from evaluator.catalogue import Catalogue
from evaluator.evaluate import program
from evaluator.finding import Outcome
from evaluator.ruleset import Criterion, Ruleset
from evaluator.testing.boundaries import Boundary, Side, dates_in, models
from evaluator.testing.coverage import FAILING, Coverage
from evaluator.testing.good import Facts, Setting, plain_given, satisfying
from evaluator.testing.items import Variation
from evaluator.testing.noticing import Cases, Mutant
from evaluator.testing.running import Ran
from evaluator.testing.standing import standing
from evaluator.testing.stating import expected, shortened
from evaluator.testing.variations import variations
from evaluator.windows import Span

OUTCOMES = {
    "satisfied": "达标",
    "partly_satisfied": "部分达标",
    "not_satisfied": "未达标",
    "no_evidence": "按未提交计",
    "needs_review": "待核验",
    "not_applicable": "不适用",
}
Goal = tuple[Boundary, Side] | tuple[str, Outcome] | Mutant
MOST = 400


class Draft(NamedTuple):
    """A drafted case: its data as a case file writes it, and the goals that it reaches."""

    data: Mapping[str, Any]
    reaches: tuple[Goal, ...]


class Drafted(NamedTuple):
    """The drafts, and the goals for which no facts were found."""

    drafts: tuple[Draft, ...]
    unreached: tuple[Goal, ...]


def drafted(
    cases: CaseFile,
    every: Iterable[Ran],
    ruleset: Ruleset,
    catalogue: Catalogue,
    covered: Coverage,
    unnoticed: Iterable[Mutant] = (),
) -> Drafted:
    """Drafts for the outcomes and sides of boundaries that ``covered`` lacks, and for the changes that are ``unnoticed``.

    Each begins from the first case that satisfies its criterion, else from facts made up.
    """
    every = tuple(every)
    goals: dict[str | None, list[Goal]] = {}
    for one in covered.boundaries():
        for side in one.missing:
            goals.setdefault(one.boundary.criterion, []).append((one.boundary, side))
    for of in covered.criteria:
        goals.setdefault(of.criterion.id, []).extend((of.criterion.id, outcome) for outcome in of.wanting)
    for mutant in unnoticed:
        goals.setdefault(mutant.criterion, []).append(mutant)
    names = {case.name for case in cases.cases}
    drafts: list[Draft] = []
    unreached = list(goals.pop(None, ()))  # facts for the whole score are for people to choose
    if cases.defaults.period is None and not every:
        return Drafted((), (*unreached, *(goal for left in goals.values() for goal in left)))
    bench = _Bench(cases.defaults, every, ruleset, catalogue)
    for name, criterion in ruleset.by_id().items():
        left = list(goals.get(name, ()))
        if not left:
            continue
        for draft in bench.chosen(criterion, left):
            fresh = _named_anew(draft, names)
            names.add(fresh.data["name"])
            drafts.append(fresh)
            left = [goal for goal in left if goal not in draft.reaches]
        unreached += left
    return Drafted(tuple(drafts), tuple(unreached))


def _named_anew(draft: Draft, names: set[str]) -> Draft:
    name, n = draft.data["name"], 2
    while name in names:
        name, n = f"{draft.data['name']}（{n}）", n + 1
    return draft._replace(data={**draft.data, "name": name})


class _Bench:
    """Where variations of facts are judged."""

    def __init__(
        self, defaults: Defaults, every: tuple[Ran, ...], ruleset: Ruleset, catalogue: Catalogue
    ) -> None:
        self.defaults, self.every = defaults, every
        self.ruleset, self.catalogue = ruleset, catalogue
        self.cases = Cases((), ruleset, catalogue)
        self.span = defaults.period.span if defaults.period is not None else every[0].facts.span

    def chosen(self, criterion: Criterion, goals: list[Goal]) -> Iterator[Draft]:
        """As few drafts as reach what can be reached: always the one that reaches most of what is left."""
        candidates = [
            (variation, one, self._reached(one, goals)) for variation, one in self._judged(criterion)
        ]
        left = set(range(len(goals)))
        while left:
            # The plainest first: variations go from simple to compound.
            variation, one, reached = max(
                candidates, key=lambda each: len(each[2] & left), default=(None, None, set())
            )
            if variation is None or one is None or not reached & left:
                return
            left -= reached
            yield Draft(self._data(criterion, variation, one), tuple(goals[n] for n in sorted(reached)))

    def _judged(self, criterion: Criterion) -> Iterator[tuple[Variation, Ran]]:
        seen = set()
        for span, base in self._bases(criterion):
            for variation in variations(
                criterion, base, Setting(span, self.catalogue), self._needed(criterion)
            ):
                key = repr((span, variation.facts))
                one = None if key in seen else self._ran(criterion, variation.facts, span)
                seen.add(key)
                if one is not None:
                    yield variation, one
                if len(seen) > MOST:
                    return

    def _needed(self, criterion: Criterion) -> list[Criterion]:
        return [one for name, one in self.ruleset.by_id().items() if name in criterion.requires]

    def _bases(self, criterion: Criterion) -> Iterator[tuple[Span, Facts]]:
        """Facts to begin from: those of a case that satisfies, then facts made up, for each period that is judged otherwise."""
        fit = [
            one.case
            for one in self.every
            if one.case.criterion == criterion.id
            and one.verdicts[criterion.id].outcome == "satisfied"
            and one.case.period is None
            and one.case.as_of is None
        ]
        if fit:
            yield self.span, plain_given(fit[0].given)
        for span in (self.span, *self._other_spans(criterion)):
            setting = Setting(span, self.catalogue)
            facts = satisfying(criterion, setting)
            wanted = program(self.ruleset, self.catalogue, span).prerequisites(criterion.id)
            for name, other in self.ruleset.by_id().items():
                if name in wanted and name != criterion.id:
                    for kind, items in satisfying(other, setting).items():
                        facts[kind] = (
                            {**items, **facts[kind]} if isinstance(items, dict) else [*facts[kind], *items]
                        )
            yield span, facts

    def _other_spans(self, criterion: Criterion) -> Iterator[Span]:
        # The years in which another value of a dated threshold is in force.
        days = sorted({one for _, model in models(criterion) for one in dates_in(model)})
        for day in days:
            years = range(day.year - 1, day.year + 3)
            spans = [_years_on(self.span, year - self.span.start.year) for year in years]
            ends = [
                one.end if self.ruleset.scoring.transition == "period_end" else one.start for one in spans
            ]
            found = next((one for one, end in zip(spans, ends, strict=True) if end >= day), None)
            if found is not None and found != self.span:
                yield found

    def _ran(self, criterion: Criterion, facts: Facts, span: Span) -> Ran | None:
        try:
            case = Case.model_validate(self._case(criterion.id, facts, "x", span))
            found = facts_of_case(case, self.defaults, self.ruleset)
        except ValidationError:
            return None
        if _impossible(facts, self.catalogue):
            return None
        compiled = program(self.ruleset, self.catalogue, found.span)
        wanted = compiled.prerequisites(criterion.id)
        verdicts = compiled.judge_again((name for name in compiled.order if name in wanted), found, {})
        expect = expected(verdicts[criterion.id], self.ruleset)
        full = Case.model_validate({**self._case(criterion.id, facts, "x", span), "expect": expect})
        return Ran(0, full, found, verdicts, None, ())

    def _case(self, criterion: str, facts: Facts, name: str, span: Span) -> dict[str, Any]:
        own = self.defaults.period is None or span != self.defaults.period.span
        return {
            "name": name,
            "criterion": criterion,
            **({"period": {"from": str(span.start), "to": str(span.end)}} if own else {}),
            "given": shortened(facts),
            "expect": {"outcome": "satisfied"},
        }

    def _reached(self, one: Ran, goals: list[Goal]) -> set[int]:
        stands = set(standing(one, self.ruleset))
        found = set()
        for n, goal in enumerate(goals):
            if isinstance(goal, Mutant):
                reached = any(self.cases.noticing(goal, [one]))
            elif isinstance(goal[0], Boundary):
                reached = goal in stands
            else:
                outcome = one.verdicts[goal[0]].outcome
                reached = outcome == goal[1] or (goal[1] in FAILING and outcome in FAILING)
            if reached:
                found.add(n)
        return found

    def _data(self, criterion: Criterion, variation: Variation, one: Ran) -> dict[str, Any]:
        verdict = one.verdicts[criterion.id]
        year = "" if one.facts.span == self.span else f"{one.facts.span.end.year} 年，"
        name = f"{criterion.title.zh}：{year}{variation.words}，{OUTCOMES[verdict.outcome]}"
        data = self._case(criterion.id, variation.facts, name, one.facts.span)
        return {**data, "expect": expected(verdict, self.ruleset)}


def _years_on(span: Span, years: int) -> Span:
    return Span(*(_year_on(day, years) for day in span))


def _year_on(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(day.year + years, day.month, last)


def _impossible(facts: Facts, catalogue: Catalogue) -> bool:
    counts = facts["counts"]
    return any(
        float(counts[name]) > float(counts[whole])
        for name in counts
        if name in catalogue.counts
        for whole in catalogue.counts[name].at_most
        if whole in counts
    )
