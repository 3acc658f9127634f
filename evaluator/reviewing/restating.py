"""Reviews made under one version of rules, under another: what was established stays, opinions only where they fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from evaluator.algorithms import algorithm_of
from evaluator.digests import ruleset_digest
from evaluator.impact.alike import Rules, unchanged
from evaluator.review import OfRuleset, Review, is_named, review_digest

# What somebody thought of a criterion; the other lists say what is there and what is not, whatever is asked.
_OPINIONS = ("ratings", "decisions", "confirmations")


class Restated(NamedTuple):
    """The reviews under the other version, and the criteria of which an opinion was left out."""

    reviews: tuple[Review, ...]
    left_out: tuple[str, ...]


def restated(chain: Sequence[Review], old: Rules, new: Rules) -> Restated:
    """``chain``, made under ``old``, for ``new``: opinions on a criterion that is judged otherwise there are left out.

    Under the rules that it was made under a review stays as it is.
    """
    same = unchanged(old, new, {name: name for name in new[0].by_id() if name in old[0].by_id()})
    found: list[tuple[Review, Review]] = []
    left_out: dict[str, None] = {}
    for review in chain:
        stated = review.ruleset
        if (stated.id, stated.version) == (new[0].ruleset, new[0].version):
            found.append((review, review))
            continue
        digest = None if stated.digest is None else ruleset_digest(*new, algorithm_of(stated.digest))
        changes: dict[str, Any] = {
            "ruleset": OfRuleset(id=new[0].ruleset, version=new[0].version, digest=digest),
            "follows": tuple(_followed(one, found) for one in review.follows),
        }
        for name in _OPINIONS:
            entries = getattr(review, name)
            changes[name] = tuple(one for one in entries if one.criterion in same)
            left_out.update((one.criterion, None) for one in entries if one.criterion not in same)
        found.append((review, review.model_copy(update=changes)))
    return Restated(tuple(after for _, after in found), tuple(left_out))


def _followed(stated: str, earlier: Sequence[tuple[Review, Review]]) -> str:
    # A review names those before it by their digests, and those are other ones now.
    for before, after in earlier:
        if is_named(before, stated):
            return review_digest(after, algorithm_of(stated))
    return stated
