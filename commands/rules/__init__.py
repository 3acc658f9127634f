"""``duibiao rules``: for policy staff. One command a file."""

from __future__ import annotations

import click

from commands.console import speak
from commands.options import own_words_option
from commands.rules.checking import check_rules
from commands.rules.diffing import diff_rules
from commands.rules.handbook import print_handbook
from commands.rules.impacting import impact_rules
from commands.rules.keys import make_key, trust
from commands.rules.listing import list_rules, show_rules
from commands.rules.mapping import map_rules
from commands.rules.new import new_rules
from commands.rules.publishing import publish
from commands.rules.schema import show_schema
from commands.rules.states import state_of_rules
from commands.rules.tabling import export_rules, import_rules
from commands.rules.testing import test_rules
from commands.rules.touching import touched_by
from commands.rules.tracing import trace_rules


@click.group(
    help=speak(
        "规则集：编写、检查、试算、核对、修订、发布。",
        "Rulesets: write, check, test, trace, revise, publish.",
    )
)
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
    trace_rules,
    state_of_rules,
    publish,
    map_rules,
    touched_by,
    make_key,
    trust,
    show_schema,
    new_rules,
    print_handbook,
    export_rules,
    import_rules,
):
    rules.add_command(command)
