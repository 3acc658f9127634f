"""The files of a ruleset as they lie in its folder, with the catalogue that it draws on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evaluator.bundles import OWN
from evaluator.catalogue import KINDS
from evaluator.loading.rulesets import catalogue_folder


def rule_files(folder: Path) -> dict[str, bytes]:
    """The bytes of each file by its name: ``ID/ruleset.yaml``, ``ID/clauses.yaml``, ``catalogue/counts.yaml`` …

    Laid out so, they are a ruleset that ``--rules FOLDER/ID`` reads.
    """
    return {name: path.read_bytes() for name, path in _paths(folder.resolve()) if path.is_file()}


def _paths(folder: Path) -> Iterator[tuple[str, Path]]:
    for name in OWN:
        yield f"{folder.name}/{name}", folder / name
    shared = catalogue_folder(folder)
    for kind in KINDS:
        yield f"catalogue/{kind}.yaml", shared / f"{kind}.yaml"
