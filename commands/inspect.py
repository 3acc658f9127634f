"""``duibiao inspect``: every problem of a submission, and nothing scored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import complain, printable, show_problems, speak
from commands.options import lang_option
from evaluator.errors import InputError, Language, Words

if TYPE_CHECKING:
    from evaluator.errors import Problem
    from evaluator.loading import Examined
    from evaluator.submission import Submission


@click.command(
    help=speak(
        "检查申报文件：说明哪些内容读成了什么，列出全部问题，不打分。",
        "List every problem of a submission, and score nothing.\n\nWhat was read otherwise than it is written is told, too.",
    )
)
@click.argument("submission", type=click.Path(path_type=Path), metavar=speak("申报文件", "SUBMISSION"))
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    metavar=speak("副本.xlsx", "COPY"),
    help=speak(
        "另写一份申报表，每个问题批注在它的单元格里；已有的文件不覆盖",
        "write a copy of the form with each problem as a comment in its cell; a file that is there is not overwritten",
    ),
)
@lang_option
def inspect(submission: Path, annotate: Path | None, lang: Language) -> None:
    """Exit 1 where there are problems; 2 where there is no such file to look at."""
    from evaluator.loading import examine, shown

    if annotate is not None:
        _check_annotated(submission, annotate)
    found = examine(submission)
    if any(
        one.code in ("no_file", "unreadable") and one.place.file == shown(submission)
        for one in found.problems
    ):
        raise InputError(found.problems)
    for note in found.notes:
        click.echo(printable(note.in_language(lang)))
    if found.submission is None:
        if annotate is not None:
            _annotate(submission, annotate, found, lang)
        show_problems(found.problems)
        sys.exit(1)
    click.echo(_summary(found.submission, lang))
    if annotate is not None:
        complain(speak("没有问题，不写批注副本", "no problems: no copy is written"))


def _summary(found: Submission, lang: Language) -> str:
    counts = {
        Words("数据", "counts"): len(found.counts),
        Words("活动", "events"): len(found.events),
        Words("文件", "documents"): len(found.documents),
        Words("事项", "statements"): len(found.statements),
    }
    if lang == "zh":
        listed = "，".join(f"{words.zh} {n} 项" for words, n in counts.items())
        return f"{found.subject.name}（{found.period.from_} 至 {found.period.to}）：{listed}；没有问题"
    listed = ", ".join(f"{n} {words.en}" for words, n in counts.items())
    return f"{found.subject.name} ({found.period.from_} to {found.period.to}): {listed}; no problems"


def _check_annotated(submission: Path, annotate: Path) -> None:
    from commands.forms import refuse_existing

    if submission.suffix.lower() != ".xlsx" or annotate.suffix.lower() != ".xlsx":
        raise click.BadParameter(
            speak("只能给 .xlsx 申报表写批注副本", "only a form (.xlsx) can be annotated"),
            param_hint="--annotate",
        )
    refuse_existing(annotate)


def _annotate(submission: Path, annotate: Path, found: Examined, lang: Language) -> None:
    from commands.forms import write_new
    from evaluator.loading import shown
    from evaluator.persons import PERSON_CODES

    own = [one for one in found.problems if one.place.file == shown(submission)]
    if any(one.code in PERSON_CODES for one in found.problems):
        complain(
            speak(
                "表里有个人的信息，不写批注副本：先在原表里删去",
                "something about a person stands in the form: no copy is written, remove it first",
            )
        )
        return
    copy = _copied(submission, own, lang)
    if copy is not None:
        write_new(annotate, copy)
        click.echo(annotate)


def _copied(submission: Path, problems: list[Problem], lang: Language) -> bytes | None:
    from evaluator.loading import annotated_copy

    try:
        return annotated_copy(submission, problems, lang)
    except InputError:
        # What cannot be opened is told among the problems.
        return None
