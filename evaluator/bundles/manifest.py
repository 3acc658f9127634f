"""A bundle's manifest: which ruleset at which version, its digest, the evidence that it uses, and every member's digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from evaluator.catalogue import KINDS
from evaluator.errors import Fault, Words
from evaluator.model import Identifier, Line, Model, Title, Tuple
from evaluator.packages.names import name_fault

# Not .zip: nobody should feel invited to unpack, mend and pack again, nor take it for a package of evidence.
ENDING = ".duibiao"
MANIFEST = "manifest.json"
SIGNATURE = "signature.json"
# What lies in the ruleset's own folder; the first three must.
OWN = ("ruleset.yaml", "clauses.yaml", "cases.yaml", "catalogue.yaml", "trace.yaml", "versions.yaml")
CATALOGUES = tuple(f"catalogue/{kind}.yaml" for kind in KINDS)
_DIGEST = r"^sha256:[0-9a-f]{64}$"


class Entry(Model):
    """One member: its name, the SHA-256 of its bytes, and how many they are."""

    name: Line
    digest: str = Field(pattern=_DIGEST)
    size: int = Field(ge=0)


class Manifest(Model):
    """``manifest.json``, in canonical JSON; the signature is over these bytes.

    ``digest`` is that of the ruleset with the catalogue entries ``items`` that it uses; ``criteria`` are its identifiers.
    """

    bundle: Literal[1]
    ruleset: Identifier
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    digest: str = Field(pattern=_DIGEST)
    title: Title
    criteria: Tuple[Identifier]
    items: Tuple[Identifier]
    members: Tuple[Entry]


class Signature(Model):
    """``signature.json``: the fingerprint of the public key, and the signature of the manifest's bytes in hexadecimal."""

    algorithm: Literal["Ed25519"]
    key: str = Field(pattern=_DIGEST)
    signature: str = Field(pattern=r"^[0-9a-f]{128}$")


def entries_of(members: Mapping[str, bytes]) -> tuple[Entry, ...]:
    """What a manifest says of these members, in the order of their names."""
    return tuple(
        Entry(name=name, digest=f"sha256:{hashlib.sha256(content).hexdigest()}", size=len(content))
        for name, content in sorted(members.items())
    )


def member_fault(name: str, ruleset: str | None = None) -> Fault | None:
    """Why a bundle has no member of this name: a name that leads elsewhere, or that no file of a ruleset has."""
    wrong = name_fault(name)
    if wrong is not None:
        return wrong
    folder, _, own = name.partition("/")
    if name in (MANIFEST, SIGNATURE, *CATALOGUES) or (own in OWN and ruleset in (None, folder)):
        return None
    what = Words("这个文件不属于规则包", "a bundle has no such file")
    return Fault("unknown_member", (name,), what)
