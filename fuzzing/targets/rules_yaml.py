"""Rule files: ``ruleset``, ``clauses``, ``cases``, ``catalogue``, ``versions``, ``trace``; each among sound ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from fuzzing import world
from fuzzing.mutating.trees import mutated_yaml
from fuzzing.target import Target, refuse

_FILES = ("ruleset", "clauses", "cases", "catalogue", "versions", "trace")
_FIRST = re.compile(rb'^[\s{"]*(?:format|(clauses|cases|catalogue|versions|trace|ruleset))\b', re.MULTILINE)


def seeds() -> list[bytes]:
    """The small ruleset's files; and two sections of the larger example, for its kinds of check."""
    folder = world.small_rules(world.scratch() / "seeds")
    found = [(folder / f"{name}.yaml").read_bytes() for name in _FILES]
    text = (world.MEAL / "ruleset.yaml").read_text(encoding="utf-8")
    head, *sections = re.split(r"(?m)^(?=  - id: )", text)
    return [*found, *((head + section).encode() for section in sections)]


def named(content: bytes) -> str:
    """The file that ``content`` is meant to be."""
    found = _FIRST.search(content)
    return "ruleset" if found is None else "cases" if found[1] is None else found[1].decode()


def reader() -> Callable[[bytes], object]:
    """Put it in the place of the file that it says it is, check the folder, and put the file back."""
    from evaluator.loading import check_ruleset

    folder = world.small_rules(world.scratch() / "rules")
    before = {name: (folder / f"{name}.yaml").read_bytes() for name in _FILES}
    # So few cases leave something untried: that says nothing of the input.
    usual = {one.code for one in check_ruleset(folder).problems}

    def read(content: bytes) -> None:
        name = named(content)
        (folder / f"{name}.yaml").write_bytes(content)
        try:
            found = check_ruleset(folder)
        finally:
            (folder / f"{name}.yaml").write_bytes(before[name])
        refuse(one for one in found.problems if one.code not in usual)

    return read


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The folder with that file in it."""
    rules = world.small_rules(folder)
    (rules / f"{named(content)}.yaml").write_bytes(content)
    return (
        ("rules", "check", "book-corner"),
        ("rules", "check", "book-corner", "--format", "sarif", "--lang", "en"),
        ("rules", "test", "book-corner"),
        ("rules", "handbook", "book-corner", "--out", "out.html"),
        ("template", "--rules", "book-corner", "--out", "out.xlsx"),
    )


TARGET = Target(seeds, mutated_yaml, reader, case)
