"""``duibiao review start`` and ``record``: the inspector's form, and the record of the on-site check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import LANGUAGE, printable, speak
from commands.forms import out_option, refuse_existing, write_new
from commands.review.shared import ending, form_bytes, of_submission, stage_option, what_is_reviewed
from evaluator.errors import Language

if TYPE_CHECKING:
    from evaluator.review_form.matter import Matter


@click.command(
    "start",
    help=speak(
        "生成检查人员填的复核表。",
        "Make the inspector's form: verdicts, evidence, what to decide.",
    ),
)
@of_submission
@stage_option
@out_option
def start(
    submission: Path,
    rules: str,
    reviews: tuple[Path, ...],
    as_of: date | None,
    lenient: bool,
    lang: Language,
    stage: str,
    out: Path,
) -> None:
    """One form of one submission under one ruleset."""
    kind = ending(out, (".xlsx", ".yaml", ".yml"))
    refuse_existing(out)
    matter = what_is_reviewed(submission, rules, stage, reviews, as_of, lenient=lenient)
    write_new(out, form_bytes(matter, kind, lang))
    click.echo(printable(str(out)))


@click.command(
    "record",
    help=speak(
        "生成现场核查记录表：一处一页，打√签字。",
        "Make the on-site record: a page a site, to tick and sign.",
    ),
)
@of_submission
@stage_option
@click.option(
    "--criterion",
    "criteria",
    multiple=True,
    metavar=speak("指标", "ID"),
    help=speak(
        "只核查这些指标，可重复（默认：要实地察看、访谈、问卷的）",
        "only these criteria; repeatable (default: those to see or ask)",
    ),
)
@out_option
def record(
    submission: Path,
    rules: str,
    reviews: tuple[Path, ...],
    as_of: date | None,
    lenient: bool,
    lang: Language,
    stage: str,
    criteria: tuple[str, ...],
    out: Path,
) -> None:
    """One record of one submission under one ruleset."""
    kind = ending(out, (".pdf", ".html", ".xlsx"))
    refuse_existing(out)
    matter = what_is_reviewed(submission, rules, stage, reviews, as_of, lenient=lenient)
    from evaluator.review_form.sites import sites

    _known(criteria, matter)
    found = sites(matter, lang, criteria)
    if not found:
        zh = "没有要实地察看、访谈或问卷的指标；用 --criterion 指定要核查的"
        raise click.UsageError(
            speak(zh, "nothing is verified by seeing or asking; name criteria with --criterion")
        )
    if kind == ".xlsx":
        from evaluator.review_form.recording import plan_record
        from evaluator.review_form.writing import write_form

        content = write_form(plan_record(matter, found, lang))
    else:
        from scorecards import render_html, render_pdf
        from scorecards.record import site_record

        listed = [{"name": one.name, "lines": [line._asdict() for line in one.lines]} for one in found]
        report = site_record(matter.document, listed, stage, lang)
        content = render_html(report).encode() if kind == ".html" else render_pdf(report)
    write_new(out, content)
    click.echo(printable(str(out)))


def _known(criteria: tuple[str, ...], matter: Matter) -> None:
    from evaluator.errors import did_you_mean

    known = matter.ruleset.by_id()
    for name in criteria:
        if name not in known:
            mend = did_you_mean(name, known).in_language(LANGUAGE)
            shown = printable(name)
            zh, en = f"规则集中没有指标 {shown}。{mend}", f"the ruleset has no criterion {shown}. {mend}"
            raise click.BadParameter(speak(zh, en), param_hint="--criterion")
