"""Scorecards that are as costly to verify as the limits allow: small files whose attachment or page unpacks to much."""

from __future__ import annotations

import json
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evaluator.canonical import digest

ROOT = Path(__file__).resolve().parents[1]
RULES = "kunming-model-community"


def assessment() -> bytes:
    """The assessment of an example, as it is written."""
    example = ROOT / "examples" / RULES / "middling.yaml"
    command = ["duibiao", "score", str(example), "--rules", RULES, "--format", "json", "--out", "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def scorecard(size: int, letters: int = 1, page: bytes = b"") -> Callable[[Path], None]:
    """A scorecard whose attached assessment is grown to ``size`` by findings of so many ``letters``; ``page`` is drawn thrice."""

    def make(folder: Path) -> None:
        from scorecards.manifest import manifest, manifest_bytes

        document = json.loads(assessment())
        words = {"zh": "甲" * letters, "en": "a" * letters}
        note = {"code": "duplicate_photos", "evidence": [], "files": [], "message": words}
        more = size - len(_json(document))
        document["integrity"] = [note] * max(0, more // (len(_json(note)) + 1))
        document["digest"] = digest({key: value for key, value in document.items() if key != "digest"})
        attached = _json(document)
        said = manifest_bytes(manifest(document, "zh", attached))
        files = ((b"assessment.json", attached), (b"manifest.json", said))
        (folder / "a.pdf").write_bytes(_pdf(files, page))

    return make


def _pdf(files: tuple[tuple[bytes, bytes], ...], page: bytes) -> bytes:
    """A PDF of one page with two files attached, as small as can be."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AF [4 0 R 6 0 R] >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents [8 0 R 8 0 R 8 0 R] >>",
    ]
    for name, content in files:
        number = len(objects) + 2
        objects.append(b"<< /Type /Filespec /F (%s) /UF (%s) /EF << /F %d 0 R >> >>" % (name, name, number))
        objects.append(_stream(b"/Type /EmbeddedFile", content))
    objects.append(_stream(b"", page))
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(made))
    return made + head + table + tail


def _stream(said: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (said, len(packed), packed)


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()
