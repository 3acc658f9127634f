"""Who does the work of a batch: this process, a pool of processes, or a cluster. All answer to one protocol."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from typing import Any, Protocol, Self, TypeVar

from evaluator.limits import in_force, made_within
from evaluator.loading.serving import serve, unasked

J = TypeVar("J")
R = TypeVar("R")


class JobLost(Exception):
    """``job`` was tried until it was given up: each time the process that did it ended beneath it."""

    def __init__(self, job: Any) -> None:
        self.job = job
        super().__init__(job)


class Workers(Protocol):
    """Runs jobs, wherever that is; ``elsewhere``: maybe on machines that do not see the files of this one."""

    elsewhere: bool

    def run(
        self, make: Callable[..., Callable[[J], R]], arguments: tuple[Any, ...], jobs: Iterable[J]
    ) -> Iterator[R | JobLost]:
        """The result of each of ``jobs``, in the order in which they are done.

        ``make(*arguments)`` makes the function that does a job, once in each process: everything costly is prepared there. Jobs
        are taken from ``jobs`` only as workers become free, so that memory does not grow with their number. Everything that is
        handed over can be pickled. A job that raises ends the run with that exception; closing the iterator ends the workers.

        A job that ends its process is no end of the run: a ``JobLost`` stands in place of its result, and the rest goes on.
        """


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# One job is at hand while another is done; more would only be lost together.
_AHEAD = 2
# A longer job waits until the one before is done: two who both hand over more than a pipe holds would wait for each other.
_HELD_BY_A_PIPE = 16 * 1024
_TRIES = 2
# A fork has all that its parent has prepared; elsewhere than on Linux it is not safe.
_CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


class Pool:
    """Processes on this machine. A job beneath which its process ended is tried once more, in a new one."""

    elsewhere = False

    def __init__(self, processes: int | None = None) -> None:
        self.processes = processes or processors()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        """Each run ends its own processes."""

    def run(
        self, make: Callable[..., Callable[[J], R]], arguments: tuple[Any, ...], jobs: Iterable[J]
    ) -> Iterator[R | JobLost]:
        """As ``Workers.run`` says."""
        running = _Running(made_within, (in_force(), make, arguments), jobs)
        try:
            for _ in range(self.processes):
                running.start()
            yield from running.results()
        finally:
            running.end()


class _Task:
    """A job, and how often it was tried."""

    def __init__(self, job: Any) -> None:
        self.job, self.tries = job, 0


class _Process:
    def __init__(self, process: Any, pipe: Connection) -> None:
        self.process, self.pipe = process, pipe
        self.tasks: deque[_Task] = deque()
        # Until a job that has lost a process is done, it is alone in its new one.
        self.trying = False
        # A job that waits until the one before it is done.
        self._held = b""

    @property
    def is_full(self) -> bool:
        return bool(self._held) or len(self.tasks) >= (1 if self.trying else _AHEAD)

    def give(self, task: _Task) -> None:
        content = bytes(ForkingPickler.dumps((task.job,)))
        self.tasks.append(task)
        if len(self.tasks) > 1 and len(content) > _HELD_BY_A_PIPE:
            self._held = content
        else:
            self._hand_over(content)

    def is_done(self) -> None:
        """The first of the tasks is done."""
        self.tasks.popleft()
        self.trying = False
        if self._held:
            self._hand_over(self._held)
            self._held = b""

    def _hand_over(self, content: bytes) -> None:
        # Whether it has ended already is told when it is next listened to.
        with suppress(OSError):
            self.pipe.send_bytes(content)


class _Running:
    """The processes of one run."""

    def __init__(self, make: Callable[..., Any], arguments: tuple[Any, ...], jobs: Iterable[Any]) -> None:
        self.make, self.arguments = make, arguments
        self.jobs = iter(jobs)
        self.returned: deque[_Task] = deque()
        self.processes: list[_Process] = []

    def start(self) -> _Process:
        ours, theirs = _CONTEXT.Pipe()
        # A pipe's end that a sibling holds would keep it open when this process is no more.
        others = (
            [*(one.pipe for one in self.processes), ours] if _CONTEXT.get_start_method() == "fork" else []
        )
        process = _CONTEXT.Process(
            target=serve, args=(theirs, others, self.make, self.arguments), daemon=True
        )
        with unasked():
            process.start()
        theirs.close()
        self.processes.append(_Process(process, ours))
        return self.processes[-1]

    def results(self) -> Iterator[Any]:
        while True:
            for one in self.processes:
                self._fill(one)
            busy = [one for one in self.processes if one.tasks]
            if not busy:
                return
            ready = wait([one.pipe for one in busy])
            for one in [one for one in busy if one.pipe in ready]:
                try:
                    done, result = one.pipe.recv()
                except (EOFError, OSError):
                    yield from self._replaced(one)
                    continue
                if not done:
                    raise result
                one.is_done()
                yield result

    def _fill(self, one: _Process) -> None:
        while not one.is_full:
            task = self.returned.popleft() if self.returned else self._next()
            if task is None:
                return
            one.give(task)

    def _next(self) -> _Task | None:
        for job in self.jobs:
            return _Task(job)
        return None

    def _replaced(self, ended: _Process) -> Iterator[JobLost]:
        """Another process in place of one that ended beneath its first job."""
        self.processes.remove(ended)
        ended.pipe.close()
        ended.process.join()
        guilty, *others = ended.tasks
        self.returned.extend(others)
        guilty.tries += 1
        new = self.start()
        if guilty.tries < _TRIES:
            new.trying = True
            new.give(guilty)
        else:
            yield JobLost(guilty.job)

    def end(self) -> None:
        for one in self.processes:
            one.process.terminate()
        for one in self.processes:
            one.process.join(1)
            if one.process.is_alive():
                one.process.kill()
                one.process.join()
            one.pipe.close()
