"""``duibiao review``: an inspector's form, the on-site record, what was read of them, and two opinions reconciled."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.console import LANGUAGE, complain, printable, show_problems, speak
from commands.forms import out_option, refuse_existing, write_new
from commands.inputs import read_all, reviews_of
from commands.options import a_date, complete_ruleset, lang_option, own_words_option
from evaluator.errors import InputError, Language

if TYPE_CHECKING:
    from evaluator.review_form.matter import Matter
    from evaluator.reviewing.reconciling import Difference

STAGES = ("preliminary", "inspection", "final")
Command = Callable[..., Any]


def _of_submission(command: Command) -> Command:
    """The arguments of the commands that speak of one submission under one ruleset."""
    decorators = (
        click.argument(
            "submission", type=click.Path(path_type=Path), metavar=speak("申报文件", "SUBMISSION")
        ),
        click.option(
            "--rules",
            "rules",
            required=True,
            metavar=speak("规则集", "ID"),
            shell_complete=complete_ruleset,
            help=speak("规则集的标识、标识@版本或文件夹", "ruleset id, id@version or folder"),
        ),
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


def _ending(out: Path, known: tuple[str, ...]) -> str:
    ending = out.suffix.lower()
    if ending not in known:
        listed = speak("、".join(known), ", ".join(known))
        hint = speak(f"文件名以 {listed} 结尾", f"the name ends in {listed}")
        raise click.BadParameter(hint, param_hint="-o")
    return ending


def _matter(
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
    document = assess(
        loaded.ruleset,
        loaded.catalogue,
        received.submission,
        stage=None if earlier else stage,  # type: ignore[arg-type]  # one of STAGES
        as_of=as_of,
        observations=received.observations,
        reviews=earlier,
    ).document
    return Matter(loaded.ruleset, loaded.catalogue, received.submission, document, stage, earlier)


@click.group(
    help=speak(
        "复核：生成复核表和现场核查记录表，读回，合并背对背复核。",
        "Reviews: forms, records, reading back, reconciling.",
    )
)
@own_words_option
def review() -> None:
    """For inspectors."""


@review.command(
    "start",
    help=speak(
        "生成检查人员填的复核表。",
        "Make the inspector's form: verdicts, evidence, what to decide.",
    ),
)
@_of_submission
@stage_option
@out_option
def start(
    submission: Path,
    rules: str,
    reviews: tuple[Path, ...],
    as_of: date | None,
    lenient: bool,
    lang: Language,
    stage: str,
    out: Path,
) -> None:
    """One form of one submission under one ruleset."""
    ending = _ending(out, (".xlsx", ".yaml", ".yml"))
    refuse_existing(out)
    matter = _matter(submission, rules, stage, reviews, as_of, lenient=lenient)
    write_new(out, _form_bytes(matter, ending, lang))
    click.echo(printable(str(out)))


def _form_bytes(matter: Matter, ending: str, lang: Language) -> bytes:
    if ending == ".xlsx":
        from evaluator.review_form.planning import plan
        from evaluator.review_form.writing import write_form

        return write_form(plan(matter, lang))
    from evaluator.review_form.skeleton import skeleton

    return skeleton(matter, lang).encode()


@review.command(
    "record",
    help=speak(
        "生成现场核查记录表：一处一页，打√签字。",
        "Make the on-site record: a page a site, to tick and sign.",
    ),
)
@_of_submission
@stage_option
@click.option(
    "--criterion",
    "criteria",
    multiple=True,
    metavar=speak("指标", "ID"),
    help=speak(
        "只核查这些指标，可重复（默认：要实地察看、访谈、问卷的）",
        "only these criteria; repeatable (default: those to see or ask)",
    ),
)
@out_option
def record(
    submission: Path,
    rules: str,
    reviews: tuple[Path, ...],
    as_of: date | None,
    lenient: bool,
    lang: Language,
    stage: str,
    criteria: tuple[str, ...],
    out: Path,
) -> None:
    """One record of one submission under one ruleset."""
    ending = _ending(out, (".pdf", ".html", ".xlsx"))
    refuse_existing(out)
    matter = _matter(submission, rules, stage, reviews, as_of, lenient=lenient)
    from evaluator.review_form.sites import sites

    _known(criteria, matter)
    found = sites(matter, lang, criteria)
    if not found:
        zh = "没有要实地察看、访谈或问卷的指标；用 --criterion 指定要核查的"
        raise click.UsageError(
            speak(zh, "nothing is verified by seeing or asking; name criteria with --criterion")
        )
    if ending == ".xlsx":
        from evaluator.review_form.recording import plan_record
        from evaluator.review_form.writing import write_form

        content = write_form(plan_record(matter, found, lang))
    else:
        from scorecards import render_html, render_pdf
        from scorecards.record import site_record

        listed = [{"name": one.name, "lines": [line._asdict() for line in one.lines]} for one in found]
        report = site_record(matter.document, listed, stage, lang)
        content = render_html(report).encode() if ending == ".html" else render_pdf(report)
    write_new(out, content)
    click.echo(printable(str(out)))


def _known(criteria: tuple[str, ...], matter: Matter) -> None:
    from evaluator.errors import did_you_mean

    known = matter.ruleset.by_id()
    for name in criteria:
        if name not in known:
            mend = did_you_mean(name, known).in_language(LANGUAGE)
            shown = printable(name)
            zh, en = f"规则集中没有指标 {shown}。{mend}", f"the ruleset has no criterion {shown}. {mend}"
            raise click.BadParameter(speak(zh, en), param_hint="--criterion")


@review.command(
    "read",
    help=speak(
        "读填好的表，说明读到了什么。",
        "Read a filled form or record and say what was read.",
    ),
)
@click.argument("filled", type=click.Path(path_type=Path), metavar=speak("复核文件", "REVIEW"))
@click.option(
    "-o",
    "--out",
    "out",
    type=click.Path(path_type=Path),
    metavar=speak("文件", "FILE"),
    help=speak("写到哪个文件；已有的文件不覆盖", "the file to write; one that is there is not overwritten"),
)
@lang_option
def read(filled: Path, out: Path | None, lang: Language) -> None:
    """Exit 1 where something in it cannot be read."""
    from evaluator.loading import open_review
    from evaluator.review import ENTRIES, review_digest
    from evaluator.review_form.text import review_text

    if out is not None:
        _ending(out, (".yaml", ".yml"))
        refuse_existing(out)
    opened = open_review(filled)
    for note in opened.notes:
        complain(printable(note.in_language(lang)))
    if opened.review is None or opened.problems:
        if any(one.code in ("no_file", "unreadable", "file_type", "not_a_form") for one in opened.problems):
            raise InputError(opened.problems)
        show_problems(opened.problems)
        sys.exit(1)
    counted = [(name, len(getattr(opened.review, name))) for name in ENTRIES]
    words = _ENTRIES[lang]
    joint = speak("，", ", ")
    listed = joint.join(f"{words[name]} {number}" for name, number in counted if number)
    click.echo(listed or speak("没有更正和判定", "nothing is changed"))
    click.echo(review_digest(opened.review))
    if out is not None:
        write_new(out, review_text(opened.review).encode())
        click.echo(printable(str(out)))


_ENTRIES = {
    "zh": {
        "corrections": "更正",
        "rejected_evidence": "不采信",
        "accepted_evidence": "恢复采信",
        "ratings": "评档",
        "decisions": "判定",
        "confirmations": "属实",
    },
    "en": {
        "corrections": "corrections",
        "rejected_evidence": "rejected",
        "accepted_evidence": "accepted again",
        "ratings": "levels",
        "decisions": "decisions",
        "confirmations": "as claimed",
    },
}


def _gap(_context: click.Context, _parameter: click.Parameter, value: str) -> Any:
    from evaluator.exact import parse_exact

    found = parse_exact(value)
    if found is None or found.percent:
        raise click.BadParameter(speak("写成 1 或 0.5 的样子", "write it as 1 or 0.5"))
    return found


@review.command(
    "reconcile",
    help=speak(
        "合并两份背对背复核；分歧大的交第三人。",
        "Reconcile two reviews that were written apart.",
    ),
)
@_of_submission
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
            made = _matter(submission, rules, stage, reviews, as_of, lenient=lenient)
            write_new(out, _form_bytes(_for_third(made, pair, open_), out.suffix.lower(), lang))
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
    for path, known in ((out, (".xlsx", ".yaml", ".yml")), (merged, (".yaml", ".yml"))):
        if path is not None:
            _ending(path, known)
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
