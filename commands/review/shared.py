"""What the commands of reviews share: one submission under one ruleset, after earlier reviews, and files of known kinds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import speak
from commands.inputs import read_all, reviews_of
from commands.options import a_date, lang_option, one_ruleset_option
from evaluator.errors import Language

if TYPE_CHECKING:
    from evaluator.review_form.matter import Matter

STAGES = ("preliminary", "inspection", "final")
Command = Callable[..., Any]


def of_submission(command: Command) -> Command:
    """The arguments of the commands that speak of one submission under one ruleset."""
    decorators = (
        click.argument(
            "submission", type=click.Path(path_type=Path), metavar=speak("申报文件", "SUBMISSION")
        ),
        one_ruleset_option,
        click.option(
            "--review",
            "reviews",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar=speak("复核文件", "REVIEW"),
            help=speak("前一阶段的复核，可重复", "a review of an earlier stage; repeatable"),
        ),
        click.option(
            "--as-of",
            callback=a_date,
            metavar=speak("日期", "DATE"),
            help=speak("数据截止日", "the day up to which evidence speaks"),
        ),
        click.option(
            "--lenient",
            is_flag=True,
            help=speak("有误的条目暂不计分，其余照常评", "set faulty items aside and score the rest"),
        ),
        lang_option,
    )
    for one in reversed(decorators):
        command = one(command)
    return command


stage_option = click.option(
    "--stage",
    type=click.Choice(STAGES),
    default="inspection",
    show_default=True,
    help=speak("复核的阶段", "the stage of the review"),
)


def ending(out: Path, known: tuple[str, ...], option: str = "-o") -> str:
    """The ending of ``out``; one that is none of ``known`` is a misuse."""
    found = out.suffix.lower()
    if found not in known:
        listed = speak("、".join(known), ", ".join(known))
        hint = speak(f"文件名以 {listed} 结尾", f"the name ends in {listed}")
        raise click.BadParameter(hint, param_hint=option)
    return found


def what_is_reviewed(
    submission: Path,
    rules: str,
    stage: str,
    reviews: tuple[Path, ...],
    as_of: date | None,
    *,
    lenient: bool,
) -> Matter:
    """Everything that a form is made from; raises ``InputError`` with every problem."""
    inputs = list(read_all([submission], [rules], lenient=lenient))
    [earlier] = reviews_of(reviews, inputs)
    from evaluator.assessment import assess
    from evaluator.review_form.matter import Matter

    loaded, received = inputs[0]
    late = [one.stage for one in earlier if STAGES.index(one.stage) >= STAGES.index(stage)]
    if late:
        zh = f"--review 给的 {late[0]} 不在 --stage {stage} 之前"
        en = f"the review of {late[0]} is not of a stage before --stage {stage}"
        raise click.UsageError(speak(zh, en))
    given = (loaded.ruleset, loaded.catalogue, received.submission)
    seen: Any = {"as_of": as_of, "observations": received.observations, "files": received.files}
    alone = assess(*given, stage=stage, **seen).document  # type: ignore[arg-type]  # one of STAGES
    document = assess(*given, reviews=earlier, **seen).document if earlier else alone
    return Matter(*given, document, alone, stage, earlier)


def form_bytes(matter: Matter, kind: str, lang: Language) -> bytes:
    """The inspector's form, as a workbook or as YAML."""
    if kind == ".xlsx":
        from evaluator.review_form.planning import plan
        from evaluator.review_form.writing import write_form

        return write_form(plan(matter, lang))
    from evaluator.review_form.skeleton import skeleton

    return skeleton(matter, lang).encode()
