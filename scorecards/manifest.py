"""What an issued scorecard says of itself beside its assessment: from what it was made, and with what it was printed.

The manifest is attached to the PDF. ``duibiao verify`` sets the scorecard again from the assessment and compares: byte for byte
where ``layout`` and ``fonts`` are those of its own machine, else the visible text alone.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from scorecards.codes import code_of
from scorecards.fonts import FONT_PACKAGE, font_paths
from scorecards.pdf import load_press
from scorecards.wording import Json, Language

PdfKind = Literal["a", "ua"]
MANIFEST = "manifest.json"
ASSESSMENT = "assessment.json"


def manifest(
    assessment: Json, lang: Language, attached: bytes, *, summary: bool = False, pdf: PdfKind = "a"
) -> dict[str, Any]:
    """The manifest of the scorecard of ``assessment``; ``attached`` are the bytes of the assessment as they are attached.

    Digests are of the algorithm by which the assessment names itself (``sha256:`` or ``sm3:``); those of fonts and of the page's
    own code are always SHA-256. Raises ``RenderError`` where the fonts are missing.
    """
    digest = assessment["digest"]
    submission = {
        key: assessment["submission"][key]
        for key in ("digest", "package")
        if assessment["submission"].get(key) is not None
    }
    return {
        "scorecard": 1,
        "assessment": {
            "digest": digest,
            "file": ASSESSMENT,
            "bytes": digest_like(digest, attached),
        },
        "ruleset": {key: assessment["ruleset"][key] for key in ("id", "version", "digest")},
        "submission": submission,
        "reviews": [{"stage": one["stage"], "digest": one["digest"]} for one in assessment["reviews"]],
        "as_of": assessment["as_of"],
        "engine": {key: assessment["engine"][key] for key in ("version", "semantics")},
        "layout": layout_versions(),
        "fonts": font_versions(),
        "printed": {"lang": lang, "summary": summary, "pdf": pdf},
        "code": code_of(digest),
    }


def manifest_bytes(document: Mapping[str, Any]) -> bytes:
    """The manifest as it is attached: sorted keys, no blanks, UTF-8 (RFC 8785 for what a manifest holds)."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_like(digest: str, content: bytes) -> str:
    """The digest of ``content`` by the algorithm of ``digest`` (``sha256:…`` or ``sm3:…``)."""
    algorithm = digest.partition(":")[0]
    return f"{algorithm}:{hashlib.new(algorithm, content).hexdigest()}"


@cache
def layout_versions() -> dict[str, str]:
    """What decides a page's bytes beside the assessment and the fonts: libraries by version, this package by its content."""
    return {
        **load_press().library_versions(),
        "jinja2": version("jinja2"),
        "segno": version("segno"),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "scorecards": _own_digest(),
    }


@cache
def font_versions() -> list[dict[str, str]]:
    """The fonts that the template names, with the version of their package and the SHA-256 of each file."""
    package = version(FONT_PACKAGE.replace("_", "-"))
    return [
        {
            "name": path.stem,
            "version": package,
            "digest": "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for _, path in sorted(font_paths().items())
    ]


def _own_digest() -> str:
    """The SHA-256 over the code and the templates that make pages: two builds of one version may differ in them."""
    folder = Path(__file__).parent
    found = hashlib.sha256()
    for path in sorted([*folder.glob("*.py"), *(folder / "templates").iterdir()]):
        if path.is_file():
            content = path.read_bytes()
            found.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return f"sha256:{found.hexdigest()}"
