"""An interpreter that has the command line loaded and forks for each run: a run costs what its command does, not its imports.

Started by ``conftest``. Each line on stdin is a run, as JSON: ``{"arguments", "cwd", "environment", "out", "err", "bounds"}``;
each line on stdout is its exit code, or the signal that ended it with a minus before. ``bounds`` are seconds of processor time
and bytes of memory beyond what is loaded, or null. Two more keys are for faults: ``"armed"``, what is given to
``faults.points.arm`` in the fork; ``"seconds"``, after which the run and all that it began are killed.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import resource
import select
import signal
import sys
import traceback
from pathlib import Path
from typing import Any


def load() -> None:
    """Import every module of ours, whichever command needs it; files are read by each run for itself."""
    for package in ("commands", "evaluator", "scorecards"):
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(module.name)
    importlib.import_module("cli")
    # What is loaded stays: no fork looks through it for what could be thrown away.
    gc.collect()
    gc.freeze()


def become(run: dict[str, Any]) -> None:
    """In the fork: the process that a user would have started."""
    os.environ.clear()
    os.environ.update(run["environment"])
    os.chdir(run["cwd"])
    for number, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, run["out"], os.O_WRONLY),
        (2, run["err"], os.O_WRONLY),
    ):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = ["duibiao", *run["arguments"]]
    if run.get("bounds"):
        bound(*run["bounds"])
    if "armed" in run:
        importlib.import_module("faults.points").arm(**run["armed"])


def bound(seconds: int, memory: int) -> None:
    """End this process by a signal where it takes more; one that waits for ever is ended, too."""
    loaded = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (loaded + memory,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    signal.alarm(20 * seconds)


def exit_code() -> int:
    """Run the command of ``sys.argv`` to its end, what it left for its exit included."""
    import cli

    try:
        cli.main(prog_name="duibiao")
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001 - as an interpreter ends
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def kill_after(child: int, seconds: float) -> None:
    """Kill a run and all that it began, unless it ends before."""
    os.setpgid(child, child)
    watched = os.pidfd_open(child)
    try:
        if not select.select([watched], [], [], seconds)[0]:
            os.killpg(child, signal.SIGKILL)
    finally:
        os.close(watched)


if __name__ == "__main__":
    load()
    for line in sys.stdin:
        run = json.loads(line)
        child = os.fork()
        if not child:
            os.setpgid(0, 0)
            become(run)
            # Taking down what is loaded would cost more than most commands.
            os._exit(exit_code())
        if run.get("seconds") is not None:
            kill_after(child, run["seconds"])
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()
