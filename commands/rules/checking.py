"""``duibiao rules check``: every fault of rule files at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import complain, printable, speak
from commands.options import lang_option
from commands.rules.shared import checked_folders, rulesets_argument
from evaluator.errors import InputError, Language, Problem

if TYPE_CHECKING:
    from evaluator.loading import Checked


@click.command(
    "check",
    help=speak(
        "检查规则文件，一次列出全部问题和改法；不写则查全部。",
        "Check rule files (all by default): every fault at once, with its mend.",
    ),
)
@rulesets_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help=speak(
        "输出形式：text 给人看；json、sarif、github 给程序和代码平台",
        "text for people; json, sarif and github for programs and forges",
    ),
)
@click.option("--strict", is_flag=True, help=speak("有提醒也算不通过", "warnings count as faults"))
@lang_option
def check_rules(paths: tuple[str, ...], form: str, strict: bool, lang: Language) -> None:
    """Exit 1 where there are faults."""
    from evaluator.loading import overlapping_editions, repeated_criteria

    checked = checked_folders(tuple(name for path in paths for name in _meant(path)))
    together = (*repeated_criteria(checked), *overlapping_editions(checked))
    errors = _in_order([*(problem for one in checked for problem in one.problems), *together])
    warnings = _in_order(problem for one in checked for problem in one.warnings)
    if form == "text":
        _show(checked, errors, warnings, lang)
    else:
        _print(form, checked, _in_order([*errors, *warnings]), lang)
    if errors or (strict and warnings):
        sys.exit(1)


def _meant(path: str) -> list[str]:
    """The ruleset that a path means: that of a file in it, or those in a folder of several."""
    from evaluator.loading import ruleset_ids

    here = Path(path)
    if path in ruleset_ids():
        return [path]
    if here.suffix == ".yaml" and here.is_file() and (here.parent / "ruleset.yaml").is_file():
        return [str(here.parent)]
    if here.is_dir() and not (here / "ruleset.yaml").is_file():
        return [str(one.parent) for one in sorted(here.glob("*/ruleset.yaml"))] or [path]
    return [path]


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return list(dict.fromkeys(InputError(problems).problems))


def _show(checked: list[Checked], errors: list[Problem], warnings: list[Problem], lang: Language) -> None:
    for problem in _in_order([*errors, *warnings]):
        complain(printable(_line(problem, problem in warnings, lang)))
    if errors:
        said = speak(f"共 {len(errors)} 处问题", f"{len(errors)} problem{'s' * (len(errors) != 1)}")
        complain(said + _and_warnings(warnings))
        return
    for one in checked:
        assert one.ruleset is not None, "without errors"
        name, number = one.ruleset.ruleset, sum(1 for _ in one.ruleset.criteria())
        own = _and_warnings(one.warnings)
        zh = f"{name}：{number} 项指标，没有问题{own}"
        click.echo(zh if lang == "zh" else f"{name}: {number} criteria, no problems{own}")


def _line(problem: Problem, warning: bool, lang: Language) -> str:
    text = problem.in_language(lang)
    if not warning:
        return text
    place, _, rest = text.partition(f": [{problem.code}]")
    return f"{place}: {speak('提醒', 'warning')} [{problem.code}]{rest}"


def _and_warnings(warnings: Sequence[Problem]) -> str:
    number = len(warnings)
    return speak(f"，{number} 处提醒", f", {number} warning{'s' * (number != 1)}") if number else ""


def _print(form: str, checked: list[Checked], problems: list[Problem], lang: Language) -> None:
    import json

    from evaluator.checking.telling import check_document, github_commands, sarif_log

    if form == "github":
        for line in github_commands(problems, lang):
            click.echo(line)
        return
    if form == "sarif":
        from importlib.metadata import version

        document = sarif_log(problems, version("duibiao"), lang)
    else:
        rulesets = [
            {
                "id": None if one.ruleset is None else one.ruleset.ruleset,
                "folder": str(one.folder),
                "criteria": None if one.ruleset is None else sum(1 for _ in one.ruleset.criteria()),
            }
            for one in checked
        ]
        document = check_document(rulesets, problems)
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
