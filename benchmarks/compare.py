"""Our engine beside what one would otherwise take, on the same work: measures, and writes the page and its chart.

    python -m benchmarks.compare --date 2026-11-26            docs/benchmarks.md, docs/benchmarks.svg
    python -m benchmarks.compare --date 2026-11-26 --quick    the same on little work, under .benchmarks/quick
    python -m benchmarks.compare --only engines               one section, printed as JSON; no page

`script/bench --peers` installs what it needs and runs it. Whatever fails ends it: there is no page with holes.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import click

from benchmarks import chart, own, page
from benchmarks.measuring import machine

HERE = Path(__file__).parent.parent
KEPT = HERE / ".benchmarks" / "sections"
SECTIONS = ("engines", "spreadsheet", "pdfs", "scaling", "batch", "issuing")


class Size(NamedTuple):
    """How much work, how many rounds."""

    submissions: int
    rounds: int
    sheets: int
    cards: int
    turns: int
    numbers: tuple[int, ...]
    issued: int


FULL = Size(1000, 11, 40, 8, 2, (10, 100, 1_000, 10_000, 100_000), 60)
QUICK = Size(100, 3, 4, 2, 1, (10, 100, 1_000), 4)


def measured(names: tuple[str, ...], size: Size, jobs: int, say: Callable[[str], None]) -> dict[str, Any]:
    """The figures of these sections."""
    from benchmarks.pdf.measuring import pdfs
    from benchmarks.peers.measuring import engines, spreadsheet

    do: dict[str, Callable[[], Any]] = {
        "engines": lambda: engines(size.submissions, size.rounds, say),
        "spreadsheet": lambda: spreadsheet(size.sheets, size.turns, say),
        "pdfs": lambda: pdfs(size.cards, size.turns, say),
        "scaling": lambda: own.scaling(size.numbers, size.turns, say),
        "batch": lambda: own.batch(size.numbers, size.turns, jobs, say),
        "issuing": lambda: own.issuing(size.issued, 1, jobs, say),
    }
    found: dict[str, Any] = {}
    for name in names:
        found[name] = do[name]()
        # What took minutes is not lost with what fails after it.
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{name}.json").write_text(json.dumps(found[name], ensure_ascii=False), encoding="utf-8")
    return found


def lacking(names: tuple[str, ...]) -> list[str]:
    """What is not there that these sections need."""
    wanted = {"spreadsheet": ["soffice"], "pdfs": ["chromium", "pdftotext", "pdffonts", "pdfinfo"]}
    found = [one for name in names for one in wanted.get(name, ()) if shutil.which(one) is None]
    if {"batch", "issuing"} & {*names} and not own.has_batch():
        found.append("the command duibiao batch")
    return found


@click.command()
@click.option("--date", "day", help="The day to write on the page, as 2026-11-26.")
@click.option("--quick", is_flag=True, help="Little work and few rounds, to try it; no figures to quote.")
@click.option("--only", "names", type=click.Choice(SECTIONS), multiple=True, help="These sections; no page.")
@click.option(
    "--jobs", type=click.IntRange(1), default=2, show_default=True, help="Processes of duibiao batch."
)
def main(day: str | None, quick: bool, names: tuple[str, ...], jobs: int) -> None:
    """Measure our engine beside its peers."""
    if not names and (day is None or re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) is None):
        raise click.UsageError("--date says the day to write on the page, as 2026-11-26")
    missing = lacking(names or SECTIONS)
    if missing:
        raise click.ClickException(f"not there: {', '.join(missing)} (script/bootstrap --peers)")
    size = QUICK if quick else FULL
    found = measured(names or SECTIONS, size, jobs, lambda text: click.echo(text, err=True))
    if names:
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    results = {"date": day, "commit": _commit(), "quick": quick, "machine": machine(), **found}
    folder = HERE / ".benchmarks" / "quick" if quick else HERE / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    kept = HERE / ".benchmarks" / "compare.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    write(results, folder)
    click.echo(f"{folder / 'benchmarks.md'}\n{folder / 'benchmarks.svg'}")


def write(results: dict[str, Any], folder: Path) -> None:
    """The page and its chart of ``results``; both or neither."""
    texts = {"benchmarks.md": page.page(results), "benchmarks.svg": chart.chart(results)}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
