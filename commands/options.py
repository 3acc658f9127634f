"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from commands.console import LANGUAGE, speak

STAGES = ("self_check", "preliminary", "inspection", "final")


def complete_ruleset(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """The ruleset ids that begin as typed, for shell completion."""
    from evaluator.loading import ruleset_ids

    return [name for name in ruleset_ids() if name.startswith(incomplete)]


def a_date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    """An ISO date as a date."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value if value[4:5] == value[7:8] == "-" else "")
    except ValueError:
        raise click.BadParameter(speak("写成 2025-10-15 的样子", "write it as 2025-10-15")) from None


def formats_among(known: tuple[str, ...]) -> Callable[[click.Context, click.Parameter, str], tuple[str, ...]]:
    """The callback of a ``--format`` option that takes several of ``known``, joined with commas."""

    def formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
        wanted = tuple(dict.fromkeys(one.strip() for one in value.replace("，", ",").split(",")))
        unknown = [one for one in wanted if one not in known]
        if unknown:
            listed = ",".join(known)
            raise click.BadParameter(
                speak(f"不认识“{unknown[0]}”，可用 {listed}", f"unknown {unknown[0]!r}; known: {listed}")
            )
        return wanted

    return formats


rules_option = click.option(
    "--rules",
    "rules",
    multiple=True,
    required=True,
    metavar=speak("规则集", "ID"),
    shell_complete=complete_ruleset,
    help=speak("规则集的标识、标识@版本或文件夹；可重复", "ruleset id, id@version or folder; repeatable"),
)
submissions_argument = click.argument(
    "submissions",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("申报文件…", "SUBMISSION…"),
)
as_of_option = click.option(
    "--as-of",
    callback=a_date,
    metavar=speak("日期", "DATE"),
    help=speak("数据截止日", "the day up to which evidence speaks"),
)
stage_option = click.option(
    "--stage",
    type=click.Choice(STAGES),
    default="self_check",
    show_default=True,
    help=speak("评估阶段", "the stage"),
)
lenient_option = click.option(
    "--lenient",
    is_flag=True,
    help=speak("有误的条目暂不计分，其余照常评", "set faulty items aside and score the rest"),
)
rectification_option = click.option(
    "--rectification",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=speak("清单", "LIST"),
    help=speak(
        "填了进度交回的整改清单（.xlsx），报告哪些已销号；可重复",
        "a rectification list (.xlsx) that came back: says what was closed; repeatable",
    ),
)
lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default=LANGUAGE,
    help=speak("语言（默认随系统区域设置）", "language (default: from the locale)"),
)

# Where the language is only that of the words around the results.
own_words_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    expose_value=False,
    help=speak("语言（默认随系统区域设置）", "language (default: from the locale)"),
)
