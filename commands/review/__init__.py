"""``duibiao review``: an inspector's form, the on-site record, what was read of them, and two opinions reconciled."""

from __future__ import annotations

import click

from commands.console import speak
from commands.options import own_words_option
from commands.review.making import record, start
from commands.review.reading import read
from commands.review.reconciling import reconcile


@click.group(
    help=speak(
        "复核：生成复核表和现场核查记录表，读回，合并背对背复核。",
        "Reviews: forms, records, reading back, reconciling.",
    )
)
@own_words_option
def review() -> None:
    """For inspectors."""


for command in (start, record, read, reconcile):
    review.add_command(command)
