"""The real command line on a sample of inputs: exit codes, what is said, memory, time, and what is left in the folder.

Each run is a fork of an interpreter that has everything loaded (tests/cli/warm.py), so that a run costs what its command does.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from fuzzing import world
from fuzzing.choices import seeded
from fuzzing.guard import MEGABYTES, SECONDS
from fuzzing.runs import FOUND
from fuzzing.targets import target
from tests.cli.warm import become, exit_code, load

_UNSAID = ("Traceback (most recent", "程序出错", "an error of the program")
_BEGUN = (".duibiao-", ".tmp", ".new", ".part")


class Ran(NamedTuple):
    """One run: how it ended, in how many seconds, with how many MB at most, and what it said."""

    code: int
    seconds: float
    megabytes: float
    said: str


def ran(arguments: Sequence[str], folder: Path) -> Ran:
    """``duibiao`` with these arguments in ``folder``, as a user would start it."""
    streams = folder.parent / "out", folder.parent / "err"
    for stream in streams:
        stream.write_bytes(b"")
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    variables |= {"LANG": "zh_CN.UTF-8"}
    begun = time.monotonic()
    child = os.fork()
    if not child:
        os.setsid()
        become(
            {
                "arguments": list(arguments),
                "cwd": str(folder),
                "environment": variables,
                "out": str(streams[0]),
                "err": str(streams[1]),
                "bounds": {},
            }
        )
        os._exit(exit_code())
    status, usage = _waited(child)
    text = "".join(name.read_text(encoding="utf-8", errors="replace") for name in streams)
    return Ran(os.waitstatus_to_exitcode(status), time.monotonic() - begun, usage, text)


def _waited(child: int) -> tuple[int, float]:
    until = time.monotonic() + SECONDS
    while True:
        pid, status, usage = os.wait4(child, os.WNOHANG)
        if pid:
            return status, usage.ru_maxrss / 1024
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            until = float("inf")
        time.sleep(0.002)


def broken(one: Ran, folder: Path) -> Iterator[str]:
    """What of the contract a run broke."""
    if one.code not in (0, 1, 2):
        yield f"it ended with {one.code}"
    yield from (f"it said {words}" for words in _UNSAID if words in one.said)
    if one.megabytes > MEGABYTES:
        yield f"it took {one.megabytes:.0f} MB"
    for path in folder.rglob("*"):
        if path.name.startswith(_BEGUN) or path.name.endswith(_BEGUN[1:]):
            yield f"it left {path.name}"
        elif (
            one.code == 2
            and path.is_file()
            and path.relative_to(folder).parts[0].startswith(("out.", "kept", "ledger"))
        ):
            yield f"it was refused, and wrote {path.name}"
    if one.code == 2 and any((folder / "out").rglob("*")):
        yield "it was refused, and wrote into out"


def tried(names: Iterable[str], number: int, seed: int) -> int:
    """So many inputs of each target through its commands; 1 where any broke the contract."""
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    load()
    failed = 0
    for name in names:
        failed += _tried(name, number, seed)
    return int(failed > 0)


def _tried(name: str, number: int, seed: int) -> int:
    one = target(name)
    seeds = list(one.seeds())
    one.reader()  # what it sets for itself (keys that are trusted) holds for the commands
    top = world.scratch() / "commands"
    codes: dict[int, int] = {}
    told: set[str] = set()
    failed, runs, slowest, most = 0, 0, 0.0, 0.0
    for n in range(number):
        choices = seeded(seed * 1_000_003 + n)
        # The first inputs are sound: they show that the commands read what they are given.
        content = seeds[n] if n < len(seeds) else one.mutated(choices.pick(seeds), choices)
        shutil.rmtree(top, ignore_errors=True)
        (top / "given").mkdir(parents=True)
        for arguments in one.case(top / "given", content):
            # What an earlier command wrote is none of this one's doing.
            shutil.rmtree(top / "given" / "out", ignore_errors=True)
            found = ran(arguments, top / "given")
            runs, codes[found.code] = runs + 1, codes.get(found.code, 0) + 1
            slowest, most = max(slowest, found.seconds), max(most, found.megabytes)
            for fault in broken(found, top / "given"):
                failed += 1
                _keep(name, content, f"duibiao {' '.join(arguments)}: {fault}\n{found.said[-3000:]}")
                if fault not in told:
                    click.echo(f"{name}: duibiao {' '.join(arguments)}: {fault}")
                told.add(fault)
    ended = ", ".join(f"{count} with {code}" for code, count in sorted(codes.items()))
    click.echo(
        f"{name}: {number} inputs, {runs} runs, {ended}; slowest {slowest:.1f} s, at most {most:.0f} MB; {failed} faults",
    )
    return failed


def _keep(name: str, content: bytes, trace: str) -> None:
    from hashlib import sha256

    folder = FOUND / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"command-{sha256(content).hexdigest()[:12]}"
    path.write_bytes(content)
    path.with_suffix(".txt").write_text(trace, encoding="utf-8")
