"""The digests by which rules and submissions are named: of their content, however it was written."""

from __future__ import annotations

from functools import lru_cache

from evaluator.canonical import digest, plain_data
from evaluator.catalogue import Catalogue
from evaluator.evaluate import Pair
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission, in_order


def ruleset_digest(ruleset: Ruleset, catalogue: Catalogue) -> str:
    """The digest of a ruleset together with the catalogue entries that it uses."""
    return _ruleset_digest(Pair(ruleset, catalogue))


@lru_cache(maxsize=64)
def _ruleset_digest(pair: Pair) -> str:
    ruleset, catalogue = pair.ruleset, pair.catalogue
    used = used_items(ruleset)
    entries = {name: plain_data(item) for _, name, item in catalogue.all() if name in used}
    return digest({"ruleset": plain_data(ruleset), "catalogue": entries})


def used_items(ruleset: Ruleset) -> set[str]:
    """The identifiers of every catalogue entry that ``ruleset`` reads."""
    used = {use.id for _, _, criterion in ruleset.criteria() for use in criterion.uses()}
    for taken in ruleset.taken():
        used.update(use.id for use in taken.deduction.own_uses())
        used.update(use.id for _, check in taken.deduction.checks() for use in check.uses())
    return used


def submission_digest(submission: Submission) -> str:
    """The digest of a submission's parsed content."""
    return digest(in_order(submission))
