"""``duibiao backup`` and ``duibiao restore``: everything that a workbench keeps, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from commands.audit import data_option, database_option, refuse_without_data
from commands.console import speak
from commands.options import own_words_option


@click.command(
    help=speak(
        "备份工作台：数据库、附件和已发布的规则写成一个文件；运行中也能备份。",
        "Back up a workbench into one file.\n\nDatabase, files and published rules; it may run meanwhile.",
    )
)
@data_option
@database_option
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar=speak("备份.tar.gz", "BACKUP.tar.gz"),
    help=speak("写到哪个文件；已有的不覆盖", "the file to write; one that is there is not overwritten"),
)
@own_words_option
def backup(data: Path, database: str | None, out: Path) -> None:
    """Write the archive whole, or not at all."""
    from tempfile import NamedTemporaryFile

    from commands.forms import refuse_existing
    from workbench.backing_up import back_up
    from workbench.serving import Workbench
    from workbench.settings import Settings
    from workbench.storage.database import database_url

    refuse_existing(out)
    refuse_without_data(data, database)
    workbench = Workbench(Settings(data, None if database is None else database_url(database)))
    made = None
    try:
        with NamedTemporaryFile(dir=out.parent, prefix=".", suffix=".part", delete=False) as file:
            made = Path(file.name)
            counts = back_up(workbench, file)
        made.replace(out)
    finally:
        workbench.close()
        if made is not None:
            made.unlink(missing_ok=True)
    number = counts["submissions"]
    click.echo(
        speak(
            f"{out}：{number} 份申报，{counts['audit']} 条审计记录",
            f"{out}: {number} submissions, {counts['audit']} audit entries",
        )
    )


@click.command(
    help=speak(
        "从备份恢复到一个空的数据文件夹或数据库；先核对备份的每个文件，不对就不动。",
        "Restore a backup into an empty folder or database.\n\nEvery file of it is verified before anything is changed.",
    )
)
@click.argument("archive", type=click.Path(path_type=Path), metavar=speak("备份.tar.gz", "BACKUP.tar.gz"))
@data_option
@database_option
@own_words_option
def restore(archive: Path, data: Path, database: str | None) -> None:
    """Put everything back."""
    from workbench.backing_up import restore as put_back
    from workbench.settings import Settings
    from workbench.storage.database import database_url

    counts = put_back(Settings(data, None if database is None else database_url(database)), archive)
    number = counts["submissions"]
    click.echo(
        speak(
            f"{data}：恢复了 {number} 份申报，{counts['audit']} 条审计记录",
            f"{data}: {number} submissions and {counts['audit']} audit entries restored",
        )
    )
