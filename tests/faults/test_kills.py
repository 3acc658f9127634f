"""Killed at any moment a run leaves whole files only, and the next ends as if the killed one had not been or had ended."""

from __future__ import annotations

import random
import shutil

import pytest

from evaluator.bundles.signing import fingerprint, signed
from evaluator.loading.scratch import scratch, sweep
from evaluator.loading.stored import stored_assessments
from faults.folders import leftovers
from faults.trial import drawn, tried

# Each rename, as what lies there changes with it (of a batch each second); of the other points each so manieth.
# script/fault-trial meets them all.
STRIDES = {
    "score": 3,
    "review": 2,
    "state": 1,
    "convert": 1,
    "tables": 2,
    "template": 4,
    "batch": 40,
    "batch-again": 56,
    "publish": 11,
    "pack-parts": 13,
}


@pytest.mark.parametrize("name", STRIDES)
def test_killed_at_a_call_that_changes_the_disk(laid, name) -> None:
    case = laid(name)
    every = [at for at, point in enumerate(case.points) if point.startswith("os.rename")]
    renames = {*every[:: 2 if name.startswith("batch") else 1]}
    assert renames
    for at in sorted(renames | {*range(len(name) % STRIDES[name], len(case.points), STRIDES[name])}):
        one = case.killed(at=at)
        assert (one.ended.code, one.faults) == (-9, ()), f"point {at}: {case.points[at]}"


@pytest.mark.parametrize("name", ["score", "convert", "tables", "state"])
def test_killed_in_the_middle_of_a_write(laid, name) -> None:
    case = laid(name)
    for size in (1, 1_000, 10_000):
        assert case.killed(size=size).faults == (), size


@pytest.mark.parametrize(("name", "times"), [("convert", 6), ("state", 10), ("tables", 4), ("batch", 1)])
def test_killed_at_a_random_moment_and_again_while_that_is_made_good(laid, name, times) -> None:
    case, chance = laid(name), random.Random(name)
    for _ in range(times):
        how = drawn(chance, case)
        assert case.killed(**how).faults == (), how


def test_a_pair_of_keys_is_one_pair(runner, work) -> None:
    run = ("rules", "key", "-o", "unit")
    points = len(runner.run(run, work).points)
    for at in range(8, points, 2):
        shutil.rmtree(work)
        work.mkdir()
        assert runner.run(run, work, at=at).code == -9
        again = runner.run(run, work)
        assert again.code == 0 or "文件已存在" in again.err
        private, public = ((work / f"unit.{ending}").read_bytes() for ending in ("pem", "pub"))
        assert signed(b"", private)[0] == fingerprint(public)


def test_what_is_finished_for_a_killed_run_is_told(laid, runner) -> None:
    case = laid("score")
    renames = [n for n, one in enumerate(case.points) if one.startswith("os.rename") and "/new/" in one]
    case._fresh()
    runner.run(case.case.command, case.work, at=renames[1])
    done = runner.run(case.case.following, case.work)
    assert done.code == 0
    assert done.err.startswith("上次中断时已做好的，现已写出：out/")


def test_what_was_changed_since_is_not_overwritten_by_what_a_killed_run_had(laid, runner) -> None:
    case = laid("score")
    renames = [n for n, one in enumerate(case.points) if one.startswith("os.rename") and "/new/" in one]
    case._fresh()
    runner.run(case.case.command, case.work, at=renames[1])
    (mine,) = (case.work / "out").glob("*.xlsx")
    mine.write_bytes(b"mine")
    done = runner.run(case.case.following, case.work)
    assert (done.code, mine.read_bytes()) == (0, b"mine")
    assert "没有写出，因为这些文件后来改动过" in done.err
    assert leftovers(case.work) == []


def test_what_a_killed_run_left_is_no_input(laid, runner) -> None:
    case = laid("score")
    case._fresh()
    made = next(n for n, one in enumerate(case.points) if "ready" in one)
    runner.run(case.case.command, case.work, at=made)
    (left,) = (case.work / "out").glob(".duibiao-*/new/*.json")
    left.write_bytes(b"{")
    found = stored_assessments([case.work / "out"])
    assert ([path.parent.name for path, _ in found.found], found.others) == (["out"], 0)


def test_a_folder_that_a_run_still_uses_is_left_alone(laid, runner, work) -> None:
    with scratch(work) as used:
        dead = work / ".duibiao-deadbeef"
        dead.mkdir()
        sweep(work)
        assert (used.is_dir(), dead.exists()) == (True, False)


def test_the_long_run_counts_what_it_kills(tmp_path, capsys) -> None:
    (told,) = tried(tmp_path, ["convert"], 6, 1, 1)
    assert (told.counted["kills"], told.faults) == (6, ())
    assert sum(told.counted[one] for one in ("reading", "making", "placing", "clearing")) == 6
    assert sum(told.counted[one] for one in ("old", "between", "new")) == 6


def test_the_long_run_finds_a_fault(tmp_path, monkeypatch) -> None:
    # What is being made is looked at as if it had been handed over.
    monkeypatch.setattr("faults.folders.is_passing", lambda _name: False)
    (told,) = tried(tmp_path, ["convert"], 6, 1, 1)
    assert any("neither the old nor the new one" in one for one in told.faults)
