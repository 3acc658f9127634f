"""A batch from its sources to its files. Says nothing: the command does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from evaluator.errors import Place, Problem, Words
from evaluator.loading.batch.asking import Asked
from evaluator.loading.batch.cards import FOLDER, Chosen, unknown_subjects
from evaluator.loading.batch.items import Piece
from evaluator.loading.batch.judging import (
    FAILED,
    KNOWN,
    MADE,
    Done,
    Job,
    make_judge,
    program_error,
    unreadable,
)
from evaluator.loading.batch.ledger import Ledger
from evaluator.loading.batch.merging import ASSESSMENTS, REFUSED, Files, Good, Refused, in_order
from evaluator.loading.batch.parts import WIDTH
from evaluator.loading.batch.reviews import Of, Reviews, by_subject, make_reader, of_nobody
from evaluator.loading.batch.sources import Listed
from evaluator.loading.batch.store import WORK, Store
from evaluator.loading.files import is_folder, refused
from evaluator.loading.results import CRITERIA, RESULTS
from evaluator.loading.workers import JobLost, Workers
from evaluator.packages.names import shown

RANKING = {"xlsx": ("ranking.xlsx",), "pdf": ("ranking.pdf", "ranking-public.pdf")}
_OUTPUTS = (
    WORK,
    ASSESSMENTS,
    RESULTS,
    CRITERIA,
    REFUSED,
    FOLDER,
    *(name for names in RANKING.values() for name in names),
)
# So many reviews are read by a worker at a time.
_REVIEWS = 20
Advance = Callable[[int], None]


class Work(NamedTuple):
    """How many submissions were looked at, and how many had been before and were not again."""

    made: int
    known: int


class Told(NamedTuple):
    """What the files say: how many submissions were assessed and refused, how many reviews were of nobody; other problems.

    ``failed`` of those assessed are not accepted, ``chosen`` were listed. ``tables`` is where the results are, as tables.
    """

    good: int
    refused: int
    failed: int
    chosen: int
    reviews: int
    others: tuple[Problem, ...]
    tables: Path


def refuse_inside(folder: Path, sources: Iterable[Path]) -> None:
    """Raise ``InputError`` where results would lie among the submissions, to be read as some next time, or over them."""
    # Unlike Path.resolve, this says nothing of a link to itself: whoever reads it will.
    within = Path(os.path.realpath(folder))
    for one in sources:
        place = Path(os.path.realpath(one))
        if place.is_relative_to(within) and {*place.relative_to(within).parts[:1]} & {*_OUTPUTS}:
            mend = Words("换一个输出文件夹", "use another output folder")
            zh = f"来源 {shown(one)} 会被这批的结果盖掉"
            en = f"the results of this batch would overwrite the source {shown(one)}"
            raise refused(folder, "out_over", zh, en, mend)
        if is_folder(one) and within.is_relative_to(place):
            mend = Words("换一个在来源之外的文件夹", "use a folder outside the sources")
            what = Words(
                f"输出文件夹在来源 {shown(one)} 之内",
                f"the output folder lies within the source {shown(one)}",
            )
            raise refused(folder, "out_inside", what.zh, what.en, mend)


def refuse_unlike(folder: Path) -> None:
    """Raise ``InputError`` where a file is in the place of a folder of the batch, or the other way round."""
    for path in (folder, folder / WORK, folder / FOLDER):
        if path.exists() and not path.is_dir():
            raise refused(path, "no_folder", "这是文件，不是文件夹", "this is a file, not a folder")
    for name in _OUTPUTS:
        path = folder / name
        if name not in (WORK, FOLDER) and path.is_dir():
            mend = Words("把它挪开", "move it away")
            raise refused(path, "no_file", "这是文件夹，不是文件", "this is a folder, not a file", mend)


def refuse_results(store: Store) -> None:
    """Raise ``InputError`` where the folder of ``store``, which is held, has the results of a batch."""
    folder = store.folder
    if store.is_begun() or any((folder / name).exists() for name in _OUTPUTS if name != WORK):
        mend = Words(
            "接着做用 --resume；另做一批换一个文件夹", "--resume continues it; or use another folder"
        )
        raise refused(
            folder, "batch_there", "文件夹里已有一批的结果", "the folder holds the results of a batch", mend
        )


def reviews_read(paths: tuple[Path, ...], workers: Workers) -> list[Of]:
    """Whose each review file is, in the order of the files."""
    chunks = [paths[n : n + _REVIEWS] for n in range(0, len(paths), _REVIEWS)]
    found: dict[Path, Of] = {}
    for done in workers.run(make_reader, (), chunks):
        if isinstance(done, JobLost):
            found.update((path, _unread(path)) for path in done.job)
        else:
            found.update((one.path, one) for one in done)
    return [found[path] for path in paths]


def _unread(path: Path) -> Of:
    return Of(path, None, None, b"", (program_error(Place(shown(path)), "JobLost"),))


def _apart(piece: Piece) -> list[Piece]:
    """A piece for each submission of ``piece`` that is still there."""
    try:
        return piece.apart()[: piece.size]
    except OSError:
        return []


class Batch:
    """One batch in its work folder, which is held (``Store``)."""

    def __init__(self, store: Store, asked: Asked, listed: Listed, reviews: Iterable[Of]) -> None:
        self.store, self.asked, self.listed = store, asked, listed
        self._reviews = tuple(reviews)
        self.reviews: Reviews = by_subject(self._reviews, asked.loaded.ruleset.ruleset)
        self.ledger = Ledger(listed.pieces, store.index(self.reviews.digest))

    def judge(self, workers: Workers, advance: Advance) -> Work:
        """Do what is not done yet, and keep it."""
        arguments = (self.asked, self.ledger.index.known, self.reviews)
        lost: list[Job] = []
        made = known = 0
        jobs = (
            Job(n, piece.carried() if workers.elsewhere else piece)
            for n, piece in enumerate(self.listed.pieces)
        )
        for done in self._done(workers, arguments, jobs, lost):
            made, known = made + done.marks.count(MADE), known + done.marks.count(KNOWN)
            advance(len(done.marks))
        # What ended a process twice is done one by one, to find which it was.
        apart: list[Job] = []
        for job in lost:
            pieces = _apart(job.piece)
            apart.extend(Job(job.number, one, within) for within, one in enumerate(pieces))
            for within, place in islice(enumerate(job.piece.places()), len(pieces), None):
                self._fail(job.number, within, unreadable(place), advance)
        guilty: list[Job] = []
        for done in self._done(workers, arguments, apart, guilty) if apart else ():
            made, known = made + done.marks.count(MADE), known + done.marks.count(KNOWN)
            advance(len(done.marks))
        for job in guilty:
            place = next(iter(job.piece.places()))
            self._fail(job.number, job.within, program_error(place, "JobLost"), advance)
        return Work(made, known)

    def _fail(self, number: int, within: int, problem: Problem, advance: Advance) -> None:
        self.ledger.add(Done(number, FAILED, b"\0" * WIDTH, b"", None, (problem,), within), None)
        advance(1)

    def _done(
        self, workers: Workers, arguments: tuple[object, ...], jobs: Iterable[Job], lost: list[Job]
    ) -> Iterator[Done]:
        for one in workers.run(make_judge, arguments, jobs):
            if isinstance(one, JobLost):
                lost.append(one.job)
                continue
            self.ledger.add(one, None if one.part is None else self.store.add(one.part))
            yield one

    def write(self, formats: Iterable[str], chosen: Chosen | None, others: Iterable[Problem] = ()) -> Told:
        """The files of the batch; ``chosen`` subjects that were not assessed are told in them, as are ``others``."""
        lines = chosen.lines if chosen is not None else {}
        looked_for = {*lines, *self.reviews.paths}
        met: set[str] = set()
        assessed: set[str] = set()
        with Files(self.store, self.asked.loaded, formats, self.asked.algorithm) as files:
            for one in in_order(self.store, self.ledger):
                files.add(one)
                if looked_for and isinstance(one, Good):
                    assessed.update(looked_for.intersection(one.rows.column("subject").to_pylist()))
                elif isinstance(one, Refused):
                    met.update(looked_for.intersection((one.subject,)))
            met |= assessed
            nobody = tuple(of_nobody(self._reviews, self.asked.loaded.ruleset.ruleset, met.__contains__))
            missing = () if chosen is None else tuple(unknown_subjects(chosen, assessed))
            files.close(nobody, (*missing, *others))
        unused = len({path for path, _ in nobody})
        found = 0 if chosen is None else len(assessed.intersection(chosen.lines))
        return Told(files.good, files.refused, files.failed, found, unused, (*missing, *others), files.tables)
