"""``duibiao inspect``: what was read how, every problem of a submission and what deserves a second look, and nothing else."""

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
    from evaluator.loading import Examined, Received

_NOTHING_THERE = ("no_file", "no_form", "unreadable")


@click.command(
    help=speak(
        "检查申报材料，列出全部问题和提示，不打分。\n\n申报材料可以是表、文件夹或压缩包；哪些内容读成了什么，也会说明。",
        "List every problem and every finding of a submission; score nothing.\n\n"
        "A submission is a form, a folder or an archive; what was read otherwise than it is written is told, too.",
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
    """Exit 1 where there are problems, not where there are only findings; 2 where there is nothing to look at."""
    from evaluator.loading import examine, shown

    if annotate is not None:
        _check_annotated(submission, annotate)
    found = examine(submission)
    if any(one.code in _NOTHING_THERE and one.place.file == shown(submission) for one in found.problems):
        raise InputError(found.problems)
    for note in found.notes:
        click.echo(printable(note.in_language(lang)))
    if found.received is None:
        if annotate is not None:
            _annotate(submission, annotate, found, lang)
        show_problems(found.problems)
        sys.exit(1)
    for line in _lines(found.received, lang):
        click.echo(printable(line))
    if annotate is not None:
        complain(speak("没有问题，不写批注副本", "no problems: no copy is written"))


def _lines(received: Received, lang: Language) -> list[str]:
    from evaluator.claims import claims
    from evaluator.loading import shared_catalogue

    found, period = received.submission, received.submission.period
    counts = {
        Words("数据", "counts"): len(found.counts),
        Words("活动", "events"): len(found.events),
        Words("文件", "documents"): len(found.documents),
        Words("事项", "statements"): len(found.statements),
    }
    seen = [*received.observations, *claims(found, shared_catalogue(), found.as_of or period.to)]
    findings = [one.in_language(lang) for one in seen]
    files = received.files
    if lang == "zh":
        listed = "，".join(f"{words.zh} {n} 项" for words, n in counts.items())
        listed += "" if files is None else f"，附件 {len(files)} 个"
        said = f"没有问题，有 {len(seen)} 处提示：" if seen else "没有问题"
        return [f"{found.subject.name}（{period.from_} 至 {period.to}）：{listed}；{said}", *findings]
    listed = ", ".join(f"{n} {words.en}" for words, n in counts.items())
    listed += "" if files is None else f", {len(files)} files"
    said = f"no problems; {len(seen)} finding{'s' * (len(seen) != 1)}:" if seen else "no problems"
    return [f"{found.subject.name} ({period.from_} to {period.to}): {listed}; {said}", *findings]


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
