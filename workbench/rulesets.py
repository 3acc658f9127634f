"""The rulesets that this server knows: those installed, those of ``DUIBIAO_RULES``, and those that were published here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock

from evaluator.bundles import ENDING
from evaluator.errors import RulesetError
from evaluator.loading import LIBRARY, RULES, Loaded, kept_versions, load_ruleset, ruleset_ids
from evaluator.loading.resolving import library, stated_version
from evaluator.loading.trust import TRUSTED, trusted_places
from evaluator.versions import State, ordered

_LOADING = Lock()


class Library:
    """The folder of the rules published here, known to the engine (and to whatever it starts) as long as this is open."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder.resolve()
        if not _OPEN:
            _BEFORE.update({name: os.environ.get(name) for name in (LIBRARY, TRUSTED)})
        _OPEN.insert(0, self.folder)
        _tell_the_engine()

    def close(self) -> None:
        """Take the folder back from the engine."""
        if self.folder in _OPEN:
            _OPEN.remove(self.folder)
            _tell_the_engine()


# One server is open, but for tests; the environment is as it was when the last one closes.
_OPEN: list[Path] = []
_BEFORE: dict[str, str | None] = {}


def _tell_the_engine() -> None:
    for name, value in _BEFORE.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    if _OPEN:
        for name, others in ((LIBRARY, library()), (TRUSTED, trusted_places())):
            # What was published here goes before a file of the same name elsewhere.
            os.environ[name] = os.pathsep.join(map(str, dict.fromkeys((*_OPEN, *others))))
    forget()


def forget() -> None:
    """Look at the folders anew: something was published."""
    _rules.cache_clear()


def rules(ruleset: str, version: str) -> Loaded:
    """A ruleset at a version; raises ``RulesetError``."""
    # Two threads must not unpack the same bundle at once.
    with _LOADING:
        return _rules(ruleset, version)


@lru_cache(maxsize=64)
def _rules(ruleset: str, version: str) -> Loaded:
    return load_ruleset(f"{ruleset}@{version}")


def available() -> tuple[str, ...]:
    """The id of every ruleset of which there is a version."""
    found = dict.fromkeys(ruleset_ids())
    for folder in library():
        found.update(dict.fromkeys(sorted(path.parent.name for path in folder.glob("*/ruleset.yaml"))))
        found.update(dict.fromkeys(sorted(name for name, _, _ in _bundles(folder))))
    return tuple(found)


def versions(ruleset: str) -> tuple[str, ...]:
    """Every version of a ruleset that can be used here, the oldest first; none where there is no such ruleset."""
    found: set[str] = set()
    folder = _folder(ruleset)
    if folder is not None:
        found.update(kept_versions(folder))
        stated = stated_version(folder)
        found.update([stated] if stated else [])
    for one in library():
        found.update(version for name, version, _ in _bundles(one) if name == ruleset)
    return tuple(sorted(found, key=ordered))


def newest(ruleset: str) -> str | None:
    """The version for what begins now: the highest that is published, else the highest; None where there is none."""
    listed = versions(ruleset)
    states = states_of(ruleset)
    published = [one for one in listed if states.get(one) == "published"]
    listed = tuple(published) or listed
    return listed[-1] if listed else None


def in_use() -> list[Loaded]:
    """The newest version of every ruleset: what may begin now."""
    found = []
    for name in available():
        version = newest(name)
        try:
            found.extend([] if version is None else [rules(name, version)])
        except RulesetError:
            # Of a publisher whose key is not trusted here, or damaged: the others are used all the same.
            continue
    return found


def states_of(ruleset: str) -> dict[str, State | None]:
    """The state of every version, as the latest one that can be read records it; None where it is not recorded."""
    listed = versions(ruleset)
    found: dict[str, State | None] = dict.fromkeys(listed)
    for version in listed:
        try:
            recorded = rules(ruleset, version).versions
        except RulesetError:
            del found[version]
            continue
        for one in recorded.versions if recorded is not None else ():
            if one.version in found:
                found[one.version] = one.state
    return found


def _folder(ruleset: str) -> Path | None:
    if ruleset in ruleset_ids():
        return RULES / ruleset
    for folder in library():
        if (folder / ruleset / "ruleset.yaml").is_file():
            return folder / ruleset
    return None


def _bundles(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """The bundles in ``folder`` by id and version, as their names say."""
    for path in folder.glob(f"*{ENDING}"):
        name, _, version = path.stem.rpartition("-")
        parts = version.split(".")
        if name and len(parts) == 3 and all(part.isdecimal() for part in parts):
            yield name, version, path
