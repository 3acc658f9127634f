"""What the commands that make forms share: rulesets with their items, the bytes of a form, files that are never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import speak
from commands.writing import written_whole
from evaluator.errors import InputError, Place, Problem, Words

if TYPE_CHECKING:
    from evaluator.catalogue import Catalogue
    from evaluator.loading import Loaded
    from evaluator.workbook.making import Filled

out_option = click.option(
    "-o",
    "--out",
    "out",
    type=click.Path(path_type=Path),
    required=True,
    metavar=speak("文件", "FILE"),
    help=speak("写到哪个文件；已有的文件不覆盖", "the file to write; one that is there is not overwritten"),
)


def load_rulesets(names: Iterable[str]) -> list[Loaded]:
    """The rulesets of these names; raises ``InputError`` with every problem of all of them."""
    from evaluator.loading import load_ruleset

    problems: list[Problem] = []
    found: dict[str, Loaded] = {}
    for name in names:
        try:
            one = load_ruleset(name)
        except InputError as error:
            problems.extend(error.problems)
            continue
        other = found.setdefault(one.ruleset.ruleset, one)
        if other.folder != one.folder:
            zh = f"与 {other.folder} 的规则集标识相同"
            en = f"the same ruleset id as {other.folder}"
            problems.append(Problem("repeated_ruleset", Place(name), Words(zh, en)))
    if problems:
        raise InputError(dict.fromkeys(problems))
    return list(found.values())


def catalogue_of(loaded: Sequence[Loaded]) -> Catalogue:
    """The items of all of ``loaded``, else the shared ones; raises ``InputError`` where two declare one otherwise."""
    from evaluator.loading import shared_catalogue

    if not loaded:
        return shared_catalogue()
    found = loaded[0].catalogue
    problems = []
    for one in loaded[1:]:
        for name in found.clashes(one.catalogue) if one.catalogue is not found else ():
            what = Words(
                f"目录标识 {name} 与另一套规则的含义不同",
                f"the item {name} means something else in another ruleset",
            )
            problems.append(Problem("repeated_id", Place(str(one.folder)), what))
        found = found.joined(one.catalogue)
    if problems:
        raise InputError(problems)
    return found


def form_bytes(loaded: Sequence[Loaded], catalogue: Catalogue, filled: Filled) -> bytes:
    """The form for ``loaded`` with what is ``filled`` in."""
    from evaluator.workbook.judging.painting import live
    from evaluator.workbook.layout import planned
    from evaluator.workbook.writing import write_workbook

    form = planned([(one.ruleset, one.catalogue) for one in loaded], catalogue, filled)
    return write_workbook(form, catalogue, live([one.ruleset for one in loaded], catalogue))


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet: what somebody has filled in is never overwritten."""
    refuse_existing(path)
    with written_whole(path.parent, new=True) as write:
        write(path.name, content)


def refuse_existing(*paths: Path) -> None:
    """Raise ``InputError`` with each of ``paths`` where there is a file of that name."""
    from evaluator.loading import shown

    what = Words("文件已存在，不覆盖", "the file is there already and is not overwritten")
    mend = Words("换一个文件名，或先把它移走", "choose another name, or move it away first")
    problems = [Problem("file_exists", Place(shown(path)), what, mend) for path in paths if path.exists()]
    if problems:
        raise InputError(problems)
