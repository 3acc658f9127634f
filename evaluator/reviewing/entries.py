"""The entries of a review as an assessment tells them: what, how, when, why, by whom, in words of both languages. Pure."""

from __future__ import annotations

from typing import Any

from evaluator.algorithms import Algorithm
from evaluator.canonical import plain_data
from evaluator.catalogue import Catalogue
from evaluator.checks import Check
from evaluator.checks.group import Group
from evaluator.checks.rating import Level, Rating
from evaluator.errors import Words
from evaluator.exact import plain
from evaluator.review import ENTRIES, Provenance, Review, Reviewer, review_digest
from evaluator.review_entries import (
    AnyCorrection,
    Confirmation,
    Decision,
    Entry,
    LevelGiven,
    OnEvidence,
)
from evaluator.reviewing.words import label_of, labelled, said
from evaluator.ruleset import Criterion, Ruleset, full_points
from evaluator.submission import Submission

Json = dict[str, Any]
_KINDS: dict[type[Entry], str] = {
    OnEvidence: "rejection",
    LevelGiven: "rating",
    Decision: "decision",
    Confirmation: "confirmation",
}


def levels_of(criterion: Criterion) -> tuple[Level, ...]:
    """The levels that an inspector can give for ``criterion``; none where nothing in it is rated."""
    found: dict[int, Level] = {}
    for _, check in criterion.checks():
        found.update({level.level: level for level in _levels(check)})
    return tuple(found[number] for number in sorted(found, reverse=True))


def _levels(check: Check) -> tuple[Level, ...]:
    if isinstance(check, Rating):
        return check.levels
    if isinstance(check, Group):
        return tuple(level for _, member in check.members() for level in _levels(member))
    return ()


class Telling:
    """Tells the entries of reviews of one submission under one ruleset; ``algorithm`` is that of the reviews' digests."""

    def __init__(
        self,
        ruleset: Ruleset,
        catalogue: Catalogue,
        submission: Submission,
        algorithm: Algorithm = "sha256",
    ) -> None:
        self.ruleset, self.catalogue, self.submission = ruleset, catalogue, submission
        self.algorithm = algorithm
        self.criteria = ruleset.by_id()

    def review(self, review: Review) -> Json:
        """A whole review: who, at which stage, and every entry."""
        merged = review.merged
        return {
            "stage": review.stage,
            "digest": review_digest(review, self.algorithm),
            "reviewer": reviewer_json(review.reviewer),
            "also": [reviewer_json(one) for one in review.also],
            "date": None if review.date is None else review.date.isoformat(),
            "method": review.method,
            "submission": {"id": review.submission.id, "digest": review.submission.digest},
            "follows": list(review.follows),
            "settles": list(review.settles),
            "merged": merged and {"of": list(merged.of), "gap": str(merged.gap), "third": merged.third},
            **{
                name: [self.entry(Provenance(review, one)) for one in getattr(review, name)]
                for name in ENTRIES
            },
        }

    def entry(self, one: Provenance[Any]) -> Json:
        """One entry: what it is about, then how, when, why and by whom it was said."""
        made: Entry = one.entry
        about: Json
        match made:
            case OnEvidence():
                about = self._evidence(made)
            case LevelGiven():
                about = self._level(made)
            case Decision():
                about = self._decision(made)
            case Confirmation():
                about = {"criterion": made.criterion}
            case _:
                about = self._correction(made)  # type: ignore[arg-type]  # what is left is a correction
        return {
            **about,
            "method": one.method,
            "date": None if one.day is None else one.day.isoformat(),
            "reason": made.reason,
            "by": [who.number for who in one.reviewers],
        }

    def signed(self, one: Provenance[Any]) -> Json:
        """One entry on its own, away from its review: with its stage, the review's digest and the reviewers.

        ``entry`` says what it is: correction, rejection, rating, decision or confirmation.
        """
        first, *others = one.reviewers
        return {
            "entry": _KINDS.get(type(one.entry), "correction"),
            "stage": one.review.stage,
            "digest": review_digest(one.review, self.algorithm),
            "reviewer": reviewer_json(first),
            "also": [reviewer_json(other) for other in others],
            **self.entry(one),
        }

    def _evidence(self, one: OnEvidence) -> Json:
        entry = next((entry for _, _, entry in self.submission.entries() if entry.id == one.id), None)
        title = self.catalogue.label(one.id)
        words = labelled(entry, self.catalogue) if entry is not None else Words(title.zh, title.en)
        return {"id": one.id, "label": _words(words)}

    def _level(self, one: LevelGiven) -> Json:
        text = next(
            level.text for level in levels_of(self.criteria[one.criterion]) if level.level == one.level
        )
        words = {"zh": text.zh} if text.en is None else {"zh": text.zh, "en": text.en}
        return {"criterion": one.criterion, "level": one.level, "text": words}

    def _decision(self, one: Decision) -> Json:
        full = full_points(self.criteria[one.criterion], self.ruleset.scoring)
        earned = {"satisfied": plain(full), "not_satisfied": "0"}.get(one.outcome)
        if one.earned is not None:
            earned = plain(one.earned.value, (0, full))
        return {"criterion": one.criterion, "outcome": one.outcome, "earned": earned}

    def _correction(self, one: AnyCorrection) -> Json:
        thing = one.thing
        values = {
            name: {
                "value": plain_data(value),
                "text": _words(said(one, value, self.catalogue, self.submission)),
            }
            for name, value in (("claimed", one.claimed), ("verified", one.verified))
        }
        return {
            "kind": thing.kind,
            "id": thing.id,
            "unit": thing.unit or None,
            "field": thing.field or None,
            "label": _words(label_of(thing, self.submission, self.catalogue)),
            **values,
        }


def reviewer_json(one: Reviewer) -> Json:
    """A reviewer: role, unit, staff number."""
    return {"role": one.role, "unit": one.unit, "number": one.number}


def _words(words: Words) -> Json:
    return {"zh": words.zh, "en": words.en}
