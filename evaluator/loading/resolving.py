"""What ``--rules`` names: an id, ``id@version``, a folder or a bundle; where each lies."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from evaluator.bundles import ENDING
from evaluator.errors import Place, Problem, RulesetError, Words, did_you_mean
from evaluator.loading.bundle_files import read_bundle
from evaluator.loading.files import is_file, is_folder
from evaluator.loading.unpacked import unpacked
from evaluator.loading.version_files import KEPT, recorded
from evaluator.packages.names import shown
from evaluator.versions import ordered

_HERE = Path(__file__).resolve().parents[1]
# In a wheel the rules lie inside the package; in a checkout beside it.
RULES = _HERE / "_rules" if (_HERE / "_rules").is_dir() else _HERE.parent / "rules"
# Folders with further rulesets and bundles.
LIBRARY = "DUIBIAO_RULES"
_NUMBER = re.compile(r"\d+\.\d+\.\d+")
_STATED = re.compile(r"^version:\s*[\"']?(\d+\.\d+\.\d+)[\"']?\s*(#.*)?$", re.MULTILINE)


def ruleset_ids() -> tuple[str, ...]:
    """The rulesets that come with this installation."""
    return tuple(sorted(path.parent.name for path in RULES.glob("*/ruleset.yaml")))


def find_ruleset(name: str) -> tuple[Path, str | None]:
    """The folder that ``name`` means and the version that it asks for.

    ``name`` is an id, ``id@version``, a folder's path (with a version, too) or a bundle's. A bundle is verified and unpacked for
    this process. Of an old version, the folder's ``published`` and the folders in ``DUIBIAO_RULES`` are looked through. Raises
    ``RulesetError``.
    """
    if name.lower().endswith(ENDING):
        return opened_bundle(Path(name)), None
    identifier, version = parted(name)
    folder = _folder(identifier)
    if version and (folder is None or stated_version(folder) != version):
        kept = _kept(folder, identifier, version)
        if kept is not None:
            return kept, version
    if folder is None and not version:
        folder = _latest(identifier)
    if folder is not None:
        return folder, version or None
    raise RulesetError([_unknown(name, identifier)])


def parted(name: str) -> tuple[str, str]:
    """The id or folder in ``name``, and the version that it asks for; empty where it asks for none."""
    if "@" not in name or is_folder(Path(name)):
        return name, ""
    identifier, _, version = name.rpartition("@")
    return identifier, version


def _folder(identifier: str) -> Path | None:
    if identifier in ruleset_ids():
        return RULES / identifier
    for folder in (Path(identifier), *(one / identifier for one in library())):
        if identifier and is_folder(folder) and (folder / "ruleset.yaml").is_file():
            return folder
    return None


def library() -> tuple[Path, ...]:
    """The folders that ``DUIBIAO_RULES`` names."""
    return tuple(Path(one) for one in os.environ.get(LIBRARY, "").split(os.pathsep) if one)


def stated_version(folder: Path) -> str | None:
    """The version that the rules in ``folder`` give themselves; None where they state none that can be read."""
    try:
        found = _STATED.search((folder / "ruleset.yaml").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return None
    return found[1] if found else None


def _kept(folder: Path | None, identifier: str, version: str) -> Path | None:
    if _NUMBER.fullmatch(version) is None:
        return None
    if folder is not None:
        path = folder / KEPT / f"{version}{ENDING}"
        if path.is_file():
            return opened_bundle(path, folder, (folder.resolve().name, version))
    for one in library():
        path = one / f"{identifier}-{version}{ENDING}"
        if path.is_file():
            return opened_bundle(path, expected=(identifier, version))
    return None


def _latest(identifier: str) -> Path | None:
    """The highest version of ``identifier`` among the bundles in ``DUIBIAO_RULES``."""
    found: dict[str, Path] = {}
    for folder in library():
        for path in sorted(folder.glob(f"*{ENDING}")) if is_folder(folder) else ():
            before, _, version = path.stem.rpartition("-")
            if before == identifier and _NUMBER.fullmatch(version):
                found.setdefault(version, path)
    if not found:
        return None
    highest = max(found, key=ordered)
    return opened_bundle(found[highest], expected=(identifier, highest))


def kept_versions(folder: Path) -> tuple[str, ...]:
    """The versions of which ``folder`` keeps the bundles, the oldest first."""
    names = (path.stem for path in (folder / KEPT).glob(f"*{ENDING}"))
    return tuple(sorted((one for one in names if _NUMBER.fullmatch(one)), key=ordered))


def opened_bundle(path: Path, index: Path | None = None, expected: tuple[str, str] | None = None) -> Path:
    """The folder to which the bundle in ``path`` is unpacked for this process; raises ``RulesetError``.

    ``index`` is the folder of the ruleset, whose ``versions.yaml`` vouches for it; ``expected`` are the id and version that
    it must be of.
    """
    problems: list[Problem] = []
    versions = None if index is None else recorded(index.resolve(), problems)
    if problems:
        raise RulesetError(problems)
    listed = versions.find(expected[1]) if versions is not None and expected is not None else None
    bundle = read_bundle(path, None if listed is None else listed.digest)
    found = bundle.manifest.ruleset, bundle.manifest.version
    if expected is not None and found != expected:
        what = Words(
            f"文件名是 {expected[0]}@{expected[1]} 的，内容却是 {found[0]}@{found[1]}",
            f"by its name it is {expected[0]}@{expected[1]}, by its content {found[0]}@{found[1]}",
        )
        mend = Words("改正文件名", "correct the file's name")
        raise RulesetError([Problem("other_version", Place(shown(path)), what, mend)])
    return unpacked(path, bundle.manifest, bundle.members, None if listed is None else index)


def _unknown(name: str, identifier: str) -> Problem:
    what, mend = (
        Words(f"没有规则集 {name}", f"there is no ruleset {name}"),
        did_you_mean(identifier, _known()),
    )
    if name and is_folder(Path(name)):
        what = Words("文件夹里没有 ruleset.yaml", "the folder has no ruleset.yaml")
        mend = Words("指到规则集自己的文件夹", "name the folder of one ruleset")
    elif name and is_file(Path(name)):
        what = Words("这个文件不是规则包", "this file is no ruleset bundle")
        mend = Words(
            f"规则包的文件名以 {ENDING} 结尾；规则集写它的文件夹",
            f"a bundle's name ends with {ENDING}; of a ruleset name the folder",
        )
    return Problem("unknown_ruleset", Place(name), what, mend)


def _known() -> Iterator[str]:
    yield from ruleset_ids()
    for folder in library():
        yield from (path.parent.name for path in folder.glob("*/ruleset.yaml"))
