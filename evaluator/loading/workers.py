"""Who does the work of a batch: this process, a pool of processes, or a cluster. All answer to one protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

J = TypeVar("J")
R = TypeVar("R")


class JobLost(Exception):
    """``job`` was tried until it was given up: each time the process that did it ended beneath it."""

    def __init__(self, job: Any) -> None:
        self.job = job
        super().__init__(job)


class Workers(Protocol):
    """Runs jobs, wherever that is."""

    def run(
        self, make: Callable[..., Callable[[J], R]], arguments: tuple[Any, ...], jobs: Iterable[J]
    ) -> Iterator[R | JobLost]:
        """The result of each of ``jobs``, in the order in which they are done.

        ``make(*arguments)`` makes the function that does a job, once in each process: everything costly is prepared there. Jobs
        are taken from ``jobs`` only as workers become free, so that memory does not grow with their number. Everything that is
        handed over can be pickled. A job that raises ends the run with that exception; closing the iterator ends the workers.

        A job that ends its process is no end of the run: a ``JobLost`` stands in place of its result, and the rest goes on.
        """
