"""What goes into a package: a form, the files that it names, and loose files whose names say where they belong."""

from __future__ import annotations

import json
import os
import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

import yaml

from evaluator.catalogue import Catalogue
from evaluator.errors import Fault, InputError, Place, Problem, SubmissionError, Words
from evaluator.loading.files import TEXTS, contents, is_folder, refused
from evaluator.loading.forms import FORMS, pictures_of_form
from evaluator.loading.members import folder_members
from evaluator.loading.packages import Alone, Package, opened
from evaluator.loading.parts import placed
from evaluator.loading.submissions import load_alone, receive
from evaluator.packages.forms import form_data
from evaluator.packages.manifest import CATALOGUES, NAME, Manifest, with_files
from evaluator.packages.matching import Names, by_habit, days_of
from evaluator.packages.names import IN_NAME, clashes, name_fault, person_faults, shown
from evaluator.packages.records import Limits, package_limits
from evaluator.submission import Submission, natural

_LARGEST_SOURCES = 2**40


class Loose(NamedTuple):
    """A file that may go in: its name from the folder that was given, and where it lies."""

    name: str
    path: Path
    open: Callable[[], BinaryIO]


class Item(NamedTuple):
    """A file that goes in: its name in the package, what it belongs to, where it lies."""

    name: str
    evidence: tuple[str, ...]
    path: Path
    open: Callable[[], BinaryIO]


class Plan(NamedTuple):
    """A package to be made: the submission read back from it, its forms by name, its files, and what stays out and why.

    ``before`` is the manifest of an earlier packing that lies in the folder.
    """

    submission: Submission
    forms: dict[str, bytes]
    items: tuple[Item, ...]
    unmatched: tuple[tuple[str, Words], ...]
    before: Manifest | None = None


def planned(
    form: Path,
    sources: Iterable[Path] = (),
    catalogue: Catalogue | None = None,
    *,
    outputs: Iterable[Path] = (),
    limits: Limits | None = None,
) -> Plan:
    """What goes into the package of ``form`` (a form, or a folder with one) and ``sources`` (files and folders).

    ``outputs`` are the archives that an earlier packing made: they do not go in. Raises ``SubmissionError`` with every problem.
    """
    limits = limits or package_limits()
    try:
        if form.suffix.lower() == ".zip" and form.is_file():
            mend = Words("给出申报表或文件夹", "give the form or a folder")
            raise refused(form, "packed_already", "这已经是压缩包", "this is an archive already", mend)
        with opened(form, limits._replace(total=_LARGEST_SOURCES)) as origin:
            return _planned(origin, sources, catalogue, {_real(path) for path in outputs}, limits)
    except InputError as error:
        raise SubmissionError(error.problems) from None


def _planned(
    origin: Alone | Package,
    sources: Iterable[Path],
    catalogue: Catalogue | None,
    outputs: set[Path],
    limits: Limits,
) -> Plan:
    alone = Alone(_form_path(origin)) if isinstance(origin, Package) else origin
    home = alone.path.parent
    submission = receive(alone, catalogue).submission
    problems: list[Problem] = []
    folders = [home, *sources] if isinstance(origin, Package) else [*sources]
    included = load_alone(alone.path, catalogue).submission.includes
    aside = {_real(alone.path), *(_real(alone.path.parent / name) for name in included), *outputs}
    # Photographs may be much larger before they are shrunk.
    loose = list(_loose(folders, aside, limits._replace(total=_LARGEST_SOURCES), problems))
    paths = [alone.path, *(alone.path.parent / name for name in included)]
    items, problems_of_names = _named(submission, loose, alone.path, dict(_pictures(paths)))
    problems.extend(problems_of_names)
    taken = {item.path for item in items}
    more, unmatched = _by_habit(submission, [one for one in loose if one.path not in taken])
    items.extend(more)
    problems.extend(_faults(items))
    forms, beside = _forms(alone, included)
    problems.extend(beside)
    if problems:
        raise InputError(dict.fromkeys(problems))
    belongs: dict[str, list[str]] = {}
    for item in more:
        belongs.setdefault(item.evidence[0], []).append(item.name)
    matched = with_files(submission, {one: sorted(names, key=natural) for one, names in belongs.items()})
    if alone.path.suffix.lower() in TEXTS:
        forms = {f"submission{alone.path.suffix.lower()}": _written(matched, alone.path)}
    before = origin.manifest if isinstance(origin, Package) else None
    in_order = tuple(sorted(items, key=lambda one: one.name))
    return Plan(matched, forms, in_order, tuple(unmatched), before)


def _form_path(folder: Package) -> Path:
    member = folder.members[folder.form_name()]
    return member.path or folder.path / member.name


def _pictures(forms: Iterable[Path]) -> Iterator[tuple[str, Loose]]:
    """The pictures in the cells of the workbooks among ``forms``, by the names under which these list them as files."""
    for form in forms:
        if form.suffix.lower() in FORMS:
            for name, content in pictures_of_form(form).items():
                yield name, Loose(name, form / name, partial(BytesIO, content))


