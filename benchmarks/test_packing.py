"""Packing photographs as a telephone makes them (12 megapixels, 3 MB each), each run in a process of its own.

Goals: 200 of them in at most 20 s, and no more memory for 200 than for 50; a package of them is read back by ``inspect``.
"""

from __future__ import annotations

import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

DUIBIAO = Path(sys.executable).with_name("duibiao")
FORM = """\
submission: 1
subject: {id: demo-01, name: 示例社区, kind: community}
period: {from: "2025-01-01", to: "2025-12-31"}
events:
"""
SIZE = (4000, 3000)


@pytest.fixture(scope="module")
def pictures() -> list[bytes]:
    """Eight photographs of coarse shapes and grain, of 3 MB."""
    made = []
    for seed in range(8):
        dice = random.Random(seed)
        shapes = Image.frombytes("RGB", (40, 30), dice.randbytes(3600)).resize(SIZE, Image.Resampling.BICUBIC)
        grain = Image.frombytes("L", (2000, 1500), dice.randbytes(3_000_000)).resize(SIZE)
        target = BytesIO()
        Image.blend(shapes, grain.convert("RGB"), 0.12).save(target, "JPEG", quality=88)
        made.append(target.getvalue().ljust(3_000_000, b"\0"))
    return made


def folder_of(tmp_path: Path, pictures: list[bytes], number: int) -> Path:
    folder = tmp_path / str(number)
    folder.mkdir()
    events = []
    for n in range(1, number + 1):
        day = f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}"
        events.append(f'  - {{id: E{n}, type: publicity_session, date: "{day}", title: 第{n}次}}\n')
        # A comment of its own makes each another file.
        content = pictures[n % len(pictures)]
        comment = b"\xff\xfe" + (2 + 8).to_bytes(2, "big") + b"%08d" % n
        name = f"E{n}_{day.replace('-', '')}_1.jpg"
        (folder / name).write_bytes(content[:2] + comment + content[2:])
    (folder / "submission.yaml").write_text(FORM + "".join(events), encoding="utf-8")
    return folder


# A process starts with the peak of the one that it was forked from: a small one stands in between.
MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
assert done.returncode == 0, done.stdout + done.stderr
print(used.ru_maxrss // 1024, used.ru_utime + used.ru_stime)
"""


def run(*arguments: object) -> tuple[int, float]:
    """Run the command: its peak of memory in MB, and its CPU seconds."""
    line = [sys.executable, "-c", MEASURE, DUIBIAO, *map(str, arguments)]
    peak, seconds = subprocess.run(line, check=True, capture_output=True, text=True).stdout.split()
    return int(peak), float(seconds)


def measured(benchmark: Any, spent: list[tuple[int, float]]) -> None:
    benchmark.extra_info["peak_mb"] = max(peak for peak, _ in spent)
    benchmark.extra_info["cpu_seconds"] = round(min(seconds for _, seconds in spent), 1)


@pytest.mark.parametrize("number", [50, 200])
def test_pack(benchmark: Any, number: int, pictures: list[bytes], tmp_path: Path) -> None:
    """``duibiao pack`` of so many photographs; ``peak_mb`` is the memory that it took, ``cpu_seconds`` the work."""
    folder = folder_of(tmp_path, pictures, number)
    spent: list[tuple[int, float]] = []

    def once() -> None:
        spent.append(run("pack", folder, "-o", tmp_path / f"{len(spent)}.zip"))

    benchmark.pedantic(once, rounds=3)
    measured(benchmark, spent)
    assert (tmp_path / "0.zip").stat().st_size < folder_size(folder) // 4


def folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def test_inspect(benchmark: Any, pictures: list[bytes], tmp_path: Path) -> None:
    """``duibiao inspect`` of a folder of 50 photographs as they come from the telephone."""
    folder = folder_of(tmp_path, pictures, 50)
    spent: list[tuple[int, float]] = []
    benchmark.pedantic(lambda: spent.append(run("inspect", folder)), rounds=3)
    measured(benchmark, spent)
