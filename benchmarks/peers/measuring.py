"""The engines on the same work, in turns, on one processor; nothing is timed before all came to the same outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from benchmarks.measuring import in_turns, one_core, timing
from benchmarks.peers import cel, jsonlogic, libreoffice, ours, rego, zen_engine
from benchmarks.peers.terms import OUTCOMES
from benchmarks.peers.work import Engine, Work, agree, work
from evaluator.score import score

PEERS = (jsonlogic.on_facts, jsonlogic.on_submissions, zen_engine.engine, cel.engine, rego.engine)


def engines(number: int, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Microseconds a submission of every engine over ``number`` submissions, in ``rounds`` rounds."""
    done = work(number)
    own = ours.engine(done)
    say(f"{number} submissions by {own.name}")
    expected = [own.judge(own.prepare(line)) for line in done.lines]
    found = Counter(OUTCOMES[code] for codes in expected for code in codes)
    assert len(found) == len(OUTCOMES), f"only {sorted(found)}"
    with one_core():
        rivals = [make(done) for make in PEERS]
        for one in rivals:
            say(f"the same outcomes by {one.name}?")
            agree(done, expected, [one.judge(one.prepare(line)) for line in done.lines], one.name)
        say(f"timing {len(rivals) + 1} engines, {rounds} rounds")
        works = {one.name: _all(one, done) for one in (own, *rivals)}
        works |= {f"{one.name}: fed": _fed(one, done) for one in rivals}
        taken = in_turns(works, rounds)
        stages = _stages(done, rounds)
    return {
        "submissions": number,
        "bytes": sum(map(len, done.lines)) // number,
        "outcomes": {name: found[name] for name in OUTCOMES},
        "engines": [
            {
                "name": one.name,
                "package": one.package,
                "fed": one.fed,
                "gives": one.gives,
                "prepare": stages["reading"] if one is own else _per(taken[f"{one.name}: fed"], number),
                "total": _per(taken[one.name], number),
            }
            for one in (own, *rivals)
        ],
        "stages": stages,
    }


def _all(engine: Engine, done: Work) -> Callable[[], None]:
    prepare, judge = engine.prepare, engine.judge

    def run() -> None:
        for line in done.lines:
            judge(prepare(line))

    return run


def _fed(engine: Engine, done: Work) -> Callable[[], None]:
    def run() -> None:
        for line in done.lines:
            engine.prepare(line)

    return run


def _stages(done: Work, rounds: int) -> dict[str, Any]:
    """What our own engine spends on reading, judging and scoring."""
    ruleset = done.loaded.ruleset
    submissions = [ours.read(line, done.loaded.catalogue) for line in done.lines]
    judged = [ours.judgement(one, done) for one in submissions]

    def judging() -> None:
        for one in submissions:
            ours.judgement(one, done)

    def scoring() -> None:
        for one in judged:
            score(ruleset, one)

    def reading() -> None:
        for line in done.lines:
            ours.read(line, done.loaded.catalogue)

    found = in_turns({"reading": reading, "judging": judging, "scoring": scoring}, rounds)
    return {name: _per(one, len(done.lines)) for name, one in found.items()}


def _per(found: Any, number: int) -> dict[str, float]:
    """Microseconds each."""
    return {
        "median": found.median / number * 1e6,
        "minimum": found.minimum / number * 1e6,
        "rounds": found.rounds,
    }


def spreadsheet(number: int, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """LibreOffice on a workbook of ``number`` submissions, and on one of a single one."""
    done = work(number)
    own = ours.engine(done)
    expected = [own.judge(own.prepare(line)) for line in done.lines]
    seconds: dict[int, list[float]] = {1: [], number: []}
    for turn in range(rounds):
        for sheets, found in seconds.items():
            say(f"LibreOffice, {sheets} sheets, round {turn + 1}")
            took, codes = libreoffice.recalculated(done, sheets)
            agree(done, expected[:sheets], codes, "LibreOffice")
            found.append(took)
    one, many = timing(seconds[1]), timing(seconds[number])
    return {
        "name": "LibreOffice Calc",
        "package": libreoffice.version(),
        "sheets": number,
        "rounds": rounds,
        "start": {"median": one.median, "minimum": one.minimum},
        "whole": {"median": many.median, "minimum": many.minimum},
        "each": {
            "median": (many.median - one.median) / (number - 1) * 1e6,
            "minimum": (many.minimum - one.minimum) / (number - 1) * 1e6,
        },
    }
