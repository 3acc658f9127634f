"""What tables say of one subject → its submission: guarded, typed and cross-checked like every other."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from evaluator.catalogue import Catalogue
from evaluator.errors import Fault, InputError, Place, Problem, SubmissionError, Words
from evaluator.guarding import persons_of
from evaluator.leniency import without_faulty_items
from evaluator.loading.fast_reading import surely_submission
from evaluator.loading.files import placed
from evaluator.loading.submissions import Received
from evaluator.observation import Observation
from evaluator.persons import echo
from evaluator.reading import Source
from evaluator.submission import Submission, in_order
from evaluator.submission_faults import submission_faults


class Read(NamedTuple):
    """One row of subjects: where it stands, the subject's id as it may be printed, and the submission or every problem of it."""

    place: Place
    id: str
    submission: Submission | None
    problems: tuple[Problem, ...] = ()


def read(place: Place, source: Source | InputError, catalogue: Catalogue) -> Read:
    """The submission that ``source`` says, or its problems; ``place`` is that of its subject's row."""
    if isinstance(source, InputError):
        return Read(place, "", None, source.problems)
    try:
        submission = submission_of(source, catalogue)
    except SubmissionError as error:
        return Read(place, echo(_id(source.data)), None, error.problems)
    return Read(place, submission.subject.id, submission)


def submission_of(source: Source, catalogue: Catalogue) -> Submission:
    """The submission that ``source`` says; raises ``SubmissionError`` with every problem."""
    return received(source, catalogue).submission


def received(source: Source, catalogue: Catalogue, *, lenient: bool = False) -> Received:
    """The submission that ``source`` says; raises ``SubmissionError`` with every problem.

    ``lenient`` sets a faulty item aside as an observation, as it does of a file.
    """
    found = None if source.faults else surely_submission(source.data, catalogue)
    if found is not None:
        return Received(found)
    guarded = persons_of(source, catalogue)
    if not guarded.problems and not source.faults:
        submission = _plainly(source.data, catalogue)
        if submission is not None:
            return Received(in_order(submission))
    without, problems = _without_faults(source, catalogue)
    if lenient and without is not None and not guarded.problems:
        return Received(in_order(without), tuple(map(_set_aside, problems)))
    raise SubmissionError(dict.fromkeys((*guarded.problems, *map(guarded.silenced, problems))))


def _plainly(data: Any, catalogue: Catalogue) -> Submission | None:
    try:
        submission = Submission.model_validate(data)
    except ValidationError:
        return None
    sound = not submission.includes and not any(
        submission_faults(submission, catalogue, submission.subject.kind)
    )
    return submission if sound else None


def _without_faults(source: Source, catalogue: Catalogue) -> tuple[Submission | None, list[Problem]]:
    # As in a form every faulty cell is told at once, whatever else is wrong.
    try:
        submission, faults = without_faulty_items(source, catalogue)
    except InputError as error:
        return None, list(error.problems)
    if submission.includes:
        what = Words("表里的申报不能引用别的申报", "a submission in a table cannot include others")
        mend = Words("先把引用的内容并入这份申报", "join what it includes to it first")
        return None, placed([*faults, Fault("nested_include", ("includes",), what, mend)], source)
    return submission, placed(faults, source)


def _set_aside(problem: Problem) -> Observation:
    # The folder that a file lies in is no part of a result that has to be the same elsewhere.
    place = problem.place._replace(file=Path(problem.place.file).name)
    zh = f"填报有误，暂不计分（{place}）：{problem.what.zh}"
    return Observation(
        "set_aside", (), Words(zh, f"faulty, set aside, not scored ({place}): {problem.what.en}")
    )


def _id(data: Any) -> object:
    subject = data.get("subject") if isinstance(data, dict) else None
    return subject.get("id", "") if isinstance(subject, dict) else ""
