"""Official texts: plain text in one encoding or another, split into clauses and compared with a ruleset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from fuzzing import world
from fuzzing.mutating.texts import mutated
from fuzzing.target import Target


def seeds() -> list[bytes]:
    """The two made-up notices, one in the encoding of older programs."""
    text = (world.BOOKS / "notice.txt").read_text(encoding="utf-8")
    return [
        text.encode(),
        (world.MEAL / "notice.txt").read_bytes()[:2400],
        text.encode("gb18030"),
        text.encode("utf-16"),
    ]


def reader() -> Callable[[bytes], object]:
    """Read it and trace the book corners to it."""
    from evaluator.loading.official_texts import read_official_text
    from evaluator.loading.tracing import load_traceable, placed_discrepancies
    from evaluator.tracing.traced import Given
    from evaluator.tracing.tracing import trace

    files, path = load_traceable(str(world.BOOKS / "book-corner")), world.scratch() / "notice.txt"

    def read(content: bytes) -> None:
        path.write_bytes(content)
        official = read_official_text(path)
        traced = trace(Given(files.ruleset, files.clauses, files.pins, official.text, official.name))
        if len(content) % 8 == 0:
            for _, problem in placed_discrepancies(traced.discrepancies, files, official.name):
                problem.in_language("zh")

    return read


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The text, traced, with a report; and confirmed."""
    (folder / "notice.txt").write_bytes(content)
    world.small_rules(folder)
    given = ("rules", "trace", "book-corner", "--text", "notice.txt")
    return (
        (*given, "--out", "out.html"),
        (*given, "--format", "json", "--lang", "en"),
        (*given, "--confirm-all", "--on", "2025-10-15"),
    )


TARGET = Target(seeds, mutated, reader, case)
