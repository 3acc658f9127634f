"""``duibiao rules touched``: the stored assessments that an erratum concerns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.options import REPORTS, complete_ruleset, lang_option, report_files
from commands.rules.shared import rulesets_of
from commands.writing import printed, reports_written
from evaluator.errors import InputError, Language, Place, Problem, Words

if TYPE_CHECKING:
    from evaluator.loading import Loaded


@click.command(
    "touched",
    help=speak(
        "列出规则更正涉及的评估结果：按原版本评的、可能改变的。",
        "List the assessments that an erratum touches: made with the old version.",
    ),
)
@click.argument("old", shell_complete=complete_ruleset, metavar=speak("原版本", "OLD"))
@click.argument("new", shell_complete=complete_ruleset, metavar=speak("新版本", "NEW"))
@click.argument(
    "assessments",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("评估结果…", "ASSESSMENT…"),
)
@report_files(*REPORTS, otherwise="printed")
@lang_option
def touched_by(
    old: str, new: str, assessments: tuple[Path, ...], out: tuple[Path, ...], lang: Language
) -> None:
    """Assessments are files, or folders to look through."""
    from evaluator.errata import Edition, touched
    from evaluator.loading import shown
    from evaluator.loading.stored import stored_assessments
    from scorecards.errata import errata_report

    refuse_existing(*out)
    problems: list[Problem] = []
    editions: list[Loaded] = []
    stored = None
    try:
        editions = rulesets_of((old, new))
    except InputError as error:
        problems.extend(error.problems)
    try:
        stored = stored_assessments(assessments)
    except InputError as error:
        problems.extend(error.problems)
    if problems or stored is None:
        raise InputError(dict.fromkeys(problems))
    before, after = (Edition(one.ruleset, one.catalogue) for one in editions)
    if before.ruleset.ruleset != after.ruleset.ruleset:
        what = Words(
            f"{before.ruleset.ruleset} 与 {after.ruleset.ruleset} 不是同一套规则的两个版本",
            f"{before.ruleset.ruleset} and {after.ruleset.ruleset} are not two versions of one ruleset",
        )
        mend = Words("写同一套规则的原版本和新版本", "name the old and the new version of one ruleset")
        raise InputError([Problem("other_ruleset", Place(new), what, mend)])
    found = touched(before, after, ((shown(path), document) for path, document in stored.found))
    versions = editions[1].versions
    listed = None if versions is None else versions.find(after.ruleset.version)
    words = None if listed is None else listed.erratum
    erratum = None if words is None else words.zh if lang == "zh" else words.en or words.zh
    report = errata_report(found, erratum, lang)
    if not out:
        click.echo(printed(report, "text").decode(), nl=False)
        return
    reports_written(out, found, lambda _kind: report)
    for line in report.remarks:
        click.echo(printable(line.text))
    for path in out:
        click.echo(printable(str(path)))
