"""``duibiao rules handbook``: a ruleset for those who are assessed, as PDF or HTML."""

from __future__ import annotations

from pathlib import Path

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.options import complete_ruleset, lang_option, report_files
from commands.writing import reports_written
from evaluator.errors import Language


@click.command(
    "handbook",
    help=speak(
        "印一本评估手册给被评估单位：每项要求什么、怎样判定、要什么佐证。",
        "Print a handbook for those who are assessed.",
    ),
)
@click.argument("name", shell_complete=complete_ruleset, metavar=speak("规则集", "RULESET"))
@report_files(".pdf", ".html", ".json", otherwise="required")
@lang_option
def print_handbook(name: str, out: tuple[Path, ...], lang: Language) -> None:
    """The rules are read, with every problem at once, before anything is written."""
    from evaluator.loading import load_ruleset
    from evaluator.loading.clauses import load_clauses

    refuse_existing(*out)
    loaded = load_ruleset(name)
    clauses = load_clauses(loaded.folder)
    from evaluator.guidance.document import handbook
    from scorecards.handbook import handbook_report

    made = handbook(loaded.ruleset, loaded.catalogue, clauses)
    reports_written(out, made, lambda _kind: handbook_report(made, lang))
    for path in out:
        click.echo(printable(str(path)))
