"""A Dask cluster that runs already does the work: jobs go out a few at a time, results come back as they are done."""

from __future__ import annotations

import pickle
import queue
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

from evaluator.errors import EnvironmentFault, Words
from evaluator.loading.cluster.address import address_of
from evaluator.loading.cluster.connecting import connected, distributed, quiet
from evaluator.loading.cluster.working import do, forget, installation, preparation, unlike_workers
from evaluator.loading.workers import JobLost

J = TypeVar("J")
R = TypeVar("R")

# Jobs in flight for each worker: one that it does, one that is there when it is done.
_EACH = 2
# Seconds between two looks at who is there.
_GLANCE = 1.0
_SETTINGS = {
    # Jobs are as large as they have to be, and nobody looks at the source of who sends them.
    "distributed.admin.large-graph-warning-threshold": "1 GiB",
    "distributed.diagnostics.computations.nframes": 0,
}


class _Sent(NamedTuple):
    """A job in flight; ``alone`` where nothing else is, because workers died that had it."""

    future: Any
    job: Any
    alone: bool


class Cluster:
    """The cluster whose scheduler is at ``named``: ``tcp://host:port``, ``tls://host:port``, or the file with its address.

    To be entered (``with``), then ``Workers`` as ``evaluator.loading.workers`` says. Entering waits ``timeout`` seconds for the
    scheduler; where there is no worker for ``patience`` seconds, then or later, the run ends. Raises ``InputError`` for what is
    no address, ``EnvironmentFault`` where distributed is not installed, nobody answers, workers are unlike this machine, or the
    scheduler is lost.
    """

    elsewhere = True

    def __init__(self, named: str, *, timeout: float = 10.0, patience: float = 60.0) -> None:
        self.address = address_of(named)
        self.timeout, self.patience = timeout, patience
        self._stack = ExitStack()
        self._client: Any = None
        self._workers = 0
        self._looked = self._seen = 0.0

    def __enter__(self) -> Cluster:
        with ExitStack() as stack:
            dask = distributed().dask
            stack.enter_context(quiet())
            stack.enter_context(dask.config.set(_SETTINGS))
            self._client = connected(self.address, self.timeout)
            stack.callback(self._leave)
            self._seen = time.monotonic()
            while not self._look():
                time.sleep(0.1)
            self._refuse_unlike()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def run(
        self, make: Callable[..., Callable[[J], R]], arguments: tuple[Any, ...], jobs: Iterable[J]
    ) -> Iterator[R | JobLost]:
        """As ``Workers.run``; a job is lost when it ended more workers than the scheduler allows, and again when it ran alone."""
        client = self._client
        # A task, so that it is made again where the workers that have it die; jobs fetch it from each other's workers.
        prepared = client.submit(pickle.loads, pickle.dumps(preparation(make, arguments)), pure=False)
        done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        flying: dict[str, _Sent] = {}
        suspects: deque[J] = deque()
        waiting = iter(jobs)

        def send(job: J, *, alone: bool = False) -> None:
            content = pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
            future = client.submit(do, prepared, content, pure=False)
            flying[future.key] = _Sent(future, job, alone)
            future.add_done_callback(lambda one: done.put(one.key))

        try:
            while True:
                if suspects and not flying:
                    send(suspects.popleft(), alone=True)
                elif not suspects and not any(one.alone for one in flying.values()):
                    for job in _some(waiting, self._room() - len(flying)):
                        send(job)
                if not flying:
                    return
                sent = flying.pop(self._next(done))
                try:
                    yield self._result(sent)
                except JobLost as lost:
                    if sent.alone:
                        yield lost
                    else:
                        # Whoever sat beside the culprit is as suspect: each is tried again, alone.
                        suspects.append(sent.job)
        finally:
            with suppress(Exception):
                client.cancel([prepared, *(one.future for one in flying.values())])

    def _result(self, sent: _Sent) -> Any:
        """What a job that is done came to; raises what it raised, or ``JobLost``."""
        try:
            return pickle.loads(sent.future.result())  # noqa: S301 - from the cluster that was asked
        except distributed().KilledWorker:
            raise JobLost(sent.job) from None
        except CancelledError:
            raise self._lost() from None
        except Exception:
            if sent.future.status != "error":  # no word of the job's own
                raise self._lost() from None
            # A worker that came later may lack what the job is made of.
            self._refuse_unlike()
            raise

    def _next(self, done: queue.SimpleQueue[Any]) -> str:
        while True:
            with suppress(queue.Empty):
                key: str = done.get(timeout=_GLANCE)
                return key
            self._look()

    def _room(self) -> int:
        if time.monotonic() - self._looked > _GLANCE:
            self._look()
        return _EACH * max(self._workers, 1)

    def _look(self) -> int:
        """How many workers there are; raises ``EnvironmentFault`` where there has been none for too long, or nobody to ask."""
        self._workers = len(self._asked(self._client.nthreads))
        self._looked = now = time.monotonic()
        if self._workers:
            self._seen = now
        elif now - self._seen > self.patience:
            raise EnvironmentFault(
                "no_workers",
                Words(
                    f"调度器 {self.address} 下 {self.patience:g} 秒没有工作进程",
                    f"the scheduler {self.address} has had no worker for {self.patience:g} s",
                ),
                Words(
                    f"在出力的主机上运行 dask worker {self.address} --nworkers 个数 --nthreads 1",
                    f"run dask worker {self.address} --nworkers N --nthreads 1 on the hosts that are to do the work",
                ),
            )
        return self._workers

    def _asked(self, question: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        if self._client.status != "running":
            raise self._lost()
        try:
            return question(*arguments, **options)
        except (OSError, RuntimeError, CancelledError):
            raise self._lost() from None

    def _lost(self) -> EnvironmentFault:
        return EnvironmentFault(
            "scheduler_lost",
            Words(
                f"与 Dask 调度器 {self.address} 的连接断了，或集群被重启",
                f"the connection to the Dask scheduler {self.address} is lost, or the cluster was restarted",
            ),
            Words(
                "看调度器和网络，恢复后接着做，已完成的不必重做",
                "see to the scheduler and the network, then resume: what is done need not be done again",
            ),
        )

    def _refuse_unlike(self) -> None:
        own = installation()
        found = self._asked(self._client.run, installation, on_error="return")
        differences: list[Words] = []
        for worker, theirs in sorted(found.items()):
            if isinstance(theirs, OSError):  # it is gone
                continue
            unlike = (
                Words("没有装 duibiao，或版本太旧", "duibiao is not installed, or too old")
                if isinstance(theirs, Exception)
                else theirs.against(own)
            )
            if unlike is not None:
                differences.append(Words(f"{worker}：{unlike.zh}", f"{worker}: {unlike.en}"))
        if differences:
            raise unlike_workers(differences, own)

    def _leave(self) -> None:
        if self._client.status == "running":
            with suppress(Exception):
                self._client.run(forget, on_error="ignore")
        with suppress(Exception):
            self._client.close(self.timeout)


def _some(jobs: Iterator[J], number: int) -> Iterator[J]:
    for _, job in zip(range(number), jobs, strict=False):
        yield job
