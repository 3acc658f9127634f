"""``duibiao rules new``: a folder to begin a ruleset with, from nothing or from the edition before."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import printable, speak
from commands.options import a_date, complete_ruleset, lang_option
from commands.rules.editors import schemas_seen_from, write_schemas
from commands.writing import made_folder
from evaluator.errors import InputError, Language, Place, Problem, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

SUBJECTS = ("community", "street", "district", "zone", "city")
MODELS = ("points", "flat", "absolute")
_SINCE = "2026-01-01"
# Identifiers of criteria begin with it, and have 64 characters at most.
_LONGEST_ID = 56
_LONGEST_TITLE = 200


def _a_title(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and (not value.strip() or len(value) > _LONGEST_TITLE or not value.isprintable()):
        zh, en = (
            f"写一行不超过 {_LONGEST_TITLE} 字的名称",
            f"write one line of at most {_LONGEST_TITLE} characters",
        )
        raise click.BadParameter(speak(zh, en))
    return value


@click.command(
    "new",
    help=speak(
        "新建一套规则：一个能通过检查和用例的文件夹，每个键都有说明。",
        "Begin a ruleset: a folder that passes, with every key explained.",
    ),
)
@click.argument("identifier", metavar=speak("标识", "ID"))
@click.option(
    "--dir",
    "parent",
    default=".",
    type=click.Path(path_type=Path),
    metavar=speak("文件夹", "DIR"),
    help=speak("建在哪个文件夹里（默认当前文件夹）", "the folder to make it in (default: this one)"),
)
@click.option(
    "--title",
    callback=_a_title,
    metavar=speak("名称", "TITLE"),
    help=speak("规则集的中文名称", "the ruleset's title in Chinese"),
)
@click.option(
    "--subject",
    "subjects",
    multiple=True,
    type=click.Choice(SUBJECTS),
    help=speak("评估对象，可重复（默认社区）", "who is assessed; repeatable (default: community)"),
)
@click.option(
    "--model",
    type=click.Choice(MODELS),
    help=speak("计分方式（默认按分值）", "how points are added up (default: points)"),
)
@click.option(
    "--since",
    callback=a_date,
    metavar=speak("日期", "DATE"),
    help=speak(f"从哪天起适用（默认 {_SINCE}）", f"the first day in force (default: {_SINCE})"),
)
@click.option(
    "--from",
    "before",
    shell_complete=complete_ruleset,
    metavar=speak("规则集", "RULESET"),
    help=speak(
        "从这一版接着写：照抄，换新标识，写明承接", "begin the next edition of this ruleset with a copy"
    ),
)
@click.option(
    "--prefix",
    metavar=speak("前缀", "PREFIX"),
    help=speak(
        "新指标标识的前缀，与从上一版接着写合用（默认新规则集的标识）",
        "with --from: what the new criterion ids begin with (default: the new ruleset's id)",
    ),
)
@lang_option
def new_rules(
    identifier: str,
    parent: Path,
    title: str | None,
    subjects: tuple[str, ...],
    model: str | None,
    since: date | None,
    before: str | None,
    prefix: str | None,
    lang: Language,
) -> None:
    """Nothing is written unless all of it can be."""
    if before is not None and (subjects or model or since or title):
        raise click.UsageError(
            speak(
                "--from 照抄上一版，不能与 --title、--subject、--model、--since 同用；抄完再改",
                "--from copies the edition before: leave out --title, --subject, --model and --since, and edit the copy",
            )
        )
    if before is None and prefix is not None:
        raise click.UsageError(speak("--prefix 只与 --from 合用", "--prefix goes with --from"))
    folder = parent / identifier
    problems = list(_refusals(identifier, prefix, folder))
    if problems:
        raise InputError(problems)
    schemas = schemas_seen_from(parent)
    if before is not None:
        texts = _continued(before, identifier, prefix or identifier, parent, schemas)
    else:
        from evaluator.starting.files import texts as begun
        from evaluator.starting.sample import Wish

        titles = (title or "示例规则（改成规则集的名称）", "Example rules (give the title)")
        day = since.isoformat() if since else _SINCE
        wish = Wish(identifier, titles, subjects or ("community",), model or "points", day)
        texts = begun(wish, lang, schemas)
    _write(folder, texts, parent)
    for name in texts:
        click.echo(printable(str(folder / name)))
    click.echo(speak("接着检查、试算：", "Now check and test it:"))
    for command in ("check", "test"):
        click.echo(printable(f"  duibiao rules {command} {folder}"))


def _refusals(identifier: str, prefix: str | None, folder: Path) -> Iterator[Problem]:
    from evaluator.loading import ruleset_ids, shown

    mend = Words(
        f"只用小写字母、数字、- 和 _，以字母或数字开头，不超过 {_LONGEST_ID} 字，如 lin-an-2026",
        f"use lower-case letters, digits, - and _, beginning with a letter or digit, at most {_LONGEST_ID}: lin-an-2026",
    )
    for text in (identifier, prefix):
        if text is not None and not re.fullmatch(rf"[a-z0-9][a-z0-9_-]{{0,{_LONGEST_ID - 1}}}", text):
            what = Words("不能用作标识", "cannot be an identifier")
            yield Problem("bad_id", Place(printable(shown(text))), what, mend)
            return
    if identifier in ruleset_ids() or identifier == "catalogue":
        what = Words("这个标识已有规则集或目录在用", "a ruleset or the catalogue has this identifier already")
        other = Words(
            "标准的新版用新标识，如加上年份", "a new edition has a new one: add the year, for instance"
        )
        yield Problem("repeated_ruleset", Place(identifier), what, other)
    elif folder.exists() or folder.is_symlink():
        what = Words("已经有了，不覆盖", "it is there already and is not overwritten")
        yield Problem(
            "exists", Place(shown(folder)), what, Words("换一个标识或文件夹", "choose another id or --dir")
        )


def _continued(before: str, identifier: str, prefix: str, parent: Path, schemas: str) -> dict[str, str]:
    from evaluator.loading import check_ruleset, find_ruleset, other_version
    from evaluator.loading.next_edition import name_problems, new_names, next_edition, taken_names

    folder, version = find_ruleset(before)
    checked = check_ruleset(folder)
    problems = list(checked.problems)
    if version is not None and checked.ruleset is not None:
        problems.extend(other_version(before, version, checked.ruleset, folder))
    if problems or checked.ruleset is None:
        raise InputError(problems)
    names = new_names(list(checked.ruleset.by_id()), prefix)
    problems = list(name_problems(names, taken_names(parent)))
    if problems:
        raise InputError(problems)
    return next_edition(folder, identifier, names, schemas)


def _write(folder: Path, texts: dict[str, str], parent: Path) -> None:
    """The files of the ruleset, and the schemas that they name."""
    with ExitStack() as stack:
        made = stack.enter_context(made_folder(folder))
        for name, text in texts.items():
            (made / name).write_bytes(text.encode())
        write_schemas(stack, parent)
