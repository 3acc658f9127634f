"""Rulesets, the catalogue and worked cases from their folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evaluator.catalogue import KINDS, Catalogue, CatalogueFile
from evaluator.checking import ruleset_faults
from evaluator.errors import InputError, Place, Problem, RulesetError, Words, did_you_mean
from evaluator.loading.files import attempt, placed, read, typed
from evaluator.loading.resolving import RULES, find_ruleset, kept_versions
from evaluator.loading.unpacked import unpacked_from
from evaluator.loading.version_files import (
    changed_since_published,
    other_than_stated,
    recorded,
)
from evaluator.reading import Source, place_of
from evaluator.ruleset import Ruleset
from evaluator.validating import validate
from evaluator.versions import Versions

if TYPE_CHECKING:
    from evaluator.cases import CaseFile


class Loaded(NamedTuple):
    """A ruleset with the catalogue it may use and the folder it came from.

    ``versions`` say through which states its versions went; None where they are not recorded. ``changed`` says why the rules are
    not to be used: something else was published under their version.
    """

    ruleset: Ruleset
    catalogue: Catalogue
    folder: Path
    versions: Versions | None = None
    changed: tuple[Problem, ...] = ()


def load_ruleset(name: str, *, in_work: bool = False) -> Loaded:
    """The ruleset ``name`` (an id, ``id@version``, a folder or a bundle); raises ``RulesetError`` with every problem.

    Rules that were changed under a version that is published are refused, unless they are ``in_work``: to be compared, not used.
    """
    folder, version = find_ruleset(name)
    loaded = _load(folder.resolve())
    problems = [] if in_work else list(loaded.changed)
    if version is not None:
        problems.extend(other_version(name, version, loaded.ruleset, folder))
    if problems:
        raise RulesetError(problems)
    return loaded


def other_version(name: str, version: str, ruleset: Ruleset, folder: Path) -> Iterator[Problem]:
    """A problem where ``name`` asks for another version than that of ``ruleset``."""
    if ruleset.version != version:
        name_here, kept = f"{ruleset.ruleset}@{ruleset.version}", kept_versions(folder)
        known = [*kept, ruleset.version]
        what = Words(
            f"要的是 {name}，这里的版本是 {ruleset.version}",
            f"{name} is asked for; the version here is {ruleset.version}",
        )
        mend = Words(f"写成 {name_here}，或不写版本", f"write {name_here}, or no version")
        if kept:
            mend = Words(f"可用的版本：{'、'.join(known)}", f"the versions at hand: {', '.join(known)}")
        yield Problem("other_version", Place(str(folder)), what, mend)


@lru_cache(maxsize=32)
def _load(folder: Path) -> Loaded:
    problems: list[Problem] = []
    catalogue = catalogue_of(folder, problems)
    source = attempt(folder / "ruleset.yaml", problems)
    ruleset = typed(Ruleset, source, problems)
    if ruleset is not None and source is not None and catalogue is not None:
        problems.extend(placed(ruleset_faults(ruleset, catalogue), source))
        problems.extend(misnamed(ruleset, folder, source))
        problems.extend(other_than_stated(folder, ruleset, catalogue) if not problems else ())
    versions = recorded(folder, problems)
    if problems or ruleset is None or catalogue is None:
        raise RulesetError(problems)
    changed = changed_since_published(folder, ruleset, catalogue)
    return Loaded(ruleset, catalogue, folder, versions, tuple(changed))


def load_cases(folder: Path) -> CaseFile:
    """The worked cases of a ruleset's folder."""
    from evaluator.cases import CaseFile  # noqa: PLC0415

    try:
        return validate(CaseFile, read(folder / "cases.yaml", "largest_rule_file"))
    except InputError as error:
        raise RulesetError(error.problems) from None


def places_in(folder: Path, name: str, paths: Iterable[tuple[str | int, ...]]) -> tuple[Place, ...]:
    """Where what is at each of ``paths`` stands in the folder's file ``name`` (``cases``, ``ruleset``)."""
    source = read(folder / f"{name}.yaml", "largest_rule_file")
    places = source.places()
    return tuple(place_of(path, places, source.file) for path in paths)


@lru_cache(maxsize=1)
def shared_catalogue() -> Catalogue:
    """The catalogue shared by all rulesets."""
    problems: list[Problem] = []
    catalogue = _merged(_files(RULES / "catalogue"), problems)
    if problems or catalogue is None:
        raise RulesetError(problems)
    return catalogue


