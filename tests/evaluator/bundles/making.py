"""Bundles to be read: published as the command publishes, or packed by hand with whatever is wrong in them."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from evaluator.bundles.signing import key_pair, signed
from evaluator.loading import check_ruleset
from evaluator.loading.bundle_files import bundle_bytes
from evaluator.loading.publishing import Publication, publication
from evaluator.loading.version_edits import begun, with_passage
from evaluator.loading.version_files import FILE, recorded
from evaluator.versions import Passage

TRIAL = "trial"
KEY = key_pair(None)
OTHER_KEY = key_pair(None)


def approve(folder: Path, version: str) -> None:
    """Record that ``version`` was approved."""
    path = folder / FILE
    text = path.read_text(encoding="utf-8") if path.is_file() else begun(folder)
    path.write_text(
        with_passage(text, version, Passage(state="approved", on=date(2026, 11, 1))), encoding="utf-8"
    )


def publish(folder: Path, key: bytes = KEY[0], on: date | None = date(2026, 11, 25)) -> Publication:
    """Publish what lies in ``folder``, and write what that writes there."""
    path = folder.parent / "key.pem"
    path.write_bytes(key)
    one = check_ruleset(folder)
    assert one.problems == ()
    assert one.ruleset is not None
    assert one.catalogue is not None
    made = publication(folder, one.ruleset, one.catalogue, recorded(folder, []), path, None, on=on)
    made.kept.parent.mkdir(exist_ok=True)
    if not made.is_kept:
        made.kept.write_bytes(made.bundle)
    if made.versions is not None:
        (folder / FILE).write_text(made.versions, encoding="utf-8")
    return made


def parts(bundle: bytes) -> dict[str, bytes]:
    """The members of a bundle by name, manifest and signature among them."""
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def packed(members: Mapping[str, bytes]) -> bytes:
    """A bundle of these members, packed as bundles are."""
    rest = dict(members)
    return bundle_bytes(rest.pop("manifest.json"), rest.pop("signature.json"), rest)


def resigned(members: Mapping[str, bytes], key: bytes = KEY[0], **changed: object) -> bytes:
    """A bundle whose manifest lists ``members`` as they are, with some of its keys changed, signed with ``key``."""
    manifest = json.loads(members["manifest.json"])
    manifest["members"] = [
        {"name": name, "digest": f"sha256:{hashlib.sha256(content).hexdigest()}", "size": len(content)}
        for name, content in sorted(members.items())
        if name not in ("manifest.json", "signature.json")
    ]
    text = written({**manifest, **changed})
    name, signature = signed(text, key)
    stated = written({"algorithm": "Ed25519", "key": name, "signature": signature})
    return packed({**members, "manifest.json": text, "signature.json": stated})


def written(data: object) -> bytes:
    """``data`` in canonical JSON."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def moved_on(folder: Path, version: str, old: str, new: str) -> None:
    """Give the rules in ``folder`` another version, with ``new`` in place of ``old``."""
    path = folder / "ruleset.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new)
    path.write_text(
        re.sub(r'^version: "[^"]*"', f'version: "{version}"', text, flags=re.MULTILINE), encoding="utf-8"
    )
