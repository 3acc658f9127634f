"""Reports of the commands for policy staff: to which files they are written, in which forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from commands.console import printable, speak
from commands.forms import refuse_existing
from commands.writing import json_bytes, printed, written_whole

if TYPE_CHECKING:
    from scorecards.model import Report

_F = TypeVar("_F", bound=Callable[..., Any])


def report_files(*endings: str) -> Callable[[_F], _F]:
    """``-o FILE``, repeatable; the ending of the name, one of ``endings``, says what is written."""
    known_zh, known_en = "、".join(endings), ", ".join(endings)

    def chosen(
        _context: click.Context, _parameter: click.Parameter, value: tuple[Path, ...]
    ) -> tuple[Path, ...]:
        if any(path.suffix.lower() not in endings for path in value):
            raise click.BadParameter(
                speak(f"文件名以 {known_zh} 结尾", f"the name ends with one of {known_en}")
            )
        return tuple(dict.fromkeys(value))

    return click.option(
        "-o",
        "--out",
        "out",
        multiple=True,
        type=click.Path(path_type=Path),
        callback=chosen,
        metavar=speak("文件", "FILE"),
        help=speak(
            f"另写成文件：{known_zh}；可重复；已有的文件不覆盖",
            f"also write a file: {known_en}; repeatable; one that is there is not overwritten",
        ),
    )


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=speak("印在标准输出上的格式", "what is printed on stdout"),
)


def refuse_all_existing(paths: Iterable[Path]) -> None:
    """Raise ``InputError`` where any of these files is there already."""
    for path in paths:
        refuse_existing(path)


def write_reports(paths: Iterable[Path], document: dict[str, Any], report: Callable[[str], Report]) -> None:
    """Each of ``paths``, all of them or none; ``report`` makes what is printed for a name's ending (``xlsx`` …)."""
    folders: dict[Path, list[str]] = {}
    for path in paths:
        folders.setdefault(path.parent, []).append(path.name)
    made = {
        (folder, name): _content(name.rpartition(".")[2].lower(), document, report)
        for folder, names in folders.items()
        for name in names
    }
    for folder, names in folders.items():
        with written_whole(folder) as write:
            for name in names:
                write(name, made[folder, name])
    for path in paths:
        click.echo(printable(str(path)), err=True)


def _content(kind: str, document: dict[str, Any], report: Callable[[str], Report]) -> bytes:
    if kind == "json":
        return json_bytes(document)
    if kind == "docx":
        from scorecards.word import render_docx

        return render_docx(report(kind))
    return printed(report(kind), kind)
