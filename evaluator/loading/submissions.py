"""Submissions: a form with what it includes and the files that came with it, typed, validated and cross-checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from evaluator.algorithms import Algorithm
from evaluator.catalogue import Catalogue
from evaluator.errors import Fault, InputError, Place, Problem, SubmissionError, Words
from evaluator.guarding import persons_of
from evaluator.including import include_faults, joined
from evaluator.leniency import without_faulty_items
from evaluator.limits import in_force, raising
from evaluator.loading.examining import record_of
from evaluator.loading.fast_reading import fast
from evaluator.loading.files import TEXTS, placed, read_text, refused, unknown_type
from evaluator.loading.forms import form_in, is_form, largest_workbook, pictures_in, version_notes
from evaluator.loading.packages import Alone, Form, Package, opened
from evaluator.loading.parts import placed as placed_in
from evaluator.loading.rulesets import Loaded, shared_catalogue
from evaluator.observation import Observation
from evaluator.packages.findings import file_findings, with_evidence
from evaluator.packages.manifest import as_matched
from evaluator.packages.matching import resolved
from evaluator.packages.records import FileRecord
from evaluator.persons import PERSON_CODES, persons_in
from evaluator.reading import Source
from evaluator.submission import Submission, in_order
from evaluator.submission_faults import submission_faults
from evaluator.validating import validate
from evaluator.workbook.read import Note

if TYPE_CHECKING:
    from evaluator.workbook.reading import FilledForm

_KINDS = Words("用 .yaml、.json、.xlsx、文件夹或 .zip", "use .yaml, .json, .xlsx, a folder or .zip")


class Received(NamedTuple):
    """A submission as it arrived: what was read, and what a reader of the result must know of how.

    ``notes`` say what in a workbook was read otherwise than it is plainly written; ``files`` are those that came with it, each
    with the evidence that it belongs to; None where a form came alone. ``includes`` are the names of the forms that it joined.
    """

    submission: Submission
    observations: tuple[Observation, ...] = ()
    notes: tuple[Note, ...] = ()
    files: tuple[FileRecord, ...] | None = None
    includes: tuple[str, ...] = ()


class Answered(NamedTuple):
    """Everything that can be said of a form that was filled in on pages.

    ``own`` is what it states itself, ``received`` that with what it includes and its files: None where it cannot be used.
    """

    own: Submission | None
    received: Received | None
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...] = ()


class Examined(NamedTuple):
    """Everything that can be said of a submission: what was received, if it can be used, with its notes and every problem."""

    received: Received | None
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...] = ()

    @property
    def submission(self) -> Submission | None:
        """What was read; None where it cannot be used."""
        return self.received.submission if self.received else None


def load_submission(path: Path | str, catalogue: Catalogue | None = None) -> Submission:
    """The submission in ``path`` with what it includes; raises ``SubmissionError`` with every problem.

    ``catalogue`` says what may stand in it: a ruleset's own (``Loaded.catalogue``), else the shared one.
    """
    return receive(path, catalogue).submission


def receive(
    origin: Path | str | Alone | Package,
    catalogue: Catalogue | None = None,
    *,
    lenient: bool = False,
    rulesets: Iterable[Loaded] = (),
    algorithm: Algorithm = "sha256",
) -> Received:
    """The submission in a form, a folder or an archive, with what it includes, its files, and what was observed on reading them.

    ``lenient`` sets a faulty item or file aside as an observation and reads the rest; what makes a form or a package as a whole
    unusable, and whatever concerns a person, is refused all the same. ``rulesets`` are compared with those that a form was made
    from. ``algorithm`` is that of the digests of files; a ``Package`` has its own. Raises ``SubmissionError`` with every problem.
    """
    if isinstance(origin, Path | str):
        try:
            with opened(origin, algorithm=algorithm) as found:
                return receive(found, catalogue, lenient=lenient, rulesets=rulesets)
        except InputError as error:
            raise SubmissionError(error.problems) from None
    reader = _Reader(catalogue or shared_catalogue(), rulesets, lenient=lenient)
    received = reader.received(origin)
    if received is None or reader.problems:
        raise SubmissionError(dict.fromkeys(reader.problems))
    return received


def examine(
    path: Path | str, catalogue: Catalogue | None = None, rulesets: Iterable[Loaded] = ()
) -> Examined:
    """What ``receive`` reads, refuses and notes, all together."""
    reader = _Reader(catalogue or shared_catalogue(), rulesets, lenient=False)
    received = None
    try:
        with opened(path) as origin:
            received = reader.received(origin)
    except InputError as error:
        reader.problems.extend(error.problems)
    problems = SubmissionError(dict.fromkeys(reader.problems)).problems
    return Examined(None if problems else received, problems, tuple(reader.notes))


def examine_answers(
    filled: FilledForm,
    catalogue: Catalogue,
    files: Iterable[FileRecord] | None = None,
    beside: Mapping[str, bytes] = MappingProxyType({}),
    *,
    lenient: bool = False,
) -> Answered:
    """What ``receive`` and ``examine`` say, of a form that was filled in on pages (``evaluator.workbook.paging``).

    ``files`` are those that came with it, None where none could come; ``beside`` the forms that it may include, by their names.
    """
    reader = _Reader(catalogue, (), lenient=lenient)
    reader.notes.extend(filled.notes)
    own = reader.own(filled)
    received = None if own is None else reader.beside(own, filled.source, files, beside)
    problems = SubmissionError(dict.fromkeys(reader.problems)).problems
    return Answered(
        None if own is None else in_order(own), None if problems else received, problems, tuple(reader.notes)
    )


def receive_kept(
    content: bytes,
    name: str,
    catalogue: Catalogue,
    files: Iterable[FileRecord] | None = None,
    beside: Mapping[str, bytes] = MappingProxyType({}),
) -> Received:
    """What ``receive`` reads of a form of that name in a folder with ``files``, of which only the records are kept.

    ``beside`` are the forms that it includes, by their names. Raises ``SubmissionError`` with every problem.
    """
    reader = _Reader(catalogue, (), lenient=False)
    found = reader.alone(lambda: Form(name, name, lambda _largest: content))
    received = None if found is None else reader.beside(*found, files, beside)
    if received is None or reader.problems:
        raise SubmissionError(dict.fromkeys(reader.problems))
    return received


def load_alone(path: Path | str, catalogue: Catalogue | None = None) -> Received:
    """The submission in ``path`` as it stands, without what it includes; raises ``SubmissionError`` with every problem."""
    reader = _Reader(catalogue or shared_catalogue(), (), lenient=False)
    try:
        with opened(path) as origin:
            found = reader.alone(origin.form)
    except InputError as error:
        raise SubmissionError(error.problems) from None
    if found is None or reader.problems:
        raise SubmissionError(dict.fromkeys(reader.problems))
    return Received(in_order(found[0]), (), tuple(reader.notes))


def submission_in(content: bytes, name: str, catalogue: Catalogue) -> Submission:
    """The submission in the bytes of a file of that name, without what it includes; raises ``SubmissionError``."""
    return form_alone(lambda: Form(name, name, lambda _largest: content), catalogue)


def form_alone(find: Callable[[], Form], catalogue: Catalogue) -> Submission:
    """The submission in a form, without what it includes; raises ``SubmissionError`` with every problem."""
    reader = _Reader(catalogue, (), lenient=False)
    found = reader.alone(find)
    if found is None or reader.problems:
        raise SubmissionError(dict.fromkeys(reader.problems))
    return in_order(found[0])


class _Beside:
    """The forms that lie beside one that has no file of its own."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents

    def included(self, name: str) -> Form:
        """The form of this name; raises ``InputError`` where there is none."""
        if name not in self.contents:
            mend = Words("街道提交后才能引用", "it can be included once the street has submitted it")
            raise refused(
                name, "no_file", "找不到引用的街道申报", "there is no such statement of a street", mend
            )
        return Form(name, name, lambda _largest: self.contents[name])


