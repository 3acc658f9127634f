"""What a new ruleset needs so that an editor explains its files: where their schemas stand, and the schemas themselves."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from commands.writing import json_bytes, written_whole

# Where this project keeps them: a ruleset in its folder ``rules`` needs no copies of its own.
_PUBLISHED = "docs/schemas/ruleset.schema.json"


def brings_schemas(parent: Path) -> bool:
    """Whether the schemas are written beside the rulesets in ``parent``."""
    # Unlike resolve() it does not mind a link that leads to itself: writing there says what is wrong.
    folder = Path(os.path.realpath(parent))
    return folder.name != "rules" or not (folder.parent / _PUBLISHED).is_file()


def schemas_seen_from(parent: Path) -> str:
    """The folder of the schemas, as a file of a ruleset in ``parent`` names it."""
    return "../.schemas" if brings_schemas(parent) else "../../docs/schemas"


def write_schemas(stack: ExitStack, parent: Path) -> None:
    """The schemas in ``parent/.schemas``, where they are wanted; they appear when ``stack`` is left without an error."""
    from evaluator.schemas import schema
    from evaluator.starting.files import KINDS

    if brings_schemas(parent):
        write = stack.enter_context(written_whole(parent / ".schemas"))
        for kind in (*KINDS, "versions", "trace"):
            write(f"{kind}.schema.json", json_bytes(schema(kind)))
