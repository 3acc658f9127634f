"""What the worst input within each limit costs: ``python -m benchmarks.limits [WORD…]``; a WORD picks lines of the table.

Each is read by the command that a user would run, in a process of its own: peak resident memory and seconds of processor time, of
which the interpreter and its modules take about one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.worst import WORST, Worst

MOST_MEGABYTES, MOST_SECONDS = 512, 10


def measured(one: Worst, folder: Path) -> tuple[int, float, float, int]:
    """The exit code, seconds, megabytes at the peak, and size of the input in bytes."""
    # In a process of its own, too: a child begins with the memory of whoever starts it.
    making = [sys.executable, "-m", "benchmarks.worst", str(WORST.index(one)), str(folder)]
    subprocess.run(making, check=True)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    command = [str(Path(sys.executable).parent / "duibiao"), *one.command, "--lang", "en"]
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, size


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(words: list[str]) -> int:
    """Prints the table; 1 where anything is over the bounds."""
    over = 0
    _say("| limit | input | size | exit | CPU s | MB at the peak |")
    _say("|---|---|---|---|---|---|")
    for one in WORST:
        if words and not any(word in f"{one.limits} {one.what}" for word in words):
            continue
        folder = Path(tempfile.mkdtemp(prefix="duibiao-limits-"))
        try:
            code, seconds, megabytes, size = measured(one, folder)
        finally:
            if os.environ.get("KEEP") is None:
                shutil.rmtree(folder)
            else:
                _say(f"{folder} {(folder / 'said.txt').read_text(errors='replace')[:600]}")
        mark = (
            "" if megabytes <= MOST_MEGABYTES and (one.collection or seconds <= MOST_SECONDS) else " **over**"
        )
        over += bool(mark)
        shown = f"{size / 1024**2:.1f} MB"
        _say(f"| `{one.limits}` | {one.what} | {shown} | {code} | {seconds:.1f} | {megabytes:.0f}{mark} |")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
