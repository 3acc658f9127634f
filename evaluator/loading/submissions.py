"""Submissions from files: read whole, or refused with every problem at once; leniently, without its faulty items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import Fault, InputError, Problem, SubmissionError, Words
from evaluator.including import include_faults, joined
from evaluator.integrity import Observation
from evaluator.leniency import without_faulty_items
from evaluator.loading.files import LARGEST_SUBMISSION, placed, read, read_text
from evaluator.loading.forms import form_in, is_form, read_filled, version_notes
from evaluator.loading.rulesets import Loaded, shared_catalogue
from evaluator.reading import Source
from evaluator.submission import Submission, in_order
from evaluator.submission_faults import submission_faults
from evaluator.validating import validate
from evaluator.workbook.read import Note

MOST_INCLUDES = 10


class Received(NamedTuple):
    """A submission as it arrived: what was read, and what a reader of the result must know of how.

    ``notes`` say what in a workbook was read otherwise than it is plainly written.
    """

    submission: Submission
    observations: tuple[Observation, ...] = ()
    notes: tuple[Note, ...] = ()


class Examined(NamedTuple):
    """Everything that can be said of a submission: what was read, if it can be used, with its notes and every problem."""

    submission: Submission | None
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...] = ()


def load_submission(path: Path | str, catalogue: Catalogue | None = None) -> Submission:
    """The submission in ``path`` with what it includes; raises ``SubmissionError`` with every problem.

    ``catalogue`` is the shared one unless a ruleset has items of its own.
    """
    return receive(path, catalogue).submission


def receive(
    path: Path | str,
    catalogue: Catalogue | None = None,
    *,
    lenient: bool = False,
    rulesets: Iterable[Loaded] = (),
) -> Received:
    """The submission in ``path`` with what it includes, and what was observed on reading it.

    ``lenient`` sets a faulty item aside as an observation and reads the rest; what makes the file as a whole unusable, and
    whatever concerns a person, is refused all the same. ``rulesets`` are compared with those that a form was made from. Raises
    ``SubmissionError`` with every problem.
    """
    reader = _Reader(catalogue or shared_catalogue(), rulesets, lenient=lenient)
    submission = reader.whole(Path(path))
    if submission is None or reader.problems:
        raise SubmissionError(reader.problems)
    return Received(in_order(submission), tuple(reader.observations), tuple(reader.notes))


def examine(
    path: Path | str, catalogue: Catalogue | None = None, rulesets: Iterable[Loaded] = ()
) -> Examined:
    """What ``receive`` reads, refuses and notes, all together."""
    reader = _Reader(catalogue or shared_catalogue(), rulesets, lenient=False)
    submission = reader.whole(Path(path))
    problems = SubmissionError(dict.fromkeys(reader.problems)).problems
    found = in_order(submission) if submission is not None and not problems else None
    return Examined(found, problems, tuple(reader.notes))


def load_alone(path: Path | str, catalogue: Catalogue | None = None) -> Received:
    """The submission in ``path`` as it stands, without what it includes; raises ``SubmissionError`` with every problem."""
    reader = _Reader(catalogue or shared_catalogue(), (), lenient=False)
    found = reader.alone(Path(path))
    if found is None or reader.problems:
        raise SubmissionError(reader.problems)
    return Received(in_order(found[0]), (), tuple(reader.notes))


def submission_in(content: bytes, name: str, catalogue: Catalogue) -> Submission:
    """The submission in the bytes of a file of that name, without what it includes; raises ``SubmissionError``."""
    reader = _Reader(catalogue, (), lenient=False)
    try:
        source = form_in(content, name).source if is_form(Path(name)) else read_text(content, name)
        found = reader.checked(source)
    except InputError as error:
        raise SubmissionError(error.problems) from None
    if reader.problems:
        raise SubmissionError(reader.problems)
    return in_order(found)


class _Reader:
    def __init__(self, catalogue: Catalogue, rulesets: Iterable[Loaded], *, lenient: bool) -> None:
        self.catalogue, self.rulesets, self.lenient = catalogue, tuple(rulesets), lenient
        self.problems: list[Problem] = []
        self.observations: list[Observation] = []
        self.notes: list[Note] = []

    def whole(self, path: Path) -> Submission | None:
        found = self.alone(path)
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
        found = self.alone(path.parent / wanted, merged.subject.kind)
        if found is None:
            return merged
        other, beside = found
        self.problems.extend(placed(include_faults(merged, other), beside))
        return joined(merged, other)

    def alone(self, path: Path, kind: str | None = None) -> tuple[Submission, Source] | None:
        """One file; ``kind`` is the kind of who includes it: what a street states is evidence of its communities."""
        try:
            source = self._source(path)
            return self.checked(source, kind), source
        except InputError as error:
            self.problems.extend(error.problems)
            return None

    def checked(self, source: Source, kind: str | None = None) -> Submission:
        """The submission that ``source`` says; its faults are set aside or noted, or raised where it has no use with them."""
        if self.lenient or source.cells is not None:
            submission, faults = without_faulty_items(source, self.catalogue, kind)
            if self.lenient:
                self.observations.extend(_set_aside(faults, source))
            else:
                # In a form every faulty cell is told at once, whatever else is wrong.
                self.problems.extend(placed(faults, source))
            return submission
        submission = validate(Submission, source)
        found = submission_faults(submission, self.catalogue, kind or submission.subject.kind)
        self.problems.extend(placed(found, source))
        return submission

    def _source(self, path: Path) -> Source:
        if not is_form(path):
            return read(path, LARGEST_SUBMISSION)
        form = read_filled(path)
        self.notes.extend((*form.notes, *version_notes(form, self.rulesets)))
        if form.persons:
            raise InputError((*form.persons, *placed(form.source.faults, form.source)))
        return form.source


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
