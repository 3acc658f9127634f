"""How things are timed: rounds that take turns, medians and minima; the machine and its memory."""

from __future__ import annotations

import gc
import math
import os
import platform
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

MIB = 1024


class Timing(NamedTuple):
    """Seconds: the median and the least of so many rounds."""

    median: float
    minimum: float
    rounds: int


def timing(seconds: Sequence[float]) -> Timing:
    """The figures of these rounds."""
    return Timing(median(seconds), min(seconds), len(seconds))


def in_turns(works: dict[str, Callable[[], Any]], rounds: int) -> dict[str, Timing]:
    """The processor time of each of ``works``, done ``rounds`` times in turns: a slow moment falls on all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            gc.collect()
            # As in the workers of a batch: what is there already is not walked again and again.
            gc.freeze()
            start = time.process_time()
            work()
            seconds[name].append(time.process_time() - start)
            gc.unfreeze()
    return {name: timing(found) for name, found in seconds.items()}


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the straight line through ``points`` on two logarithmic scales, by least squares."""
    xs, ys = ([math.log(point[axis]) for point in points] for axis in (0, 1))
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    along = sum((one - x) ** 2 for one in xs)
    return sum((one - x) * (other - y) for one, other in zip(xs, ys, strict=True)) / along


@contextmanager
def one_core() -> Any:
    """Everything inside on one processor, whatever threads it starts."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Ran(NamedTuple):
    """A command that was run: seconds, and the most memory that it and the largest of its processes held, in MiB."""

    seconds: float
    parent: float
    worker: float
    processes: int


def run(command: Sequence[str], folder: Path, allowed: tuple[int, ...] = (0,)) -> Ran:
    """Run ``command`` to its end; raises where its exit code is not one of ``allowed``."""
    start = time.perf_counter()
    with (folder / "err.txt").open("wb") as err, (folder / "out.txt").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=err, cwd=Path(__file__).parent.parent)
        peaks: dict[int, float] = {}
        watching = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
        watching.start()
        code = process.wait()
        seconds = time.perf_counter() - start
        watching.join()
    if code not in allowed:
        said = (folder / "err.txt").read_text(errors="replace")[-2000:]
        raise RuntimeError(f"{' '.join(command)}: exit {code}\n{said}")
    own = peaks.pop(process.pid, 0.0)
    return Ran(seconds, own, max(peaks.values(), default=0.0), len(peaks))


def _watch(process: subprocess.Popen[bytes], peaks: dict[int, float]) -> None:
    # The kernel keeps each process's peak, so that only what is allocated in its last moments escapes.
    while process.poll() is None:
        for one in _family(process.pid):
            found = _peak(one)
            if found is not None:
                peaks[one] = max(peaks.get(one, 0.0), found)
        time.sleep(0.05)


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found.extend(int(child) for child in task.read_text().split())
            except OSError:
                continue
    return found


def _peak(pid: int) -> float | None:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    lines = (line for line in text.splitlines() if line.startswith("VmHWM"))
    return next((int(line.split()[1]) / MIB for line in lines), None)


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    release = Path("/etc/os-release")
    names = dict(line.split("=", 1) for line in release.read_text().splitlines() if "=" in line)
    return {
        "processor": cpu,
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory:.0f} GiB",
        "system": f"{names.get('PRETTY_NAME', platform.system()).strip(chr(34))}, Linux {platform.release()}",
        "python": platform.python_version(),
    }
