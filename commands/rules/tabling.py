"""``duibiao rules export`` and ``import``: a ruleset as the table that policy staff edit, and back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import click

from commands.console import printable, speak
from commands.forms import write_new
from commands.options import complete_ruleset, lang_option, own_words_option
from commands.rules.editors import schemas_seen_from, write_schemas
from commands.writing import written_whole
from evaluator.errors import Language

# Of what is left to do in the cases, so many are shown.
_MOST_NOTES = 10


def _a_workbook(_context: click.Context, _parameter: click.Parameter, value: Path) -> Path:
    if value.suffix.lower() != ".xlsx":
        raise click.BadParameter(speak("文件名以 .xlsx 结尾", "the name ends in .xlsx"))
    return value


@click.command(
    "export",
    help=speak(
        "把一套规则导出成表格，用 WPS 或 Excel 修改，改好再读回。",
        "Export a ruleset as a table to edit in a spreadsheet.\n\nIt is in Chinese; duibiao rules import reads it back.",
    ),
)
@click.argument("name", shell_complete=complete_ruleset, metavar=speak("规则集", "RULESET"))
@click.option(
    "-o",
    "--xlsx",
    "out",
    type=click.Path(path_type=Path),
    required=True,
    callback=_a_workbook,
    metavar=speak("文件", "FILE"),
    help=speak(
        "写到哪个表格文件；已有的不覆盖", "the workbook to write; one that is there is not overwritten"
    ),
)
@own_words_option
def export_rules(name: str, out: Path) -> None:
    """Write the workbook."""
    from evaluator.loading.tables import table_of

    write_new(out, table_of(name))
    click.echo(out)


@click.command(
    "import",
    help=speak(
        "把改好的表格读回规则文件，只改动过的地方会变。\n\n有问题时逐格列出，什么也不写。",
        "Read an edited table back into rule files.\n\n"
        "Only what was changed changes. Faults are listed by their cells, and then nothing is written.",
    ),
)
@click.argument("table", type=click.Path(path_type=Path), metavar=speak("表格文件", "TABLE"))
@click.option(
    "--out",
    "out",
    type=click.Path(path_type=Path),
    required=True,
    metavar=speak("文件夹", "FOLDER"),
    help=speak(
        "规则集的文件夹：已有规则的照表更新，没有的新建",
        "the ruleset's folder: rules that are there are updated, else they are made",
    ),
)
@click.option(
    "--base",
    metavar=speak("规则集", "RULESET"),
    shell_complete=complete_ruleset,
    help=speak(
        "新建时从这套规则开始，保留它的注释和用例",
        "begin a new folder from this ruleset, with its comments and cases",
    ),
)
@click.option(
    "--allow-removal",
    is_flag=True,
    help=speak("允许删除表里没有了的条目", "remove what the table has no more"),
)
@click.option(
    "--over-newer",
    is_flag=True,
    help=speak("导出以后文件又改过的，也以表为准", "go over changes made after the export"),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=speak("只说会改什么，不写", "say what would change, and write nothing"),
)
@lang_option
def import_rules(
    table: Path,
    out: Path,
    base: str | None,
    allow_removal: bool,
    over_newer: bool,
    dry_run: bool,
    lang: Language,
) -> None:
    """Say what changed, and write the files that did."""
    from evaluator.loading.tables import imported

    if base is not None and (out / "ruleset.yaml").exists():
        hint = speak("文件夹里已有规则，不用 --base", "the folder has rules already: leave --base out")
        raise click.BadParameter(hint, param_hint="--base")
    found = imported(table, out, base, removal=allow_removal, newer=over_newer)
    if found.files and not dry_run:
        _write(out, found.files, begun=not (out / "ruleset.yaml").exists())
    for change in found.changes:
        click.echo(printable(change.in_language(lang)))
    if not found.changes:
        click.echo(speak("没有改动", "no changes"))
    if found.files:
        names = "、".join(found.files) if lang == "zh" else ", ".join(found.files)
        did = speak("会写入", "would write") if dry_run else speak("已写入", "written")
        click.echo(f"{did} {out}{speak('：', ': ')}{names}")
    if found.notes and found.files:
        click.echo(speak("还要核对：", "still to be looked at:"))
        for note in found.notes[:_MOST_NOTES]:
            click.echo(f"  {printable(note.in_language(lang))}")
        if len(found.notes) > _MOST_NOTES:
            rest = len(found.notes) - _MOST_NOTES
            click.echo(
                speak(
                    f"  还有 {rest} 处，见 duibiao rules check", f"  and {rest} more: see duibiao rules check"
                )
            )


def _write(out: Path, files: Mapping[str, bytes], *, begun: bool) -> None:
    """The files that changed; a ruleset that is ``begun`` here names its schemas and gets them beside it."""
    from evaluator.starting.files import schema_line

    with ExitStack() as stack:
        write = stack.enter_context(written_whole(out))
        for name, content in files.items():
            named = f"{schemas_seen_from(out.parent)}/{name.removesuffix('.yaml')}.schema.json"
            bare = begun and not content.startswith(b"# yaml-language-server:")
            write(name, f"{schema_line(named)}\n".encode() + content if bare else content)
        if begun:
            write_schemas(stack, out.parent)
