"""``duibiao compare``: two assessments side by side, and their difference explained."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import printable, speak
from commands.options import formats_option, lang_option
from commands.writing import json_bytes, printed, written_whole
from evaluator.errors import InputError, Language, Place, Problem

if TYPE_CHECKING:
    from scorecards.model import Report

FORMATS = ("text", "json", "xlsx", "pdf", "html")


@click.command(
    help=speak(
        "对比两份评估结果：哪些指标变了、为什么、总分之差从何而来。",
        "Compare two assessments: what changed, why, and by how much.",
    )
)
@click.argument("before", type=click.Path(path_type=Path), metavar=speak("前.json", "BEFORE.json"))
@click.argument("after", type=click.Path(path_type=Path), metavar=speak("后.json", "AFTER.json"))
@formats_option(FORMATS, "text")
@click.option(
    "--out",
    default=".",
    show_default=True,
    type=click.Path(path_type=Path),
    metavar=speak("文件夹", "DIR"),
    help=speak("输出文件夹（text 印在标准输出）", "output folder (text goes to stdout)"),
)
@click.option(
    "--different-subjects",
    is_flag=True,
    help=speak("允许对比两个单位的结果", "let the assessments be of two subjects"),
)
@click.option(
    "--require-same",
    is_flag=True,
    help=speak("有不同的，退出码为 1", "exit with 1 where they differ"),
)
@lang_option
def compare(
    before: Path,
    after: Path,
    formats: tuple[str, ...],
    out: Path,
    different_subjects: bool,
    require_same: bool,
    lang: Language,
) -> None:
    """Both files are read, with every problem at once, before anything is written."""
    from evaluator.comparing import compare as compared

    found = compared(*_read(before, after, different_subjects=different_subjects))
    subject, ruleset = found["after"]["submission"]["subject"]["id"], found["after"]["ruleset"]["id"]
    files = {f"{subject}.{ruleset}.compare.{kind}": kind for kind in formats if kind != "text"}
    if files:
        with written_whole(out) as write:
            for name, kind in files.items():
                write(name, json_bytes(found) if kind == "json" else printed(_report(found, lang), kind))
    if "text" in formats:
        click.echo(printed(_report(found, lang), "text").decode(), nl=False)
    for name in files:
        click.echo(printable(str(out / name)))
    if require_same and not found["same"]:
        sys.exit(1)


def _report(found: dict[str, Any], lang: Language) -> Report:
    # JSON alone needs none of what sets a page.
    from scorecards.comparison import comparison_report

    return comparison_report(found, lang)


def _read(before: Path, after: Path, *, different_subjects: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    from evaluator.comparing import incomparable
    from evaluator.loading import load_assessment

    problems: list[Problem] = []
    found = []
    for path in (before, after):
        try:
            found.append(load_assessment(path))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(dict.fromkeys(problems))
    first, second = found
    for code, what, mend in incomparable(first, second, different_subjects=different_subjects):
        problems.append(Problem(code, Place(str(after)), what, mend))
    if problems:
        raise InputError(problems)
    return first, second
