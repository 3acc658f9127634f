"""``duibiao score``: submissions in, scorecards and assessments out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import printable, speak
from commands.inputs import read_all
from commands.options import STAGES, a_date, lang_option, rules_option
from commands.writing import json_bytes, written_whole
from evaluator.errors import Language, Words

if TYPE_CHECKING:
    from evaluator.loading import Loaded, Received

FORMATS = ("pdf", "html", "json", "xlsx")


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(one.strip() for one in value.replace("，", ",").split(",")))
    unknown = [one for one in wanted if one not in FORMATS]
    if unknown:
        known = ",".join(FORMATS)
        raise click.BadParameter(
            speak(f"不认识“{unknown[0]}”，可用 {known}", f"unknown {unknown[0]!r}; known: {known}")
        )
    return wanted


@click.command(
    help=speak("给申报打分，写出评分表和评估结果。", "Score submissions; write scorecards and assessments.")
)
@click.argument(
    "submissions",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("申报文件…", "SUBMISSION…"),
)
@rules_option
@click.option(
    "--as-of",
    callback=a_date,
    metavar=speak("日期", "DATE"),
    help=speak("数据截止日", "the day up to which evidence speaks"),
)
@click.option(
    "--stage",
    type=click.Choice(STAGES),
    default="self_check",
    show_default=True,
    help=speak("评估阶段", "the stage"),
)
@click.option(
    "--format",
    "formats",
    default="pdf,json",
    show_default=True,
    callback=_formats,
    metavar=speak("格式", "FORMATS"),
    help=speak("输出格式：pdf、html、json、xlsx，用逗号连接", "pdf, html, json, xlsx, joined with commas"),
)
@click.option(
    "--out",
    default=".",
    show_default=True,
    metavar=speak("文件夹", "DIR"),
    help=speak("输出文件夹；- 为标准输出", "output folder; - is stdout"),
)
@click.option(
    "--lenient",
    is_flag=True,
    help=speak("有误的条目暂不计分，其余照常评", "set faulty items aside and score the rest"),
)
@click.option("--summary", is_flag=True, help=speak("只要前四部分（简表）", "parts 1 to 4 only"))
@click.option(
    "--require-accepted",
    is_flag=True,
    help=speak("有未达标的，退出码为 1", "exit with 1 unless all are accepted"),
)
@lang_option
def score(
    submissions: tuple[Path, ...],
    rules: tuple[str, ...],
    as_of: date | None,
    stage: Any,
    formats: tuple[str, ...],
    out: str,
    summary: bool,
    lenient: bool,
    require_accepted: bool,
    lang: Language,
) -> None:
    """Every input is read before anything is written."""
    if out == "-" and (formats != ("json",) or len(submissions) * len(rules) != 1):
        raise click.UsageError(
            speak(
                "--out - 只能配 --format json，且只有一个结果",
                "--out - goes with --format json and one result",
            )
        )
    inputs = list(read_all(submissions, rules, lenient=lenient))
    from evaluator.assessment import assess

    def assessed(loaded: Loaded, received: Received) -> dict[str, Any]:
        one = assess(
            loaded.ruleset,
            loaded.catalogue,
            received.submission,
            stage=stage,
            as_of=as_of,
            observations=received.observations,
            files=received.files,
        )
        return one.document

    accepted = True
    if out == "-":
        document = assessed(*inputs[0])
        accepted = document["accepted"] is True
        click.echo(json_bytes(document), nl=False)
    else:
        results: list[str] = []
        names: list[str] = []
        with written_whole(Path(out)) as write, _bar(inputs) as steps:
            for loaded, received in steps:
                document = assessed(loaded, received)
                accepted = accepted and document["accepted"] is True
                results.append(_result(document, lang))
                for kind in sorted(formats):
                    names.append(f"{received.submission.subject.id}.{loaded.ruleset.ruleset}.{kind}")
                    content = (
                        json_bytes(document) if kind == "json" else _rendered(document, kind, lang, summary)
                    )
                    write(names[-1], content)
        click.echo("\n".join([*results, *(printable(str(Path(out) / name)) for name in names)]))
    if require_accepted and not accepted:
        sys.exit(1)


def _rendered(document: dict[str, Any], kind: str, lang: Language, summary: bool) -> bytes:
    from scorecards import render_html, render_pdf, render_xlsx, scorecard

    card = scorecard(document, lang, summary=summary)
    if kind == "html":
        return render_html(card).encode()
    return render_pdf(card) if kind == "pdf" else render_xlsx(card)


@contextmanager
def _bar(inputs: list[Any]) -> Iterator[Iterable[Any]]:
    if len(inputs) < 2 or not sys.stderr.isatty():
        yield inputs
        return
    with click.progressbar(inputs, label=speak("评分", "Scoring"), file=sys.stderr) as steps:
        yield steps


def _result(document: dict[str, Any], lang: Language) -> str:
    one = document["score"]
    name = document["submission"]["subject"]["name"]
    title = document["ruleset"]["title"][lang]
    if one is None:
        return speak(f"{name} · {title}：没有适用的指标", f"{name} · {title}: nothing applies")
    accepted = {
        True: Words("达标", "accepted"),
        False: Words("未达标", "not accepted"),
        None: Words("待定", "undecided"),
    }
    verdict = accepted[document["accepted"]].in_language(lang)
    zh = f"{name} · {title}：已确认 {one['floor']} 分，最高可达 {one['ceiling']} 分，{verdict}"
    en = f"{name} · {title}: {one['floor']} confirmed, {one['ceiling']} attainable, {verdict}"
    return zh if lang == "zh" else en
