"""Workbooks: ZIP archives of XML, mostly changed in their cells."""

from __future__ import annotations

from fuzzing.choices import Choices
from fuzzing.mutating import archives, markup, pictures

_KINDS = {
    "xml": markup.mutated,
    "rels": markup.mutated,
    "vml": markup.mutated,
    "png": pictures.mutated,
    "jpg": pictures.mutated,
}


def mutated(content: bytes, choices: Choices) -> bytes:
    """A workbook with one to three changes."""
    return archives.mutated(content, choices, _KINDS)
