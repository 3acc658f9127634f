"""``duibiao rules``: for policy staff. One command a file."""

from __future__ import annotations

import click

from commands.console import speak
from commands.options import own_words_option
from commands.rules.checking import check_rules
from commands.rules.diffing import diff_rules
from commands.rules.impacting import impact_rules
from commands.rules.listing import list_rules, show_rules
from commands.rules.testing import test_rules


@click.group(help=speak("规则集：列出、查看、检查、试算。", "Rulesets: list, show, check, test."))
@own_words_option
def rules() -> None:
    """For policy staff."""


for command in (
    list_rules,
    show_rules,
    check_rules,
    test_rules,
    diff_rules,
    impact_rules,
):
    rules.add_command(command)
