"""What a worker does with a piece of a batch: read, judge, score, and word it where that is wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import orjson

from evaluator.assessment import document_over, shown_by
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.batch.asking import Asked
from evaluator.loading.batch.items import Item, Piece
from evaluator.loading.batch.known import Known
from evaluator.loading.batch.parts import WIDTH, Kept, packed, part_of
from evaluator.loading.batch.reviews import Reviews
from evaluator.loading.reviews import chain_problems, read_all_reviews
from evaluator.loading.submissions import Received
from evaluator.persons import echo
from evaluator.planning.plan import Wanted
from evaluator.ranking.entering import Entering
from evaluator.review import Review
from evaluator.reviewing.standing import in_chain
from evaluator.scored import scored
from evaluator.submission import Submission
from evaluator.submission_faults import of_another_kind
from evaluator.versions import standing

KNOWN, MADE, FAILED = b"k", b"m", b"x"
# So many different states are remembered before a worker begins anew.
_MOST_STATES = 50_000


class Job(NamedTuple):
    """A piece and its number in the batch; ``within``: which submission of that piece, where each is done alone."""

    number: int
    piece: Piece
    within: int = 0


class Done(NamedTuple):
    """What a piece came to.

    ``marks`` say of each submission whether it was ``KNOWN``, was ``MADE`` (the next row of ``part``) or ``FAILED`` (the next of
    ``failures``); ``keys`` are theirs, ``who`` those of the rows of ``part``.
    """

    number: int
    marks: bytes
    keys: bytes
    who: bytes
    part: bytes | None
    failures: tuple[Problem, ...] = ()
    within: int = 0


def make_judge(asked: Asked, known: Known, reviews: Reviews) -> Judge:
    """What does a job of the batch."""
    return Judge(asked, known, reviews)


class Judge:
    """Does a job."""

    def __init__(self, asked: Asked, known: Known, reviews: Reviews) -> None:
        self.asked, self.known, self.reviews = asked, known, reviews
        self._begun = hashlib.sha256(asked.digest())
        self._entering = self._afresh()

    def _afresh(self) -> Entering:
        asked = self.asked
        return Entering(asked.loaded.ruleset, asked.loaded.catalogue, asked.algorithm)

    def __call__(self, job: Job) -> Done:
        """Everything that ``job.piece`` came to."""
        marks, keys = bytearray(), bytearray()
        kept: list[Kept] = []
        failures: list[Problem] = []
        if len(self._entering.listed) > _MOST_STATES:
            self._entering = self._afresh()
        for item in _still_there(job.piece):
            key = b"\0" * WIDTH
            if isinstance(item, Problem):
                failures.append(item)
                marks += FAILED
                keys += key
                continue
            try:
                key, found = self._done(item)
            except Exception as error:  # noqa: BLE001 - whatever it is, the other submissions go on
                failures.append(program_error(item.place, type(error).__name__))
                marks += FAILED
            else:
                if found is not None:
                    kept.append(found)
                marks += KNOWN if found is None else MADE
            keys += key
        who = b"".join(one.who or b"\0" * WIDTH for one in kept)
        part = part_of(kept, self._entering.listed) if kept else None
        return Done(job.number, bytes(marks), bytes(keys), who, part, tuple(failures), job.within)

    def _done(self, item: Item) -> tuple[bytes, Kept | None]:
        hashed = self._begun.copy()
        try:
            item.feed(hashed.update, exactly=self.asked.lenient)
        except (InputError, OSError) as error:
            key = hashed.digest()[:WIDTH]
            return key, _refused(key, item, _problems(error, item.place), again=True)
        key = hashed.digest()[:WIDTH]
        if key in self.known:
            return key, None
        try:
            received = item.receive(
                self.asked.loaded.catalogue, self.asked.algorithm, lenient=self.asked.lenient
            )
        except (InputError, OSError) as error:
            again = isinstance(error, OSError) or item.may_include()
            return key, _refused(key, item, _problems(error, item.place), again=again)
        return key, self._judged(key, item, received)

    def _judged(self, key: bytes, item: Item, received: Received) -> Kept:
        asked, submission = self.asked, received.submission
        ruleset, catalogue = asked.loaded.ruleset, asked.loaded.catalogue
        subject = submission.subject.id
        chain, problems = self._reviewed(item, submission)
        problems = [*of_another_kind(ruleset, submission, item.place), *problems]
        if problems:
            again = item.may_include() or subject in self.reviews.paths
            return _refused(key, item, problems, again=again, subject=subject)
        said = standing(asked.loaded.versions, ruleset.version, submission.period.to)
        observations = (*received.observations, *said)
        found = scored(ruleset, catalogue, submission, stage=asked.stage, as_of=asked.as_of, reviews=chain)
        document = None
        if asked.words(subject, found.stands.result.accepted):
            document = document_over(
                found,
                ruleset,
                catalogue,
                submission,
                observations=observations,
                files=received.files,
                reviews=chain,
                wanted=Wanted(),
                algorithm=asked.algorithm,
            )
        shown = shown_by(submission, found)
        return Kept(
            key,
            _who(submission),
            self.reviews.digest(subject),
            tuple(_read(item.folder, name) for name in received.includes) if item.folder else (),
            None,
            False,
            None if document is None else orjson.dumps(document),
            None if document is None else document["digest"],
            subject,
            self._entering.row(submission, shown, found, observations),
            self._entering.numbers(found.stands.judgement),
        )

    def _reviewed(self, item: Item, submission: Submission) -> tuple[tuple[Review, ...], list[Problem]]:
        """The chain of reviews of ``submission``, and every problem of it."""
        paths = self.reviews.paths.get(submission.subject.id)
        if paths is None:
            return (), []
        found, problems = read_all_reviews(paths)
        problems.extend(chain_problems(found, self.asked.loaded, submission))
        chain = in_chain(review for review, _ in found)
        stage = self.asked.stage
        if stage is not None and chain and chain[-1].stage != stage:
            last = chain[-1].stage
            zh = f"--stage {stage} 与最后一份复核的阶段 {last} 不一致"
            en = f"--stage {stage} contradicts the last review, which is of {last}"
            mend = Words("有复核时不必写 --stage", "with reviews leave --stage out")
            problems.append(Problem("other_stage", item.place, Words(zh, en), mend))
        return chain, list(dict.fromkeys(problems))


def _still_there(piece: Piece) -> Iterator[Item | Problem]:
    """The submissions of ``piece``; the refusal of each that was there when the batch was begun and is no more."""
    read = 0
    try:
        for item in islice(piece.items(), piece.size):
            read += 1
            yield item
    except OSError:
        pass
    for place in islice(piece.places(), read, None):
        yield unreadable(place)


def who(subject: str, period_from: str, period_to: str) -> bytes:
    """What tells one subject's period from all others."""
    return hashlib.sha256(f"{subject}\0{period_from}\0{period_to}".encode()).digest()[:WIDTH]