def _real(path: Path) -> Path:
    # A link to itself stays what it is, and is refused where it is read.
    return Path(os.path.realpath(path))


def _loose(
    sources: Iterable[Path], aside: set[Path], limits: Limits, problems: list[Problem]
) -> Iterator[Loose]:
    seen = set(aside)
    for source in sources:
        for one in _files(source, limits, problems):
            if one.path not in seen and one.name not in (NAME, *CATALOGUES):
                seen.add(one.path)
                yield one


def _files(source: Path, limits: Limits, problems: list[Problem]) -> Iterator[Loose]:
    if is_folder(source):
        members, faults = folder_members(source, limits)
        problems.extend(placed(faults, shown(source)))
        yield from (Loose(one.name, _real(one.path), one.open) for one in members if one.path)
    elif source.is_file():
        wrong = name_fault(source.name)
        if wrong is not None:
            problems.append(Problem(wrong.code, Place(str(source)), wrong.what, wrong.mend))
        else:
            yield Loose(source.name, _real(source), lambda: source.open("rb"))
    else:
        problems.append(Problem("no_file", Place(str(source)), Words("找不到文件", "there is no such file")))


def _named(
    submission: Submission, loose: Iterable[Loose], form: Path, pictures: Mapping[str, Loose]
) -> tuple[list[Item], list[Problem]]:
    """The files that the form names, ``pictures`` in its cells among them; what it names and is nowhere stays absent."""
    there = Names((one.name, one) for one in loose)
    items: dict[str, Item] = {}
    problems: list[Problem] = []
    for _, _, entry in submission.entries():
        for named in dict.fromkeys(entry.files):
            wrong = name_fault(named)
            if wrong is not None:
                problems.extend(placed([wrong], shown(form)))
                continue
            found = [pictures[named]] if named in pictures else _meant(named, there, form)
            if len(found) > 1:
                paths = sorted(str(one.path) for one in found)
                what = Words(
                    f"{shown(named)} 有几个同名文件，无法确定是哪一个",
                    f"several files are called {shown(named)}",
                )
                mend = Words(f"只给出其中一个：{'、'.join(paths)}", f"give one of them: {', '.join(paths)}")
                problems.append(Problem("several_files", Place(str(form)), what, mend))
            elif found:
                before = items.get(named)
                evidence = (*(before.evidence if before else ()), entry.id)
                items[named] = Item(named, tuple(sorted(evidence, key=natural)), found[0].path, found[0].open)
    return list(items.values()), problems


def _meant(named: str, there: Names[Loose], form: Path) -> list[Loose]:
    beside = form.parent / named
    found = there.meant(named)
    exact = [one for one in found if one.path == _real(beside)]
    if exact or found:
        return exact or found
    if beside.is_file() and not beside.is_symlink():
        return [Loose(named, _real(beside), lambda: beside.open("rb"))]
    return []


def _by_habit(submission: Submission, loose: Iterable[Loose]) -> tuple[list[Item], list[tuple[str, Words]]]:
    days = days_of(submission)
    items: list[Item] = []
    unmatched: list[tuple[str, Words]] = []
    for one in sorted(loose, key=lambda one: natural(one.name)):
        habit = by_habit(one.name, days)
        if habit.evidence is not None:
            name = unicodedata.normalize("NFC", one.name.rpartition("/")[2])
            items.append(Item(name, (habit.evidence,), one.path, one.open))
        elif habit.why is not None:
            unmatched.append((one.name, habit.why))
    return items, unmatched


def _faults(items: Sequence[Item]) -> Iterator[Problem]:
    paths: dict[str, Path] = {}
    for item in items:
        paths.setdefault(item.name, item.path)
    names = [item.name for item in items]
    for fault in (*person_faults(((name, name) for name in names), IN_NAME), *clashes(names)):
        yield from _at(fault, paths[str(fault.path[0])])


def _at(fault: Fault, path: Path) -> Iterator[Problem]:
    yield Problem(fault.code, Place(str(path.with_name(shown(path.name)))), fault.what, fault.mend)


def _forms(alone: Alone, included: Iterable[str]) -> tuple[dict[str, bytes], list[Problem]]:
    """A form that is kept as it is (a workbook), with what it includes."""
    suffix = alone.path.suffix.lower()
    if suffix in TEXTS:
        return {}, []
    forms = {f"submission{suffix}": contents(alone.path, "largest_submission")}
    problems: list[Problem] = []
    for name in included:
        inside = posixpath.normpath(name)
        wrong = name_fault(inside)
        if wrong is not None:
            what = Words("includes 指向文件夹之外", "includes points outside the folder")
            mend = Words("把被引用的文件放到申报表的文件夹里", "put the included file into the form's folder")
            problems.append(Problem("include_outside", Place(str(alone.path)), what, mend))
        else:
            forms[inside] = contents(alone.path.parent / inside, "largest_submission")
    return forms, problems


def _written(submission: Submission, path: Path) -> bytes:
    data = form_data(submission)
    if path.suffix.lower() == ".json":
        return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100_000)
    return text.encode()
