"""Our own figures: how the engine alone and `duibiao batch` as a whole grow with the number of submissions, and their memory."""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet

from benchmarks.measuring import Ran, one_core, run, slope, timing
from benchmarks.peers import ours
from benchmarks.peers.work import Work
from benchmarks.submissions import OWN_RULES, lines, ruleset

DUIBIAO = Path(sys.executable).parent / "duibiao"
# Below so many the program's start is most of what a run takes.
WORTH_A_RUN = 1_000


def scaling(numbers: tuple[int, ...], rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Seconds of processor time to read and judge so many submissions, one after the other from a file, on one processor."""
    loaded = ruleset("bench-100")
    work = Work(loaded, [], set(), [])
    points = []
    with tempfile.TemporaryDirectory(prefix="duibiao-benchmark-") as folder, one_core():
        path = Path(folder) / "submissions.jsonl"
        _write(path, max(numbers), say)
        for number in numbers:
            # Small numbers are done again and again, as long as a thousand take; large ones once a round.
            times = max(1, 1000 // number)
            seconds = []
            for turn in range(rounds if number <= 10_000 else 1):
                say(f"reading and judging {number} × {times}, round {turn + 1}")
                gc.collect()
                gc.freeze()
                start = time.process_time()
                for _ in range(times):
                    _judge(path, number, work)
                seconds.append((time.process_time() - start) / times)
                gc.unfreeze()
            points.append({"number": number, **timing(seconds)._asdict()})
    return {"points": points, "slope": slope([(one["number"], one["minimum"]) for one in points])}


def _judge(path: Path, number: int, work: Work) -> None:
    with path.open("rb") as file:
        for n, line in enumerate(file):
            if n == number:
                return
            judgement = ours.judgement(ours.read(line, work.loaded.catalogue), work)
            assert len(judgement.verdicts) == 100
        assert n + 1 == number


def _write(path: Path, number: int, say: Callable[[str], None], name: str = "bench-100") -> None:
    say(f"writing {number} submissions")
    with path.open("wb") as file:
        file.writelines(line + b"\n" for line in lines(ruleset(name), number))


def batch(numbers: tuple[int, ...], rounds: int, jobs: int, say: Callable[[str], None]) -> dict[str, Any]:
    """`duibiao batch` from JSON lines to Parquet: seconds of the whole program and its memory, for so many submissions."""
    points: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="duibiao-benchmark-") as folder:
        for number in (1, *numbers):
            path = Path(folder) / f"{number}.jsonl"
            _write(path, number, say)
            ran: list[Ran] = []
            for turn in range(rounds if number <= 10_000 else 1):
                say(f"duibiao batch, {number} submissions, round {turn + 1}")
                ran.append(_batch(path, Path(folder) / "out", number, jobs))
            path.unlink()
            points.append(
                {
                    "number": number,
                    **timing([one.seconds for one in ran])._asdict(),
                    "parent": max(one.parent for one in ran),
                    "worker": max(one.worker for one in ran),
                    "processes": max(one.processes for one in ran),
                }
            )
    return {"jobs": jobs, "points": points, **_beyond_the_start(points)}


def _beyond_the_start(points: list[dict[str, Any]]) -> dict[str, Any]:
    """The slope of the time less that of a single submission, from the first number on that is worth a run."""
    start, *others = points
    worth = [one for one in others if one["number"] >= WORTH_A_RUN]
    worth = worth if len(worth) > 1 else others
    work = [(one["number"], one["minimum"] - start["minimum"]) for one in worth]
    if any(seconds <= 0 for _, seconds in work):
        raise RuntimeError(f"no time beyond the start could be told: {work}; is something else running?")
    return {"slope": slope(work), "from": work[0][0]}


def _batch(path: Path, out: Path, number: int, jobs: int) -> Ran:
    # A cold program, but files that the system has at hand: the first run of a number reads them for the others.
    shutil.rmtree(out, ignore_errors=True)
    command = [str(DUIBIAO), "batch", str(path), "--rules", str(OWN_RULES / "bench-100"), "--out", str(out)]
    ran = run([*command, "--jobs", str(jobs), "--format", "parquet", "--scorecards", "none"], path.parent)
    found = pyarrow.parquet.read_metadata(out / "results.parquet").num_rows
    if found != number:
        raise RuntimeError(f"duibiao batch made {found} results of {number} submissions")
    return ran


def issuing(number: int, rounds: int, jobs: int, say: Callable[[str], None]) -> dict[str, Any]:
    """`duibiao batch --scorecards all` on ``number`` submissions: seconds, pages, memory."""
    from benchmarks.pdf.contents import RULES

    with tempfile.TemporaryDirectory(prefix="duibiao-benchmark-") as folder:
        path, out = Path(folder) / "some.jsonl", Path(folder) / "out"
        _write(path, number, say, RULES)
        ran = []
        for turn in range(rounds):
            say(f"duibiao batch with {number} scorecards, round {turn + 1}")
            shutil.rmtree(out, ignore_errors=True)
            command = [str(DUIBIAO), "batch", str(path), "--rules", RULES, "--out", str(out)]
            ran.append(run([*command, "--jobs", str(jobs), "--scorecards", "all"], Path(folder)))
            cards = sorted((out / "scorecards").glob("*.pdf"))
            if len(cards) != number:
                raise RuntimeError(f"duibiao batch issued {len(cards)} scorecards for {number} submissions")
        return {
            "cards": number,
            "jobs": jobs,
            "pages": sum(map(_pages, cards)),
            "bytes": sum(card.stat().st_size for card in cards),
            **timing([one.seconds for one in ran])._asdict(),
            "parent": max(one.parent for one in ran),
            "worker": max(one.worker for one in ran),
        }


def _pages(path: Path) -> int:
    import pypdf

    return len(pypdf.PdfReader(path).pages)


def has_batch() -> bool:
    """Whether this version has the command."""
    from cli import main

    return main.get_command(None, "batch") is not None
