"""A disk that is full, at every size until a run has enough, or that may only be read. Run as root of its own mount namespace.

``unshare -rm python -m faults.disks CASE…`` prints a line for each case: how many sizes were too small and how many faults were
found, with what they are. ``batch/3`` tries each third size only.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from faults.cases import CASES
from faults.folders import leftovers, state, unwhole
from faults.killing import Laid
from faults.running import Ended, Runner

_PAGE = 4096
# What a file system of pages has left at most: each time it has twice as much.
_MOST = 64 * 1024 * 1024


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="faults-disks-") as folder, Runner(Path(folder)) as runner:
        for asked in sys.argv[1:]:
            name, _, stride = asked.partition("/")
            laid = Laid(CASES[name], runner, Path(folder) / name)
            told = _tried(laid, Path(folder) / name / "disk", int(stride or 1))
            print(json.dumps(told, ensure_ascii=False), flush=True)


def _tried(laid: Laid, disk: Path, stride: int) -> dict[str, object]:
    disk.mkdir()
    faults: list[str] = []
    too_small = 0
    for free in islice(sizes(), 0, None, stride):
        _mounted(laid, disk)
        _mount(disk, f"remount,size={_used(disk) + free}")
        done = laid.runner.run(laid.case.command, disk)
        if done.code == 0:
            faults += _enough(laid, disk)
        else:
            too_small += 1
            faults += [f"{free} bytes: {one}" for one in _refused(laid, disk, done, "磁盘已满")]
            _mount(disk, f"remount,size={_MOST}")
            faults += [f"{free} bytes, then enough: {one}" for one in _following(laid, disk)]
        _unmount(disk)
        if done.code == 0:
            break
    _mounted(laid, disk)
    _mount(disk, "remount,ro")
    faults += [
        f"read-only: {one}"
        for one in _refused(laid, disk, laid.runner.run(laid.case.command, disk), "磁盘只读")
    ]
    _unmount(disk)
    return {"case": laid.case.name, "too small": too_small, "faults": faults}


def sizes() -> Iterator[int]:
    """Free bytes, from none up."""
    pages = 0
    while pages * _PAGE < _MOST:
        yield pages * _PAGE
        pages += max(1, pages)


def _refused(laid: Laid, disk: Path, done: Ended, said: str) -> list[str]:
    faults = [] if (done.code, said in done.err) == (2, True) else [f"ended with {done.code}: {done.err}"]
    found = state(disk)
    wrong = [
        name
        for name in {*found, *laid.before}
        if found.get(name)
        not in (laid.before.get(name), laid.after.get(name) if "batch" in laid.case.name else None)
        or (name in laid.before and name not in found)
    ]
    return faults + [f"{name} was written" for name in wrong] + leftovers(disk) + unwhole(disk)


def _enough(laid: Laid, disk: Path) -> list[str]:
    return [] if state(disk) == laid.after else ["not what is written where there is enough"]


def _following(laid: Laid, disk: Path) -> list[str]:
    code, found = laid.followed_in(disk)
    return [] if found in [one for _, one in laid.following] else [f"ended with {code}, in another state"]


def _mounted(laid: Laid, disk: Path) -> None:
    command = ["mount", "-t", "tmpfs", "-o", f"size={_MOST}", "none", str(disk)]
    subprocess.run(command, check=True)
    shutil.copytree(laid.base, disk, dirs_exist_ok=True)


def _mount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", options, str(disk)], check=True)


def _unmount(disk: Path) -> None:
    subprocess.run(["umount", str(disk)], check=True)


def _used(disk: Path) -> int:
    found = shutil.disk_usage(disk)
    return found.used


if __name__ == "__main__":
    main()
