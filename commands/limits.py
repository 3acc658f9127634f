"""``duibiao limits``: how large an input may be on this machine, and where that is set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal
from unicodedata import east_asian_width

import click

from commands.console import printable, speak
from commands.options import lang_option
from evaluator.errors import Language

if TYPE_CHECKING:
    from evaluator.loading.limits_file import Stated


@click.command(
    help=speak(
        "列出输入文件的大小等限度，从哪里设置。", "List how large inputs may be, and where that is set."
    )
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["text", "json"]),
    default="text",
    help=speak("输出格式", "how they are listed"),
)
@click.option(
    "--example",
    is_flag=True,
    help=speak("改为印出一份可以照着改的限度文件", "print a file of limits to begin with instead"),
)
@lang_option
def limits(kind: Literal["text", "json"], example: bool, lang: Language) -> None:
    """The limits that hold; a file of limits with faults is refused before any command runs."""
    from evaluator.json_text import json_bytes
    from evaluator.limits_document import limits_document
    from evaluator.loading.limits_file import stated_limits

    stated = stated_limits()
    if example:
        click.echo("\n".join(_example(lang)))
    elif kind == "json":
        document = limits_document(
            stated.limits, stated.places, None if stated.file is None else str(stated.file)
        )
        click.echo(json_bytes(document), nl=False)
    else:
        click.echo("\n".join(_text(stated, lang)))


def _text(stated: Stated, lang: Language) -> Iterator[str]:
    from evaluator.limits import written
    from evaluator.limits_table import table

    zh = lang == "zh"
    heads = ("限度", "现为", "默认", "最多", "来自", "管什么") if zh else _ENGLISH_HEADS
    rows: list[tuple[str, ...]] = [heads]
    for one in table():
        place = stated.places.get(one.key)
        values = (getattr(stated.limits, one.key), one.default, one.most)
        source = ("默认" if zh else "default") if place is None else f"{'第' if zh else 'line'} {place.line}"
        source += " 行" if zh and place is not None else ""
        rows.append(
            (one.key, *(written(value, one.unit) for value in values), source, one.what.in_language(lang))
        )
    widths = [max(_width(row[n]) for row in rows) for n in range(5)]
    for row in rows:
        cells = [
            _padded(cell, width, right=n in (1, 2, 3))
            for n, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        yield "  ".join((*cells, row[-1]))
    yield ""
    yield from _whence(stated, zh=zh)


_ENGLISH_HEADS = ("limit", "now", "default", "at most", "from", "what it bounds")


def _whence(stated: Stated, *, zh: bool) -> Iterator[str]:
    from evaluator.loading.settings import LIMITS, limits_files

    if stated.file is not None:
        shown = printable(str(stated.file))
        yield f"限度文件：{shown}" if zh else f"file of limits: {shown}"
        return
    yield (
        "没有限度文件，全部是默认值。要调整，写在下列之一（duibiao limits --example 印出样子）："
        if zh
        else (
            "No file of limits: all are defaults. To change one, write one of these (see duibiao limits --example):"
        )
    )
    yield f"  {LIMITS}={'文件' if zh else 'FILE'}"
    for file in limits_files():
        yield f"  {printable(str(file))}"


def _example(lang: Language) -> Iterator[str]:
    from evaluator.limits import written
    from evaluator.limits_table import table

    yield "limits: 1"
    for one in table():
        yield f"# {one.what.in_language(lang)}"
        yield f"# {one.key}: {written(one.default, one.unit)}"


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if right else text + blanks


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
