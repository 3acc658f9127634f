"""``duibiao rules map``: the crosswalk of two standards, and what a submission for one lacks for the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.options import (
    REPORTS,
    as_of_option,
    complete_ruleset,
    lang_option,
    lenient_option,
    report_files,
)
from commands.rules.shared import rulesets_of
from commands.writing import printed, reports_written
from evaluator.errors import InputError, Language, Place, Problem, Words

if TYPE_CHECKING:
    from evaluator.loading import Loaded
    from evaluator.submission import Submission


@click.command(
    "map",
    help=speak(
        "对照两套标准：哪些指标用同样的佐证，已有的申报还缺什么。",
        "Map two standards by the evidence that they share.",
    ),
)
@click.argument("first", shell_complete=complete_ruleset, metavar=speak("前者", "FIRST"))
@click.argument("second", shell_complete=complete_ruleset, metavar=speak("后者", "SECOND"))
@click.option(
    "--submission",
    type=click.Path(path_type=Path),
    metavar=speak("申报文件", "SUBMISSION"),
    help=speak(
        "按前者准备的申报：看后者还缺什么", "one made for the first: what does the second still lack?"
    ),
)
@as_of_option
@lenient_option
@report_files(*REPORTS, otherwise="printed")
@lang_option
def map_rules(
    first: str,
    second: str,
    submission: Path | None,
    as_of: date | None,
    lenient: bool,
    out: tuple[Path, ...],
    lang: Language,
) -> None:
    """Nothing is written unless everything could be read."""
    from evaluator.crosswalk import Side, crosswalk, lacking
    from scorecards.crosswalk import crosswalk_report

    if submission is None and (as_of is not None or lenient):
        raise click.UsageError(
            speak("--as-of、--lenient 要和 --submission 一起用", "--as-of and --lenient go with --submission")
        )
    refuse_existing(*out)
    both = _both(first, second)
    sides = [Side(one.ruleset, one.catalogue) for one in both]
    if submission is None:
        found: dict[str, Any] = crosswalk(sides[0], sides[1])
    else:
        sent = _received(submission, both, lenient=lenient)
        found = crosswalk(sides[0], sides[1], sent.period.span)
        found["submission"] = lacking(sent, sides[0], sides[1], as_of)
    report = crosswalk_report(found, lang)
    if not out:
        click.echo(printed(report, "text").decode(), nl=False)
        return
    reports_written(out, found, lambda _kind: report)
    for line in report.remarks:
        click.echo(printable(line.text))
    for path in out:
        click.echo(printable(str(path)))


def _both(first: str, second: str) -> list[Loaded]:
    found = rulesets_of((first, second))
    if found[0].folder == found[1].folder:
        what = Words("前者和后者是同一套规则", "both are the same ruleset")
        mend = Words("写两套不同的标准", "name two standards")
        raise InputError([Problem("same_ruleset", Place(second), what, mend)])
    return found


def _received(path: Path, both: list[Loaded], *, lenient: bool) -> Submission:
    from evaluator.loading import receive, shown
    from evaluator.model import SUBJECTS

    first, second = both
    received = receive(path, first.catalogue.joined(second.catalogue), lenient=lenient)
    kind = received.submission.subject.kind
    problems = []
    for one in both:
        if kind not in one.ruleset.subject:
            kinds = "、".join(SUBJECTS[each].zh for each in one.ruleset.subject)
            what = Words(
                f"“{one.ruleset.title.zh}”评估的是{kinds}，这份申报的单位类别是{SUBJECTS[kind].zh}",
                f"{one.ruleset.ruleset} is for {', '.join(one.ruleset.subject)}; this submission is a {kind}",
            )
            problems.append(Problem("other_subject", Place(shown(path)), what))
    if problems:
        raise InputError(problems)
    return received.submission
