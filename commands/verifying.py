"""Verifying one file: what the evaluator and the scorecards find in it, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from evaluator.errors import InputError, Words
from evaluator.loading.scorecards import json_in, scorecard_bytes
from evaluator.verifying.answer import Answer, Line, answer_of, unreadable, wrong
from evaluator.verifying.content import (
    digest_lines,
    engine_lines,
    placed,
    recount_lines,
    rules_lines,
    shape_lines,
    unknown_rules,
)
from evaluator.verifying.manifest import manifest_faults, of_manifest

if TYPE_CHECKING:
    from scorecards.verifying.parts import Parts

Json = dict[str, Any]
# The lines on the evidence that was given, for an assessment of the right shape; none where none was given.
Judging = Callable[[Json], list[Line]]


class Asked(NamedTuple):
    """What was asked beside the files. ``rules``: id, version and digest of the rules that were given."""

    rules: tuple[str, str, str] | None
    judged: Judging | None
    code: str | None
    trusted: Sequence[bytes]
    trust_asked: bool


class _Read(NamedTuple):
    """A file as it was read: its assessment, and of a PDF its parts and manifest."""

    document: Any
    manifest: Any = None
    parts: Parts | None = None


def verified(path: Path, asked: Asked, content: bytes | None = None) -> Answer:
    """What ``path`` comes to, or the ``content`` that was read of it already.

    Raises ``InputError`` for what was given beside it, never for what is in the file.
    """
    kind: Literal["pdf", "json"] = "pdf" if path.suffix.lower() == ".pdf" else "json"
    try:
        read = _read(path, kind, scorecard_bytes(path) if content is None else content)
    except InputError as error:
        return unreadable(str(path), kind, [_told(one) for one in error.problems])
    lines = shape_lines(read.document)
    if lines[0].state == "wrong":
        return answer_of(str(path), kind, lines, None)
    if read.parts is None:
        return answer_of(str(path), kind, [*lines, *_content(read.document, asked)], read.document)
    return _pdf(str(path), lines, read.document, read.manifest, read.parts, asked)


def _read(path: Path, kind: Literal["pdf", "json"], content: bytes) -> _Read:
    if kind == "json":
        return _Read(json_in(content, str(path)))
    from scorecards.verifying.parts import taken_apart

    parts = taken_apart(content, str(path))
    document, manifest = (
        json_in(parts.attached[name], name) for name in ("assessment.json", "manifest.json")
    )
    return _Read(document, manifest, parts)


def _told(problem: Any) -> Words:
    mend = problem.mend or Words("", "")
    return Words(
        problem.what.zh + (f"。{mend.zh}" if mend.zh else ""),
        problem.what.en + (f". {mend.en}" if mend.en else ""),
    )


def _content(document: Json, asked: Asked) -> list[Line]:
    """The lines on an assessment of the right shape, however it came."""
    lines = [
        *digest_lines(document),
        *engine_lines(document),
        *recount_lines(document),
        *_rules(document, asked),
    ]
    if asked.judged is not None:
        lines.extend(asked.judged(document))
    if asked.code is not None:
        lines.append(_code(document, asked.code))
    return lines


def _rules(document: Json, asked: Asked) -> list[Line]:
    if asked.rules is not None:
        return rules_lines(document, asked.rules, asked=True)
    held = _held(document["ruleset"]["id"], document["ruleset"]["version"])
    return [unknown_rules(document)] if held is None else rules_lines(document, held, asked=False)


def _held(name: str, version: str) -> tuple[str, str, str] | None:
    """The rules of that version on this machine, where there are any."""
    from evaluator.digests import ruleset_digest
    from evaluator.loading import load_ruleset

    try:
        loaded = load_ruleset(f"{name}@{version}")
    except InputError:
        return None
    return loaded.ruleset.ruleset, loaded.ruleset.version, ruleset_digest(loaded.ruleset, loaded.catalogue)


def _code(document: Json, typed: str) -> Line:
    from scorecards.codes import code_of

    own = code_of(document["digest"])
    if typed == own:
        return Line(
            "code",
            "agrees",
            Words(f"纸上的核验码 {own} 就是这一份的", f"the code {own} is that of this scorecard"),
        )
    zh = f"纸上的核验码 {typed} 不是这一份的：这一份是 {own}"
    en = f"the code {typed} is of another scorecard: this one has {own}"
    return Line("code", "wrong", Words(zh, en), "mismatch")


def _only_signed(signatures: list[Json]) -> bool:
    return bool(signatures) and all(one["only_signed"] for one in signatures)


def _pdf(name: str, lines: list[Line], document: Json, manifest: Any, parts: Parts, asked: Asked) -> Answer:
    from commands.verifying_pages import page_lines, signature_lines
    from scorecards.codes import code_of

    amiss = placed(manifest_faults(manifest))
    if amiss:
        head = Words("签发清单的格式不对：", "the manifest is not of its format: ")
        lines = [*lines, *wrong("manifest", amiss, head=head), *_content(document, asked)]
        return answer_of(name, "pdf", lines, document)
    attached, code = parts.attached["assessment.json"], code_of(document["digest"])
    found = [one.words() for one in of_manifest(manifest, document, attached, code)]
    agrees = Words("附件与签发清单一致", "what is attached agrees with the manifest")
    manifest_lines = wrong("manifest", found) if found else [Line("manifest", "agrees", agrees)]
    signed, signatures = signature_lines(parts, asked.trusted, trust_asked=asked.trust_asked)
    pages = page_lines(parts, document, manifest, signed=_only_signed(signatures))
    lines = [*lines, *manifest_lines, *_content(document, asked), *pages, *signed]
    return answer_of(name, "pdf", lines, document, signatures)
