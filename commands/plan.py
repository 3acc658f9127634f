"""``duibiao plan``: the fewest actions that reach a grade, as a rectification list."""

from __future__ import annotations

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
    rectification_option,
    review_option,
    rules_option,
    stage_option,
    submissions_argument,
)
from commands.writing import json_bytes, written_whole
from evaluator.algorithms import Algorithm
from evaluator.errors import Language

if TYPE_CHECKING:
    from evaluator.ruleset import Ruleset

FORMATS = ("pdf", "xlsx", "html", "json")


@click.command(
    help=speak(
        "算出达到某个等次最少要做的事，写成整改清单。",
        "Find the fewest actions that reach a grade; write a rectification list.",
    )
)
@submissions_argument
@rules_option
@click.option(
    "--target",
    metavar=speak("等次", "GRADE"),
    help=speak(
        "想达到的等次的标识；不写则为达标等次，已达标的为再上一等",
        "the grade's id; by default the pass grade, or the next one where that is reached",
    ),
)
@as_of_option
@stage_option
@review_option
@formats_option(FORMATS, "pdf,xlsx")
@click.option(
    "--out",
    "-o",
    default=".",
    show_default=True,
    metavar=speak("文件夹", "DIR"),
    help=speak("输出文件夹；- 为标准输出", "output folder; - is stdout"),
)
@digest_option
@lenient_option
@rectification_option
@lang_option
def plan(
    submissions: tuple[Path, ...],
    rules: tuple[str, ...],
    target: str | None,
    as_of: date | None,
    stage: Any,
    reviews: tuple[Path, ...],
    formats: tuple[str, ...],
    out: str,
    algorithm: Algorithm,
    lenient: bool,
    lists: tuple[Path, ...],
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
    inputs, returned = read_with_lists(
        submissions, rules, lists, lenient=lenient, as_of=as_of, algorithm=algorithm
    )
    chains = reviews_at(stage, reviews, inputs)
    for loaded, _ in inputs:
        _refuse_unknown(target, loaded.ruleset)
    from evaluator.assessment import assess
    from evaluator.planning.plan import Wanted

    documents = [
        assess(
            loaded.ruleset,
            loaded.catalogue,
            received.submission,
            stage=stage,
            as_of=as_of,
            observations=received.observations,
            files=received.files,
            reviews=chain,
            wanted=Wanted(target),
            returned=returned.get((received.submission.subject.id, loaded.ruleset.ruleset)),
            algorithm=algorithm,
        ).document
        for (loaded, received), chain in zip(inputs, chains, strict=True)
    ]
    if out == "-":
        click.echo(json_bytes(documents[0]), nl=False)
        return
    names: list[str] = []
    with written_whole(Path(out)) as write:
        for document in documents:
            for kind in sorted(formats):
                names.append(
                    f"{document['submission']['subject']['id']}.{document['ruleset']['id']}.plan.{kind}"
                )
                write(names[-1], _rendered(document, kind, lang))
    from scorecards import rectification_lines

    for document in documents:
        title = document["ruleset"]["title"][lang]
        click.echo(printable(f"{document['submission']['subject']['name']} · {title}"))
        click.echo("\n".join(map(printable, rectification_lines(document, lang))))
    click.echo("\n".join(printable(str(Path(out) / name)) for name in names))


def _refuse_unknown(target: str | None, ruleset: Ruleset) -> None:
    grades = {grade.id: grade.title for grade in ruleset.scoring.grades}
    if target is not None and target not in grades:
        zh = "、".join(f"{name}（{title.zh}）" for name, title in grades.items())
        en = ", ".join(f"{name} ({title.en})" for name, title in grades.items())
        raise click.BadParameter(
            speak(
                f"“{ruleset.title.zh}”没有等次 {target}，可用 {zh}",
                f"{ruleset.ruleset} has no grade {target}; known: {en}",
            ),
            param_hint="--target",
        )


def _rendered(document: dict[str, Any], kind: str, lang: Language) -> bytes:
    if kind == "json":
        return json_bytes(document)
    from scorecards import rectification_list, render_html, render_pdf, render_xlsx

    report = rectification_list(document, lang)
    if kind == "html":
        return render_html(report).encode()
    return render_pdf(report) if kind == "pdf" else render_xlsx(report)
