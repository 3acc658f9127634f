"""Workers keep the limits of whoever asks them, in whatever process they begin."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator

import pytest

from evaluator.limits import DEFAULTS, in_force, put_in_force
from evaluator.loading.cluster.working import do, forget, preparation
from evaluator.loading.workers import Pool

# A function that any process can make: what it is asked with is the limit that holds there.
TELLING = "lambda _job: __import__('evaluator.limits').limits.in_force().most_items"


@pytest.fixture(autouse=True)
def lowered() -> Iterator[None]:
    """Limits of this process that are not the defaults."""
    before = put_in_force(DEFAULTS._replace(most_items=7))
    yield
    forget()
    put_in_force(before)


def told() -> object:
    """Makes what says the limit of the process that it is called in."""
    return lambda _job: in_force().most_items


def test_a_pool_s_processes_keep_them() -> None:
    assert list(Pool(2).run(told, (), range(4))) == [7, 7, 7, 7]


def test_a_process_that_inherits_nothing_keeps_them() -> None:
    """As where processes are spawned, and on the machines of a cluster."""
    asked = pickle.dumps((preparation(eval, (TELLING,)), pickle.dumps(0)))
    code = (
        "import pickle, sys; from evaluator.loading.cluster.working import do; "
        "prepared, job = pickle.loads(sys.stdin.buffer.read()); print(pickle.loads(do(prepared, job)))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=asked, capture_output=True, check=True)
    assert done.stdout.strip() == b"7"


def test_a_worker_is_prepared_anew_under_other_limits() -> None:
    first, job = preparation(eval, (TELLING,)), pickle.dumps(0)
    put_in_force(DEFAULTS)
    second = preparation(eval, (TELLING,))
    assert first.token != second.token
    assert [pickle.loads(do(one, job)) for one in (first, second, first)] == [
        7,
        DEFAULTS.most_items,
        7,
    ]
