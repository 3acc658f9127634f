"""``duibiao batch``: many submissions in; assessments, tables, scorecards and what was refused out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.batching import Options, Prepared, prepared_by, workers_of
from commands.console import complain, forget_output, printable, speak
from commands.failing import ENDING, disk_error
from commands.options import (
    WholeNumber,
    as_of_option,
    digest_option,
    formats_option,
    lang_option,
    lenient_option,
    one_ruleset_option,
    pdf_option,
    stage_option,
)
from commands.progress import Progress
from evaluator.errors import Problem

if TYPE_CHECKING:
    from evaluator.loading.batch.running import Batch, Told, Work
    from evaluator.loading.batch.store import Store

# So many problems are shown on the screen; refused.json has them all.
_SHOWN = 10


@click.command(
    help=speak(
        "批量评分：成千上万份申报，结果写成一套文件；中断后可接着做。",
        "Score many submissions at once; --resume continues what was interrupted.",
    )
)
@click.argument(
    "sources",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("来源…", "SOURCE…"),
)
@one_ruleset_option
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar=speak("文件夹", "DIR"),
    help=speak("输出文件夹", "output folder"),
)
@click.option(
    "--jobs",
    type=WholeNumber(1),
    metavar=speak("个数", "N"),
    help=speak("用几个进程（默认按处理器数）", "how many processes (default: as many as processors)"),
)
@click.option(
    "--dask",
    metavar=speak("地址", "ADDRESS"),
    help=speak("由这个 Dask 集群来做", "let this Dask cluster do the work"),
)
@click.option(
    "--resume",
    is_flag=True,
    help=speak(
        "接着做：没有变的不重评，变了的重评，撤走的去掉",
        "continue: what has not changed is not scored again",
    ),
)
@click.option(
    "--scorecards",
    default="none",
    show_default=True,
    metavar=speak("all|none|failed|文件", "all|none|failed|FILE"),
    help=speak(
        "给谁出评分表：全部、不出、未达标的（待定的不算）、文件所列的单位标识（一行一个）",
        "for whom: all, none, those not accepted (undecided ones are not), or the ids in FILE, one a line",
    ),
)
@click.option(
    "--scorecard-format",
    "kinds",
    default="pdf",
    show_default=True,
    callback=lambda _context, _parameter, value: _kinds(value),
    metavar=speak("格式", "FORMATS"),
    help=speak("评分表的格式：pdf、html，用逗号连接", "of the scorecards: pdf, html, joined with commas"),
)
@click.option(
    "--summary",
    is_flag=True,
    help=speak("评分表只要前几部分（到行动计划为止）", "of the scorecards only the first parts"),
)
@pdf_option
@formats_option(("jsonl", "parquet", "xlsx", "pdf"), "jsonl,parquet,xlsx,pdf")
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar=speak("文件夹", "DIR"),
    help=speak(
        "上年这批的输出文件夹，排名时逐年比较", "the output folder of the year before, to compare with"
    ),
)
@stage_option
@as_of_option
@digest_option
@click.option(
    "--review",
    "reviews",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar=speak("复核", "PATH"),
    help=speak("复核文件或其文件夹，按单位对应；可重复", "review files or folders of them; repeatable"),
)
@lenient_option
@lang_option
def batch(sources: tuple[Path, ...], **given: Any) -> None:
    """Exit 2 where something was refused; the rest is written all the same."""
    options = Options(**given)
    from evaluator.loading.batch.running import refuse_inside, refuse_results, refuse_unlike
    from evaluator.loading.batch.store import Store

    refuse_inside(options.out, sources)
    refuse_unlike(options.out)
    with workers_of(options) as workers, Store(options.out) as store:
        if not options.resume:
            refuse_results(store)
        _run(prepared_by(sources, store.temporary, options, workers), options, store, workers)


def _kinds(value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(one.strip() for one in value.replace("，", ",").split(",")))
    unknown = [one for one in wanted if one not in ("pdf", "html")]
    if unknown:
        zh = f"不认识“{unknown[0]}”，可用 pdf,html"
        raise click.BadParameter(speak(zh, f"unknown {unknown[0]!r}; known: pdf,html"))
    return wanted


def _run(prepared: Prepared, options: Options, store: Store, workers: Any) -> None:
    from evaluator.loading.batch.running import Batch

    try:
        work = Batch(store, prepared.asked, prepared.listed, prepared.reviews)
        with Progress(speak("评分", "Scoring"), prepared.listed.size) as progress:
            done = work.judge(workers, progress.advance)
        chosen = None if isinstance(prepared.cards, str) else prepared.cards
        told = work.write(options.formats, chosen)
        _rank(prepared, options, work, told)
        failed = _cards(prepared, options, work, told, workers)
        if failed:
            told = work.write(options.formats, chosen, failed)
    except (Exception, KeyboardInterrupt) as error:
        if isinstance(error, KeyboardInterrupt) or ENDING.is_asked:
            zh = "已中断；做完的都留着，接着做加 --resume"
            complain(speak(zh, "interrupted; what is done is kept: --resume continues"))
            sys.exit(2)
        if not isinstance(error, OSError):
            raise
        complain(disk_error(error))
        zh = "写好的都留着；能写了之后，接着做加 --resume"
        complain(speak(zh, "what is done is kept: once it can be written again --resume continues"))
        sys.exit(2)
    _tell(prepared, options, done, told)


def _rank(prepared: Prepared, options: Options, work: Batch, told: Told) -> None:
    from commands.ranking import write_ranking

    write_ranking(
        options.out,
        told.tables,
        work.store.temporary,
        prepared.asked.loaded,
        options.formats,
        options.lang,
        previous=prepared.previous,
        refused=told.refused,
    )


def _cards(prepared: Prepared, options: Options, work: Batch, told: Told, workers: Any) -> list[Problem]:
    """Make the scorecards that are wanted; the problems of those that could not be."""
    from commands.printing import make_printer
    from evaluator.loading.batch.cards import Cards, cards_of

    kinds = options.kinds
    cards = Cards(work.store, kinds, f"{options.lang} {options.summary} {options.pdf}")
    if prepared.cards == "none":
        cards.drop()
        return []
    failed: list[Problem] = []
    wanted = cards_of(work.store, work.ledger, prepared.cards)
    number = {"all": told.good, "failed": told.failed}.get(str(prepared.cards), told.chosen) * len(kinds)
    with Progress(speak("评分表", "Scorecards"), number, unit=speak("份", "scorecards")) as progress:
        for one in cards.make(
            workers, make_printer, (kinds, options.lang, options.summary, options.pdf), wanted
        ):
            progress.advance()
            if one is not None and one.problem is not None:
                failed.append(one.problem)
    return failed


def _tell(prepared: Prepared, options: Options, done: Work, told: Told) -> None:
    """What was done, and where it is; exit 2 where something was refused."""
    size = prepared.listed.size
    zh = f"共 {size} 份：本次评了 {done.made} 份，沿用 {done.known} 份；有结果 {told.good} 份，退回 {told.refused} 份"
    en = f"{size} submissions: {done.made} done now, {done.known} before; {told.good} assessed, {told.refused} refused"
    lines = [speak(zh, en)]
    if prepared.listed.ignored:
        n = prepared.listed.ignored
        lines.append(speak(f"另有 {n} 个文件不是申报，没有读", f"{n} other files are no submissions"))
    lines.append(printable(speak(f"结果在 {options.out}", f"the results are in {options.out}")))
    try:
        click.echo("\n".join(lines))
    except BrokenPipeError:
        # Whether somebody reads on or not: that some were refused is still to be told, with the exit code.
        forget_output()
    if told.refused or told.reviews or told.others:
        where = printable(str(options.out / "refused.json"))
        if told.reviews:
            complain(speak(f"没有用上的复核 {told.reviews} 份", f"{told.reviews} reviews were not used"))
        for one in told.others[:_SHOWN]:
            complain(printable(one.in_language(options.lang)))
        complain(speak(f"退回的和原因见 {where}", f"what was refused and why: {where}"))
        sys.exit(2)
