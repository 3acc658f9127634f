"""``duibiao rules test``: the worked cases of rulesets."""

from __future__ import annotations

import sys

import click

from commands.console import speak
from commands.options import lang_option
from commands.rules.shared import checked_folders, rulesets_argument
from evaluator.errors import InputError, Language


@click.command(
    "test", help=speak("运行规则的用例；不写则跑全部。", "Run the cases of rules (all of them by default).")
)
@rulesets_argument
@lang_option
def test_rules(paths: tuple[str, ...], lang: Language) -> None:
    """Exit 1 where a case comes out otherwise than it says."""
    from evaluator.cases import run
    from evaluator.loading import case_place

    failed = total = 0
    checked = checked_folders(paths)
    unusable = [one for one in checked if one.ruleset is None or one.catalogue is None or one.cases is None]
    if unusable:
        raise InputError(problem for one in unusable for problem in one.problems)
    for one in checked:
        assert one.ruleset is not None
        assert one.catalogue is not None
        assert one.cases is not None
        for number, case in enumerate(one.cases.cases):
            total += 1
            differences = run(case, one.cases.defaults, one.ruleset, one.catalogue)
            failed += bool(differences)
            place = case_place(one.folder, number) if differences else ""
            for what, wanted, got in differences:
                zh = f"{place}：{case.name}：{what} 应为 {wanted}，实为 {got}"
                click.echo(
                    zh if lang == "zh" else f"{place}: {case.name}: {what} should be {wanted}, is {got}"
                )
    click.echo(speak(f"{total} 个用例，{failed} 个不符", f"{total} cases, {failed} differ"))
    if failed:
        sys.exit(1)
