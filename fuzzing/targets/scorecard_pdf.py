"""Scorecards to verify: PDF that somebody hands in, with its attachments, pages and signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from fuzzing import world
from fuzzing.mutating.pdfs import Object, mutated, written
from fuzzing.target import Target

_MINUTE = b"<< /Type /Catalog /Pages 2 0 R /AF [4 0 R 6 0 R] /Names << /EmbeddedFiles << /Names [(a) 4 0 R (m) 6 0 R] >> >> >>"


@lru_cache(maxsize=1)
def _made() -> tuple[dict[str, Any], bytes, bytes]:
    """An assessment, its bytes, and the scorecard of it as it is issued."""
    from evaluator.assessment import assess
    from evaluator.json_text import json_bytes
    from scorecards.issuing import issued

    books = world.books()
    document = assess(books.ruleset, books.catalogue, world.book_submission()).document
    attached = json_bytes(document)
    return document, attached, issued(document, "zh", attached=attached, summary=True)


def seeds() -> list[bytes]:
    """The smallest file that carries what a scorecard carries, and one that was issued."""
    from scorecards.manifest import manifest, manifest_bytes

    document, attached, issued = _made()
    said = manifest_bytes(manifest(document, "zh", attached, summary=True, pdf="a"))
    objects = [
        Object(1, b"\n" + _MINUTE + b"\n"),
        Object(2, b"\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\n"),
        Object(
            3, b"\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 8 0 R >>\n"
        ),
        *(
            one
            for pair in (_file(4, b"assessment.json", attached), _file(6, b"manifest.json", said))
            for one in pair
        ),
        Object(8, _stream(b"", b"q 0 0 10 10 re f Q BT ET")),
    ]
    small = written(objects, b"<< /Size 9 /Root 1 0 R >>")
    return [*(small for _ in range(7)), issued]


def _file(number: int, name: bytes, content: bytes) -> tuple[Object, Object]:
    spec = b"\n<< /Type /Filespec /F (%s) /UF (%s) /EF << /F %d 0 R >> >>\n" % (name, name, number + 1)
    return Object(number, spec), Object(number + 1, _stream(b"/Type /EmbeddedFile ", content))


def _stream(said: bytes, content: bytes) -> bytes:
    return b"\n<< %s/Length %d >>\nstream\n%s\nendstream\n" % (said, len(content), content)


def reader() -> Callable[[bytes], object]:
    """Verify it. What is due is set once: of another assessment only the commands set the pages."""
    from commands.verifying import Asked, verified
    from evaluator.errors import InputError, Place, Problem
    from evaluator.verifying.answer import answers_document
    from scorecards import issuing
    from scorecards.verifying.telling import answers_as_text

    _, sound, issued = _made()
    due = seeds()[0]
    # A file is compared with a page without words, which costs little; one in eight of the issued ones with its own.

    def once(_document: Any, _lang: Any, *, attached: bytes, **_more: Any) -> bytes:
        if attached != sound:
            raise ValueError
        return issued if whole else due

    path, asked = world.scratch() / "given.pdf", Asked(None, None, None, (), trust_asked=False)

    whole = False

    def read(content: bytes) -> None:
        nonlocal whole
        whole = len(content) > 100_000 and len(content) % 8 == 0
        path.write_bytes(content)
        usual, issuing.issued = issuing.issued, once
        try:
            answer = verified(path, asked)
        finally:
            issuing.issued = usual
        answers_as_text(answers_document([answer]), "zh")
        if answer.verdict == "unreadable":
            raise InputError([Problem("unreadable", Place(path.name), line.words) for line in answer.lines])

    return read


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The file, verified alone and with what it was made from."""
    (folder / "given.pdf").write_bytes(content)
    (folder / "submission.yaml").write_text(world.BOOK_SUBMISSION, encoding="utf-8")
    rules = str(world.BOOKS / "book-corner")
    return (
        ("verify", "given.pdf"),
        (
            "verify",
            "given.pdf",
            "--submission",
            "submission.yaml",
            "--rules",
            rules,
            "--format",
            "json",
            "--lang",
            "en",
        ),
    )


TARGET = Target(seeds, mutated, reader, case)