def _who(submission: Submission) -> bytes:
    period = submission.period
    return who(submission.subject.id, period.from_.isoformat(), period.to.isoformat())


def unreadable(place: Place) -> Problem:
    """The refusal of a submission that is not there any more, or may not be read."""
    return Problem("unreadable", place, Words("文件读不出来", "the file cannot be read"))


def program_error(place: Place, name: str) -> Problem:
    """The refusal of a file on which the program failed: with an error, or so that its process ended (``JobLost``)."""
    what = Words(f"程序处理这份时出错（{echo(name)}）", f"the program failed on it ({echo(name)})")
    mend = Words("请报告这个问题；再运行 --resume 会重试", "please report it; --resume tries it again")
    return Problem("program_error", place, what, mend)


def _problems(error: InputError | OSError, place: Place) -> tuple[Problem, ...]:
    if isinstance(error, InputError):
        return error.problems
    return (unreadable(place),)


def _refused(
    key: bytes, item: Item, problems: Iterable[Problem], *, again: bool, subject: str | None = None
) -> Kept:
    return Kept(key, None, b"", (), packed(problems, item.place), again, None, None, subject, None, None)


def _read(folder: Path, name: str) -> tuple[bytes, bytes]:
    path = folder / name
    return bytes(path), digest_of(path)


@lru_cache(maxsize=1024)
def _digest(path: Path, _size: int, _changed: int) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def digest_of(path: Path) -> bytes:
    """The digest of a file that many submissions include; empty where there is none."""
    try:
        found = path.stat()
        return _digest(path, found.st_size, found.st_mtime_ns)
    except OSError:
        return b""
