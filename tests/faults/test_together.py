"""Two runs into the same folder at once: each does what it would alone, or says clearly why not; one of both is left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from faults.folders import leftovers, state, unwhole
from faults.running import Runner

ROUNDS = 8
# What the one that comes too late may be told.
TOLD = {
    "score": (),
    "convert": ("文件已存在", "同名文件已存在"),
    "review": ("文件已存在", "同名文件已存在"),
    "tables": ("文件已存在", "同名文件已存在", "同名文件夹已存在"),
    "state": ("[state_order]", "[changed_meanwhile]"),
    "pack-parts": ("文件已存在", "同名文件已存在"),
    "publish": ("[changed_meanwhile]",),
    "batch": ("[batch_running]", "[batch_there]"),
}


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    with Runner(tmp_path_factory.mktemp("one")) as one, Runner(tmp_path_factory.mktemp("other")) as other:
        yield one, other


@pytest.mark.parametrize("name", TOLD)
def test_two_runs_of_the_same_at_once(laid, two, name) -> None:
    case = laid(name)
    rounds = ROUNDS if name in ("convert", "review", "state") else 3
    with ThreadPoolExecutor(2) as pool:
        for _ in range(rounds):
            case._fresh()
            done = list(pool.map(lambda one: one.run(case.case.command, case.work), two))
            codes = sorted(one.code for one in done)
            assert codes in ([0, 0], [0, 2]), [one.err for one in done]
            for one in done:
                assert "Traceback" not in one.err
                assert one.code == 0 or any(words in one.err for words in TOLD[name]), one.err
            assert (state(case.work), leftovers(case.work), unwhole(case.work)) == (case.after, [], [])


def test_two_runs_that_score_different_submissions_do_not_mix(laid, two) -> None:
    case = laid("score")
    wanted = case.following[1][1]
    with ThreadPoolExecutor(2) as pool:
        for _ in range(5):
            case._fresh()
            commands = (case.case.command, case.case.following)
            done = list(pool.map(lambda one, command: one.run(command, case.work), two, commands))
            assert [one.code for one in done] == [0, 0]
            assert (state(case.work), leftovers(case.work)) == (wanted, [])
