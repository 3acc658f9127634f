"""``versions.yaml`` read beside a ruleset."""

from __future__ import annotations

from pathlib import Path

from evaluator.bundles import ENDING
from evaluator.catalogue import Catalogue
from evaluator.digests import ruleset_digest
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.bundle_files import read_bundle
from evaluator.loading.files import attempt, placed, typed
from evaluator.loading.unpacked import called, unpacked_from
from evaluator.reading import Source
from evaluator.ruleset import Ruleset
from evaluator.version_faults import changed_faults, version_faults
from evaluator.versions import Versions

FILE = "versions.yaml"
# Where a ruleset's folder keeps the bundles of its published versions.
KEPT = "published"


def recorded(folder: Path, problems: list[Problem]) -> Versions | None:
    """The versions that ``folder`` records; None where it records none, or where ``problems`` say what is wrong.

    Of a bundle that a ruleset's folder keeps, they are those of that folder: only there it stands what was withdrawn.
    """
    return _read(folder, problems)[1]


def _read(folder: Path, problems: list[Problem]) -> tuple[Source | None, Versions | None]:
    bundle = unpacked_from(folder)
    path = (folder if bundle is None or bundle.kept_in is None else bundle.kept_in) / FILE
    if not path.is_file():
        return None, None
    source = attempt(path, problems)
    return source, typed(Versions, source, problems)


def version_problems(folder: Path, ruleset: Ruleset, catalogue: Catalogue) -> list[Problem]:
    """Every problem of a folder's ``versions.yaml``, for ``rules check``; none where there is no such file."""
    problems: list[Problem] = []
    source, versions = _read(folder, problems)
    if source is not None and versions is not None:
        digest = ruleset_digest(ruleset, catalogue)
        problems.extend(placed(version_faults(versions, ruleset, digest), source))
        for one in versions.versions:
            kept = folder / KEPT / f"{one.version}{ENDING}"
            if one.digest is not None and kept.is_file():
                try:
                    read_bundle(kept, one.digest)
                except InputError as error:
                    problems.extend(error.problems)
    return problems


def changed_since_published(folder: Path, ruleset: Ruleset, catalogue: Catalogue) -> list[Problem]:
    """Why the rules in ``folder`` are not to be used: what was published under their version was something else."""
    source, versions = _read(folder, [])
    found = versions.find(ruleset.version) if versions is not None else None
    if source is None or versions is None or found is None or found.digest is None:
        return []
    return placed(changed_faults(versions, ruleset, ruleset_digest(ruleset, catalogue)), source)


def other_than_stated(folder: Path, ruleset: Ruleset, catalogue: Catalogue) -> list[Problem]:
    """A problem where ``folder`` was unpacked from a bundle of other rules than its manifest names."""
    bundle = unpacked_from(folder)
    if bundle is None:
        return []
    one = bundle.manifest
    found = ruleset.ruleset, ruleset.version, ruleset_digest(ruleset, catalogue)
    if found == (one.ruleset, one.version, one.digest):
        return []
    what = Words(
        "规则包里的规则与清单写的不是同一套",
        "the rules in the bundle are not those that its manifest names",
    )
    mend = Words("向发布单位重新索取", "ask the publisher for the bundle again")
    return [Problem("other_digest", Place(called(folder / "ruleset.yaml")), what, mend)]
