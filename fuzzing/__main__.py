"""``script/fuzz``: hostile inputs for the readers, by the hundred thousand; exit 1 where one broke the contract."""

from __future__ import annotations

import sys
import time
from collections import Counter

import click

from fuzzing.runs import FOUND, ROOT, Asked, forget, run, table
from fuzzing.targets import NAMES

ENGINES = ("hypothesis", "atheris")


@click.command()
@click.argument("targets", nargs=-1, type=click.Choice(list(NAMES)), metavar="[TARGET]...")
@click.option("--inputs", default=100_000, show_default=True, help="Inputs for each target, by each engine.")
@click.option(
    "--shared",
    is_flag=True,
    help="Inputs for each reader (yaml, xlsx ...), shared by its targets and engines.",
)
@click.option("--minutes", default=0.0, help="Stop after so many minutes; the next run goes on from there.")
@click.option("--seed", default=1, show_default=True, help="Another seed, other inputs.")
@click.option("--engine", type=click.Choice([*ENGINES, "both"]), default="both", show_default=True)
@click.option("--jobs", default=2, show_default=True, help="So many processes at a time.")
@click.option("--fresh", is_flag=True, help="Forget what earlier runs of these targets did.")
@click.option("--commands", default=0, help="Instead: so many inputs a target through the real command line.")
def main(
    targets: tuple[str, ...],
    inputs: int,
    shared: bool,
    minutes: float,
    seed: int,
    engine: str,
    jobs: int,
    fresh: bool,
    commands: int,
) -> None:
    """Try TARGETs (default: all). Resumes what an earlier run of the same seed began."""
    names = targets or tuple(NAMES)
    if commands:
        from fuzzing.command_line import tried

        sys.exit(tried(names, commands, seed))
    engines = [one for one in ENGINES if engine in (one, "both")]
    sharing = Counter(map(_reader, names)) if shared else Counter()
    wanted = tuple(
        (name, one, -(-inputs // (sharing[_reader(name)] * len(engines))) if shared else inputs)
        for one in engines
        for name in names
    )
    if fresh:
        forget(wanted)
    until = time.time() + minutes * 60 if minutes else time.time() + 365 * 86_400
    done = run(Asked(wanted, seed, until, jobs))
    click.echo("\n".join(table(done)))
    crashed = [(job, name, one) for job in done for name, one in job.state["crashes"].items()]
    for job, name, one in crashed:
        click.echo(f"{job.target} {job.engine}: {name}, {one['times']} times: {one['file']}")
    if crashed:
        click.echo(
            f"inputs and traces: {FOUND.relative_to(ROOT)}; smaller: python -m fuzzing.minimising FILE..."
        )
        sys.exit(1)


def _reader(name: str) -> str:
    return name.partition("-")[0]


if __name__ == "__main__":
    main()