def _files(folder: Path) -> Iterator[Path]:
    for kind in KINDS:
        path = folder / f"{kind}.yaml"
        if path.is_file():
            yield path


def catalogue_folder(folder: Path) -> Path:
    """The folder of the shared catalogue for the ruleset in ``folder``: beside it, or the installed one."""
    # Pointed at as ".", a folder has its neighbours beside it all the same.
    beside = Path(os.path.realpath(folder)).parent / "catalogue"
    return beside if beside.is_dir() else RULES / "catalogue"


def shared_beside(folder: Path) -> Catalogue:
    """The catalogue that the ruleset in ``folder`` shares with others; raises ``RulesetError``."""
    shared = catalogue_folder(folder)
    if shared == RULES / "catalogue":
        return shared_catalogue()
    problems: list[Problem] = []
    found = _merged(_files(shared), problems)
    if found is None:
        raise RulesetError(problems)
    return found


def catalogue_of(folder: Path, problems: list[Problem]) -> Catalogue | None:
    """The catalogue that the ruleset in ``folder`` draws on; None with what is wrong with it added to ``problems``."""
    own = folder / "catalogue.yaml"
    if unpacked_from(folder) is not None:
        return _of_bundle(folder, own, problems)
    shared = catalogue_folder(folder)
    if not own.is_file() and shared == RULES / "catalogue":
        try:
            return shared_catalogue()
        except RulesetError as error:
            problems.extend(error.problems)
            return None
    return _merged([*_files(shared), *([own] if own.is_file() else [])], problems)


def _of_bundle(folder: Path, own: Path, problems: list[Problem]) -> Catalogue | None:
    """What a bundle declares, and what came into the shared catalogue since: a submission may hold it for other rules."""
    declared = _merged([*_files(folder.parent / "catalogue"), *([own] if own.is_file() else [])], problems)
    try:
        shared = shared_catalogue()
    except RulesetError as error:
        problems.extend(error.problems)
        return None
    if declared is None:
        return None
    later = {
        kind: {name: one for name, one in shared.items(kind).items() if declared.kind_of(name) is None}
        for kind in KINDS
    }
    return Catalogue.model_construct(None, catalogue=1, **later).joined(declared)  # type: ignore[arg-type]  # each kind has its own


def _merged(paths: Iterable[Path], problems: list[Problem]) -> Catalogue | None:
    items: dict[str, dict[str, object]] = {kind: {} for kind in KINDS}
    owners: dict[str, str] = {}
    before = len(problems)
    sources: list[tuple[Source, CatalogueFile]] = []
    for path in paths:
        source = attempt(path, problems)
        file = typed(CatalogueFile, source, problems)
        if source is None or file is None:
            continue
        sources.append((source, file))
        for kind in KINDS:
            for name, item in getattr(file, kind).items():
                if name in owners:
                    what = Words(
                        f"目录标识 {name} 已在 {owners[name]} 中",
                        f"the item {name} already stands in {owners[name]}",
                    )
                    problems.append(source.problem("repeated_id", (kind, name), what))
                owners[name] = Path(source.file).name
                items[kind][name] = item
    for source, file in sources:
        for name, count in file.counts.items():
            for n, whole in enumerate(count.at_most):
                if whole not in items["counts"]:
                    what = Words(f"目录中没有数据项 {whole}", f"the catalogue has no count {whole}")
                    mend = did_you_mean(whole, items["counts"])
                    problems.append(
                        source.problem("unknown_item", ("counts", name, "at_most", n), what, mend)
                    )
    return None if len(problems) > before else Catalogue.model_construct(None, catalogue=1, **items)  # type: ignore[arg-type]  # each kind has its own


def misnamed(ruleset: Ruleset, folder: Path, source: Source) -> Iterator[Problem]:
    """A problem where ``folder`` is not named after ``ruleset``."""
    if folder.resolve().name != ruleset.ruleset:
        what = Words(
            f"文件夹名 {folder.resolve().name} 与规则集标识 {ruleset.ruleset} 不一致",
            f"the folder {folder.resolve().name} is not named after the ruleset {ruleset.ruleset}",
        )
        yield source.problem("folder_name", ("ruleset",), what)
