"""A workbook without the names that office programs write into it by themselves, and with its pictures changed. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from evaluator.workbook.archive import Archive

_MEDIA = re.compile(r"xl/media/[^/]+")
# Who made it, who saved it, for whom they work: the names of logins, which nobody typed (decision 10).
_BY_THEMSELVES = re.compile(
    rb"(<(?:\w+:)?(creator|lastModifiedBy|Manager|Company|author)\b[^>]*>)[^<]*(</(?:\w+:)?\2>)"
)
_PERSON = re.compile(rb'(<(?:\w+:)?person\b[^>]*?\bdisplayName=")[^"]*(")')
_ACCOUNT = re.compile(rb'(<(?:\w+:)?person\b[^>]*?\buserId=")[^"]*(")')
_PARTS = re.compile(r"docProps/(?:core|app)\.xml|xl/(?:\w+/)?(?:comment|threadedComment|person)[^/]*\.xml")


def bare_workbook(content: bytes, shown: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook ``content`` with each of its pictures, in cells or over them, as ``change`` makes it; no such names."""
    archive = Archive(content, shown)
    changed = {name: change(archive.binary(name) or b"") for name in archive.names if _MEDIA.fullmatch(name)}
    changed |= {name: _nameless(text) for name, text in archive.texts.items() if _PARTS.fullmatch(name)}
    return archive.with_parts(changed) if changed else content


def _nameless(text: bytes) -> bytes:
    for pattern in (_PERSON, _ACCOUNT):
        text = pattern.sub(rb"\1\2", text)
    return _BY_THEMSELVES.sub(rb"\1\3", text)
