"""Many kills at random moments, and whether anything was ever wrong afterwards. See ``script/fault-trial``."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import click

from faults.cases import CASES, Case
from faults.killing import Killed, Laid
from faults.running import Runner

# Of so many kills each case has its share: what costs seconds a run has few.
_SHARES = {
    "score-pdf": 2,
    "pack": 3,
    "pack-parts": 3,
    "template": 6,
    "publish": 8,
    "score": 12,
    "batch": 14,
    "batch-again": 12,
}
_OTHERS = 10
_PHASES = ("reading", "making", "placing", "clearing")
_OUTCOMES = ("old", "between", "new")


class Told(NamedTuple):
    """One case: what became of its kills, how many runs ended unhit, and the faults, each with how to meet it again."""

    name: str
    counted: Counter[str]
    faults: tuple[str, ...]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=1_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--case", action="append", choices=list(CASES), help="only these")
    given = options.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fault-trial-") as folder:
        told = tried(Path(folder), given.case or list(CASES), given.kills, given.seed, given.jobs)
    shown(told)
    click.echo(f"{time.monotonic() - begun:.0f} s, seed {given.seed}")
    sys.exit(1 if any(one.faults for one in told) else 0)


def tried(folder: Path, names: list[str], kills: int, seed: int, jobs: int) -> list[Told]:
    """Each case killed as often as is its share of ``kills``, ``jobs`` cases at a time."""
    numbers = _numbers(names, kills)
    # What takes longest begins first.
    order = sorted(names, key=lambda name: _SHARES.get(name, _OTHERS))
    with ThreadPoolExecutor(jobs) as pool:
        found = pool.map(lambda name: _case(folder / name, CASES[name], numbers[name], seed), order)
        return sorted(found, key=lambda one: names.index(one.name))


def _numbers(names: list[str], kills: int) -> dict[str, int]:
    shares = [_SHARES.get(name, _OTHERS) for name in names]
    upto = [sum(shares[: n + 1]) * kills // sum(shares) for n in range(len(names))]
    return {name: here - before for name, here, before in zip(names, upto, [0, *upto], strict=False)}


def _case(folder: Path, case: Case, kills: int, seed: int) -> Told:
    chance = random.Random(f"{seed} {case.name}")
    counted: Counter[str] = Counter()
    faults: list[str] = []
    folder.mkdir()
    with Runner(folder) as runner:
        laid = Laid(case, runner, folder / "laid")
        while counted["kills"] < kills:
            how = drawn(chance, laid)
            one = laid.killed(**how)
            _count(counted, one)
            faults += [f"{case.name} {how}: {fault}" for fault in one.faults]
    click.echo(f"{case.name}: {counted['kills']} kills, {len(faults)} faults", err=True)
    return Told(case.name, counted, tuple(faults))


def _count(counted: Counter[str], one: Killed) -> None:
    if one.ended.is_killed:
        counted.update(("kills", one.phase, one.outcome))
    else:
        counted["missed"] += 1


def drawn(chance: random.Random, laid: Laid) -> dict[str, Any]:
    """How the next run is killed: after some time, at some call, or in the middle of some write; at times the next one, too."""
    how: dict[str, Any] = {}
    kind = chance.random()
    if kind < 0.4:
        how["seconds"] = chance.uniform(0, 1.05 * laid.seconds)
    elif kind < 0.9:
        how["at"] = chance.randrange(len(laid.points))
    else:
        how["size"] = int(10 ** chance.uniform(0, 5.5))
    if chance.random() < 0.15:
        how["twice"] = {"at": chance.randrange(len(laid.points))}
    return how


def shown(told: list[Told]) -> None:
    """The table of figures, and every fault."""
    heads = ("kills", *_PHASES, *_OUTCOMES, "missed")
    click.echo(f"{'':12}" + "".join(f"{head:>9}" for head in (*heads, "faults")))
    for one in told:
        click.echo(
            f"{one.name:12}" + "".join(f"{one.counted[head]:9}" for head in heads) + f"{len(one.faults):9}"
        )
    every = Counter(one for each in told for one in each.counted.elements())
    faults = [fault for one in told for fault in one.faults]
    click.echo(f"{'all':12}" + "".join(f"{every[head]:9}" for head in heads) + f"{len(faults):9}")
    for fault in faults:
        click.echo(fault)


if __name__ == "__main__":
    main()
