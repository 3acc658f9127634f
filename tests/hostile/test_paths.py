"""What is no ordinary file, lies elsewhere, never ends or changes while it is read: a clear refusal, or the right answer."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES
from tests.hostile.conftest import Bounded, lying_in

KUNMING = ("--rules", "kunming-model-community")
EXAMPLE = EXAMPLES / "kunming-model-community" / "middling.yaml"
SMALL = 'submission: 1\nsubject: {id: a, name: 甲社区, kind: community}\nperiod: {from: "2025-01-01", to: "2025-12-31"}\n'


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * 1024**3)


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _closed(path: Path) -> None:
    path.symlink_to("/proc/self/mem")


NO_FILES: dict[str, Callable[[Path], None]] = {
    "a pipe that nobody writes to": _pipe,
    "a file without end": _endless,
    "a terminal": _terminal,
    "ten gigabytes of nothing": _sparse,
    "a folder": _folder,
    "a link to itself": _loop,
    "memory": _closed,
}
READERS = {
    "x.yaml": (
        "inspect",
        "score",
        "convert",
        "plan",
        "review start",
        "map",
        "sample",
    ),
    "x.json": ("inspect", "compare", "dossier"),
    "x.xlsx": ("inspect", "review read", "import", "progress"),
    "x.zip": ("inspect", "score"),
    "x.duibiao": ("bundle", "check"),
    "x.txt": ("trace",),
    "x.jsonl": ("batch",),
    "x.parquet": ("batch",),
    "x.pub": ("trust",),
}
LINES = {
    "inspect": "inspect {x}",
    "score": "score {x} --rules kunming-model-community --out out",
    "convert": "convert {x} -o out.json",
    "plan": "plan {x} --rules kunming-model-community --out out",
    "review start": "review start {x} --rules kunming-model-community -o out.xlsx",
    "map": "rules map kunming-model-community sichuan-community-2022 --submission {x} -o out.html",
    "sample": "sample {x} --rules kunming-model-community --communities 1 --criteria 1 --seed 1 -o out.html",
    "compare": "compare {x} {x}",
    "dossier": "dossier {x} -o out.zip",
    "review read": "review read {x}",
    "import": "rules import {x} --out out",
    "progress": "plan --rectification {x} {example} --rules kunming-model-community --out out",
    "bundle": "score {example} --rules {x} --out out",
    "check": "rules check {x}",
    "trace": "rules trace kunming-model-community --text {x}",
    "batch": "batch {x} --rules kunming-model-community --out out",
    "trust": "rules trust {x}",
}


@pytest.mark.parametrize("what", NO_FILES)
def test_no_reader_waits_for_or_swallows_what_is_no_file(what: str, duibiao: Bounded, tmp_path: Path) -> None:
    """Every command that takes a file, with what would hold it up; one for each ending with whatever else is no file."""
    for name, readers in READERS.items():
        if name == "x.jsonl" and what == "ten gigabytes of nothing":
            continue  # a batch reads as many lines as there are; the one that is too long is refused
        NO_FILES[what](tmp_path / name)
        before = lying_in(tmp_path)
        for reader in readers if NO_FILES[what] in (_pipe, _loop) else readers[:1]:
            line = LINES[reader].format(x=name, example=EXAMPLE).split()
            done = duibiao(*line)
            assert done.code in (1, 2), (line, done)
            assert name in done.err + done.out, (line, done)
            assert done.err.count("\n") < 20, (line, done)
            assert lying_in(tmp_path) == before, line


FIRST = SMALL + "none: [mobilisation_meeting]\n"
LONGER = FIRST + "# " + "长" * 50_000 + "\n"


NAMING = SMALL + 'events: [{id: E1, type: publicity_session, date: "2025-03-12", files: [a.pdf]}]\n'


class Changing:
    """A writer that goes on putting one text and another in place of a file's content until it is told to stop."""

    def __init__(self, path: Path, *contents: bytes) -> None:
        self._path, self._contents, self._stop = path, contents, threading.Event()
        path.write_bytes(contents[0])
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        while not self._stop.is_set():
            for content in self._contents:
                self._path.write_bytes(content)


def test_a_submission_that_changes_while_it_is_read_is_read_or_refused(
    duibiao: Bounded, tmp_path: Path
) -> None:
    """It is cut short and grows again all the while: what is said is one of what it held, or where it broke off."""
    with Changing(tmp_path / "x.yaml", FIRST.encode(), LONGER.encode()):
        for _ in range(15):
            done = duibiao("inspect", "x.yaml")
            assert "活动 0 项" in done.out if done.code == 0 else "x.yaml:" in done.err, done


def test_evidence_that_changes_while_it_is_packed_is_packed_or_refused(
    duibiao: Bounded, tmp_path: Path
) -> None:
    """A package that is written holds what its manifest says, or none is written."""
    (tmp_path / "form").mkdir()
    (tmp_path / "form" / "submission.yaml").write_text(NAMING)
    one, other = (b"%PDF-1.7\n" + letter * 400_000 for letter in (b"a", b"b"))
    with Changing(tmp_path / "form" / "a.pdf", one, other, one[:100]):
        for n in range(10):
            done = duibiao("pack", "form", "-o", f"{n}.zip")
            assert done.code in (0, 2), done
            assert (tmp_path / f"{n}.zip").exists() == (done.code == 0), done
            if done.code == 2:
                assert "a.pdf" in done.err, done
    packed = sorted(tmp_path.glob("*.zip"))
    for path in packed:
        assert duibiao("inspect", path).code == 0
    assert not [path for path in tmp_path.iterdir() if path.suffix not in (".zip", "")]
