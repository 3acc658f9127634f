"""``duibiao rules touched``: the stored assessments that an erratum concerns."""

from __future__ import annotations

from pathlib import Path

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.options import complete_ruleset, lang_option
from commands.rules.mapping import reports_option
from commands.writing import printed, reports_written
from evaluator.errors import InputError, Language, Place, Problem, Words


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
@click.option(
    "-o",
    "--out",
    "out",
    multiple=True,
    type=click.Path(path_type=Path),
    callback=reports_option,
    metavar=speak("文件", "FILE"),
    help=speak(
        "写到文件：.xlsx、.pdf、.html 或 .json；可重复；不写则印在屏幕上",
        "the file to write: .xlsx, .pdf, .html or .json; repeatable; else it is printed",
    ),
)
@lang_option
def touched_by(
    old: str, new: str, assessments: tuple[Path, ...], out: tuple[Path, ...], lang: Language
) -> None:
    """Assessments are files, or folders to look through."""
    from evaluator.errata import Edition, touched
    from evaluator.loading import load_ruleset, shown
    from evaluator.loading.stored import stored_assessments
    from scorecards.errata import errata_report

    for path in out:
        refuse_existing(path)
    problems: list[Problem] = []
    editions = []
    for name in (old, new):
        try:
            editions.append(load_ruleset(name))
        except InputError as error:
            problems.extend(error.problems)
    stored = None
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
    reports_written(out, found, report)
    for line in report.remarks:
        click.echo(printable(line.text))
    for path in out:
        click.echo(printable(str(path)))
