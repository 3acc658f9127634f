"""Where the time of ``read_line`` goes: processor time in µs a submission, garbage collection off, the least of several rounds.

    python -m benchmarks.submissions --rules bench-100 --number 300 --seed 1 --out x.jsonl
    python -m benchmarks.reading_profile --rules bench-100 x.jsonl [--functions]

The texts are known from a first round, as they are after the first hundreds of a batch. ``--functions`` adds a profile.
"""

from __future__ import annotations

import cProfile
import gc
import pstats
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import orjson

from benchmarks.submissions import ruleset
from evaluator.fast_lane.texts import Texts
from evaluator.loading import read_line
from evaluator.loading.fast_reading import fast

ROUNDS = 15


def least(work: Callable[[bytes], Any], lines: list[bytes]) -> float:
    """µs of processor time that ``work`` takes for one of ``lines``."""
    for line in lines:
        work(line)
    gc.collect()
    gc.disable()
    found = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        for line in lines:
            work(line)
        found.append(time.process_time() - begin)
    gc.enable()
    return min(found) / len(lines) * 1e6


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rules", default="bench-100", show_default=True, help="The ruleset that asks.")
@click.option("--functions", is_flag=True, help="A profile of the functions, too.")
def main(path: Path, rules: str, functions: bool) -> None:
    """Print what reading the JSON lines of PATH costs, and its parts."""
    catalogue, lines = ruleset(rules).catalogue, path.read_bytes().splitlines()
    quick = sum(fast(line, path.name, catalogue) is not None for line in lines)
    click.echo(
        f"{len(lines)} submissions of {sum(map(len, lines)) // len(lines)} bytes, {quick} in the fast lane"
    )

    def read(line: bytes) -> Any:
        return read_line(line, path.name, catalogue, 1)

    click.echo(f"{least(read, lines):6.0f} µs  all of read_line")
    click.echo(f"{least(orjson.loads, lines):6.0f} µs  orjson.loads, for comparison")
    prove, kept = Texts.prove, dict[bytes, Texts]()
    Texts.prove = lambda _texts: None  # type: ignore[method-assign]
    click.echo(f"{least(read, lines):6.0f} µs  without the guard")
    for line in lines:
        Texts.prove = lambda texts, line=line: kept.update({line: texts})  # type: ignore[misc, method-assign]
        read(line)
    Texts.prove = prove  # type: ignore[method-assign]
    click.echo(f"{least(lambda line: kept[line].prove(), lines):6.0f} µs  the guard")
    if functions:
        profile = cProfile.Profile()
        profile.runcall(lambda: [read(line) for line in lines])
        pstats.Stats(profile).sort_stats("tottime").print_stats(24)


if __name__ == "__main__":
    main()
