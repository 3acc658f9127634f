"""The comment by which an editor finds the schema of a rule file: a new file takes it over from ``ruleset.yaml``."""

from __future__ import annotations

from pathlib import Path

_BEGINS = "# yaml-language-server: $schema="
_OWN = "ruleset.schema.json"


def schema_line_beside(folder: Path, kind: str) -> str:
    """The line for a file of ``kind`` beside the ``ruleset.yaml`` in ``folder``; empty where that names no schema."""
    try:
        with (folder / "ruleset.yaml").open(encoding="utf-8-sig", errors="replace") as file:
            first = file.readline().rstrip()
    except OSError:
        return ""
    if not (first.startswith(_BEGINS) and first.endswith(_OWN)):
        return ""
    return f"{first.removesuffix(_OWN)}{kind}.schema.json\n"
