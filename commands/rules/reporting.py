"""Reports of the commands for policy staff that are printed whether or not they are written to files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import printable, speak
from commands.writing import reports_written

if TYPE_CHECKING:
    from scorecards.model import Report

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=speak("印在标准输出上的格式", "what is printed on stdout"),
)


def write_reports(paths: Iterable[Path], document: dict[str, Any], report: Callable[[str], Report]) -> None:
    """As ``reports_written``; their names go to stderr, since stdout carries the report itself."""
    reports_written(paths, document, report)
    for path in paths:
        click.echo(printable(str(path)), err=True)
