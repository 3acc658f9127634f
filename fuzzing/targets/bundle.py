"""Ruleset bundles (``.duibiao``): altered by someone without the key, and signed as they are by a publisher who means harm."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from fuzzing import world
from fuzzing.choices import Choices
from fuzzing.mutating import archives, trees
from fuzzing.mutating.archives import members_of
from fuzzing.target import Target, refuse

_KINDS = {"yaml": trees.mutated_yaml, "json": trees.mutated_json}
# A key for this trial alone: whatever is signed with it is meant to be read further.
_PRIVATE = bytes(range(32))


@lru_cache(maxsize=1)
def _key() -> tuple[bytes, bytes]:
    """The private and the public key, as PEM."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    made = Ed25519PrivateKey.from_private_bytes(_PRIVATE)
    plain = serialization.NoEncryption()
    private = made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return private, made.public_key().public_bytes(serialization.Encoding.PEM, spki)


def trusted(folder: Path) -> Path:
    """The folder's file with the public key."""
    path = folder / "trial.pub"
    path.write_bytes(_key()[1])
    return path


def seeds() -> list[bytes]:
    """The small ruleset, published."""
    folder = world.small_rules(world.scratch() / "bundle-seed")
    files = {f"book-corner/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.yaml"))}
    files["catalogue/counts.yaml"] = (folder.parent / "catalogue" / "counts.yaml").read_bytes()
    return [_signed(files, {})]


def _signed(files: dict[str, bytes], stated: dict[str, object]) -> bytes:
    from evaluator.bundles import entries_of
    from evaluator.bundles.signing import signed
    from evaluator.digests import ruleset_digest
    from evaluator.loading.bundle_files import bundle_bytes

    manifest = {
        "bundle": 1,
        "ruleset": "book-corner",
        "version": "1.0.0",
        "digest": ruleset_digest(world.books().ruleset, world.books().catalogue),
        "title": {"zh": "图书角", "en": "Book corners"},
        "criteria": ["bc-1", "bc-2"],
        "items": ["corner_books"],
        **stated,
        "members": [one.model_dump(mode="json") for one in entries_of(files)],
    }
    content = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "replace"
    )
    key, signature = signed(content, _key()[0])
    written = json.dumps(
        {"algorithm": "Ed25519", "key": key, "signature": signature}, sort_keys=True, separators=(",", ":")
    )
    return bundle_bytes(content, written.encode(), files)


def mutated(content: bytes, choices: Choices) -> bytes:
    """A bundle with one to three changes; in two of three, signed again as it then is."""
    made = archives.mutated(content, choices, _KINDS)
    if not choices.below(3):
        return made
    from evaluator.bundles import MANIFEST, SIGNATURE

    members = {one.name.decode("utf-8", "replace"): one.content for one in members_of(made)}
    members.pop(SIGNATURE, None)
    try:
        stated = json.loads(members.pop(MANIFEST, b"{}"))
        return _signed(members, stated if isinstance(stated, dict) else {})
    except Exception:  # noqa: BLE001 - what cannot be signed is given as it is
        return made


def reader() -> Callable[[bytes], object]:
    """Read it, and check the rules in it as if they were unpacked."""
    from evaluator.checking import ruleset_faults
    from evaluator.errors import Problem
    from evaluator.loading.bundle_files import read_bundle
    from evaluator.loading.files import placed, read_text, typed
    from evaluator.ruleset import Ruleset

    os.environ["DUIBIAO_TRUSTED"] = str(trusted(world.scratch()))
    path = world.scratch() / "given.duibiao"
    catalogue = world.books().catalogue

    def read(content: bytes) -> None:
        path.write_bytes(content)
        found = read_bundle(path)
        name = f"{found.manifest.ruleset}/ruleset.yaml"
        problems: list[Problem] = []
        source = read_text(found.members[name], name)
        ruleset = typed(Ruleset, source, problems)
        if ruleset is not None:
            problems.extend(placed(ruleset_faults(ruleset, catalogue), source))
        refuse(problems)

    return read


def case(folder: Path, content: bytes) -> Sequence[Sequence[str]]:
    """The bundle as rules to score by."""
    (folder / "given.duibiao").write_bytes(content)
    return (
        (
            "score",
            str(world.MEAL / "submission.yaml"),
            "--rules",
            "given.duibiao",
            "--format",
            "json",
            "--out",
            "out",
        ),
        ("template", "--rules", "given.duibiao", "--out", "out.xlsx"),
    )


TARGET = Target(seeds, mutated, reader, case)