class _Reader:
    def __init__(self, catalogue: Catalogue, rulesets: Iterable[Loaded], *, lenient: bool) -> None:
        self.catalogue, self.rulesets, self.lenient = catalogue, tuple(rulesets), lenient
        self.problems: list[Problem] = []
        self.observations: list[Observation] = []
        self.notes: list[Note] = []
        self.includes: tuple[str, ...] = ()
        # The forms that were read, by how messages call them; of those with pictures in their cells, the bytes.
        self.forms: dict[str, bytes] = {}

    def received(self, origin: Alone | Package) -> Received | None:
        """The submission of ``origin`` with its files; None where it cannot be used."""
        submission = self.whole(origin)
        files = self.files(origin) if isinstance(origin, Package) else None
        if isinstance(origin, Alone):
            # Nothing else is asked of pictures that came without their files.
            self.problems.extend(one for one in self._pictures(origin)[1] if one.code in PERSON_CODES)
        if submission is None or self.problems:
            return None
        if not isinstance(origin, Package) or files is None:
            return Received(
                in_order(submission), tuple(self.observations), tuple(self.notes), includes=self.includes
            )
        if origin.manifest is not None:
            submission = as_matched(submission, origin.manifest)
        return self._with_files(submission, files, origin.spare_forms())

    def own(self, filled: FilledForm) -> Submission | None:
        """What a form that was filled in on pages states itself."""
        return self._checked(filled.source, None, filled.persons)

    def beside(
        self,
        own: Submission,
        source: Source,
        files: Iterable[FileRecord] | None,
        contents: Mapping[str, bytes],
    ) -> Received | None:
        """The submission with what it includes of ``contents``, and its files; None where it cannot be used."""
        self.includes = own.includes
        submission = self._with_includes(own, source, _Beside(contents))
        if self.problems:
            return None
        if files is None:
            observed = tuple(self.observations)
            return Received(in_order(submission), observed, tuple(self.notes), includes=self.includes)
        return self._with_files(submission, list(files), ())

    def _with_files(
        self, submission: Submission, files: Collection[FileRecord], spare: Iterable[str]
    ) -> Received:
        submission = in_order(submission)
        found = resolved(submission, (one.name for one in files))
        listed = with_evidence(files, submission, found)
        seen = file_findings(submission, listed, found, spare)
        return Received(submission, (*self.observations, *seen), tuple(self.notes), listed, self.includes)

    def whole(self, origin: Alone | Package) -> Submission | None:
        plain = None if self.lenient else self._beyond_doubt(origin)
        if plain is not None:
            return plain
        found = self.alone(origin.form)
        if found is None:
            return None
        return self._with_includes(*found, origin)

    def _with_includes(
        self, submission: Submission, source: Source, origin: Alone | Package | _Beside
    ) -> Submission:
        most = in_force().most_includes
        if len(submission.includes) > most:
            what = Words(f"includes 超过 {most} 个", f"more than {most} includes")
            mend = raising("most_includes")
            self.problems.append(source.problem("many_includes", ("includes",), what, mend))
        self.includes = submission.includes
        merged = submission
        for n, name in enumerate(submission.includes[:most]):
            merged = self._joined(merged, name, n, origin, source)
        if not self.problems and merged is not submission:
            # Each file is sound alone: what is wrong now contradicts across files.
            self.problems.extend(
                placed(submission_faults(merged, self.catalogue, submission.subject.kind), source)
            )
        return merged

    def _beyond_doubt(self, origin: Alone | Package) -> Submission | None:
        """The submission of a JSON form that includes nothing, where nothing can be wrong with it."""
        try:
            form = origin.form()
            if not form.name.lower().endswith(".json"):
                return None
            found = fast(form.read("largest_submission"), form.name, self.catalogue)
        except InputError:
            return None
        if found is not None:
            self.forms[form.shown] = b""
        return found

    def files(self, origin: Package) -> list[FileRecord] | None:
        """The files that came with the form, and the pictures in its cells; leniently, those that can be used."""
        try:
            examined = origin.examined()
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        pictures, problems = self._pictures(origin)
        for problem in (*examined.problems, *problems):
            # A form that was changed after it was packed is no faulty item.
            if self.lenient and problem.code not in PERSON_CODES and problem.place.file not in self.forms:
                self.observations.append(_file_aside(problem, str(origin.path)))
            else:
                self.problems.append(problem)
        return [*examined.files, *pictures]

    def _pictures(self, origin: Alone | Package) -> tuple[list[FileRecord], list[Problem]]:
        """The pictures that stand in the forms' cells alone: packing puts them beside the form as well."""
        files: list[FileRecord] = []
        problems: list[Problem] = []
        for shown, content in self.forms.items():
            for name, picture in pictures_in(content, shown).items() if content else ():
                if isinstance(origin, Package) and origin.holds(name):
                    continue
                found = (
                    record_of(name, picture, origin.limits, origin.algorithm)
                    if isinstance(origin, Package)
                    else record_of(name, picture)
                )
                if isinstance(found, FileRecord):
                    files.append(found)
                else:
                    problems.extend(placed_in(found, shown))
        return files, problems

    def _joined(
        self, merged: Submission, name: str, n: int, origin: Alone | Package | _Beside, source: Source
    ) -> Submission:
        if Path(name).is_absolute() or PurePosixPath(name).is_absolute():
            what = Words("includes 只能写相对路径", "includes are relative paths")
            self.problems.append(source.problem("absolute_include", ("includes", n), what))
            return merged
        found = self.alone(lambda: origin.included(name), merged.subject.kind)
        if found is None:
            return merged
        other, beside = found
        self.problems.extend(placed(include_faults(merged, other), beside))
        return joined(merged, other)

    def alone(self, find: Callable[[], Form], kind: str | None = None) -> tuple[Submission, Source] | None:
        """One form; ``kind`` is the kind of who includes it: what a street states is evidence of its communities."""
        persons: list[Problem] = []
        try:
            form = find()
            persons.extend(persons_in([(Place(form.shown), form.name)]))
            source = self._source(form, persons)
        except InputError as error:
            self.problems.extend((*persons, *error.problems))
            return None
        submission = self._checked(source, kind, persons)
        return None if submission is None else (submission, source)

    def _source(self, form: Form, persons: list[Problem]) -> Source:
        """The data of ``form``: what its name ends in says how it is written."""
        self.forms[form.shown] = b""
        if not is_form(Path(form.name)):
            if not form.name.lower().endswith(TEXTS):
                raise unknown_type(form.shown, _KINDS)
            return read_text(form.read("largest_submission"), form.shown, guarded=True)
        content = form.read(largest_workbook(form.shown))
        filled = form_in(content, form.shown)
        if filled.pictures:
            self.forms[form.shown] = content
        self.notes.extend((*filled.notes, *version_notes(filled, self.rulesets)))
        persons.extend(filled.persons)
        return filled.source

    def _checked(self, source: Source, kind: str | None, persons: Iterable[Problem]) -> Submission | None:
        """The submission that ``source`` says; its faults are noted, or leniently set aside.

        Nothing of a file that holds anything about a person is used, not even what it includes: ``persons`` were found before.
        """
        guarded = persons_of(source, self.catalogue)
        found = list(dict.fromkeys((*persons, *guarded.problems)))
        submission, others = self._typed(source, kind, lenient=self.lenient and not found)
        self.problems.extend((*found, *map(guarded.silenced, others)))
        return None if found else submission

    def _typed(
        self, source: Source, kind: str | None, *, lenient: bool
    ) -> tuple[Submission | None, list[Problem]]:
        try:
            if lenient:
                submission, faults = without_faulty_items(source, self.catalogue, kind)
                self.observations.extend(_set_aside(faults, source))
                return submission, []
            if source.cells is not None:
                # In a form every faulty cell is told at once, whatever else is wrong.
                submission, faults = without_faulty_items(source, self.catalogue, kind)
                return submission, placed(faults, source)
            submission = validate(Submission, source)
        except InputError as error:
            return None, list(error.problems)
        return submission, placed(
            submission_faults(submission, self.catalogue, kind or submission.subject.kind), source
        )


def _file_aside(problem: Problem, top: str) -> Observation:
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
