"""``duibiao rules test``: the worked cases of rulesets, what they cover, and which changes of the rules they notice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import complain, printable, speak
from commands.options import lang_option
from commands.rules.shared import checked_folders, rulesets_argument
from evaluator.errors import InputError, Language

if TYPE_CHECKING:
    from commands.rules.tried import Tried


@click.command(
    "test",
    help=speak(
        "运行规则的用例，列出不符的；不写规则集则跑全部。",
        "Run the cases of rules (all of them by default).",
    ),
)
@rulesets_argument
@click.option(
    "--coverage",
    is_flag=True,
    help=speak(
        "列出覆盖情况：各指标的判定、各边界的两侧和边界上、从未给出的佐证",
        "what is covered: outcomes, both sides of each boundary and the boundary itself, evidence items",
    ),
)
@click.option(
    "--generate",
    is_flag=True,
    help=speak(
        "为没有覆盖的边界起草用例，供人确认；与 --mutate 同写，也为没有用例察觉的改动起草",
        "draft cases for boundaries that are not covered; with --mutate also for changes that no case notices",
    ),
)
@click.option(
    "--mutate",
    is_flag=True,
    help=speak(
        "把规则逐处改动一步，列出没有用例察觉的改动",
        "change the rules one step at a time; list the changes that no case notices",
    ),
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=speak("文件", "FILE"),
    help=speak(
        "起草的用例写到这个文件；已有的文件不覆盖",
        "write the drafts here; a file that is there is not overwritten",
    ),
)
@click.option(
    "--junit",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=speak("文件", "FILE"),
    help=speak("结果另存为 JUnit XML", "write the results as JUnit XML too"),
)
@lang_option
def test_rules(
    paths: tuple[str, ...],
    coverage: bool,
    generate: bool,
    mutate: bool,
    out: Path | None,
    junit: Path | None,
    lang: Language,
) -> None:
    """Exit 1 where a case comes out otherwise than it says, or a change of the rules is neither noticed nor explained."""
    from commands.rules import tried

    _refuse(out, generate=generate)
    checked = checked_folders(paths)
    unusable = [one for one in checked if not tried.usable(one)]
    if unusable:
        raise InputError(problem for one in unusable for problem in one.problems)
    results = [tried.run(one) for one in checked]
    for one in results:
        _say(tried.differing(one, lang))
    failed = sum(one.failed for one in results)
    total = sum(len(one.every) for one in results)
    summary = speak(f"{total} 个用例，{failed} 个不符", f"{total} cases, {failed} differ")
    # Where drafts go to stdout, they alone do.
    drafting = generate and out is None
    if drafting:
        complain(summary)
    else:
        click.echo(summary)
    if coverage and not drafting:
        for one in results:
            _say(tried.covered(one, lang))
    wanting = 0
    if mutate and not failed:
        results = [tried.mutated(one) for one in results]
        for one in results:
            if not drafting:
                _say(tried.unnoticed(one, lang))
        wanting = sum(map(tried.wanting, results))
    elif mutate:
        complain(speak("有不符的用例，先改正，再看改动", "cases differ: mend them before trying changes"))
    _write(results, out, junit, generate=generate, lang=lang)
    if failed or wanting:
        sys.exit(1)


def _refuse(out: Path | None, *, generate: bool) -> None:
    if out is not None and not generate:
        raise click.UsageError(speak("-o 要与 --generate 同写", "-o goes with --generate"))
    if out is not None and out.exists():
        raise click.UsageError(
            speak(f"{out} 已经存在，换一个文件名", f"{out} is there already: choose another name")
        )


def _write(
    results: list[Tried], out: Path | None, junit: Path | None, *, generate: bool, lang: Language
) -> None:
    from commands.rules import tried
    from commands.writing import written_whole

    if junit is not None:
        with written_whole(junit.parent) as write:
            write(junit.name, tried.junit_of(results, lang).encode())
    if not generate:
        return
    text, remarks = tried.drafts(results, lang)
    if out is None:
        click.echo(text, nl=False)
    elif text:
        with written_whole(out.parent) as write:
            write(out.name, text.encode())
    for one in remarks:
        complain(printable(one))


def _say(lines: tuple[str, ...]) -> None:
    for line in lines:
        click.echo(printable(line))
