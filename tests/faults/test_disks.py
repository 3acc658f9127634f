"""A disk that is full or may only be read, rights that are lacking, limits of the system: told, and all as it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from faults.folders import leftovers, state
from faults.running import ROOT

# A mount namespace of its own: nothing of it is seen elsewhere.
APART = ["unshare", "-rm"]


def may_mount() -> bool:
    trial = [*APART, "mount", "-t", "tmpfs", "none", "/mnt"]
    try:
        return subprocess.run(trial, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not may_mount(), reason="no file system may be mounted here")
def test_a_full_disk_is_told_at_every_size_and_nothing_is_half_written() -> None:
    # A batch has a dozen sizes that are too small, of two runs by several processes each: four of them here.
    names = ["score", "convert", "tables", "state", "review", "batch"]
    run = [*APART, sys.executable, "-m", "faults.disks", *names[:-1], "batch/3"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["case"], one["faults"]) for one in told] == [(name, []) for name in names]
    assert all(one["too small"] > 0 for one in told)
    assert told[-1]["too small"] > 2


# What is said is written into a file, too: it fits.
@pytest.mark.parametrize(
    ("name", "size"), [("score", 200), ("score", 2_000), ("tables", 200), ("state", 200)]
)
def test_a_file_that_may_not_grow_is_told(laid, runner, name, size) -> None:
    case = laid(name)
    case._fresh()
    done = runner.run(case.case.command, case.work, limits={"RLIMIT_FSIZE": size})
    assert (done.code, "文件大小超过限额" in done.err, done.out) == (2, True, "")
    assert (state(case.work), leftovers(case.work)) == (case.before, [])


@pytest.mark.parametrize("name", ["score", "convert", "review", "state"])
def test_too_many_open_files_are_told(laid, runner, name) -> None:
    case = laid(name)
    for most in (8, 16):
        case._fresh()
        done = runner.run(case.case.command, case.work, limits={"RLIMIT_NOFILE": most})
        assert done.code in (0, 2), done.err
        assert "程序出错" not in done.err
        assert "Traceback" not in done.err
        assert state(case.work) == (case.before if done.code else case.after)
        assert leftovers(case.work) == []


@pytest.mark.parametrize("megabytes", [8, 32])
def test_too_little_memory_is_told(laid, runner, megabytes) -> None:
    case = laid("score")
    case._fresh()
    # So much beside what the interpreter has when it begins.
    with Path(f"/proc/{runner.process}/statm").open(encoding="ascii") as file:
        begun = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    limit = begun + megabytes * 1024 * 1024
    done = runner.run(case.case.command, case.work, limits={"RLIMIT_AS": limit})
    assert done.code in (0, 2), done.err
    assert "程序出错" not in done.err
    assert "Traceback" not in done.err
    assert state(case.work) == (case.before if done.code else case.after)
    assert leftovers(case.work) == []


@pytest.mark.parametrize("name", ["score", "tables", "state", "review"])
def test_whoever_may_not_write_is_told(laid, runner, name, tmp_path_factory) -> None:
    case = laid(name)
    case._fresh()
    paths = [case.work, *case.work.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = runner.run(case.case.command, case.work, bound=True)
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert (done.code, "没有权限" in done.err) == (2, True), done.err
    assert (state(case.work), leftovers(case.work)) == (case.before, [])


@pytest.mark.parametrize("name", ["score", "tables", "state", "convert"])
def test_where_a_rename_fails_as_between_two_disks_it_is_told(laid, runner, name) -> None:
    case = laid(name)
    number = sum(one.startswith("os.rename") for one in case.points)
    for renames in range(number):
        case._fresh()
        done = runner.run(case.case.command, case.work, renames=renames)
        assert (done.code, "不在同一个磁盘上" in done.err) == (2, True), renames
        found = state(case.work)
        assert all(
            found.get(one) in (case.before.get(one), case.after.get(one)) for one in {*found, *case.after}
        )
        # Once one of several files is in place the rest waits for the next run.
        assert case.followed_in(case.work)[1] in [one for _, one in case.following]


@pytest.mark.parametrize("name", ["score", "state", "batch"])
def test_where_the_output_folder_is_gone_meanwhile_it_is_told(laid, runner, name) -> None:
    case = laid(name)
    gone = {"state": "meal-service-2026"}.get(name, "out")
    for at in range(2, len(case.points), 10 if name == "batch" else 5):
        case._fresh()
        done = runner.run(case.case.command, case.work, at=at, vanishing=str(case.work / gone))
        assert done.code in (0, 2), done.err
        assert "Traceback" not in done.err
        assert "程序出错" not in done.err
        if done.code:
            assert "找不到" in done.err
            inside = [one for one in state(case.work) if one.startswith(f"{gone}/")]
            assert inside == []


def test_without_a_folder_to_be_in_it_is_told(runner, work) -> None:
    done = runner.run(("score", "a.yaml", "--rules", "kunming-model-community"), work, homeless=True)
    assert (done.code, "找不到文件" in done.err) == (2, True)
    work.mkdir()
    form = ROOT / "examples" / "kunming-model-community" / "middling.yaml"
    done = runner.run(("convert", str(form), "-o", "a.json"), work, homeless=True)
    assert (done.code, "找不到" in done.err, work.exists()) == (2, True, False)


def test_without_home_or_place_for_passing_files_it_goes_on(laid, runner, tmp_path) -> None:
    case = laid("convert")
    case._fresh()
    variables = {"HOME": None, "TMPDIR": str(tmp_path / "nowhere")}
    done = runner.run(case.case.command, case.work, variables=variables)
    assert (done.code, state(case.work)) == (0, case.after)


def test_a_lock_that_is_a_link_or_a_pipe_is_waited_for_by_nobody(laid, runner) -> None:
    case = laid("convert")
    case._fresh()
    left = case.work / ".duibiao-aaaaaaaa"
    left.mkdir()
    os.mkfifo(left / "lock")
    (case.work / ".duibiao-bbbbbbbb").symlink_to("/tmp")
    done = runner.run(case.case.command, case.work)
    assert (done.code, left.exists(), Path("/tmp").is_dir()) == (0, True, True)
    shutil.rmtree(left)
