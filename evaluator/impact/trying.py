"""A number not yet decided: every subject judged with each value of a range, compared with the value in force."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.evaluate import Judgement, Program
from evaluator.exact import Exact, Number, decimal, printed, total
from evaluator.facts import Stage, facts_of
from evaluator.finding import Outcome, leaves
from evaluator.impact.summing import side_of
from evaluator.impact.targets import Shift, tried
from evaluator.impact.units import signed
from evaluator.revising.sides import Side
from evaluator.ruleset import Ruleset
from evaluator.score import confirmed_grade, score
from evaluator.submission import Submission
from evaluator.windows import Span

Json = dict[str, Any]
OUTCOMES: tuple[Outcome, ...] = (
    "satisfied",
    "partly_satisfied",
    "not_satisfied",
    "no_evidence",
    "needs_review",
    "not_applicable",
)


class Trial(NamedTuple):
    """One subject with one value: the criterion's outcome (None for a grade), how it stands, and how far short it is."""

    outcome: Outcome | None
    score: Number | None
    grade: str | None
    accepted: bool
    accepted_at_best: bool
    short: tuple[tuple[str, Number], ...]


class TriedUnit(NamedTuple):
    """One subject: with the value in force first, then with each of the range."""

    subject: str
    name: str
    region: tuple[str, ...]
    trials: tuple[Trial, ...]


class Trying:
    """A ruleset, a number in it, and the values to try."""

    def __init__(
        self,
        rules: tuple[Ruleset, Catalogue],
        shift: Shift,
        stage: Stage = "self_check",
        as_of: date | None = None,
    ) -> None:
        self.side, self.shift, self.stage, self.as_of = Side(*rules), shift, stage, as_of
        ruleset = rules[0]
        self.rulesets = (ruleset, *(tried(ruleset, shift.target, value) for value in shift.values))
        self.criterion = shift.target.name if shift.target.name in ruleset.by_id() else None
        self._programs: dict[Span, tuple[Program, ...]] = {}

    def unit(self, submission: Submission) -> TriedUnit:
        """``submission`` with every value."""
        facts = facts_of(submission, self.as_of or submission.as_of or submission.period.to, self.stage)
        first, *others = self._compiled(submission.period.span)
        as_it_is = first.judge(facts)
        prior = {one.criterion.id: one for one in as_it_is.verdicts}
        touched = self._touched(first)
        trials = [self._trial(self.rulesets[0], as_it_is)]
        for ruleset, program in zip(self.rulesets[1:], others, strict=True):
            verdicts = program.judge_again(touched, facts, prior)
            judgement = Judgement(tuple(verdicts[name] for name in prior), as_it_is.losses)
            trials.append(self._trial(ruleset, judgement))
        one = submission.subject
        return TriedUnit(one.id, one.name, one.region, tuple(trials))

    def _compiled(self, span: Span) -> tuple[Program, ...]:
        if span not in self._programs:
            self._programs[span] = tuple(Program(one, self.side.catalogue, span) for one in self.rulesets)
        return self._programs[span]

    def _touched(self, program: Program) -> list[str]:
        """The criterion and those that require it, prerequisites first."""
        if self.criterion is None:
            return []
        return [name for name in program.order if self.criterion in program.prerequisites(name)]

    def _trial(self, ruleset: Ruleset, judgement: Judgement) -> Trial:
        result = score(ruleset, judgement)
        verdict = next((one for one in judgement.verdicts if one.criterion.id == self.criterion), None)
        short: dict[str, Number] = defaultdict(int)
        for role, finding in verdict.findings if verdict is not None and verdict.credit is not None else ():
            for leaf in leaves(finding) if role not in ("applies_when", "requires") else ():
                if leaf.shortfall is not None:
                    short[leaf.shortfall.of] += leaf.shortfall.amount
        floor = result.score.score.floor if result.score is not None else None
        grade = None
        if result.score is not None:
            grade = confirmed_grade(result.score.score, judgement, ruleset.scoring).id
        outcome = verdict.outcome if verdict is not None else None
        accepted = result.accepted is True
        return Trial(
            outcome, floor, grade, accepted, result.accepted is not False, tuple(sorted(short.items()))
        )


def trial(trying: Trying, units: Sequence[TriedUnit]) -> Json:
    """Everything of ``units`` as ``{"trial": 1, …}``, as docs/rules/impact.md says."""
    target = trying.shift.target
    criterion = trying.side.ruleset.by_id().get(target.name)
    grade = next((one for one in trying.side.ruleset.scoring.grades if one.id == target.name), None)
    named = criterion or grade
    assert named is not None
    values = [target.value, *trying.shift.values]
    rows = [_row(trying, n, values[n], units) for n in range(len(values))]
    # The value in force has its row once, whether the range holds it or not.
    kept = [row for n, row in enumerate(rows) if n == 0 or values[n] != target.value]
    kept.sort(key=lambda row: Fraction(row["exact"]))
    return {
        "trial": 1,
        "ruleset": side_of(trying.side),
        "stage": trying.stage,
        "as_of": trying.as_of.isoformat() if trying.as_of else None,
        "target": {
            "name": target.name,
            "path": target.path,
            "kind": "criterion" if criterion is not None else "grade",
            "clause": criterion.clause if criterion is not None else "",
            "title": {"zh": named.title.zh, "en": named.title.en},
            "in_force": str(target.value),
        },
        "units": len(units),
        "rows": kept,
    }


def _row(trying: Trying, n: int, value: Exact, units: Sequence[TriedUnit]) -> Json:
    pairs = [(one.trials[0], one.trials[n]) for one in units]
    changes = [
        Fraction(after.score - before.score)
        for before, after in pairs
        if before.score is not None and after.score is not None
    ]
    outcomes = Counter(after.outcome for _, after in pairs)
    short: dict[str, list[Number]] = defaultdict(list)
    for _, after in pairs:
        for of, amount in after.short:
            short[of].append(amount)
    return {
        "value": str(value),
        "exact": str(value.value),
        "in_force": n == 0 or value == trying.shift.target.value,
        "outcomes": {name: outcomes[name] for name in OUTCOMES} if trying.criterion else None,
        "accepted": sum(after.accepted for _, after in pairs),
        "accepted_unknown": sum(after.accepted_at_best and not after.accepted for _, after in pairs),
        "gain_acceptance": sum(after.accepted and not before.accepted for before, after in pairs),
        "lose_acceptance": sum(before.accepted and not after.accepted for before, after in pairs),
        "change_grade": sum(before.grade != after.grade for before, after in pairs),
        "gains": sum(change > 0 for change in changes),
        "loses": sum(change < 0 for change in changes),
        "mean_change": signed(total(changes) / Fraction(len(changes))) if changes else None,
        "mean_score": _mean_score([after.score for _, after in pairs]),
        "short": [
            {
                "of": of,
                "label": trying.side.label(of)._asdict(),
                "unit": trying.side.wording.unit(of)._asdict(),
                "units": len(amounts),
                "amount": decimal(total(amounts)),
            }
            for of, amounts in sorted(short.items())
        ],
    }


def _mean_score(scores: Sequence[Number | None]) -> str | None:
    found = [one for one in scores if one is not None]
    return printed(total(found) / Fraction(len(found))) if found else None
