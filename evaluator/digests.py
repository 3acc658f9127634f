"""The digests by which rules and submissions are named: of their content, however it was written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from evaluator.algorithms import Algorithm, digest_of_bytes
from evaluator.canonical import LARGEST, digest, plain_data, plainer
from evaluator.catalogue import Catalogue
from evaluator.exact import Number
from evaluator.identity import Same
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission, in_order


def ruleset_digest(ruleset: Ruleset, catalogue: Catalogue, algorithm: Algorithm = "sha256") -> str:
    """The digest of a ruleset together with the catalogue entries that it uses."""
    return _ruleset_digest(Same(ruleset), Same(catalogue), algorithm)


@lru_cache(maxsize=64)
def _ruleset_digest(ruleset: Same[Ruleset], catalogue: Same[Catalogue], algorithm: Algorithm) -> str:
    used = used_items(ruleset.value)
    entries = {name: plain_data(item) for _, name, item in catalogue.value.all() if name in used}
    return digest({"ruleset": plain_data(ruleset.value), "catalogue": entries}, algorithm)


def used_items(ruleset: Ruleset) -> set[str]:
    """The identifiers of every catalogue entry that ``ruleset`` reads."""
    used = {use.id for _, _, criterion in ruleset.criteria() for use in criterion.uses()}
    for taken in ruleset.taken():
        used.update(use.id for use in taken.deduction.own_uses())
        used.update(use.id for _, check in taken.deduction.checks() for use in check.uses())
    return used


def submission_digest(submission: Submission, algorithm: Algorithm = "sha256") -> str:
    """The digest of a submission's parsed content."""
    ordered = in_order(submission)
    made = _quickly(ordered)
    if made is None or not (made.isascii() or unicodedata.is_normalized("NFC", made.decode())):
        return digest(ordered, algorithm)
    return digest_of_bytes(made, algorithm)


def digest_as_read(submission: Submission, algorithm: Algorithm = "sha256") -> str:
    """``submission_digest`` of what a reader made: it is in order, and every text in it is in NFC."""
    made = _quickly(submission)
    return digest(submission, algorithm) if made is None else digest_of_bytes(made, algorithm)


def _quickly(submission: Submission) -> bytes | None:
    """``canonical`` of a submission in order with texts in NFC; None where a number is too large.

    Its entries, which are most of it, are written as they are.
    """
    return None if any(one > LARGEST for one in _numbers(submission)) else _ENCODER.encode(submission)


def _numbers(submission: Submission) -> Iterator[Number]:
    yield from submission.counts.values()
    yield from submission.previous.counts.values()
    yield from (abs(one.level) for one in submission.ratings)
    for units in submission.units.values():
        for unit in units:
            yield from unit.counts.values()


# Entries leave out what they have by default.
_ENCODER = msgspec.json.Encoder(enc_hook=plainer, order="sorted")
