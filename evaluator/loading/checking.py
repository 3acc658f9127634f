"""A ruleset's folder as ``rules check`` reads it: every fault of every file at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import ValidationError

from evaluator.catalogue import KINDS, Catalogue
from evaluator.checking import (
    case_faults,
    citation_faults,
    clause_faults,
    coverage_faults,
    ruleset_faults,
)
from evaluator.checking.codes import CODES, severity
from evaluator.checking.linting import lint_faults
from evaluator.checking.naming import naming
from evaluator.checking.narrowing import narrowed, told_once
from evaluator.checking.partial import all_of, at_their_numbers, sound_cases, sounder
from evaluator.checking.published import vanished_faults
from evaluator.errors import Fault, InputError, Problem, RulesetError
from evaluator.guarding import Guarded, persons_of
from evaluator.loading.files import contents, placed, read_text
from evaluator.loading.resolving import RULES
from evaluator.loading.rulesets import catalogue_folder, catalogue_of, misnamed
from evaluator.loading.unpacked import called as shown
from evaluator.loading.version_files import version_problems
from evaluator.model import Model
from evaluator.reading import Source
from evaluator.ruleset import Clauses, Ruleset
from evaluator.tracing.pinning import stale
from evaluator.tracing.pins import Trace
from evaluator.validating import MOST_FAULTS, faults_of, validate
from evaluator.versions import Versions

if TYPE_CHECKING:
    from evaluator.cases import CaseFile

M = TypeVar("M", bound=Model)
_NOTHING = Catalogue()
_ROUNDS = 3
OF_THE_CATALOGUE = frozenset({"unknown_item", "unknown_part", "item_not_for_subject", "percent_perhaps"})


class Checked(NamedTuple):
    """A ruleset folder as ``rules check`` sees it: what could be read, every problem, and what is only worth a look.

    Of a ruleset with faults of form ``ruleset`` is None, yet the rest of it was checked.
    """

    folder: Path
    ruleset: Ruleset | None
    catalogue: Catalogue | None
    cases: CaseFile | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


class _File(NamedTuple):
    # One file as it was read: its source where it parses, and what is wrong with it; the names that no message may repeat.
    source: Source | None
    problems: tuple[Problem, ...]
    names: frozenset[str]


def check_ruleset(folder: Path) -> Checked:
    """Every problem of a ruleset's folder: ruleset, catalogue, clauses, cases and versions."""
    from evaluator.cases import CaseFile  # noqa: PLC0415 - scoring reads no cases

    problems: list[Problem] = []
    catalogue = catalogue_of(folder, problems)
    files = {name: _read(folder / f"{name}.yaml") for name in ("ruleset", "clauses", "cases")}
    for name in ("versions", "catalogue", "trace"):
        if (folder / f"{name}.yaml").is_file():
            files[name] = _read(folder / f"{name}.yaml")
    # Of the catalogue's files the syntax was told when it was put together: here only what concerns persons is added.
    own = [*files.values(), *_beside(folder)]
    problems.extend(problem for one in own for problem in one.problems)
    clauses = _typed(Clauses, files["clauses"].source, problems)
    cases = _typed(CaseFile, files["cases"].source, problems)
    versions = _typed(Versions, files["versions"].source, problems) if "versions" in files else None
    trace = _typed(Trace, files["trace"].source, problems) if "trace" in files else None
    source = files["ruleset"].source
    ruleset = _typed(Ruleset, source, problems)
    if source is not None:
        around = _Around(catalogue or _NOTHING, clauses, cases, versions, trace, files)
        found = _whole(ruleset, source, around) if ruleset is not None else _part(source, around)
        # While the catalogue is at fault, what it declares is not known: the rest is told all the same.
        problems.extend(one for one in found if catalogue is not None or one.code not in OF_THE_CATALOGUE)
    if source is not None and ruleset is not None:
        problems.extend(misnamed(ruleset, folder, source))
        if catalogue is not None and (versions is not None or "versions" not in files):
            problems.extend(version_problems(folder, ruleset, catalogue))
    return _sorted_out(Checked(folder, ruleset, catalogue, cases, ()), problems, own)


class _Around(NamedTuple):
    catalogue: Catalogue
    clauses: Clauses | None
    cases: CaseFile | None
    versions: Versions | None
    trace: Trace | None
    files: dict[str, _File]


def _whole(ruleset: Ruleset, source: Source, around: _Around) -> Iterator[Problem]:
    yield from placed(_of_the_rules(ruleset, around), source)
    for other, found in _of_the_others(ruleset, around):
        yield from placed(found, other)


