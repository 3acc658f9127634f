"""``duibiao review read``: what a filled form or record was read as."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commands.console import complain, printable, show_problems, speak
from commands.forms import refuse_existing, write_new
from commands.options import lang_option
from commands.review.shared import ending
from evaluator.errors import InputError, Language


@click.command(
    "read",
    help=speak(
        "读填好的表，说明读到了什么。",
        "Read a filled form or record and say what was read.",
    ),
)
@click.argument("filled", type=click.Path(path_type=Path), metavar=speak("复核文件", "REVIEW"))
@click.option(
    "-o",
    "--out",
    "out",
    type=click.Path(path_type=Path),
    metavar=speak("文件", "FILE"),
    help=speak("写到哪个文件；已有的文件不覆盖", "the file to write; one that is there is not overwritten"),
)
@lang_option
def read(filled: Path, out: Path | None, lang: Language) -> None:
    """Exit 1 where something in it cannot be read."""
    from evaluator.loading import open_review
    from evaluator.review import ENTRIES, review_digest
    from evaluator.review_form.text import review_text

    if out is not None:
        ending(out, (".yaml", ".yml"))
        refuse_existing(out)
    opened = open_review(filled)
    for note in opened.notes:
        complain(printable(note.in_language(lang)))
    if opened.review is None or opened.problems:
        if any(one.code in ("no_file", "unreadable", "file_type", "not_a_form") for one in opened.problems):
            raise InputError(opened.problems)
        show_problems(opened.problems)
        sys.exit(1)
    counted = [(name, len(getattr(opened.review, name))) for name in ENTRIES]
    words = _ENTRIES[lang]
    joint = speak("，", ", ")
    listed = joint.join(f"{words[name]} {number}" for name, number in counted if number)
    click.echo(listed or speak("没有更正和判定", "nothing is changed"))
    click.echo(review_digest(opened.review))
    if out is not None:
        write_new(out, review_text(opened.review).encode())
        click.echo(printable(str(out)))


_ENTRIES = {
    "zh": {
        "corrections": "更正",
        "rejected_evidence": "不采信",
        "accepted_evidence": "恢复采信",
        "ratings": "评档",
        "decisions": "判定",
        "confirmations": "属实",
    },
    "en": {
        "corrections": "corrections",
        "rejected_evidence": "rejected",
        "accepted_evidence": "accepted again",
        "ratings": "levels",
        "decisions": "decisions",
        "confirmations": "as claimed",
    },
}
