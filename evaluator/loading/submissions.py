"""Submissions from files: read whole, or refused with every problem at once; leniently, without its faulty items."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import Fault, InputError, Place, Problem, SubmissionError, Words
from evaluator.guarding import persons_of
from evaluator.including import include_faults, joined
from evaluator.integrity import Observation
from evaluator.leniency import without_faulty_items
from evaluator.loading.files import LARGEST_SUBMISSION, placed, read
from evaluator.loading.rulesets import shared_catalogue
from evaluator.persons import persons_in
from evaluator.reading import Source
from evaluator.submission import Submission, in_order
from evaluator.submission_faults import submission_faults
from evaluator.validating import validate

MOST_INCLUDES = 10


class Received(NamedTuple):
    """A submission as it arrived: what was read, and what a reader of the result must know of how."""

    submission: Submission
    observations: tuple[Observation, ...] = ()


def load_submission(path: Path | str, catalogue: Catalogue | None = None) -> Submission:
    """The submission in ``path`` with what it includes; raises ``SubmissionError`` with every problem.

    ``catalogue`` is the shared one unless a ruleset has items of its own.
    """
    return receive(path, catalogue).submission


def receive(path: Path | str, catalogue: Catalogue | None = None, *, lenient: bool = False) -> Received:
    """The submission in ``path`` with what it includes, and what was observed on reading it.

    ``lenient`` sets a faulty item aside as an observation and reads the rest; what makes the file as a whole unusable, and
    whatever concerns a person, is refused all the same. Raises ``SubmissionError`` with every problem.
    """
    reader = _Reader(catalogue or shared_catalogue(), lenient=lenient)
    submission = reader.whole(Path(path))
    if submission is None or reader.problems:
        raise SubmissionError(reader.problems)
    return Received(in_order(submission), tuple(reader.observations))


class _Reader:
    def __init__(self, catalogue: Catalogue, *, lenient: bool) -> None:
        self.catalogue, self.lenient = catalogue, lenient
        self.problems: list[Problem] = []
        self.observations: list[Observation] = []

    def whole(self, path: Path) -> Submission | None:
        found = self._one(path)
        if found is None:
            return None
        submission, source = found
        if len(submission.includes) > MOST_INCLUDES:
            what = Words(f"includes 超过 {MOST_INCLUDES} 个", f"more than {MOST_INCLUDES} includes")
            self.problems.append(source.problem("many_includes", ("includes",), what))
        merged = submission
        for n, name in enumerate(submission.includes[:MOST_INCLUDES]):
            merged = self._joined(merged, name, n, path, source)
        if not self.problems and merged is not submission:
            # Each file is sound alone: what is wrong now contradicts across files.
            self.problems.extend(
                placed(submission_faults(merged, self.catalogue, submission.subject.kind), source)
            )
        return merged

    def _joined(self, merged: Submission, name: str, n: int, path: Path, source: Source) -> Submission:
        wanted = Path(name)
        if wanted.is_absolute():
            what = Words("includes 只能写相对路径", "includes are relative paths")
            self.problems.append(source.problem("absolute_include", ("includes", n), what))
            return merged
        found = self._one(path.parent / wanted, merged.subject.kind)
        if found is None:
            return merged
        other, beside = found
        self.problems.extend(placed(include_faults(merged, other), beside))
        return joined(merged, other)

    def _one(self, path: Path, kind: str | None = None) -> tuple[Submission, Source] | None:
        try:
            source = read(path, LARGEST_SUBMISSION, guarded=True)
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        guarded = persons_of(source, self.catalogue)
        persons = [*persons_in([(Place(source.file), path.name)]), *guarded.problems]
        submission, others = self._typed(source, kind, lenient=self.lenient and not persons)
        self.problems.extend([*persons, *map(guarded.silenced, others)])
        # Nothing of a file that holds anything about a person is used, not even what it includes.
        return None if persons or submission is None else (submission, source)

    def _typed(
        self, source: Source, kind: str | None, *, lenient: bool
    ) -> tuple[Submission | None, list[Problem]]:
        # What a street states for its communities is evidence of theirs: ``kind`` is the kind of who includes it.
        try:
            if lenient:
                submission, faults = without_faulty_items(source, self.catalogue, kind)
                self.observations.extend(_set_aside(faults, source))
                return submission, []
            submission = validate(Submission, source)
        except InputError as error:
            return None, list(error.problems)
        return submission, placed(
            submission_faults(submission, self.catalogue, kind or submission.subject.kind), source
        )


def _set_aside(faults: list[Fault], source: Source) -> Iterator[Observation]:
    for one in dict.fromkeys(placed(faults, source)):
        # The folder that a file lies in is no part of a result that has to be the same elsewhere.
        place = one.place._replace(file=Path(one.place.file).name)
        yield Observation(
            "set_aside",
            (),
            Words(
                f"填报有误，暂不计分（{place}）：{one.what.zh}",
                f"faulty, set aside, not scored ({place}): {one.what.en}",
            ),
        )
