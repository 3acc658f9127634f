"""``duibiao rules trace``: a ruleset against the official text of its standard, and what was confirmed of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import complain, printable, speak
from commands.options import a_date, complete_ruleset, lang_option
from commands.writing import json_bytes, written_whole
from evaluator.errors import InputError, Language, Place, Problem, Words, did_you_mean

if TYPE_CHECKING:
    from evaluator.loading.official_texts import OfficialFile
    from evaluator.loading.tracing import Traceable
    from evaluator.tracing.confirming import Confirmation
    from evaluator.tracing.traced import Traced


def _an_html_file(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and value.suffix.lower() not in (".html", ".htm"):
        raise click.BadParameter(speak("文件名以 .html 结尾", "the name ends with .html"))
    return value


@click.command(
    "trace",
    help=speak(
        "与标准原文逐条核对；确认过的，原文或指标一改就报告。",
        "Compare a ruleset with its official text, and watch both for changes.",
    ),
)
@click.argument("name", shell_complete=complete_ruleset, metavar=speak("规则集", "RULESET"))
@click.option(
    "--text",
    "text",
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("原文", "FILE"),
    help=speak(
        "标准原文，纯文本；只读，不存入规则集", "the official text, plain; it is read, and stored nowhere"
    ),
)
@click.option(
    "--confirm",
    "names",
    multiple=True,
    metavar=speak("标识", "ID"),
    help=speak(
        "核对无误的指标，或没有指标引用的条款；可重复，也可用逗号连接",
        "a criterion that was compared, or a clause that none cites; repeatable, or joined with commas",
    ),
)
@click.option(
    "--confirm-all", "everything", is_flag=True, help=speak("全部核对无误", "all of them were compared")
)
@click.option(
    "--on",
    "day",
    callback=a_date,
    metavar=speak("日期", "DATE"),
    help=speak("哪天核对的，与确认一起记下", "the day of the comparison, kept with it"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    callback=_an_html_file,
    metavar=speak("文件", "FILE"),
    help=speak(
        "对照报告，文件名以 .html 结尾：左原文，右指标", "a report (.html) with the text beside the criteria"
    ),
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=speak("印成文字还是供程序用的数据", "print text, or JSON for programs"),
)
@lang_option
def trace_rules(
    name: str,
    text: Path,
    names: tuple[str, ...],
    everything: bool,
    day: date | None,
    out: Path | None,
    shape: str,
    lang: Language,
) -> None:
    """Exit 1 where something does not agree or waits to be confirmed."""
    from evaluator.tracing.traced import Given
    from evaluator.tracing.tracing import trace

    _check_usage(names, day, everything=everything)
    files, official = _read(name, text)
    given = Given(files.ruleset, files.clauses, files.pins, official.text, official.name)
    traced = trace(given)
    done = None
    if names or everything:
        done = _confirmed(traced, names, day, files, everything=everything)
        _write(files, done)
        files = files._replace(pins=done.trace)
        traced = trace(given._replace(pins=done.trace))
        _say_confirmed(done)
    document = _document(traced, files, official)
    if out is not None:
        _write_report(out, document, traced, files.folder, lang)
        complain(printable(speak(f"对照报告：{out}", f"report: {out}")))
    if shape == "json":
        click.echo(json_bytes(document).decode(), nl=False)
    else:
        from scorecards.tracing_lines import trace_lines

        for line in trace_lines(document, lang):
            click.echo(printable(line))
    if any(one["level"] != "warning" for one in document["discrepancies"]) or (done and done.refused):
        sys.exit(1)


def _check_usage(names: tuple[str, ...], day: date | None, *, everything: bool) -> None:
    if names and everything:
        raise click.UsageError(
            speak("--confirm 与 --confirm-all 只写一种", "either --confirm or --confirm-all")
        )
    if (names or everything) and day is None:
        zh = "确认要写明核对的日期：--on 2025-10-15"
        raise click.UsageError(speak(zh, "say on which day it was compared: --on 2025-10-15"))
    if day is not None and not (names or everything):
        raise click.UsageError(
            speak("--on 只与 --confirm、--confirm-all 同用", "--on goes with --confirm or --confirm-all")
        )


def _read(name: str, text: Path) -> tuple[Traceable, OfficialFile]:
    from evaluator.loading.official_texts import read_official_text
    from evaluator.loading.tracing import load_traceable

    problems: list[Problem] = []
    files, official = None, None
    try:
        files = load_traceable(name)
    except InputError as error:
        problems.extend(error.problems)
    try:
        official = read_official_text(text)
    except InputError as error:
        problems.extend(error.problems)
    if problems or files is None or official is None:
        raise InputError(problems)
    return files, official


def _confirmed(
    traced: Traced, names: Iterable[str], day: date | None, files: Traceable, *, everything: bool
) -> Confirmation:
    from evaluator.tracing.confirming import confirm, confirmable, named

    assert day is not None
    wanted: list[str] = []
    problems: list[Problem] = []
    for name in (one.strip() for joined in names for one in joined.replace("，", ",").split(",")):
        found = named(name, traced)
        if found is None:
            what = Words(
                f"--confirm {name}：没有这个指标，也没有这条可单独确认的条款",
                f"--confirm {name}: no such criterion, nor a clause that no criterion cites",
            )
            mend = did_you_mean(name, confirmable(traced))
            problems.append(Problem("unknown_criterion", Place(str(files.folder)), what, mend))
        else:
            wanted.append(found)
    if problems:
        raise InputError(problems)
    return confirm(traced, None if everything else wanted, day)


def _write(files: Traceable, done: Confirmation) -> None:
    from evaluator.loading.tracing import TRACE, written_trace

    if done.trace == files.pins:
        return
    with written_whole(files.folder) as write:
        write(TRACE, written_trace(files.folder, done.trace))


def _say_confirmed(done: Confirmation) -> None:
    """On stderr: stdout carries the comparison as it then is."""
    criteria = sum(name in done.trace.criteria for name in done.confirmed)
    clauses = len(done.confirmed) - criteria
    zh = f"确认 {criteria} 项指标、{clauses} 条没有指标引用的条款，记入 trace.yaml"
    complain(speak(zh, f"confirmed in trace.yaml: {criteria} criteria, {clauses} clauses that none cites"))
    if done.struck:
        complain(printable(speak(f"销去：{'、'.join(done.struck)}", f"struck out: {', '.join(done.struck)}")))
    if done.refused:
        zh = f"有误、没有确认的 {len(done.refused)} 项：{'、'.join(done.refused)}"
        complain(printable(speak(zh, f"not confirmed, since faulty: {', '.join(done.refused)}")))
    if done.whole_text:
        complain(speak("全文摘要已记下", "the digest of the whole text is recorded"))


def _document(traced: Traced, files: Traceable, official: OfficialFile) -> dict[str, Any]:
    from evaluator.loading.tracing import placed_discrepancies
    from evaluator.tracing.document import trace_document

    placed = placed_discrepancies(traced.discrepancies, files, official.name)
    return trace_document(traced, placed, official.encoding)


def _write_report(out: Path, document: dict[str, Any], traced: Traced, folder: Path, lang: Language) -> None:
    from evaluator.checking import ruleset_faults
    from evaluator.guidance.judged import judged
    from evaluator.loading.rulesets import catalogue_of
    from evaluator.tracing.document import with_text
    from scorecards.html import render_beside
    from scorecards.tracing_page import trace_page

    ruleset = traced.given.ruleset
    catalogue = catalogue_of(folder, [])
    # Of rules that cannot be used nobody can say how they judge.
    sound = catalogue is not None and not any(ruleset_faults(ruleset, catalogue))
    lines = judged(ruleset, catalogue) if sound and catalogue is not None else {}
    with written_whole(out.parent) as write:
        write(out.name, render_beside(trace_page(with_text(document, traced, lines), lang)).encode())
