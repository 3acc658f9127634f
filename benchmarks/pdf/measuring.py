"""The same scorecards by every program: pages a second with one process and with two, sizes, and that nothing is lost."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measuring import timing
from benchmarks.pdf import chromium, outlines
from benchmarks.pdf.contents import cards, lacking
from benchmarks.peers.work import packaged
from scorecards import Scorecard


class Press(NamedTuple):
    """One way to a PDF: what it is called, where its function is, its package, and what to know of it."""

    name: str
    function: str
    package: Callable[[], str]
    how: str


PRESSES = (
    Press(
        "Duibiao (WeasyPrint)",
        "benchmarks.pdf.weasy:ours",
        lambda: packaged("weasyprint"),
        "as `duibiao score` makes it",
    ),
    Press(
        "WeasyPrint, naive",
        "benchmarks.pdf.weasy:naive",
        lambda: packaged("weasyprint"),
        "the same content as one would first write it: automatic tables, flex boxes, nothing shared",
    ),
    Press(
        "Typst",
        "benchmarks.pdf.typesetting:typst",
        lambda: packaged("typst"),
        "one compiler kept, fonts loaded once; columns of equal width, no chart",
    ),
    Press(
        "Chromium, kept running",
        "benchmarks.pdf.chromium:kept",
        chromium.version,
        "our page and style sheets, printed through its debugging pipe; fonts converted beforehand",
    ),
    Press(
        "Chromium, started each time",
        "benchmarks.pdf.chromium:started",
        chromium.version,
        "our page and style sheets, `chromium --headless --print-to-pdf`; fonts converted beforehand",
    ),
    Press(
        "reportlab",
        "benchmarks.pdf.platypus:reportlab",
        lambda: packaged("reportlab"),
        "Platypus tables; fonts converted beforehand; columns of equal width, no chart",
    ),
)

_render: Callable[[Scorecard], bytes] | None = None


def _start(function: str, first: Scorecard) -> None:
    global _render  # noqa: PLW0603 - one a process, made when it starts
    module, _, name = function.partition(":")
    _render = getattr(import_module(module), name)
    # Fonts, templates, browsers: what is prepared once is prepared here.
    assert _render is not None
    _render(first)


def _made(card: Scorecard) -> bytes:
    assert _render is not None
    return _render(card)


def _ready(_: int) -> None:
    # Long enough that each worker takes one of these, so that all have started.
    time.sleep(0.3)


def pdfs(number: int, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Every press on the first ``number`` scorecards."""
    made = cards(number)
    outlines.prepare(made)
    rows = [
        {"name": one.name, "package": one.package(), "how": one.how, "seconds": {}, "pages": 0, "bytes": 0}
        for one in PRESSES
    ]
    for press, row in zip(PRESSES, rows, strict=True):
        for processes in (1, 2):
            with _pool(press, processes, made[0]) as pool:
                seconds = []
                for turn in range(rounds):
                    say(f"{press.name}, {processes} process{'es' * (processes > 1)}, round {turn + 1}")
                    start = time.perf_counter()
                    found = pool.map(_made, made, chunksize=1)
                    seconds.append(time.perf_counter() - start)
                row["seconds"][str(processes)] = timing(seconds)._asdict()
            row["pages"] = sum(_checked(card, pdf, press.name) for card, pdf in zip(made, found, strict=True))
            row["bytes"] = sum(map(len, found))
    return {"cards": number, "rounds": rounds, "presses": rows}


@contextmanager
def _pool(press: Press, processes: int, first: Scorecard) -> Iterator[Any]:
    pool = multiprocessing.get_context("spawn").Pool(processes, _start, (press.function, first))
    try:
        pool.map(_ready, range(processes), chunksize=1)
        yield pool
    finally:
        # Closed, not terminated: a worker ends its browser.
        pool.close()
        pool.join()


def _checked(card: Scorecard, pdf: bytes, name: str) -> int:
    """The number of pages; raises where the text has not everything that is on the card, or a font is not cut down."""
    assert shutil.which("pdftotext"), "poppler-utils is not installed"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.pdf"
        path.write_bytes(pdf)
        text = _said("pdftotext", path, "-")
        fonts = _said("pdffonts", path).splitlines()[2:]
        pages = next(line for line in _said("pdfinfo", path).splitlines() if line.startswith("Pages:"))
    lost = lacking(card, text)
    if lost:
        raise AssertionError(f"{name} lost {len(lost)} characters: {lost[:40]}")
    if not fonts or any(line.split()[-5:-2] != ["yes", "yes", "yes"] for line in fonts):
        raise AssertionError(f"{name} embeds not all fonts, subset, with their text: {fonts}")
    return int(pages.split()[1])


def _said(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()