def _of_the_rules(ruleset: Ruleset, around: _Around) -> Iterator[Fault]:
    yield from ruleset_faults(ruleset, around.catalogue)
    yield from lint_faults(ruleset, around.catalogue)
    if around.clauses is not None:
        yield from citation_faults(ruleset, around.clauses)
    if around.cases is not None:
        yield from coverage_faults(ruleset, around.cases)
    if around.versions is not None:
        yield from vanished_faults(ruleset, around.versions)
    if around.trace is not None and around.clauses is not None:
        yield from stale(ruleset, around.clauses, around.trace)


def _of_the_others(ruleset: Ruleset, around: _Around) -> Iterator[tuple[Source, Iterator[Fault]]]:
    clauses, cases = around.files["clauses"].source, around.files["cases"].source
    if around.clauses is not None and clauses is not None:
        yield clauses, clause_faults(ruleset, around.clauses)
    if around.cases is not None and cases is not None:
        yield cases, case_faults(ruleset, around.cases, around.catalogue)
    elif cases is not None:
        yield cases, _of_sound_cases(ruleset, cases, around.catalogue)


def _of_sound_cases(ruleset: Ruleset, source: Source, catalogue: Catalogue) -> Iterator[Fault]:
    from evaluator.cases import CaseFile  # noqa: PLC0415

    if not isinstance(source.data, dict):
        return
    try:
        CaseFile.model_validate(source.data)
    except ValidationError as error:
        sound = sound_cases(source.data, faults_of(error, CaseFile, source.data))
    else:
        return
    if sound is None:
        return
    data, numbers = sound
    try:
        cases = CaseFile.model_validate(data)
    except ValidationError:
        return
    yield from at_their_numbers(case_faults(ruleset, cases, catalogue), numbers)


def _part(source: Source, around: _Around) -> Iterator[Problem]:
    """The problems of what is left of a ruleset without its faults of form."""
    part = all_of(source.data) if isinstance(source.data, dict) else None
    ruleset = None
    # A check without its unknown keys may lack something: its criterion is left out in turn.
    for _ in range(_ROUNDS):
        if part is None:
            return
        try:
            ruleset = Ruleset.model_validate(part.data)
        except ValidationError as error:
            part = sounder(part, faults_of(error, Ruleset, part.data))
        else:
            break
    if part is None or ruleset is None:
        return
    yield from placed(part.in_the_file(_of_the_rules(ruleset, around), source.data), source)
    for other, found in _of_the_others(ruleset, around):
        yield from placed(part.in_the_file(found, other.data), other)


def _sorted_out(checked: Checked, problems: Iterable[Problem], files: Iterable[_File]) -> Checked:
    guarded = Guarded([], frozenset(name for one in files for name in one.names))
    # A file of the catalogue is read twice, and what is wrong with it told once.
    told = dict.fromkeys(guarded.silenced(one) if guarded.names else one for one in map(_with_mend, problems))
    grades: dict[str, list[Problem]] = {"error": [], "warning": []}
    for one in RulesetError(told).problems:
        grades[severity(one.code)].append(one)
    return checked._replace(problems=tuple(grades["error"]), warnings=tuple(grades["warning"]))


def _with_mend(problem: Problem) -> Problem:
    # What the message itself does not say, the table of codes does.
    if problem.mend is not None or problem.code not in CODES:
        return problem
    return problem._replace(mend=CODES[problem.code].mend)


def _beside(folder: Path) -> Iterator[_File]:
    # The installed catalogue comes with the program and is tested with it.
    shared = catalogue_folder(folder)
    if shared != RULES / "catalogue":
        for kind in KINDS:
            if (shared / f"{kind}.yaml").is_file():
                yield _read(shared / f"{kind}.yaml")


def _read(path: Path) -> _File:
    try:
        content = contents(path, "largest_rule_file")
    except InputError as error:
        return _File(None, error.problems, frozenset())
    return _parsed(content, shown(path))


@lru_cache(maxsize=16)
def _parsed(content: bytes, name: str) -> _File:
    # Whoever checks again after an edit waits for what was edited only.
    try:
        source = read_text(content, name, guarded=True, items="rule_items")
    except InputError as error:
        return _File(None, error.problems, frozenset())
    guarded = persons_of(source, _NOTHING)
    return _File(source, tuple(guarded.problems), guarded.names)


def _typed(model: type[M], source: Source | None, problems: list[Problem]) -> M | None:
    if source is None:
        return None
    if not isinstance(source.data, dict):
        try:
            return validate(model, source)
        except InputError as error:
            problems.extend(error.problems)
            return None
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        called = naming(source.data)
        found = told_once(faults_of(error, model, source.data, called, MOST_FAULTS))
        faults = (narrowed(one, source.data) for one in found)
        problems.extend(dict.fromkeys(placed(faults, source)))
        return None
