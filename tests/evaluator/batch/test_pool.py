"""A pool of processes: each job is done once, and a job that ends its process is told and ends nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evaluator.loading.workers import JobLost, Pool


def make_double(deadly: int, once: str = "") -> Callable[[int], int]:
    def double(number: int) -> int:
        if number == deadly and not (once and Path(once).exists()):
            if once:
                Path(once).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if number < 0:
            raise ValueError(number)
        return number * 2

    return double


def make_slow() -> Callable[[int], int]:
    def slow(number: int) -> int:
        time.sleep(60 if number else 0)
        return number

    return slow


def make_echo() -> Callable[[bytes], bytes]:
    return lambda content: content


def make_nothing() -> Callable[[int], int]:
    raise LookupError("no rules")


def test_every_job_is_done_once() -> None:
    assert sorted(Pool(3).run(make_double, (-1,), range(50))) == [2 * n for n in range(50)]


def test_a_job_that_ends_its_process_twice_is_lost_and_the_rest_goes_on() -> None:
    found = list(Pool(2).run(make_double, (7,), range(20)))
    (lost,) = [one for one in found if isinstance(one, JobLost)]
    assert lost.job == 7
    assert sorted(one for one in found if one is not lost) == [2 * n for n in range(20) if n != 7]


def test_a_job_whose_process_was_ended_once_is_tried_again(tmp_path) -> None:
    found = list(Pool(2).run(make_double, (7, str(tmp_path / "once")), range(20)))
    assert sorted(found) == [2 * n for n in range(20)]


def test_jobs_and_results_longer_than_a_pipe_holds_wait_for_nobody() -> None:
    script = """
from tests.evaluator.batch.test_pool import *
print(sum(map(len, Pool(2).run(make_echo, (), [bytes(600_000)] * 6))))
"""
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.strip() == "3600000"


def test_a_process_that_begins_while_all_are_asked_to_end_says_nothing() -> None:
    script = """
import os, signal, threading
from tests.evaluator.batch.test_pool import *
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.default_int_handler)
begun = os.fork
def fork():
    child = begun()
    if child:
        for number in (signal.SIGINT, signal.SIGHUP):
            os.kill(child, number)
    return child
os.fork = fork
print(sorted(Pool(8).run(make_double, (-1,), range(20)))[-1])
"""
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, timeout=30, check=True)
    assert (done.stdout, done.stderr) == ("38\n", "")


def test_a_job_that_raises_ends_the_run_with_what_it_raised() -> None:
    with pytest.raises(ValueError, match="-3"):
        list(Pool(2).run(make_double, (99,), [1, -3, 2]))


def test_what_cannot_be_prepared_ends_the_run() -> None:
    with pytest.raises(LookupError, match="no rules"):
        list(Pool(2).run(make_nothing, (), [1]))


def test_jobs_are_taken_only_as_processes_become_free() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[int]:
        for n in range(1000):
            taken.append(n)
            yield n

    results = Pool(2).run(make_double, (-1,), jobs())
    next(results)
    assert len(taken) <= 6
    results.close()


def test_who_stops_listening_ends_the_processes_at_once() -> None:
    results = Pool(2).run(make_slow, (), [0, 1, 2, 3])
    assert next(results) == 0
    begun = time.monotonic()
    results.close()
    assert time.monotonic() - begun < 10
