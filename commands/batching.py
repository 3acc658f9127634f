"""What ``duibiao batch`` is asked for, and all of it that can be refused before a submission is read."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from commands.console import speak
from evaluator.algorithms import Algorithm
from evaluator.errors import Language

if TYPE_CHECKING:
    from evaluator.facts import Stage
    from evaluator.loading.batch.asking import Asked, Worded
    from evaluator.loading.batch.cards import Wanted
    from evaluator.loading.batch.reviews import Of
    from evaluator.loading.batch.sources import Listed
    from evaluator.loading.results import Entries
    from scorecards.manifest import PdfKind

# So many forms or lines a worker does at a time: with their assessments, or figures alone.
_FORMS, _WORDED, _FIGURES = 16, 32, 256


class Options(NamedTuple):
    """The options as they were given."""

    rules: str
    out: Path
    jobs: int | None
    dask: str | None
    resume: bool
    scorecards: str
    kinds: tuple[str, ...]
    summary: bool
    pdf: PdfKind
    formats: tuple[str, ...]
    previous: Path | None
    stage: Stage | None
    as_of: date | None
    reviews: tuple[Path, ...]
    algorithm: Algorithm
    lenient: bool
    lang: Language


class Prepared(NamedTuple):
    """What a batch is made of, what is asked of it, whose reviews are whose, and whose scorecards are wanted.

    ``previous`` are the results of the year before.
    """

    listed: Listed
    asked: Asked
    reviews: list[Of]
    cards: Wanted
    previous: Entries | None


def workers_of(options: Options) -> AbstractContextManager[Any]:
    """Who does the work."""
    if options.dask is None:
        from evaluator.loading.workers import Pool

        return Pool(options.jobs)
    if options.jobs is not None:
        raise click.UsageError(speak("--dask 时不写 --jobs：进程数由集群定", "leave --jobs out with --dask"))
    from evaluator.loading.cluster import Cluster

    return Cluster(options.dask)


def prepared_by(sources: tuple[Path, ...], copies: Path, options: Options, workers: Any) -> Prepared:
    """Everything that can be refused before a submission is read; ``copies``: as for ``listed``."""
    from evaluator.loading import load_ruleset
    from evaluator.loading.batch.asking import Asked
    from evaluator.loading.batch.reviews import review_files
    from evaluator.loading.batch.running import reviews_read
    from evaluator.loading.batch.sources import listed
    from evaluator.loading.results import entries_in

    loaded = load_ruleset(options.rules)
    previous = None if options.previous is None else entries_in(options.previous, loaded.ruleset.ruleset)
    cards = _wanted(options.scorecards)
    worded = _worded(options.formats, cards)
    # Workers on other machines begin in other folders.
    paths = tuple(Path(os.path.abspath(one)) for one in sources) if options.dask else sources  # noqa: PTH100 - links stay
    found = listed(paths, copies, forms=_FORMS, lines=_WORDED if worded == "all" else _FIGURES)
    files = review_files(options.reviews)
    if options.dask:
        files = tuple(Path(os.path.abspath(one)) for one in files)  # noqa: PTH100 - links stay
    asked = Asked(loaded, options.stage, options.as_of, options.lenient, worded, options.algorithm)
    return Prepared(found, asked, reviews_read(files, workers) if files else [], cards, previous)


def _wanted(value: str) -> Wanted:
    from evaluator.loading.batch.cards import chosen_in

    match value:
        case "all" | "none" | "failed":
            return value
        case _:
            return chosen_in(Path(value))


def _worded(formats: tuple[str, ...], cards: Wanted) -> Worded:
    if "jsonl" in formats:
        return "all"
    return cards if isinstance(cards, str) else frozenset(cards.lines)
