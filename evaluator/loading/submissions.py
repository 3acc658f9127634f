"""Submissions from files: read whole, or refused with every problem at once; leniently, without its faulty items."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import Fault, InputError, Problem, SubmissionError, Words
from evaluator.including import include_faults, joined
from evaluator.leniency import without_faulty_items
from evaluator.loading.files import placed, read_content
from evaluator.loading.packages import Alone, Examined, Package, opened
from evaluator.loading.rulesets import shared_catalogue
from evaluator.observation import Observation
from evaluator.packages.findings import file_findings, with_evidence
from evaluator.packages.manifest import as_matched
from evaluator.packages.matching import resolved
from evaluator.packages.records import FileRecord
from evaluator.reading import Source
from evaluator.submission import Submission, in_order
from evaluator.submission_faults import PERSON, submission_faults
from evaluator.validating import validate

MOST_INCLUDES = 10


class Received(NamedTuple):
    """A submission as it arrived: what was read, and what a reader of the result must know of how.

    ``files`` are those that came with it, each with the evidence that it belongs to; None where a form came alone.
    """

    submission: Submission
    observations: tuple[Observation, ...] = ()
    files: tuple[FileRecord, ...] | None = None


def load_submission(path: Path | str, catalogue: Catalogue | None = None) -> Submission:
    """The submission in ``path`` with what it includes; raises ``SubmissionError`` with every problem.

    ``catalogue`` is the shared one unless a ruleset has items of its own.
    """
    return receive(path, catalogue).submission


def receive(
    origin: Path | str | Alone | Package, catalogue: Catalogue | None = None, *, lenient: bool = False
) -> Received:
    """The submission in a form, a folder or an archive, with what it includes, its files, and what was observed on reading them.

    ``lenient`` sets a faulty item or file aside as an observation and reads the rest; what makes a form or a package as a whole
    unusable, and whatever concerns a person, is refused all the same. Raises ``SubmissionError`` with every problem.
    """
    if isinstance(origin, Path | str):
        try:
            with opened(origin) as found:
                return receive(found, catalogue, lenient=lenient)
        except InputError as error:
            raise SubmissionError(error.problems) from None
    reader = _Reader(catalogue or shared_catalogue(), origin, lenient=lenient)
    submission = reader.whole()
    examined = reader.files()
    if submission is None or reader.problems:
        raise SubmissionError(dict.fromkeys(reader.problems))
    if origin.manifest is not None:
        submission = as_matched(submission, origin.manifest)
    submission = in_order(submission)
    if examined is None:
        return Received(submission, tuple(reader.observations))
    found_names = resolved(submission, (one.name for one in examined.files))
    files = with_evidence(examined.files, submission, found_names)
    seen = file_findings(submission, files, found_names, origin.spare_forms())
    return Received(submission, (*reader.observations, *seen), files)


class _Reader:
    def __init__(self, catalogue: Catalogue, origin: Alone | Package, *, lenient: bool) -> None:
        self.catalogue, self.origin, self.lenient = catalogue, origin, lenient
        self.problems: list[Problem] = []
        self.observations: list[Observation] = []

    def whole(self) -> Submission | None:
        found = self._one(None)
        if found is None:
            return None
        submission, source = found
        if len(submission.includes) > MOST_INCLUDES:
            what = Words(f"includes 超过 {MOST_INCLUDES} 个", f"more than {MOST_INCLUDES} includes")
            self.problems.append(source.problem("many_includes", ("includes",), what))
        merged = submission
        for n, name in enumerate(submission.includes[:MOST_INCLUDES]):
            merged = self._joined(merged, name, n, source)
        if not self.problems and merged is not submission:
            # Each file is sound alone: what is wrong now contradicts across files.
            self.problems.extend(
                placed(submission_faults(merged, self.catalogue, submission.subject.kind), source)
            )
        return merged

    def files(self) -> Examined | None:
        """The files that came with the form; leniently, those that can be used."""
        try:
            examined = self.origin.examined()
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        for problem in examined.problems if examined else ():
            if self.lenient and problem.code != PERSON:
                self.observations.append(_file_aside(problem, self.origin.path))
            else:
                self.problems.append(problem)
        return examined

    def _joined(self, merged: Submission, name: str, n: int, source: Source) -> Submission:
        if Path(name).is_absolute() or PurePosixPath(name).is_absolute():
            what = Words("includes 只能写相对路径", "includes are relative paths")
            self.problems.append(source.problem("absolute_include", ("includes", n), what))
            return merged
        found = self._one(name, merged.subject.kind)
        if found is None:
            return merged
        other, beside = found
        self.problems.extend(placed(include_faults(merged, other), beside))
        return joined(merged, other)

    def _one(self, name: str | None, kind: str | None = None) -> tuple[Submission, Source] | None:
        # What a street states for its communities is evidence of theirs: ``kind`` is the kind of who includes it.
        try:
            raw = self.origin.form() if name is None else self.origin.included(name)
            source = read_content(raw.content, raw.shown)
            if self.lenient:
                submission, faults = without_faulty_items(source, self.catalogue, kind)
                self.observations.extend(_set_aside(faults, source))
            else:
                submission = validate(Submission, source)
                found = submission_faults(submission, self.catalogue, kind or submission.subject.kind)
                self.problems.extend(placed(found, source))
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        return submission, source


def _file_aside(problem: Problem, top: Path) -> Observation:
    name = problem.place.file.removeprefix(f"{top}/")
    words = Words(
        f"附件有误，暂不核对：{problem.what.zh}", f"a faulty file, set aside, not checked: {problem.what.en}"
    )
    return Observation("set_aside", (), words, (name,))


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
