"""One submission under the old and the new rules: what it gains and loses, and what its evidence cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from evaluator.evaluate import Judgement, Prior, Program, Verdict, program
from evaluator.exact import Number
from evaluator.facts import Facts, Stage, facts_of
from evaluator.finding import Finding, Interval, Outcome, leaves
from evaluator.impact.accounts import Shares, moved_by
from evaluator.impact.alike import Rules, settled, unchanged
from evaluator.impact.asking import Fresh, fresh
from evaluator.impact.unit import Direction, Reason, Short, Standing, Touched, UnitImpact, Unknown
from evaluator.revising.asked import evidence_asked
from evaluator.revising.matching import matches
from evaluator.revising.sides import Side
from evaluator.ruleset import Scoring
from evaluator.score import Result, confirmed_grade, score
from evaluator.submission import Submission
from evaluator.windows import Span


class Judging:
    """Two rulesets, prepared to judge many submissions under both."""

    def __init__(
        self, old: Rules, new: Rules, stage: Stage = "self_check", as_of: date | None = None
    ) -> None:
        self.old, self.new = Side(*old), Side(*new)
        self.stage, self.as_of = stage, as_of
        self.fresh = fresh(old[0], new[0])
        # Old id → new id, and the other way round, of criteria that answer to each other one to one.
        pairs = [
            (one.old[0].id, one.new[0].id)
            for one in matches(old[0], new[0])
            if len(one.old) == len(one.new) == 1
        ]
        self.renamed = dict(pairs)
        self.former = {new_id: old_id for old_id, new_id in pairs}
        self.unchanged = unchanged(old, new, self.former)
        self.settled = settled(old[0], new[0], self.former, self.unchanged)
        one_base = "absolute" in (old[0].scoring.model, new[0].scoring.model)
        self.shares = (
            Shares(old[0], self.renamed, one_base=one_base),
            Shares(new[0], {}, one_base=one_base),
        )
        asked = evidence_asked(old[0])
        lines = [one.deduction for one in new[0].taken()]
        drawn = {(use.kind, use.id) for line in lines for use in line.own_uses()}
        drawn.update(
            (use.kind, use.id) for line in lines for _, check in line.checks() for use in check.uses()
        )
        self.fresh_losses = Fresh(frozenset(drawn - asked), frozenset(), frozenset())

    def unit(self, submission: Submission) -> UnitImpact:
        """What the change does to ``submission``."""
        facts = facts_of(submission, self.as_of or submission.as_of or submission.period.to, self.stage)
        span = submission.period.span
        before = _program(self.old, span).judge(facts)
        newer = _program(self.new, span)
        after = self._after(newer, facts, before)
        unknown, at_best = self._unknown(newer, facts, before, after)
        results = [score(self.old.ruleset, before), score(self.new.ruleset, after)]
        # Where nothing is unknown, the best is what there is.
        results.append(score(self.new.ruleset, at_best) if unknown else results[1])
        old, low, high = (
            _standing(result, judgement, side.ruleset.scoring)
            for result, judgement, side in zip(
                results, (before, after, at_best), (self.old, self.new, self.new), strict=True
            )
        )
        touched, rest = self._touched(before, after, results, {one.criterion for one in unknown})
        if None in (old.score, low.score) and old.score != low.score:
            unknown = (*unknown, Unknown("", "no_score"))
        return UnitImpact(
            submission.subject.id,
            submission.subject.name,
            submission.subject.region,
            old,
            low,
            high,
            _direction(old.score, low.score, high.score),
            _direction(
                *(_rank(one, side) for one, side in ((old, self.old), (low, self.new), (high, self.new)))
            ),
            _direction(*(int(one.accepted) for one in (old, low, high))),
            touched,
            rest,
            unknown,
        )

    def _after(self, newer: Program, facts: Facts, before: Judgement) -> Judgement:
        """The judgement under the new rules; what both judge alike is not judged again."""
        verdicts = newer.judge_again(
            (name for name in newer.order if name not in self.settled),
            facts,
            {one.criterion.id: one for one in before.verdicts if one.criterion.id in self.settled},
        )
        return Judgement(tuple(verdicts[name] for name in self.new.ruleset.by_id()), newer.losses(facts))

    def _unknown(
        self, newer: Program, facts: Facts, before: Judgement, after: Judgement
    ) -> tuple[tuple[Unknown, ...], Judgement]:
        """What cannot be told, and the judgement in which all of it is supposed to be there."""
        old = {one.criterion.id: one for one in before.verdicts}
        best: Prior = {one.criterion.id: one for one in after.verdicts}
        found: dict[str, Unknown] = {}
        for name in newer.order:
            if name in self.settled:
                continue
            verdict = best[name]
            reason = self._reason(name, facts, verdict, old.get(self.former.get(name, "")))
            waits = [one for one in verdict.criterion.requires if one in found]
            if reason is None and not waits:
                continue
            supposed = facts if reason is None else self._supposed(name, facts, reason)
            judged = newer.judge_again([name], supposed, best)[name]
            if judged.credit is None or verdict.credit is None:
                continue
            most = judged.credit.ceiling if reason is not None else judged.credit.floor
            if most > verdict.credit.floor:
                best[name] = judged._replace(credit=Interval(most, most), outcome=_outcome(most))
                found[name] = reason or Unknown(name, "prerequisite")
        lost = after.losses
        if self.fresh_losses.absent(facts):
            lost = tuple(one._replace(most=one.least) for one in newer.losses(facts.leniently))
            if lost != after.losses:
                found[""] = Unknown("", "never_asked", self.fresh_losses.absent(facts))
        at_best = Judgement(tuple(best[one.criterion.id] for one in after.verdicts), lost)
        return tuple(found.values()), at_best

    def _reason(self, name: str, facts: Facts, verdict: Verdict, old: Verdict | None) -> Unknown | None:
        newly = self.fresh.get(name)
        items = (*newly.absent(facts), *newly.silent(facts)) if newly is not None else ()
        if items:
            return Unknown(name, "never_asked", items)
        undecided = verdict.credit is not None and verdict.credit.floor < verdict.credit.ceiling
        if not undecided or (
            old is not None and old.credit is not None and old.credit.floor < old.credit.ceiling
        ):
            return None
        return Unknown(name, _WAITS[verdict.waits[0]] if verdict.waits else "prerequisite")

    def _supposed(self, name: str, facts: Facts, reason: Unknown) -> Facts:
        newly = self.fresh.get(name)
        if newly is None or reason.reason != "never_asked":
            return facts
        lenient = facts.leniently if newly.absent(facts) else facts
        return newly.supposed(lenient)

    def _touched(
        self, before: Judgement, after: Judgement, results: list[Result], unknown: set[str]
    ) -> tuple[tuple[Touched, ...], Fraction]:
        old = {self.renamed.get(one.criterion.id, one.criterion.id): one for one in before.verdicts}
        new = {one.criterion.id: one for one in after.verdicts}
        (ours, theirs), (first, second, _) = self.shares, results
        shares, rest = moved_by((ours, before, first), (theirs, after, second))
        found = []
        for name in (*new, *(one for one in old if one not in new)):
            if name in self.settled and name not in shares:
                continue
            was, now = old.get(name), new.get(name)
            share = shares.get(name, Fraction(0))
            if name in self.unchanged and was is not None and now is not None and was.credit == now.credit:
                if share:
                    found.append(Touched(name, was.outcome, now.outcome, "same", share))
                continue
            short = () if name in unknown or now is None else tuple(self._short(was, now))
            direction = "unknown" if name in unknown else _credit_direction(was, now)
            if share or short or direction != "same":
                outcomes = (was.outcome if was else None), (now.outcome if now else None)
                found.append(Touched(name, *outcomes, direction, share, short))
        return tuple(found), rest

    def _short(self, was: Verdict | None, now: Verdict) -> Iterator[Short]:
        before = {
            (leaf.kind, leaf.of, leaf.label): leaf.shortfall.amount
            for leaf in _leaves(was)
            if leaf.shortfall is not None
        }
        for leaf in _leaves(now):
            if leaf.shortfall is None:
                continue
            already = before.get((leaf.kind, leaf.of, leaf.label), 0)
            if leaf.shortfall.amount > already:
                text = self.new.wording.shortfall(leaf)
                assert text is not None
                yield Short(leaf.shortfall.of, leaf.shortfall.amount, already, text)


_WAITS: dict[str, Reason] = {"evidence": "not_submitted", "person": "person", "time": "time"}


def _program(side: Side, span: Span) -> Program:
    return program(side.ruleset, side.catalogue, span)


def _leaves(verdict: Verdict | None) -> Iterator[Finding]:
    for role, finding in verdict.findings if verdict is not None and verdict.credit is not None else ():
        if role not in ("applies_when", "requires"):
            yield from leaves(finding)


def _outcome(credit: Number) -> Outcome:
    return "satisfied" if credit == 1 else "partly_satisfied" if credit else "not_satisfied"


def _standing(result: Result, judgement: Judgement, scoring: Scoring) -> Standing:
    if result.score is None:
        return Standing(None, None, result.accepted is True)
    grade = confirmed_grade(result.score.score, judgement, scoring).id
    return Standing(result.score.score.floor, grade, result.accepted is True)


def _rank(standing: Standing, side: Side) -> int | None:
    # The lowest grade is 0: grades of two rulesets are compared by how far they lie above it.
    names = [one.id for one in reversed(side.ruleset.scoring.grades)]
    return None if standing.grade is None else names.index(standing.grade)


def _direction(old: Number | None, low: Number | None, high: Number | None) -> Direction:
    if old is None or low is None or high is None:
        return "same" if old is None and low is None else "unknown"
    if low > old:
        return "gains"
    if high < old:
        return "loses"
    return "same" if low == high else "unknown"


def _credit_direction(was: Verdict | None, now: Verdict | None) -> Direction:
    before = was.credit.floor if was is not None and was.credit is not None else None
    after = now.credit.floor if now is not None and now.credit is not None else None
    if before is None or after is None or before == after:
        return "same"
    return "gains" if after > before else "loses"
