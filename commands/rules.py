"""``duibiao rules``: for policy staff."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from commands.console import show_problems, speak
from commands.options import complete_ruleset, lang_option, own_words_option
from evaluator.errors import InputError, Language, Problem

if TYPE_CHECKING:
    from evaluator.loading import Checked


@click.group(help=speak("规则集：列出、查看、检查、试算。", "Rulesets: list, show, check, test."))
@own_words_option
def rules() -> None:
    """For policy staff."""


@rules.command("list", help=speak("列出规则集。", "List the rulesets."))
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


@rules.command("show", help=speak("显示一套规则的全部指标。", "Show every criterion of a ruleset."))
@click.argument("name", shell_complete=complete_ruleset, metavar=speak("规则集", "RULESET"))
@lang_option
def show_rules(name: str, lang: Language) -> None:
    """Sections, criteria with clause, level and points, and what each asks for."""
    from evaluator.handbook import lines
    from evaluator.loading import load_ruleset

    loaded = load_ruleset(name)
    for line in lines(loaded.ruleset, loaded.catalogue, lang):
        click.echo(line)


def _checked(paths: tuple[str, ...]) -> list[Checked]:
    from evaluator.loading import RULES, check_ruleset, find_ruleset, other_version, ruleset_ids

    problems: list[Problem] = []
    found: list[Checked] = []
    for name in dict.fromkeys(paths) or ruleset_ids():
        try:
            folder, version = find_ruleset(name) if paths else (RULES / name, None)
        except InputError as error:
            problems.extend(error.problems)
            continue
        one = check_ruleset(folder)
        found.append(one)
        if version is not None and one.ruleset is not None:
            problems.extend(other_version(name, version, one.ruleset, folder))
    if problems:
        raise InputError(problems)
    return found


@rules.command(
    "check",
    help=speak("检查规则文件，列出全部问题；不写则查全部。", "Check rule files (all of them by default)."),
)
@click.argument("paths", nargs=-1, shell_complete=complete_ruleset, metavar=speak("[规则集]…", "[RULESET]…"))
@lang_option
def check_rules(paths: tuple[str, ...], lang: Language) -> None:
    """Exit 1 where there are faults."""
    from evaluator.loading import repeated_criteria

    checked = _checked(paths)
    problems = [*(problem for one in checked for problem in one.problems), *repeated_criteria(checked)]
    if problems:
        show_problems(dict.fromkeys(problems))
        sys.exit(1)
    for one in checked:
        number = sum(1 for _ in one.ruleset.criteria()) if one.ruleset else 0
        zh = f"{one.folder.name}：{number} 项指标，没有问题"
        click.echo(zh if lang == "zh" else f"{one.folder.name}: {number} criteria, no problems")


@rules.command(
    "test", help=speak("运行规则的用例；不写则跑全部。", "Run the cases of rules (all of them by default).")
)
@click.argument("paths", nargs=-1, shell_complete=complete_ruleset, metavar=speak("[规则集]…", "[RULESET]…"))
@lang_option
def test_rules(paths: tuple[str, ...], lang: Language) -> None:
    """Exit 1 where a case comes out otherwise than it says."""
    from evaluator.cases import run
    from evaluator.loading import case_place

    failed = total = 0
    checked = _checked(paths)
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
