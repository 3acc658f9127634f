"""A clock that is wrong, and files from the future: the same bytes, and nothing is taken for something else."""

from __future__ import annotations

import os
import shutil

import pytest

from faults.cases import CASES
from faults.folders import leftovers, state
from faults.running import Runner


@pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not installed")
@pytest.mark.parametrize("day", ["1970-01-02 00:00:00", "2105-12-31 23:59:59"])
def test_a_clock_that_is_far_off_changes_no_byte(laid, tmp_path, day) -> None:
    with Runner(tmp_path, below=("faketime", "-f", day)) as elsewhen:
        for name in ("score", "review", "tables", "publish", "pack-parts", "batch"):
            case = laid(name)
            case._fresh()
            done = elsewhen.run(case.case.command, case.work)
            assert (done.code, state(case.work)) == (0, case.after), (name, done.err)


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "Nowhere/Atall", "XXX-14:45", ""])
def test_an_odd_time_zone_changes_no_byte(laid, runner, zone) -> None:
    for name in ("convert", "review"):
        case = laid(name)
        case._fresh()
        done = runner.run(case.case.command, case.work, variables={"TZ": zone})
        assert (done.code, state(case.work)) == (0, case.after), name


@pytest.mark.parametrize("seconds", [0, 1, 4_102_444_800, 9_000_000_000])
def test_files_of_another_age_are_files_like_any_other(laid, runner, seconds) -> None:
    case = laid("score")
    case._fresh()
    for path in case.work.rglob("*"):
        os.utime(path, (seconds, seconds))
    done = runner.run(case.case.command, case.work)
    assert (done.code, state(case.work)) == (0, case.after)


def test_what_a_killed_run_left_is_removed_however_old_it_says_it_is(laid, runner) -> None:
    assert CASES["convert"].command[0] == "convert"
    case = laid("convert")
    made = next(n for n, one in enumerate(case.points) if one.startswith("os.rename"))
    for seconds in (0, 9_000_000_000):
        case._fresh()
        runner.run(case.case.command, case.work, at=made)
        for path in case.work.rglob(".duibiao-*"):
            os.utime(path, (seconds, seconds))
        assert leftovers(case.work)
        assert case.followed_in(case.work) == (0, case.after)
        assert leftovers(case.work) == []
