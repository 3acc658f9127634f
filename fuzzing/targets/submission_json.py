"""Submissions in JSON: alone by the careful reader, and as the lines of a batch by the fast lane before it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from fuzzing import world
from fuzzing.mutating.trees import mutated_json, parsed_yaml
from fuzzing.target import Target
from fuzzing.targets import submission_yaml


def seeds() -> list[bytes]:
    """The seeds in YAML, as JSON; and two lines of them."""
    found = [
        json.dumps(_plain(parsed_yaml(one)), ensure_ascii=False).encode() for one in submission_yaml.seeds()
    ]
    return [*found, found[0] + b"\n\n" + found[0].replace(b"demo-meal-01", b"demo-meal-02") + b"\n"]


def _plain(tree: object) -> object:
    from fuzzing.mutating.trees import Bare, Pairs

    if isinstance(tree, Pairs):
        return {key: _plain(value) for key, value in tree}
    if isinstance(tree, list):
        return [_plain(one) for one in tree]
    known = {"true": True, "false": False, "null": None}
    return known.get(tree, int(tree) if tree.isdigit() else str(tree)) if isinstance(tree, Bare) else tree


def reader() -> Callable[[bytes], object]:
    """Read it as a file; and, where it is refused or has several lines, each line as a batch does."""
    from evaluator.errors import InputError
    from evaluator.loading.batch.lines import line_pieces

    folder = world.scratch() / "json"
    folder.mkdir(exist_ok=True)
    (folder / "street.yaml").write_text(submission_yaml.STREET, encoding="utf-8")
    alone, lines = submission_yaml.examined(folder / "submission.json"), folder / "submissions.jsonl"
    catalogue = world.meal().catalogue

    def read(content: bytes) -> None:
        if b"\n" not in content:
            alone(content)
            return
        lines.write_bytes(content)
        refused = None
        # Each line is read for itself: more of them in one input take more time and tell no more.
        for item in islice((item for piece in line_pieces(lines, 100) for item in piece.items()), 8):
            try:
                item.receive(catalogue, lenient=len(content) % 4 == 0)
            except InputError as error:
                refused = error
        if refused is not None:
            raise refused

    return read


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """As a file, and as lines of a batch."""
    (folder / "all.jsonl").write_bytes(content)
    batch = (
        "batch",
        "all.jsonl",
        "--rules",
        str(world.MEAL),
        "--out",
        "out-batch",
        "--jobs",
        "1",
        "--format",
        "jsonl",
    )
    return (*submission_yaml.score("submission.json", folder, content), batch)


TARGET = Target(seeds, mutated_json, reader, case)
