"""``duibiao inspect``: every problem of a submission, and nothing scored."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commands.console import show_problems, speak
from commands.options import lang_option
from evaluator.errors import InputError, Language, Words


@click.command(
    help=speak("检查申报文件，列出全部问题，不打分。", "Report every problem of a submission; score nothing.")
)
@click.argument("submission", type=click.Path(path_type=Path), metavar=speak("申报文件", "SUBMISSION"))
@lang_option
def inspect(submission: Path, lang: Language) -> None:
    """Exit 1 where there are problems; 2 where there is no such file to look at."""
    from evaluator.loading import load_submission

    try:
        found = load_submission(submission)
    except InputError as error:
        if any(
            one.code in ("no_file", "no_form", "unreadable") and one.place.file == str(submission)
            for one in error.problems
        ):
            raise
        show_problems(error.problems)
        sys.exit(1)
    counts = {
        Words("数据", "counts"): len(found.counts),
        Words("活动", "events"): len(found.events),
        Words("文件", "documents"): len(found.documents),
        Words("事项", "statements"): len(found.statements),
    }
    listed = "，".join(f"{words.zh} {n} 项" for words, n in counts.items())
    listed_en = ", ".join(f"{n} {words.en}" for words, n in counts.items())
    zh = f"{found.subject.name}（{found.period.from_} 至 {found.period.to}）：{listed}；没有问题"
    click.echo(
        zh
        if lang == "zh"
        else f"{found.subject.name} ({found.period.from_} to {found.period.to}): {listed_en}; no problems"
    )
