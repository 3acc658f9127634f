"""A run: legs of every target by every engine, several at a time, begun anew after a crash, resumed where they stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import click

from fuzzing.guard import SECONDS
from fuzzing.leg import Board, Leg
from fuzzing.world import SCRATCH, new_scratch

ROOT = Path(__file__).resolve().parents[1]
STATE = ROOT / ".fuzzing"
FOUND = Path(__file__).resolve().parent / "found"
# So many inputs a process: what an engine and the libraries remember goes with it.
_LEG = {"hypothesis": 25_000, "atheris": 50_000}
# By the clock an input may take so much longer, on a busy machine, until its leg is ended.
_GRACE = 110

Json = dict[str, Any]


class Asked(NamedTuple):
    """What a run is asked for: jobs (a target, an engine, so many inputs), until when, and how many at a time."""

    jobs: tuple[tuple[str, str, int], ...]
    seed: int
    until: float
    at_once: int


class Job:
    """One target by one engine: what its legs came to, kept in a file."""

    def __init__(self, name: tuple[str, str, int], asked: Asked) -> None:
        self.target, self.engine, self.inputs = name
        self.asked = asked
        self.folder = STATE / f"{self.target}-{self.engine}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file = self.folder / "job.json"
        self.state: Json = {
            "seed": asked.seed,
            "legs": 0,
            "inputs": 0,
            "accepted": 0,
            "seconds": 0.0,
            "slowest": 0.0,
            "peak": 0.0,
            "crashes": {},
        }
        if self._file.is_file():
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            if kept["seed"] == asked.seed:
                self.state = kept
        self.process: subprocess.Popen[bytes] | None = None
        self._scratch: Path | None = None
        self._begun = 0.0

    @property
    def done(self) -> bool:
        """Whether enough was read."""
        return bool(self.state["inputs"] >= self.inputs)

    def start(self) -> None:
        """Begin the next leg."""
        number = min(_LEG[self.engine], self.inputs - self.state["inputs"])
        seed = self.asked.seed * 1_000_003 + self.state["legs"] * 10_007
        leg = Leg(self.target, self.engine, number, seed, self.asked.until, str(self.folder))
        (self.folder / "leg.json").unlink(missing_ok=True)
        Board(self.folder / "board").end()
        words = [sys.executable, "-m", "fuzzing.leg", json.dumps(leg._asdict())]
        variables = {**os.environ, "PYTHONHASHSEED": "0", "LANG": "zh_CN.UTF-8", "PYTHONPATH": str(ROOT)}
        self._scratch = new_scratch()
        variables[SCRATCH] = str(self._scratch)
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                words, cwd=ROOT, env=variables, stdout=log, stderr=log, start_new_session=True
            )
        self._begun = time.time()

    def ended(self) -> bool:
        """Whether the leg is over; what it came to is then kept. A leg whose input takes too long is ended."""
        assert self.process is not None
        if self.process.poll() is None:
            busy, _, since, _ = Board(self.folder / "board").current()
            if busy and time.time() - since > SECONDS + _GRACE:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            else:
                return False
        self._keep()
        self.process = None
        self.clear()
        return True

    def clear(self) -> None:
        """Remove what a leg left, whose process is over."""
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _keep(self) -> None:
        assert self.process is not None
        self.state["legs"] += 1
        made = self.folder / "leg.json"
        if made.is_file():
            self._add(json.loads(made.read_text(encoding="utf-8")))
        else:
            self._died(self.process.returncode)
        self._file.write_text(json.dumps(self.state, ensure_ascii=False, indent=1), encoding="utf-8")

    def _add(self, leg: Json) -> None:
        for name in ("inputs", "accepted", "seconds"):
            self.state[name] += leg[name]
        for name in ("slowest", "peak"):
            self.state[name] = max(self.state[name], leg[name])
        for name, one in leg["crashes"].items():
            self._crash(name, (self.folder / one["file"]).read_bytes(), one["trace"], one["times"])

    def _died(self, code: int) -> None:
        busy, number, _, content = Board(self.folder / "board").current()
        self.state["inputs"] += number
        if not busy:
            log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")[-3000:]
            self._crash(f"the trial itself ended with {code}", b"", log, 1)
            # Without an input to blame it would end so again.
            self.state["inputs"] = max(self.state["inputs"], self.inputs)
            return
        # Whoever ended the process from outside is no fault of the input: it is read again, alone.
        path = self.folder / "suspect"
        path.write_bytes(content)
        words = [sys.executable, "-m", "fuzzing.minimising", "--tell", self.target, str(path)]
        told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        if told.stdout.strip():
            self._crash(told.stdout.strip(), content, f"the process ended with {code}", 1)
        else:
            click.echo(f"{self.target} {self.engine}: ended with {code}, by no fault of its input", err=True)

    def _crash(self, name: str, content: bytes, trace: str, times: int) -> None:
        known = self.state["crashes"].setdefault(name, {"times": 0, "file": ""})
        known["times"] += times
        if not known["file"]:
            folder = FOUND / self.target
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / sha256(name.encode()).hexdigest()[:12]
            path.write_bytes(content)
            path.with_suffix(".txt").write_text(
                f"{self.target} {self.engine}: {name}\n\n{trace}", encoding="utf-8"
            )
            known["file"] = str(path.relative_to(ROOT))


def run(asked: Asked) -> list[Job]:
    """Do what is asked, and say how it goes."""
    waiting = [Job(name, asked) for name in asked.jobs]
    jobs = list(waiting)
    running: list[Job] = []
    try:
        while True:
            for job in [one for one in running if one.ended()]:
                running.remove(job)
                _say(job)
                # The others of the same target take their turn first.
                waiting.append(job)
            waiting = [job for job in waiting if not job.done]
            if time.time() >= asked.until:
                waiting = []
            while waiting and len(running) < asked.at_once:
                running.append(waiting.pop(0))
                running[-1].start()
            if not running:
                return jobs
            time.sleep(0.2)
    finally:
        for job in running:
            if job.process is not None and job.process.poll() is None:
                os.killpg(job.process.pid, signal.SIGKILL)
            job.clear()


def _say(job: Job) -> None:
    crashes = len(job.state["crashes"])
    click.echo(
        f"{job.target} {job.engine}: {job.state['inputs']:,} / {job.inputs:,}; crashes: {crashes}",
        err=True,
    )


def forget(jobs: Iterable[tuple[str, str, int]]) -> None:
    """Begin anew: nothing of earlier runs is kept but what was found."""
    for target, engine, _ in jobs:
        shutil.rmtree(STATE / f"{target}-{engine}", ignore_errors=True)
        shutil.rmtree(STATE / f"corpus-{target}", ignore_errors=True)


def table(jobs: Iterable[Job]) -> Iterator[str]:
    """What each job came to, a line each."""
    head = ("target", "engine", "inputs", "accepted", "CPU s", "inputs/s", "slowest ms", "peak MB", "crashes")
    rows = [head, *(_row(job) for job in jobs)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    for row in rows:
        yield "  ".join(
            one.ljust(width) if n < 2 else one.rjust(width)
            for n, (one, width) in enumerate(zip(row, widths, strict=True))
        )


def _row(job: Job) -> tuple[str, ...]:
    one = job.state
    rate = one["inputs"] / one["seconds"] if one["seconds"] else 0
    share = one["accepted"] / one["inputs"] if one["inputs"] else 0
    return (
        job.target,
        job.engine,
        f"{one['inputs']:,}",
        f"{share:.1%}",
        f"{one['seconds']:.0f}",
        f"{rate:.0f}",
        f"{one['slowest'] * 1000:.0f}",
        f"{one['peak']:.0f}",
        str(len(one["crashes"])),
    )
