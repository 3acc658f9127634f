"""``duibiao convert``: a submission from one of its three formats into another, or many into tables, without loss."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import speak
from commands.forms import catalogue_of, form_bytes, load_rulesets, out_option, refuse_existing, write_new
from commands.options import complete_ruleset, own_words_option
from commands.writing import json_bytes, made_folder
from evaluator.errors import InputError, Place, Problem, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluator.catalogue import Catalogue
    from evaluator.loading import Loaded
    from evaluator.submission import Submission

_FORMATS = (".yaml", ".yml", ".json", ".xlsx")


@click.command(
    help=speak(
        "把申报在 YAML、JSON 和申报表之间转换，内容不变。\n\n"
        "格式由 --out 的扩展名决定：.yaml、.json 或 .xlsx。\n\n"
        "没有扩展名的是新文件夹，写入佐证数据表（Parquet），每类佐证一张；"
        "这时可以一次转换许多申报：一个文件夹，或一行一份的 .jsonl。",
        "Convert a submission between YAML, JSON and the form.\n\n"
        "The ending of --out says into which: .yaml, .json or .xlsx. Nothing is lost.\n\n"
        "Without an ending it is a new folder, for evidence as tables (Parquet), one for each kind of evidence. Many "
        "submissions may then be converted at once: a folder of them, or JSON lines (.jsonl).",
    )
)
@click.argument("submission", type=click.Path(path_type=Path), metavar=speak("申报文件", "SUBMISSION"))
@click.option(
    "--rules",
    "rules",
    multiple=True,
    metavar=speak("规则集", "ID"),
    shell_complete=complete_ruleset,
    help=speak(
        "转成申报表时，列出这些规则集要填的内容；可重复（默认：原表的规则集）",
        "in a form, list what these rulesets ask for; repeatable (default: those of the form that is converted)",
    ),
)
@out_option
@own_words_option
def convert(submission: Path, rules: tuple[str, ...], out: Path) -> None:
    """Write the submission in the format that the ending of ``out`` names."""
    from evaluator.loading import load_alone

    ending = out.suffix.lower()
    if not ending:
        _tables(submission, rules, out)
        return
    if ending not in _FORMATS:
        hint = speak(
            "文件名以 .yaml、.json 或 .xlsx 结尾；没有扩展名的是数据表的文件夹",
            "the name ends in .yaml, .json or .xlsx; without an ending it is a folder of tables",
        )
        raise click.BadParameter(hint, param_hint="--out")
    refuse_existing(out)
    loaded = load_rulesets(rules or _own_rules(submission, ending))
    catalogue = catalogue_of(loaded)
    found = load_alone(submission, catalogue).submission
    content = _content(found, ending, loaded, catalogue)
    _check(content, ending, found, catalogue, out)
    write_new(out, content)
    click.echo(out)


def _tables(source: Path, rules: tuple[str, ...], out: Path) -> None:
    """Write every submission in ``source`` into tables in the new folder ``out``."""
    from evaluator.loading.evidence_tables.gathering import gathered
    from evaluator.loading.evidence_tables.writing import write_tables

    refuse_existing(out)
    catalogue = catalogue_of(load_rulesets(rules))
    with made_folder(out) as made:
        number = write_tables(gathered(source, catalogue), made)
    click.echo(speak(f"{out}：{number} 份申报", f"{out}: {number} submission{'s' if number != 1 else ''}"))


def _own_rules(submission: Path, ending: str) -> tuple[str, ...]:
    from evaluator.loading import ruleset_ids, rulesets_of_form

    if ending != ".xlsx":
        return ()
    return tuple(name for name in rulesets_of_form(submission) if name in ruleset_ids())


def _content(submission: Submission, ending: str, loaded: Sequence[Loaded], catalogue: Catalogue) -> bytes:
    from evaluator.emitting import as_data, as_yaml
    from evaluator.workbook.making import filled_by

    if ending == ".json":
        return json_bytes(as_data(submission))
    if ending == ".xlsx":
        return form_bytes(loaded, catalogue, filled_by(submission))
    return as_yaml(submission).encode()


def _check(content: bytes, ending: str, submission: Submission, catalogue: Catalogue, out: Path) -> None:
    """Read back what is to be written: a file that would say something else is not written."""
    from evaluator.loading import submission_in

    if submission_in(content, f"{out.stem}{ending}", catalogue) != submission:
        what = Words("这份申报不能无损转换", "this submission cannot be converted without loss")
        mend = Words("请报告这个问题", "please report this")
        raise InputError([Problem("not_lossless", Place(str(out)), what, mend)])
