"""``duibiao rules handbook``: a ruleset for those who are assessed, as PDF or HTML."""

from __future__ import annotations

from pathlib import Path

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.options import complete_ruleset, lang_option
from commands.writing import reports_written
from evaluator.errors import InputError, Language, Problem

_KINDS = (".pdf", ".html", ".json")


def _files(_context: click.Context, _parameter: click.Parameter, value: tuple[Path, ...]) -> tuple[Path, ...]:
    for path in value:
        if path.suffix.lower() not in _KINDS:
            raise click.BadParameter(
                speak(f"文件名以 {'、'.join(_KINDS)} 结尾", f"the name ends with one of {', '.join(_KINDS)}")
            )
    return tuple(dict.fromkeys(value))


@click.command(
    "handbook",
    help=speak(
        "印一本评估手册给被评估单位：每项要求什么、怎样判定、要什么佐证。",
        "Print a handbook for those who are assessed.",
    ),
)
@click.argument("name", shell_complete=complete_ruleset, metavar=speak("规则集", "RULESET"))
@click.option(
    "-o",
    "--out",
    "out",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    callback=_files,
    metavar=speak("文件", "FILE"),
    help=speak(
        "写到哪个文件：.pdf、.html 或 .json；可重复；已有的文件不覆盖",
        "the file to write: .pdf, .html or .json; repeatable; one that is there is not overwritten",
    ),
)
@lang_option
def print_handbook(name: str, out: tuple[Path, ...], lang: Language) -> None:
    """The rules are read, with every problem at once, before anything is written."""
    from evaluator.loading import load_ruleset
    from evaluator.loading.clauses import load_clauses

    problems: list[Problem] = []
    for path in out:
        try:
            refuse_existing(path)
        except InputError as error:
            problems.extend(error.problems)
    loaded = load_ruleset(name)
    clauses = load_clauses(loaded.folder)
    if problems:
        raise InputError(problems)
    from evaluator.guidance.document import handbook
    from scorecards.handbook import handbook_report

    made = handbook(loaded.ruleset, loaded.catalogue, clauses)
    reports_written(out, made, handbook_report(made, lang))
    for path in out:
        click.echo(printable(str(path)))
