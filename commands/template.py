"""``duibiao template``: the form to fill, for one or several standards."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from commands.console import speak
from commands.forms import catalogue_of, form_bytes, load_rulesets, out_option, refuse_existing, write_new
from commands.options import own_words_option, rules_option
from evaluator.errors import InputError, Place, Problem, Words

if TYPE_CHECKING:
    from evaluator.loading import Loaded
    from evaluator.model import SubjectKind
    from evaluator.windows import Span
    from evaluator.workbook.making import Filled

_KINDS = ("community", "street", "district", "zone", "city")


def _period(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Span | None:
    if value is None:
        return None
    from evaluator.windows import Span

    first, _, last = value.partition("..")
    try:
        span = Span(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        raise click.BadParameter(
            speak("写成 2026-01-01..2026-12-31 的样子", "write it as 2026-01-01..2026-12-31")
        ) from None
    if span.end < span.start:
        raise click.BadParameter(speak("止日早于起日", "it ends before it begins"))
    return span


@click.command(
    help=speak(
        "按规则集生成申报表，供单位用 WPS 或 Excel 填写。",
        "Make the form that people fill in, for the rulesets named.\n\nThe form is in Chinese, in either language.",
    )
)
@rules_option
@click.option(
    "--subject",
    type=click.Choice(_KINDS),
    help=speak(
        "单位类别（默认为规则集评估的第一类）；street 生成街道统一填报的表",
        "the kind of subject (default: the first that the rulesets judge); street: what a street states for its communities",
    ),
)
@click.option(
    "--from",
    "last",
    type=click.Path(path_type=Path),
    metavar=speak("去年的申报", "LAST_YEAR"),
    help=speak(
        "从去年的申报（yaml、json、xlsx）带出单位信息、上期数和仍有效的文件；活动、事项重新填",
        "carry over the subject, its figures as those of the period before, and documents still in force",
    ),
)
@click.option(
    "--period",
    callback=_period,
    metavar=speak("起..止", "FROM..TO"),
    help=speak("评估期，如 2026-01-01..2026-12-31", "the period, such as 2026-01-01..2026-12-31"),
)
@out_option
@own_words_option
def template(
    rules: tuple[str, ...], subject: str | None, last: Path | None, period: Span | None, out: Path
) -> None:
    """Write the form."""
    _check_name(out)
    refuse_existing(out)
    loaded = load_rulesets(rules)
    filled = _filled(loaded, subject, last, period)
    _check_kind(loaded, filled.kind)
    write_new(out, form_bytes(loaded, catalogue_of(loaded), filled))
    click.echo(out)


def _filled(loaded: list[Loaded], subject: str | None, last: Path | None, period: Span | None) -> Filled:
    from evaluator.loading import load_alone
    from evaluator.workbook.carrying import carried
    from evaluator.workbook.making import Filled

    if last is not None:
        catalogue = catalogue_of(loaded)
        filled = carried(load_alone(last, catalogue).submission, catalogue, period)
        if subject is not None and subject != filled.kind:
            zh, en = "单位类别与 --subject 不同", "its kind of subject is not that of --subject"
            raise InputError([Problem("other_subject", Place(str(last)), Words(zh, en))])
        return filled
    kind = cast("SubjectKind", subject or loaded[0].ruleset.subject[0])
    return Filled(kind) if period is None else Filled(kind, start=period.start, end=period.end)


def _check_kind(loaded: list[Loaded], kind: SubjectKind) -> None:
    from evaluator.model import SUBJECTS

    problems = []
    for one in loaded:
        judged = one.ruleset.subject
        # A street is not judged by a standard for communities, but states for them what it did.
        if kind not in judged and not (kind == "street" and "community" in judged):
            kinds = "、".join(SUBJECTS[name].zh for name in judged)
            zh = f"“{one.ruleset.title.zh}”评估的是{kinds}，不是{SUBJECTS[kind].zh}"
            en = f"{one.ruleset.ruleset} is for {', '.join(judged)}, not for a {kind}"
            mend = Words("改用 --subject，或分开生成", "choose another --subject, or make a form for each")
            problems.append(Problem("other_subject", Place(one.ruleset.ruleset), Words(zh, en), mend))
    if problems:
        raise InputError(problems)


def _check_name(out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise click.BadParameter(speak("文件名以 .xlsx 结尾", "the name ends in .xlsx"), param_hint="--out")
