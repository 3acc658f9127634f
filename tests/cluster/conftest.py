"""Dask clusters of real processes on this machine's own address, each ended by its own process id."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DASK = Path(sys.executable).with_name("dask")

# What is pickled by name is looked up under that name on a worker: see ``Processes.worker``.
sys.path.append(str(HERE))


class Processes:
    """A scheduler and its workers; ``file`` is where the scheduler writes its address."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self._stack = folder, stack
        self.file = folder / "scheduler.json"
        self.log = folder / "dask.log"
        self.scheduler = self._started(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--idle-timeout", "120"
        )

    def worker(self, *options: str, before: Path | None = None) -> subprocess.Popen[bytes]:
        """A worker, or several; ``before`` is a folder whose modules it finds before ours."""
        pythonpath = os.pathsep.join(map(str, filter(None, (before, HERE))))
        own = ("--nthreads", "1", "--death-timeout", "30", "--local-directory", str(self.folder))
        return self._started("worker", *own, *options, PYTHONPATH=pythonpath)

    def _started(self, kind: str, *options: str, **variables: str) -> subprocess.Popen[bytes]:
        # One lost worker is forgiven a job, so that a test need not kill four.
        settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", **variables}
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [DASK, kind, "--scheduler-file", self.file, "--no-dashboard", *options],
                env={**os.environ, **settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._stack.callback(ended, process)
        return process

    @property
    def address(self) -> str:
        """The file, once there is one."""
        started = time.monotonic()
        while not self.file.exists():
            assert self.scheduler.poll() is None, self.log.read_text()
            assert time.monotonic() - started < 60, self.log.read_text()
            time.sleep(0.02)
        return str(self.file)


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started here, and whatever it started."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def processes(folder: Path) -> Iterator[Processes]:
    with ExitStack() as stack:
        yield Processes(folder, stack)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[Processes]:
    """A scheduler of the test's own, without a worker."""
    with processes(tmp_path) as started:
        yield started


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """A scheduler with two workers of two threads each, which start again when they are killed."""
    with processes(tmp_path_factory.mktemp("dask")) as started:
        started.worker("--nworkers", "2", "--nthreads", "2")
        yield started


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Wait for something that happens soon, and fail where it does not."""

    def wait(happened: Callable[[], bool]) -> None:
        started = time.monotonic()
        while not happened():
            assert time.monotonic() - started < 30
            time.sleep(0.02)

    return wait
