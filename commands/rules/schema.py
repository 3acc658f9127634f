"""``duibiao rules schema``: the JSON Schemas of the file formats, for editors that complete and explain while one types."""

from __future__ import annotations

from pathlib import Path

import click

from commands.console import printable, speak
from commands.options import own_words_option
from commands.writing import json_bytes, written_whole
from evaluator.errors import did_you_mean


def _known(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    from evaluator.schemas import NAMES

    if value is None or value in NAMES:
        return value
    mend = did_you_mean(value, NAMES)
    raise click.BadParameter(speak(f"没有 {value}。{mend.zh}", f"there is no {value}; {mend.en}"))


def _complete(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    from evaluator.schemas import NAMES

    return [name for name in NAMES if name.startswith(incomplete)]


@click.command(
    "schema",
    help=speak(
        "显示一种文件的格式定义，供编辑器补全和说明；不写种类则列出。",
        "Print the JSON Schema of a file format, or list the formats.",
    ),
)
@click.argument(
    "name",
    required=False,
    callback=_known,
    shell_complete=_complete,
    metavar=speak("[文件种类]", "[FORMAT]"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=speak("文件夹", "DIR"),
    help=speak(
        "写进这个文件夹；不写种类则写全部；已有的换成这一版",
        "write into this folder, all formats unless one is named; replaces what is there",
    ),
)
@own_words_option
def show_schema(name: str | None, out: Path | None) -> None:
    """The same bytes as those that stand in docs/schemas."""
    from evaluator.schemas import NAMES, schema

    if out is not None:
        files = [f"{one}.schema.json" for one in ([name] if name else NAMES)]
        with written_whole(out) as write:
            for file in files:
                write(file, json_bytes(schema(file.partition(".")[0])))
        for file in files:
            click.echo(printable(str(out / file)))
    elif name is not None:
        click.echo(json_bytes(schema(name)).decode(), nl=False)
    else:
        for one, words in NAMES.items():
            click.echo(f"{one}  {speak(words.zh, words.en)}")
