"""The plan as JSON, in words: what docs/assessment.md says of ``plan``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from evaluator.errors import Words
from evaluator.evaluate import Judgement
from evaluator.exact import Number, plain, printed
from evaluator.finding import Finding, Interval
from evaluator.planning.duties import sides_of
from evaluator.planning.ledger import Ledger
from evaluator.planning.options import gaps
from evaluator.planning.plan import Plan, Remainder, Step
from evaluator.planning.reach import LOSS
from evaluator.planning.sharing import Gain
from evaluator.planning.wording import PlanWording
from evaluator.planning.world import Leaf, World, leaves_of
from evaluator.wording import Wording

Json = dict[str, Any]


def account(plan: Plan, judgement: Judgement, wording: Wording) -> Json:
    """``plan`` as JSON data; ``judgement`` is that of today."""
    world = plan.world
    say = PlanWording(world, wording)
    today = {
        leaf.key: leaf for verdict in judgement.verdicts for leaf in leaves_of(verdict.criterion.id, verdict)
    }
    limits = (Fraction(0), Fraction(100), *(one.at_least.value for one in world.ruleset.scoring.grades))

    def steps(listed: Iterable[Step]) -> list[Json]:
        return [_step(step, world, say, today, limits) for step in listed]

    return {
        "target": {
            "id": plan.target.id,
            "title": _words(Words(plan.target.title.zh, plan.target.title.en)),
            "at_least": str(plan.target.at_least),
        },
        "state": plan.state,
        "method": "exact" if plan.exact else "greedy",
        "from": world.first.isoformat() if world.open else None,
        "to": world.last.isoformat(),
        "score": {
            "idle": _score(plan.idle, limits),
            "planned": _score(plan.planned, limits),
            "most": _score(plan.most, limits),
        },
        "vetoes": list(plan.vetoes),
        "steps": steps(plan.steps),
        "further": steps(plan.further),
        "lost": [{**_remainder(one, say), **_missed(one, world)} for one in plan.lost],
        "waiting": [{**_remainder(one, say), "waits": list(one.waits)} for one in plan.waiting],
    }


def _words(words: Words) -> Json:
    return {"zh": words.zh, "en": words.en}


def _side(side: Words | str) -> Json:
    # The standard names its units in Chinese alone.
    return {"zh": side} if isinstance(side, str) else _words(side)


def _score(score: Interval | None, limits: tuple[Number, ...]) -> Json | None:
    if score is None:
        return None
    return {"floor": printed(score.floor, limits), "ceiling": printed(score.ceiling, limits)}


def _step(
    step: Step, world: World, say: PlanWording, today: Mapping[Any, Leaf], limits: tuple[Number, ...]
) -> Json:
    action, option = step.chosen.action, step.chosen.option
    criteria = [gain.element for gain in step.gains if not gain.element.startswith(LOSS)]
    unit = option.change.item if option.change.kind == "units" else ""
    short = [leaf for leaf in gaps(world.leaves(action.item).values(), unit) if leaf.key[0] in criteria]
    sides = sides_of(action, option, criteria, world)
    return {
        "id": action.id,
        "does": option.code,
        "text": _words(say.action(action, option, sides.other)),
        "problems": [_words(one) for one in dict.fromkeys(say.problems(today.values(), short))],
        "gains": [_gain(gain) for gain in step.gains],
        "points": plain(_sum(gain for gain in step.gains if not _to_score(gain, world))),
        "bonus": plain(_sum(gain for gain in step.gains if _to_score(gain, world))),
        "score": None if step.score is None else printed(step.score, limits),
        "schedule": [
            {"from": visit.start.isoformat(), "to": visit.end.isoformat(), "times": visit.times}
            for visit in option.visits
        ],
        "due": {"first": option.begins.isoformat(), "last": option.due.isoformat()},
        "assumed": option.assumed,
        "reported": say.reported(action, option),
        "responsible": [_side(one) for one in sides.responsible],
        "supporting": [_side(one) for one in sides.supporting],
    }


def _sum(gains: Iterable[Gain]) -> Number:
    return sum((Fraction(gain.points) for gain in gains), Fraction(0))


def _to_score(gain: Gain, world: World) -> bool:
    """Whether what is won is score points: a bonus, or a deduction that falls away."""
    if gain.element.startswith(LOSS):
        return Ledger(world.ruleset).of_the_score(gain.element)
    return world.criteria[gain.element].level == "may"


def _gain(gain: Gain) -> Json:
    return {**_element(gain.element), "points": plain(gain.points)}


def _element(name: str) -> Json:
    deduction = int(name[len(LOSS) :]) if name.startswith(LOSS) else None
    return {"deduction": deduction, "criterion": name if deduction is None else None}


def _remainder(one: Remainder, say: PlanWording) -> Json:
    return {
        **_element(one.element),
        "points": plain(one.points),
        "items": list(dict.fromkeys(name for finding in one.findings for name in finding.of)),
        "reasons": [_words(words) for words in say.remainder(one.findings)],
    }


def _missed(one: Remainder, world: World) -> Json:
    days = [day for finding in one.findings if (day := _lost_on(finding, world)) is not None]
    windows = dict.fromkeys(
        (window.start, window.end)
        for finding in one.findings
        for window in finding.windows
        if window.state == "missed"
    )
    return {
        "windows": [{"from": start.isoformat(), "to": end.isoformat()} for start, end in sorted(windows)],
        "on": max(days).isoformat() if days else None,
    }


def _lost_on(finding: Finding, world: World) -> date | None:
    """The last day on which it could still have been done; None where time is not what stands in the way."""
    missed = [window.end for window in finding.windows if window.state == "missed"]
    if missed:
        return max(missed)
    if finding.kind == "document" and finding.required is not None:
        state, deadline, *_ = finding.required.details
        if deadline or state == "issued":
            last = date.fromisoformat(deadline) if len(deadline) == 10 else world.last
            return last if last < world.first else None
    if finding.kind == "lateness" and finding.required is not None:
        due = date.fromisoformat(finding.required.details[0])
        return due if due < world.first else None
    return None if world.open else world.last
