"""A batch that is ended twice and continued, beside one that is left alone: the same bytes. See ``script/batch-trial``."""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import orjson

from benchmarks.submissions import lines
from evaluator.loading import load_ruleset

RULES = "sichuan-community-2022"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--number", type=int, default=10_000)
    options.add_argument("--scorecards", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(tried(Path(folder), given.number, given.scorecards, given.seed))


def tried(folder: Path, number: int, scorecards: int, seed: int) -> int:
    source, chosen = folder / "all.jsonl", folder / "chosen.txt"
    chance = random.Random(seed)
    written = 0
    with source.open("wb") as file:
        for one in lines(load_ruleset(RULES), number, seed):
            file.write(one + b"\n")
            written += 1
    chosen.write_text("".join(f"{name}\n" for name in ids(source, scorecards, chance)), encoding="utf-8")
    click.echo(f"{written} submissions, {source.stat().st_size / 1e6:.0f} MB")

    command = [str(Path(sys.executable).with_name("duibiao")), "batch", str(source), "--rules", RULES]
    command += ["--scorecards", str(chosen), "--lang", "en"]
    alone = run([*command, "--out", str(folder / "alone")], None)
    click.echo(f"uninterrupted: {alone:.0f} s")

    out = folder / "ended"
    for how, within in ((signal.SIGKILL, (0.1, 0.6)), (signal.SIGINT, (0.1, 0.4))):
        more = ["--resume"] if out.exists() else []
        seconds = alone * chance.uniform(*within)
        run([*command, "--out", str(out), *more], (how, seconds))
        click.echo(f"ended by {how.name} after {seconds:.0f} s: {len(list(out.rglob('*')))} files there")
    click.echo(f"continued to its end: {run([*command, '--out', str(out), '--resume'], None):.0f} s")

    wanted, found = digests(folder / "alone"), digests(out)
    for name in sorted({*wanted, *found}):
        if wanted.get(name) != found.get(name):
            click.echo(f"differs: {name}")
    cards = sum(name.startswith("scorecards/") for name in found)
    same = wanted == found and cards == scorecards
    click.echo(f"{len(found)} files, {cards} scorecards: {'the same bytes' if same else 'NOT the same'}")
    return 0 if same else 1


def ids(source: Path, number: int, chance: random.Random) -> list[str]:
    with source.open("rb") as file:
        known = [orjson.loads(line)["subject"]["id"] for line in file]
    return chance.sample(known, number)


def run(command: list[str], end: tuple[signal.Signals, float] | None) -> float:
    """Run to the end, or until it is ended; the seconds that it took."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    if end is not None:
        how, seconds = end
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            # A kill is of everything at once, as when the power fails.
            os.killpg(process.pid, how) if how is signal.SIGKILL else process.send_signal(how)
    code = process.wait()
    if end is None and code != 0:
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    return time.perf_counter() - begun


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file that is handed over."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".batch" not in path.relative_to(folder).parts
    }


if __name__ == "__main__":
    main()
