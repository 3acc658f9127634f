"""``duibiao rules list`` and ``show``: which rulesets there are, and what one asks for."""

from __future__ import annotations

import click

from commands.console import speak
from commands.options import complete_ruleset, lang_option
from evaluator.errors import Language


@click.command("list", help=speak("列出规则集。", "List the rulesets."))
@lang_option
def list_rules(lang: Language) -> None:
    """One line a ruleset."""
    from evaluator.loading import load_ruleset, ruleset_ids

    for name in ruleset_ids():
        one = load_ruleset(name).ruleset
        number = sum(1 for _ in one.criteria())
        title = one.title.zh if lang == "zh" else one.title.en
        click.echo(
            f"{one.ruleset}@{one.version}  {title}  " + speak(f"{number} 项指标", f"{number} criteria")
        )


@click.command("show", help=speak("显示一套规则的全部指标。", "Show every criterion of a ruleset."))
@click.argument("name", shell_complete=complete_ruleset, metavar=speak("规则集", "RULESET"))
@lang_option
def show_rules(name: str, lang: Language) -> None:
    """Sections, criteria with clause, level and points, and what each asks for."""
    from evaluator.handbook import lines
    from evaluator.loading import load_ruleset

    loaded = load_ruleset(name)
    for line in lines(loaded.ruleset, loaded.catalogue, lang):
        click.echo(line)
