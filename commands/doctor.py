"""``duibiao doctor``: what this machine lacks."""

from __future__ import annotations

import sys

import click

from commands.console import speak
from commands.options import lang_option
from evaluator.errors import Language


@click.command(help=speak("检查本机缺什么，怎么补。", "Say what this machine lacks and how to get it."))
@lang_option
def doctor(lang: Language) -> None:
    """Exit 1 where something that is needed is missing."""
    from scorecards.doctor import examine

    findings = examine()
    for one in findings:
        mark = (
            speak("正常", "ok")
            if one.good
            else speak("缺少", "missing")
            if one.needed
            else speak("可选", "optional")
        )
        click.echo(f"[{mark}] {one.name.in_language(lang)}")
        if not one.good:
            click.echo(f"    {one.mend.in_language(lang)}")
    if any(one.needed and not one.good for one in findings):
        sys.exit(1)
