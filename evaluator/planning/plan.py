"""The plan: the path to a grade, what can be done beside it, what is lost for good, and what waits for somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from evaluator.evaluate import Judgement, Verdict
from evaluator.exact import Number
from evaluator.finding import Finding, Interval, Waits
from evaluator.planning.actions import Action, Chosen, actions_of
from evaluator.planning.change import Change
from evaluator.planning.ledger import Ledger, bar_of
from evaluator.planning.reach import LOSS
from evaluator.planning.sharing import Gain, gains
from evaluator.planning.solving import MOST_JUDGED, Solution, solve
from evaluator.planning.world import World
from evaluator.ruleset import Grade, Ruleset
from evaluator.score import Result, weight

State = Literal["reached", "reachable", "out_of_reach", "over", "unscored"]


class Wanted(NamedTuple):
    """The grade to plan for; None: the pass grade, or the next one above what is reached."""

    grade: str | None = None


class Step(NamedTuple):
    """One action of the plan: what it wins, and the sure score once it and all before it are done."""

    chosen: Chosen
    gains: tuple[Gain, ...]
    score: Number | None


class Remainder(NamedTuple):
    """Points (of a deduction from the total score points) that no action wins, with the findings that say why."""

    element: str
    points: Number
    findings: tuple[Finding, ...]
    waits: tuple[Waits, ...] = ()


class Plan(NamedTuple):
    """What can still be done.

    ``idle`` is the score at the end of the period if nothing more is done, ``planned`` with the steps, ``most`` with the further
    ones, too. ``vetoes`` are those that the steps leave unsatisfied, where the target needs them.
    """

    target: Grade
    state: State
    exact: bool
    world: World
    actions: tuple[Action, ...]
    idle: Interval | None
    planned: Interval | None
    most: Interval | None
    steps: tuple[Step, ...]
    further: tuple[Step, ...]
    vetoes: tuple[str, ...]
    lost: tuple[Remainder, ...]
    waiting: tuple[Remainder, ...]


def make_plan(world: World, wanted: Wanted, most_judged: int = MOST_JUDGED) -> Plan:
    """The fewest actions that reach the wanted grade; where it is out of reach, those that reach the most."""
    _, idle = world.result(())
    target = target_of(world.ruleset, idle, wanted)
    actions = actions_of(world)
    solution = solve(world, actions, most_judged=most_judged)
    state, path = _path(world, target, solution)
    steps = _steps(world, path, ())
    changes = tuple(step.chosen.change for step in steps)
    judgement, planned = world.result(changes)
    vetoes = _barring(judgement, world.ruleset, target)
    further, rest = _further(world, actions, steps, most_judged)
    if further:
        judgement, most = world.result((*changes, *(step.chosen.change for step in further)))
    else:
        most = planned
    return Plan(
        target,
        state,
        solution.exact and rest,
        world,
        actions,
        _score(idle),
        _score(planned),
        _score(most),
        steps,
        further,
        tuple(vetoes),
        tuple(_lost(judgement, world)),
        tuple(_waiting(judgement, world)),
    )


def target_of(ruleset: Ruleset, idle: Result, wanted: Wanted) -> Grade:
    """The grade to plan for: the one wanted, else the pass grade, else the next above what is reached without more ado."""
    grades = ruleset.scoring.grades
    if wanted.grade is not None:
        found = {grade.id: grade for grade in grades}
        if wanted.grade not in found:
            raise ValueError(f"no grade {wanted.grade} in {ruleset.ruleset}")
        return found[wanted.grade]
    passing = next(grade for grade in grades if grade.id == ruleset.scoring.pass_)
    if not idle.accepted or idle.score is None:
        return passing
    above = [grade for grade in grades if grade.at_least.value > idle.score.score.floor]
    return above[-1] if above else grades[0]


def _barring(judgement: Judgement, ruleset: Ruleset, target: Grade) -> Iterator[str]:
    """The vetoes that are not satisfied and stand in the way of ``target``."""
    for verdict in judgement.verdicts:
        if (
            verdict.criterion.veto
            and verdict.credit is not None
            and verdict.credit.floor < 1
            and bar_of(verdict.criterion, ruleset.scoring).line <= target.at_least.value
        ):
            yield verdict.criterion.id


def _path(world: World, target: Grade, solution: Solution) -> tuple[State, list[Chosen]]:
    way = solution.cheapest(target.at_least.value)
    if way is not None:
        return ("reachable" if way.cost else "reached"), list(way.choices())
    most = solution.most()
    if most is None:
        return "unscored", []
    return ("out_of_reach" if world.open else "over"), list(most.choices())


def _score(result: Result) -> Interval | None:
    return None if result.score is None else result.score.score


def _steps(world: World, chosen: Sequence[Chosen], fixed: tuple[Change, ...]) -> tuple[Step, ...]:
    """The chosen actions by the day on which they are first due, then by what they win, then as the ruleset asks for them."""
    won = gains(world, chosen, fixed)
    position = {name: n for n, name in enumerate(world.reach)}
    order = sorted(
        range(len(chosen)),
        key=lambda n: (
            chosen[n].option.begins,
            -sum(gain.points for gain in won[n]),
            position[chosen[n].action.item],
            chosen[n].action.id,
        ),
    )
    scores = _scores(world, [chosen[n] for n in order], fixed)
    return tuple(Step(chosen[n], won[n], score) for n, score in zip(order, scores, strict=True))


def _scores(world: World, chosen: Sequence[Chosen], fixed: tuple[Change, ...]) -> Iterator[Number | None]:
    """The sure score after each of ``chosen``, in their order."""
    ledger = Ledger(world.ruleset)
    everything = (*world.criteria, *(f"{LOSS}{n}" for n in range(len(world.losses))))
    rows = {name: ledger.row(name, one) for name, one in world.judged(everything, fixed).items()}
    total = [sum(numbers) for numbers in zip(*rows.values(), strict=True)]
    changes = list(fixed)
    for one in chosen:
        changes.append(one.change)
        for name, element in world.judged(one.action.elements, changes).items():
            row = ledger.row(name, element)
            total = [number + new - old for number, new, old in zip(total, row, rows[name], strict=True)]
            rows[name] = row
        yield ledger.score(tuple(total))


def _further(
    world: World, actions: Sequence[Action], steps: Sequence[Step], most_judged: int
) -> tuple[tuple[Step, ...], bool]:
    """What still raises the score once the steps are done, with the fewest actions."""
    done = {step.chosen.action.id for step in steps}
    fixed = tuple(step.chosen.change for step in steps)
    left = [action for action in actions if action.id not in done]
    if not left:
        return (), True
    solution = solve(world, left, fixed, most_judged)
    way = solution.most()
    return (_steps(world, list(way.choices()), fixed) if way is not None else ()), solution.exact


def _lost(judgement: Judgement, world: World) -> Iterator[Remainder]:
    """What is decided and short although everything that is worth it was done."""
    for verdict in judgement.verdicts:
        if verdict.credit is not None and verdict.credit.ceiling < 1:
            points = (1 - verdict.credit.ceiling) * weight(verdict, world.ruleset.scoring)
            yield Remainder(verdict.criterion.id, points, tuple(_ends(verdict, _is_short)))
    for n, loss in enumerate(judgement.losses):
        if loss.least:
            yield Remainder(f"{LOSS}{n}", loss.least, tuple(_below(loss.finding, _is_short)))


def _waiting(judgement: Judgement, world: World) -> Iterator[Remainder]:
    """What is undecided although everything that is worth it was done: it waits for evidence or for a person."""
    for verdict in judgement.verdicts:
        if verdict.credit is not None and verdict.credit.floor < verdict.credit.ceiling:
            points = (verdict.credit.ceiling - verdict.credit.floor) * weight(verdict, world.ruleset.scoring)
            yield Remainder(verdict.criterion.id, points, tuple(_ends(verdict, _is_open)), verdict.waits)
    for n, loss in enumerate(judgement.losses):
        if loss.least < loss.most:
            found = tuple(_below(loss.finding, _is_open))
            waits = tuple(dict.fromkeys(one.waits for one in found if one.waits))
            yield Remainder(f"{LOSS}{n}", loss.most - loss.least, found, waits)


def _is_short(credit: Interval) -> bool:
    return credit.ceiling < 1


def _is_open(credit: Interval) -> bool:
    return credit.floor < credit.ceiling


def _ends(verdict: Verdict, wanted: Callable[[Interval], bool]) -> Iterator[Finding]:
    for role, finding in verdict.findings:
        if role != "applies_when" or wanted is _is_open:
            yield from _below(finding, wanted)


def _below(finding: Finding, wanted: Callable[[Interval], bool]) -> Iterator[Finding]:
    if finding.credit is None or not wanted(finding.credit):
        return
    if not finding.members:
        yield finding
    for member in finding.members:
        yield from _below(member, wanted)
