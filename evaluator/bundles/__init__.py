"""Ruleset bundles: what a manifest says of its members; ``signing`` says who signed it. Pure."""

from evaluator.bundles.manifest import (
    CATALOGUES,
    ENDING,
    MANIFEST,
    OWN,
    SIGNATURE,
    Entry,
    Manifest,
    Signature,
    entries_of,
    member_fault,
)

__all__ = [
    "CATALOGUES",
    "ENDING",
    "MANIFEST",
    "OWN",
    "SIGNATURE",
    "Entry",
    "Manifest",
    "Signature",
    "entries_of",
    "member_fault",
]
