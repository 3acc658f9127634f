"""``duibiao rules impact``: whom a change of rules affects, or each value of a number not yet decided."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import show_problems, speak
from commands.forms import refuse_existing
from commands.options import STAGES, WholeNumber, as_of_option, complete_ruleset, lang_option, report_files
from commands.rules.reporting import format_option, write_reports
from commands.rules.shared import rulesets_of
from commands.writing import json_bytes, printed
from evaluator.errors import InputError, Language, Place, Problem, Words

if TYPE_CHECKING:
    from evaluator.facts import Stage
    from evaluator.impact.targets import Shift
    from evaluator.loading import Loaded
    from evaluator.loading.crowds import Crowd, Found
    from scorecards.model import Report


@click.command(
    "impact",
    help=speak(
        "测算修订影响谁：升降、等级、达标、缺口和原因；或试一个阈值。",
        "Tell whom a change of rules affects, or try the values of a threshold.",
    ),
)
@click.argument("old", shell_complete=complete_ruleset, metavar=speak("旧规则集", "OLD"))
@click.argument("others", nargs=-1, required=True, metavar=speak("新规则集 申报…", "NEW SUBMISSIONS…"))
@click.option(
    "--shift",
    "shifts",
    multiple=True,
    metavar=speak("指标=起..止[/步长]", "ID=FROM..TO[/STEP]"),
    help=speak(
        "试一个没有定下的阈值，只给一套规则；如 指标=6%..10%/1%",
        "try the values of one threshold of one ruleset, as ID=6%..10%/1%",
    ),
)
@as_of_option
@click.option(
    "--stage",
    type=click.Choice(STAGES),
    default="self_check",
    show_default=True,
    help=speak("按哪个阶段判定：自查时未交的不判定，以后的阶段按 0 分", "the stage at which all are judged"),
)
@click.option(
    "--jobs",
    type=WholeNumber(1),
    metavar=speak("个数", "N"),
    help=speak("用几个进程（默认按处理器数）", "how many processes (default: as many as processors)"),
)
@format_option
@report_files(".xlsx", ".html", ".pdf", ".docx", ".json", otherwise="printed too")
@lang_option
def impact_rules(
    old: str,
    others: tuple[str, ...],
    shifts: tuple[str, ...],
    as_of: date | None,
    stage: Stage,
    jobs: int | None,
    form: str,
    out: tuple[Path, ...],
    lang: Language,
) -> None:
    """Exit 2 where a submission was refused; the others are counted all the same."""
    refuse_existing(*out)
    if len(shifts) > 1:
        zh = "一次只试一个阈值：另一个先在规则里改好，再试这一个"
        raise click.UsageError(
            speak(zh, "one --shift at a time: write the other value into the ruleset first")
        )
    if shifts:
        found, report, problems = _trial(old, others, shifts[0], stage, as_of, jobs, lang)
    else:
        found, report, problems = _impact(old, others, stage, as_of, jobs, lang)
    write_reports(out, found, lambda kind: report(kind == "xlsx"))
    if form == "json":
        click.echo(json_bytes(found).decode(), nl=False)
    else:
        click.echo(printed(report(False), "text").decode(), nl=False)
    if problems:
        show_problems(problems)
        sys.exit(2)


Told = tuple[dict[str, Any], "Callable[[bool], Report]", list[Problem]]


def _impact(
    old: str, others: tuple[str, ...], stage: Stage, as_of: date | None, jobs: int | None, lang: Language
) -> Told:
    from evaluator.impact.alike import readable
    from evaluator.impact.judging import Judging
    from evaluator.impact.summing import impact
    from evaluator.loading.crowds import Crowd, submissions_in

    if len(others) < 2:
        raise click.UsageError(
            speak(
                "要写新规则集和申报；只试一个阈值时写 --shift",
                "name the new ruleset and submissions, or write --shift",
            )
        )
    before, after = rulesets_of((old, others[0]), in_work=True)
    paths = submissions_in(map(Path, others[1:]))
    rules = (before.ruleset, before.catalogue), (after.ruleset, after.catalogue)
    kinds = tuple(one for one in before.ruleset.subject if one in after.ruleset.subject)
    crowd = Crowd(_judging, (*rules, stage, as_of), readable(before.catalogue, after.catalogue), kinds)
    units, refused = _judged(paths, crowd, jobs)
    found = _with_refused(impact(Judging(*rules, stage, as_of), units), refused, paths)

    def report(whole: bool) -> Report:
        from scorecards.impact import impact_report

        return impact_report(found, lang, whole=whole)

    return found, report, list(dict.fromkeys(one for each in refused.values() for one in each))


def _judging(*arguments: Any) -> Any:
    from evaluator.impact.judging import Judging

    return Judging(*arguments).unit


def _trying(*arguments: Any) -> Any:
    from evaluator.impact.trying import Trying

    return Trying(*arguments).unit


def _trial(
    name: str,
    others: tuple[str, ...],
    shift: str,
    stage: Stage,
    as_of: date | None,
    jobs: int | None,
    lang: Language,
) -> Told:
    from evaluator.impact.trying import Trying, trial
    from evaluator.loading import load_ruleset
    from evaluator.loading.crowds import Crowd, submissions_in

    loaded = load_ruleset(name, in_work=True)
    _refuse_second_ruleset(others[0])
    chosen = _shift(shift, loaded)
    paths = submissions_in(map(Path, others))
    arguments = ((loaded.ruleset, loaded.catalogue), chosen, stage, as_of)
    crowd = Crowd(_trying, arguments, loaded.catalogue, loaded.ruleset.subject)
    units, refused = _judged(paths, crowd, jobs)
    found = _with_refused(trial(Trying(*arguments), units), refused, paths)

    def report(whole: bool) -> Report:
        from scorecards.trial import trial_report

        return trial_report(found, lang, whole=whole)

    return found, report, list(dict.fromkeys(one for each in refused.values() for one in each))


def _refuse_second_ruleset(name: str) -> None:
    from evaluator.loading import find_ruleset

    try:
        find_ruleset(name)
    except InputError:
        return
    zh = f"写了 --shift，只给一套规则；{name} 也是规则集"
    raise click.UsageError(speak(zh, f"with --shift name one ruleset alone; {name} is one, too"))


def _shift(text: str, loaded: Loaded) -> Shift:
    from evaluator.impact.targets import BadShift, shift_of

    try:
        return shift_of(text, loaded.ruleset, loaded.catalogue)
    except BadShift as bad:
        raise InputError([Problem("bad_shift", Place("--shift"), bad.what, bad.mend)]) from None


def _judged(
    paths: Found, crowd: Crowd, jobs: int | None
) -> tuple[list[Any], dict[Path, tuple[Problem, ...]]]:
    """What each submission comes to, and every problem of those refused; of two of one subject and period the first counts.

    Raises ``InputError`` where all were refused: then there is nothing to tell.
    """
    from evaluator.loading import shown
    from evaluator.loading.crowds import judged

    units: list[Any] = []
    refused: dict[Path, tuple[Problem, ...]] = {}
    first: dict[tuple[str, str], Path] = {}
    for one in judged(paths.paths, crowd, jobs):
        if one.result is None:
            refused[one.path] = one.problems
        elif one.key in first:
            zh = f"单位 {one.key[0]} 同一评估期的申报已有一份：{shown(first[one.key])}"
            en = f"the subject {one.key[0]} has a submission of this period already: {shown(first[one.key])}"
            refused[one.path] = (Problem("repeated_subject", Place(shown(one.path)), Words(zh, en)),)
        else:
            first[one.key] = one.path
            units.append(one.result)
    if not units:
        raise InputError(dict.fromkeys(problem for each in refused.values() for problem in each))
    return units, refused


def _with_refused(
    found: dict[str, Any], refused: dict[Path, tuple[Problem, ...]], paths: Found
) -> dict[str, Any]:
    from evaluator.loading import shown

    listed = [
        {
            "file": shown(path),
            "problems": [
                {"place": str(one.place), "code": one.code, "what": one.what._asdict()} for one in problems
            ],
        }
        for path, problems in refused.items()
    ]
    return {**found, "refused": listed, "ignored": paths.ignored}
