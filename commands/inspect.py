"""``duibiao inspect``: every problem of a submission and its files, what a reader should look at, and nothing scored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import printable, show_problems, speak
from commands.options import lang_option
from evaluator.errors import InputError, Language, Words

if TYPE_CHECKING:
    from evaluator.loading import Received

_NOTHING_THERE = ("no_file", "no_form", "unreadable")


@click.command(
    help=speak(
        "检查申报（表、文件夹或压缩包），列出全部问题和提示，不打分。",
        "Report every problem and every integrity finding of a submission (a form, a folder or an archive); score nothing.",
    )
)
@click.argument("submission", type=click.Path(path_type=Path), metavar=speak("申报", "SUBMISSION"))
@lang_option
def inspect(submission: Path, lang: Language) -> None:
    """Exit 1 where there are problems, not where there are only findings; 2 where there is nothing to look at."""
    from evaluator.loading import receive

    try:
        received = receive(submission)
    except InputError as error:
        if any(one.code in _NOTHING_THERE and one.place.file == str(submission) for one in error.problems):
            raise
        show_problems(error.problems)
        sys.exit(1)
    for line in _lines(received, lang):
        click.echo(printable(line))


def _lines(received: Received, lang: Language) -> list[str]:
    from evaluator.claims import claims
    from evaluator.loading import shared_catalogue

    found = received.submission
    counts = {
        Words("数据", "counts"): len(found.counts),
        Words("活动", "events"): len(found.events),
        Words("文件", "documents"): len(found.documents),
        Words("事项", "statements"): len(found.statements),
    }
    listed = "，".join(f"{words.zh} {n} 项" for words, n in counts.items())
    listed_en = ", ".join(f"{n} {words.en}" for words, n in counts.items())
    if received.files is not None:
        listed += f"，附件 {len(received.files)} 个"
        listed_en += f", {len(received.files)} files"
    day = found.as_of or found.period.to
    seen = [*received.observations, *claims(found, shared_catalogue(), day)]
    findings = [one.in_language(lang) for one in seen]
    period = found.period
    if lang == "zh":
        said = f"没有问题，有 {len(seen)} 处提示：" if seen else "没有问题"
        return [f"{found.subject.name}（{period.from_} 至 {period.to}）：{listed}；{said}", *findings]
    said = f"no problems; {len(seen)} finding{'s' * (len(seen) != 1)}:" if seen else "no problems"
    return [f"{found.subject.name} ({period.from_} to {period.to}): {listed_en}; {said}", *findings]
