"""Submissions, wherever they lie, one after the other: what tables are written from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evaluator.catalogue import Catalogue
from evaluator.errors import InputError, Problem, SubmissionError
from evaluator.loading.crowds import submissions_in
from evaluator.loading.files import refused
from evaluator.loading.submissions import load_submission, submission_in
from evaluator.loading.unpacked import called
from evaluator.submission import Submission

LINES = ".jsonl"
# A whole province of bad files is told of as well by its first thousand problems.
MOST_PROBLEMS = 1000


def gathered(source: Path, catalogue: Catalogue) -> Iterator[Submission]:
    """Each submission in ``source``: a file, a package, a folder of them, or JSON lines.

    Raises ``SubmissionError`` with the problems of all of them when the last has been read.
    """
    problems: list[Problem] = []
    found = _lines(source, catalogue) if source.suffix.lower() == LINES else _files(source, catalogue)
    for one in found:
        if isinstance(one, Submission):
            yield one
        else:
            problems.extend(one.problems)
            if len(problems) >= MOST_PROBLEMS:
                break
    if problems:
        raise SubmissionError(problems)


def _files(source: Path, catalogue: Catalogue) -> Iterator[Submission | InputError]:
    for path in submissions_in([source]).paths:
        try:
            yield load_submission(path, catalogue)
        except InputError as error:
            yield error


def _lines(source: Path, catalogue: Catalogue) -> Iterator[Submission | InputError]:
    try:
        with source.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _line(line, called(source), number, catalogue)
    except OSError:
        yield refused(source, "unreadable", "文件读不出来", "the file cannot be read")


def _line(content: bytes, name: str, number: int, catalogue: Catalogue) -> Submission | InputError:
    try:
        # The name's ending says how a text is written.
        return submission_in(content, f"{name}.json", catalogue)
    except InputError as error:
        return InputError(
            one._replace(place=one.place._replace(file=name, line=number)) for one in error.problems
        )
