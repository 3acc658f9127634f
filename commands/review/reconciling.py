"""``duibiao review reconcile``: two reviews written apart, and what a third has to settle."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import complain, printable, speak
from commands.forms import refuse_existing, write_new
from commands.inputs import read_all
from commands.review.shared import ending, form_bytes, of_submission, what_is_reviewed
from evaluator.errors import InputError, Language

if TYPE_CHECKING:
    from evaluator.review_form.matter import Matter
    from evaluator.reviewing.reconciling import Difference


def _gap(_context: click.Context, _parameter: click.Parameter, value: str) -> Any:
    from evaluator.exact import parse_exact

    found = parse_exact(value)
    if found is None or found.percent:
        raise click.BadParameter(speak("写成 1 或 0.5 的样子", "write it as 1 or 0.5"))
    return found


@click.command(
    "reconcile",
    help=speak(
        "合并两份背对背复核；分歧大的交第三人。",
        "Reconcile two reviews that were written apart.",
    ),
)
@of_submission
@click.argument("first", type=click.Path(path_type=Path), metavar=speak("甲", "FIRST"))
@click.argument("second", type=click.Path(path_type=Path), metavar=speak("乙", "SECOND"))
@click.option(
    "--gap",
    default="0",
    show_default=True,
    callback=_gap,
    metavar=speak("分歧", "GAP"),
    help=speak("可以容许的分歧，按分或档计", "the difference that is let pass, in points or levels"),
)
@click.option(
    "--third",
    type=click.Path(path_type=Path),
    metavar=speak("第三人", "THIRD"),
    help=speak("第三人填好的表", "the form that the third has filled"),
)
@click.option(
    "-o",
    "--out",
    "out",
    type=click.Path(path_type=Path),
    metavar=speak("文件", "FILE"),
    help=speak("把超过约定的分歧写成第三人的表", "write what differs beyond the gap as a form"),
)
@click.option(
    "--merged",
    type=click.Path(path_type=Path),
    metavar=speak("文件", "FILE"),
    help=speak("写合并后的复核；以内的分歧取低", "write the merged review; within the gap the lower counts"),
)
def reconcile(
    submission: Path,
    rules: str,
    reviews: tuple[Path, ...],
    as_of: date | None,
    lenient: bool,
    lang: Language,
    first: Path,
    second: Path,
    gap: Any,
    third: Path | None,
    out: Path | None,
    merged: Path | None,
) -> None:
    """Exit 1 where a third is needed."""
    _targets(out, merged)
    from evaluator.loading import load_pair, third_problems
    from evaluator.reviewing import reconciling

    inputs = list(read_all([submission], [rules], lenient=lenient))
    loaded, received = inputs[0]
    pair = load_pair(first, second, third, reviews, loaded, received.submission)
    day = as_of or received.submission.as_of or received.submission.period.to
    case = reconciling.Case(loaded.ruleset, loaded.catalogue, received.submission, day, pair.earlier)
    open_ = reconciling.differences(case, pair.first, pair.second, gap)
    for one in open_:
        click.echo(printable(_difference(one, case, pair, lang)))
    if open_ and third is None:
        if out is not None:
            stage = pair.first.stage
            made = what_is_reviewed(submission, rules, stage, reviews, as_of, lenient=lenient)
            write_new(out, form_bytes(_for_third(made, pair, open_), out.suffix.lower(), lang))
            click.echo(printable(str(out)))
        complain(speak(f"{len(open_)} 处要由第三人裁定", f"{len(open_)} for a third to settle"))
        sys.exit(1)
    if pair.third is not None:
        problems = third_problems(pair.third, pair, open_)
        if problems:
            raise InputError(problems)
    settled = None if pair.third is None else pair.third[0]
    joined = reconciling.merged(case, pair.first, pair.second, gap, settled)
    _write_merged(joined, merged, settled=bool(open_))


def _targets(out: Path | None, merged: Path | None) -> None:
    yaml = (".yaml", ".yml")
    for path, known, option in ((out, (".xlsx", *yaml), "-o"), (merged, yaml, "--merged")):
        if path is not None:
            ending(path, known, option)
            refuse_existing(path)


def _difference(one: Difference, case: Any, pair: Any, lang: Language) -> str:
    """Who says what; the third is not told who."""
    from evaluator.reviewing.reconciling import by_digest

    colon, semicolon = ("：", "；") if lang == "zh" else (": ", "; ")
    criterion = case.ruleset.by_id().get(one.criterion)
    title = "" if criterion is None else f" {criterion.title.zh if lang == 'zh' else criterion.title.en}"
    numbers = (review.reviewer.number for review in by_digest(pair.first, pair.second))
    sides = zip(numbers, (one.first, one.second), strict=True)
    return f"{one.about}{title}{colon}" + semicolon.join(
        f"{who} {words.in_language(lang)}" for who, words in sides
    )


def _for_third(matter: Matter, pair: Any, open_: tuple[Difference, ...]) -> Matter:
    from evaluator.review import review_digest
    from evaluator.review_form.settling import opinions

    digests = tuple(sorted(review_digest(one) for one in (pair.first, pair.second)))
    return matter._replace(settles=digests, opinions=opinions(open_, matter.submission))


def _write_merged(joined: Any, merged: Path | None, *, settled: bool) -> None:
    from evaluator.review_form.text import review_text

    if not settled:
        click.echo(speak("没有超过约定的分歧", "nothing differs beyond the gap"))
    if merged is not None:
        write_new(merged, review_text(joined).encode())
        click.echo(printable(str(merged)))
