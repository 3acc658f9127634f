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
from commands.inputs import read_with_lists, reviews_at
from commands.options import (
    as_of_option,
    digest_option,
    formats_option,
    lang_option,
    lenient_option,
    pdf_option,
    rectification_option,
    review_option,
    rules_option,
    stage_option,
    submissions_argument,
)
from commands.printing import rendered
from commands.progress import Progress
from commands.sealing import refuse_unsignable, seal_if_wanted, sign_option
from commands.superseding import Result, superseded
from commands.writing import json_bytes, written_whole
from evaluator.algorithms import Algorithm
from evaluator.errors import Language, Words

if TYPE_CHECKING:
    from evaluator.loading import Loaded, Received
    from evaluator.review import Review
    from scorecards.manifest import PdfKind

FORMATS = ("pdf", "html", "json", "xlsx", "oscal", "junit")
# What a file is called whose format is not the ending of its name.
ENDINGS = {"oscal": "oscal.json", "junit": "junit.xml"}


@click.command(
    help=speak("给申报打分，写出评分表和评估结果。", "Score submissions; write scorecards and assessments.")
)
@submissions_argument
@rules_option
@as_of_option
@stage_option
@review_option
@click.option(
    "--supersedes",
    "old",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=speak("原结果.json", "OLD.json"),
    help=speak("所更正的原评估结果；可重复", "the assessment that this one amends; repeatable"),
)
@formats_option(FORMATS, "pdf,json", Words("；后两种供其他程序读取", "; the last two are for other programs"))
@click.option(
    "--out",
    default=".",
    show_default=True,
    metavar=speak("文件夹", "DIR"),
    help=speak("输出文件夹；- 为标准输出", "output folder; - is stdout"),
)
@digest_option
@lenient_option
@rectification_option
@click.option(
    "--summary",
    is_flag=True,
    help=speak("只要前几部分（到行动计划为止）", "only the first parts, to the action plan"),
)
@pdf_option
@sign_option
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
    reviews: tuple[Path, ...],
    old: tuple[Path, ...],
    formats: tuple[str, ...],
    out: str,
    summary: bool,
    pdf: PdfKind,
    sealing: Path | None,
    algorithm: Algorithm,
    lenient: bool,
    lists: tuple[Path, ...],
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
    refuse_unsignable(sealing, formats, pdf)
    inputs, returned = read_with_lists(
        submissions, rules, lists, lenient=lenient, as_of=as_of, algorithm=algorithm
    )
    chains = reviews_at(stage, reviews, inputs)
    from evaluator.assessment import assess
    from evaluator.planning.plan import Wanted

    def assessed(
        loaded: Loaded, received: Received, chain: tuple[Review, ...], before: str | None
    ) -> dict[str, Any]:
        one = assess(
            loaded.ruleset,
            loaded.catalogue,
            received.submission,
            stage=stage,
            as_of=as_of,
            observations=received.observations,
            files=received.files,
            reviews=chain,
            supersedes=before,
            wanted=Wanted(),
            returned=returned.get((received.submission.subject.id, loaded.ruleset.ruleset)),
            algorithm=algorithm,
        )
        return one.document

    accepted = True
    to_make = [
        Result(
            *one,
            chain[-1].stage if chain else stage or "self_check",
            None if "json" not in formats else _file(out, *one),
        )
        for one, chain in zip(inputs, chains, strict=True)
    ]
    jobs = [
        (*one, chain, before)
        for one, chain, before in zip(inputs, chains, superseded(old, to_make), strict=True)
    ]
    if out == "-":
        document = assessed(*jobs[0])
        accepted = document["accepted"] is True
        click.echo(json_bytes(document), nl=False)
    else:
        results: list[str] = []
        names: list[str] = []
        with seal_if_wanted(sealing) as seal, written_whole(Path(out)) as write, _bar(jobs) as steps:
            for loaded, received, chain, before in steps:
                document = assessed(loaded, received, chain, before)
                accepted = accepted and document["accepted"] is True
                results.append(_result(document, lang))
                for kind in sorted(formats):
                    ending = ENDINGS.get(kind, kind)
                    names.append(f"{received.submission.subject.id}.{loaded.ruleset.ruleset}.{ending}")
                    content = (
                        json_bytes(document)
                        if kind == "json"
                        else rendered(document, kind, lang, summary, pdf)
                    )
                    write(names[-1], seal(content, names[-1]) if kind == "pdf" else content)
        click.echo("\n".join([*results, *(printable(str(Path(out) / name)) for name in names)]))
    if require_accepted and not accepted:
        sys.exit(1)


def _file(out: str, loaded: Loaded, received: Received) -> Path | None:
    """Where the assessment goes; None where it goes to stdout."""
    name = f"{received.submission.subject.id}.{loaded.ruleset.ruleset}.json"
    return None if out == "-" else Path(out) / name


@contextmanager
def _bar(inputs: list[Any]) -> Iterator[Iterable[Any]]:
    if len(inputs) < 2 or not sys.stderr.isatty():
        yield inputs
        return
    with Progress(speak("评分", "Scoring"), len(inputs)) as progress:
        yield progress.over(inputs)


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
    verdict = accepted[document["accepted"]].in_language(lang) + _vetoed(document, lang)
    zh = f"{name} · {title}：已确认 {one['floor']} 分，最高可达 {one['ceiling']} 分，{verdict}"
    en = f"{name} · {title}: {one['floor']} confirmed, {one['ceiling']} attainable, {verdict}"
    return zh if lang == "zh" else en


def _vetoed(document: dict[str, Any], lang: Language) -> str:
    """The vetoes that failed, and the grade that they leave, where there are any."""
    failed = [one for one in document["criteria"] if one["id"] in document["vetoes"]]
    if not failed:
        return ""
    quoted = [f"“{one['title'][lang]}”" for one in failed]
    grade = next(
        (one for one in document["ruleset"]["scoring"]["grades"] if one["id"] == document["grade"]), None
    )
    limits = grade is not None and any(one.get("veto_effect") == "cap" for one in failed)
    name = "" if grade is None else grade["title"][lang]
    zh = f"；一票否决未通过：{'、'.join(quoted)}" + (f"，等次为“{name}”" if limits else "")
    en = f"; failed vetoes: {', '.join(quoted)}" + (f", so the grade is “{name}”" if limits else "")
    return zh if lang == "zh" else en
