"""The manifest attached to an issued scorecard: from what it was made, and with what it was set."""

from __future__ import annotations

import hashlib
import json
import zlib
from functools import cache
from importlib.metadata import version
from typing import Any

from scorecards.codes import code_of
from scorecards.fonts import font_names, font_paths
from scorecards.issue import Edition
from scorecards.wording import Json, Language

ASSESSMENT, MANIFEST = "assessment.json", "manifest.json"


def manifest(
    document: Json, attached: bytes, lang: Language, *, summary: bool = False, pdf: Edition = "a"
) -> dict[str, Any]:
    """The manifest of the scorecard of an assessment, whose file is ``attached``; docs/archival.md explains the keys.

    Raises ``RenderError`` where a font or a library of the layout engine is missing.
    """
    algorithm = algorithm_of(document["digest"])
    submission = document["submission"]
    package = submission.get("package")
    return {
        "scorecard": 1,
        "assessment": {
            "digest": document["digest"],
            "file": ASSESSMENT,
            "bytes": digest_of(attached, algorithm),
        },
        "ruleset": {key: document["ruleset"][key] for key in ("id", "version", "digest")},
        "submission": {"digest": submission["digest"], **({} if package is None else {"package": package})},
        "reviews": [{key: one[key] for key in ("stage", "digest")} for one in document["reviews"]],
        "as_of": document["as_of"],
        "engine": {key: document["engine"][key] for key in ("version", "semantics")},
        "layout": layout_versions(),
        "fonts": font_versions(algorithm),
        "printed": {"lang": lang, "summary": summary, "pdf": pdf},
        "code": code_of(document["digest"]),
    }


def manifest_bytes(made: Json) -> bytes:
    """A manifest as it is attached: its keys in order, no blanks, UTF-8."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def layout_versions() -> dict[str, str]:
    """The versions of what decides the bytes of a scorecard beside engine and fonts; raises ``RenderError`` without it."""
    from scorecards.pdf import loaded_press  # noqa: PLC0415 - it loads the layout engine

    return dict(_layout_versions(loaded_press()))


@cache
def _layout_versions(press: Any) -> dict[str, str]:
    packages = {name: version(name) for name in ("weasyprint", "pydyf", "segno")}
    return {**packages, **press.library_versions(), "zlib": zlib.ZLIB_RUNTIME_VERSION}


def font_versions(algorithm: str = "sha256") -> list[dict[str, str]]:
    """The two Chinese fonts: name and version as they say themselves, and the digest of the file."""
    return [dict(one) for one in _font_versions(tuple(font_paths().values()), algorithm)]


@cache
def _font_versions(paths: tuple[Any, ...], algorithm: str) -> list[dict[str, str]]:
    found = []
    for path in paths:
        content = path.read_bytes()
        name, stated = font_names(content)
        found.append({"name": name, "version": stated, "digest": digest_of(content, algorithm)})
    return found


def algorithm_of(digest: str) -> str:
    """``sha256`` or ``sm3``: by what a digest was made."""
    return digest.partition(":")[0]


def digest_of(content: bytes, algorithm: str) -> str:
    """The digest of ``content`` as it is written everywhere: ``sha256:…``."""
    return f"{algorithm}:{hashlib.new(algorithm, content, usedforsecurity=False).hexdigest()}"
