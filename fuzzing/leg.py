"""One leg of a run, in a process of its own: so many inputs for one target by one engine. ``python -m fuzzing.leg``.

What it does is written into a shared file as it goes, so that whoever started it knows of an input that ended the process.
"""

from __future__ import annotations

import gc
import hashlib
import json
import mmap
import os
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from fuzzing.guard import Outcome, outcome, peak

_HEAD = struct.Struct("<QQdQ")
_SIZE = 8 * 1024 * 1024
_LARGEST = _SIZE - _HEAD.size


class Leg(NamedTuple):
    """What a leg is asked for."""

    target: str
    engine: str
    inputs: int
    seed: int
    until: float
    folder: str


class Board:
    """The shared file: how many inputs, when the current one was begun, and its bytes."""

    def __init__(self, path: Path) -> None:
        if not path.exists() or path.stat().st_size != _SIZE:
            path.write_bytes(bytes(_SIZE))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _SIZE)

    def begin(self, number: int, content: bytes) -> None:
        """Say that input ``number`` is being read."""
        self._map[: _HEAD.size] = _HEAD.pack(1, number, time.time(), len(content))
        self._map[_HEAD.size : _HEAD.size + len(content)] = content

    def end(self) -> None:
        """Say that nothing is being read."""
        self._map[:8] = bytes(8)

    def current(self) -> tuple[bool, int, float, bytes]:
        """Whether an input is being read, its number, since when, and its bytes."""
        busy, number, since, length = _HEAD.unpack(self._map[: _HEAD.size])
        return bool(busy), number, since, self._map[_HEAD.size : _HEAD.size + length]


class Tally:
    """What the inputs of a leg came to."""

    def __init__(self, leg: Leg, read: Callable[[bytes], object]) -> None:
        self.leg, self._read = leg, read
        self._board = Board(Path(leg.folder) / "board")
        self.inputs = self.accepted = 0
        self.slowest, self.slowest_input = 0.0, b""
        self.crashes: dict[str, dict[str, Any]] = {}
        self._known: set[bytes] = set()
        self.begun = time.process_time()

    @property
    def done(self) -> bool:
        """Whether enough was read, or time is up."""
        return self.inputs >= self.leg.inputs or time.time() >= self.leg.until

    def take(self, content: bytes) -> Outcome | None:
        """Read one input; None where it was read before, or is too large to be kept."""
        digest = hashlib.blake2b(content, digest_size=8).digest()
        if len(content) > _LARGEST or digest in self._known:
            return None
        self._known.add(digest)
        self._board.begin(self.inputs, content)
        found = outcome(self._read, content)
        self._board.end()
        self.inputs += 1
        self.accepted += found.accepted
        if found.seconds > self.slowest:
            self.slowest, self.slowest_input = found.seconds, content
        if found.crash:
            self._keep(found, content)
        return found

    def warm(self, content: bytes) -> None:
        """Read an input without counting it; what it crashes is kept all the same."""
        found = outcome(self._read, content)
        if found.crash:
            self._keep(found, content)

    def _keep(self, found: Outcome, content: bytes) -> None:
        known = self.crashes.get(found.crash)
        if known is None:
            name = hashlib.sha256(found.crash.encode()).hexdigest()[:12]
            (Path(self.leg.folder) / f"crash-{name}").write_bytes(content)
            self.crashes[found.crash] = {"file": f"crash-{name}", "times": 1, "trace": found.trace}
        else:
            known["times"] += 1
            kept = Path(self.leg.folder) / known["file"]
            if len(content) < kept.stat().st_size:
                kept.write_bytes(content)

    def write(self) -> None:
        """Say what the leg came to."""
        folder = Path(self.leg.folder)
        (folder / "slowest").write_bytes(self.slowest_input)
        found = {
            "inputs": self.inputs,
            "accepted": self.accepted,
            "seconds": time.process_time() - self.begun,
            "slowest": self.slowest,
            "peak": peak(),
            "crashes": self.crashes,
        }
        made = folder / "leg.json.new"
        made.write_text(json.dumps(found), encoding="utf-8")
        made.replace(folder / "leg.json")


def main(leg: Leg) -> None:
    """Do the leg."""
    if leg.engine == "atheris":
        from fuzzing.engines.by_atheris import run
    else:
        from fuzzing.engines.by_hypothesis import run
    run(leg)


def prepared() -> None:
    """What is loaded stays: the collector looks through what an input leaves only."""
    gc.collect()
    gc.freeze()
    # As the command line sets it (commands.failing).
    gc.set_threshold(50_000, 20, 100)


if __name__ == "__main__":
    os.environ.setdefault("LANG", "zh_CN.UTF-8")
    main(Leg(**json.loads(sys.argv[1])))
