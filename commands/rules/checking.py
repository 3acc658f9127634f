"""``duibiao rules check``: every fault of rule files at once."""

from __future__ import annotations

import sys

import click

from commands.console import show_problems, speak
from commands.options import lang_option
from commands.rules.shared import checked_folders, rulesets_argument
from evaluator.errors import Language


@click.command(
    "check",
    help=speak("检查规则文件，列出全部问题；不写则查全部。", "Check rule files (all of them by default)."),
)
@rulesets_argument
@lang_option
def check_rules(paths: tuple[str, ...], lang: Language) -> None:
    """Exit 1 where there are faults."""
    from evaluator.loading import repeated_criteria

    checked = checked_folders(paths)
    problems = [*(problem for one in checked for problem in one.problems), *repeated_criteria(checked)]
    if problems:
        show_problems(dict.fromkeys(problems))
        sys.exit(1)
    for one in checked:
        number = sum(1 for _ in one.ruleset.criteria()) if one.ruleset else 0
        zh = f"{one.folder.name}：{number} 项指标，没有问题"
        click.echo(zh if lang == "zh" else f"{one.folder.name}: {number} criteria, no problems")
