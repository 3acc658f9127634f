"""``duibiao audit``: the workbench's audit log, verified and taken out on the server itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import printable, speak
from commands.options import DATABASE, own_words_option
from evaluator.errors import InputError, Place, Problem, Words

if TYPE_CHECKING:
    from workbench.storage.database import Database

_MOST = 100


@click.group(
    help=speak("工作台的审计记录：核验、导出。", "The workbench's audit log: verify it, take it out.")
)
@own_words_option
def audit() -> None:
    """Everything about the log hangs below this group."""


data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("duibiao-data"),
    show_default=True,
    metavar=speak("文件夹", "DIR"),
    help=speak("工作台的数据文件夹", "the workbench's data folder"),
)
database_option = click.option(
    "--database",
    envvar=DATABASE,
    show_envvar=True,
    metavar=speak("地址", "URL"),
    help=speak("用 PostgreSQL 时的地址", "the address, where PostgreSQL is used"),
)


@audit.command(
    help=speak(
        "核验审计记录：逐条检查，改动、删除、插入、调换都会查出来。",
        "Verify the audit log.\n\nWhatever was changed, left out, put in or moved is found.",
    )
)
@data_option
@database_option
@click.option(
    "--head",
    metavar=speak("编号:校验码", "N:DIGEST"),
    help=speak(
        "以前抄录在系统之外的编号和校验码，一并核对",
        "a number and digest that were kept elsewhere: compared too",
    ),
)
@own_words_option
def verify(data: Path, database: str | None, head: str | None) -> None:
    """Exit with 1 where the chain breaks."""
    from itertools import islice

    from workbench import audit as chain

    kept = None if head is None else _head(head)
    with _opened(data, database) as found, found.read() as connection:
        last, number = "", 0

        def counted() -> Iterator[dict[str, object]]:
            nonlocal last, number
            for entry in chain.entries(connection):
                last, number = f"{entry['n']}:{entry['digest']}", number + 1
                yield entry

        faults = list(islice(chain.faults(counted(), kept), _MOST))
    for one in faults:
        click.echo(printable(speak(one.what.zh, one.what.en)))
    if faults:
        sys.exit(1)
    click.echo(speak(f"{number} 条记录前后相接，没有改动", f"{number} entries follow one another unchanged"))
    if last:
        click.echo(speak(f"请抄录到系统之外：{last}", f"note this outside the system: {last}"))


@audit.command(help=speak("把审计记录导出为 JSON Lines。", "Write the audit log as JSON lines."))
@data_option
@database_option
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar=speak("文件", "FILE"),
    help=speak("写到哪个文件（默认为标准输出）", "the file to write (default: stdout)"),
)
@own_words_option
def export(data: Path, database: str | None, out: Path | None) -> None:
    """Write every entry, the earliest first."""
    from commands.forms import refuse_existing
    from commands.writing import written_whole
    from workbench import audit as chain

    if out is not None:
        refuse_existing(out)
    with _opened(data, database) as found, found.read() as connection:
        lines = (chain.as_line(entry) for entry in chain.entries(connection))
        if out is None:
            for line in lines:
                click.echo(line)
            return
        content = "".join(f"{line}\n" for line in lines).encode()
    with written_whole(out.parent, new=True) as write:
        write(out.name, content)
    click.echo(out)


def refuse_without_data(data: Path, stated: str | None) -> None:
    """Raise ``InputError`` where there is no workbench to read."""
    if stated is None and not (data / "workbench.sqlite").is_file():
        what = Words("这里没有工作台的数据", "there is no data of a workbench here")
        mend = Words("用 --data 指出数据文件夹", "name the data folder with --data")
        raise InputError([Problem("no_data", Place(str(data)), what, mend)])


def _head(stated: str) -> tuple[int, str]:
    number, _, digest = stated.partition(":")
    if not number.isdigit() or not digest:
        raise click.BadParameter(
            speak("写成 编号:校验码，如 120:sha256:…", "write it as N:DIGEST, such as 120:sha256:…"),
            param_hint="--head",
        )
    return int(number), digest


@contextmanager
def _opened(data: Path, stated: str | None) -> Iterator[Database]:
    from workbench.settings import Settings
    from workbench.storage.database import Database, database_url

    refuse_without_data(data, stated)
    settings = Settings(data, None if stated is None else database_url(stated))
    found = Database(settings.url)
    try:
        yield found
    finally:
        found.close()
