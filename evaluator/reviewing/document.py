"""What an assessment says of the reviews it was made with: every stage side by side, every number with who decided it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from evaluator.evaluate import Judgement, Verdict
from evaluator.evidence_rows import refusal_of_date
from evaluator.facts import Facts
from evaluator.review import Provenance, Review
from evaluator.review_entries import DocumentDateCorrection, EventCorrection, Thing
from evaluator.reviewing.entries import Json, Telling
from evaluator.reviewing.standing import Standing
from evaluator.reviewing.uses import Read, reads
from evaluator.reviewing.words import STAGES
from evaluator.ruleset import Criterion

Earned = Callable[[Verdict], Json]
_READ_AS = {"count": "counts", "previous": "previous", "statement": "statements"}


class Passed(NamedTuple):
    """One stage that a submission has passed: what stood after it, its verdicts, and its score as the assessment tells it."""

    standing: Standing
    judgement: Judgement
    told: Json


def with_reviews(
    document: Json,
    reviews: Sequence[Review],
    passed: Sequence[Passed],
    machine: Judgement,
    facts: Facts,
    telling: Telling,
    earned: Earned,
) -> Json:
    """``document`` (of the last stage) with what the reviews said and every earlier stage beside it.

    ``machine`` is what the machine says of the submission alone at the last stage; ``passed`` begins with what was claimed.
    """
    standing = passed[-1].standing
    alone = {one.criterion.id: one for one in machine.verdicts}
    stages = {name: [_at(one, n, earned) for one in passed] for n, name in enumerate(telling.criteria)}
    return {
        **document,
        "reviews": [telling.review(one) for one in reviews],
        "stages": [{"stage": one.standing.stage, **one.told} for one in passed],
        "criteria": [
            {
                **one,
                "machine": _verdict(alone[one["id"]], earned),
                "stages": stages[one["id"]],
                **_said(telling.criteria[one["id"]], standing, telling),
            }
            for one in document["criteria"]
        ],
        "evidence": _evidence(document["evidence"], standing, facts, telling),
    }


def _verdict(verdict: Verdict, earned: Earned) -> Json:
    return {"outcome": verdict.outcome, "waits": list(verdict.waits), "earned": earned(verdict)}


def _at(one: Passed, number: int, earned: Earned) -> Json:
    verdict = one.judgement.verdicts[number]
    name = verdict.criterion.id
    found = {"stage": one.standing.stage, **_verdict(verdict, earned), "decided_by": "machine"}
    if name in one.judgement.overruled:
        found["decided_by"] = "decision"
        found["machine"] = _verdict(one.judgement.overruled[name], earned)
    elif name in one.standing.ratings:
        found["decided_by"] = "rating"
    return found


def _said(criterion: Criterion, standing: Standing, telling: Telling) -> Json:
    """What reviewers said of a criterion itself, and the changes of evidence that it reads."""
    found: Json = {}
    name = criterion.id
    last: Provenance[Any] | None = (
        standing.decisions.get(name) or standing.ratings.get(name) or standing.confirmations.get(name)
    )
    if last is not None:
        found["review"] = telling.signed(last)
    stands: list[Provenance[Any]] = [*standing.corrections.values(), *standing.rejected.values()]
    changes = [telling.signed(one) for one in stands if _reads(criterion, one, telling)]
    if changes:
        found["changes"] = changes
    return found


def _reads(criterion: Criterion, one: Provenance[Any], telling: Telling) -> bool:
    """Whether ``criterion`` reads what ``one`` corrects or rejects."""
    thing: Thing | None = getattr(one.entry, "thing", None)
    kind, name = (thing.kind, thing.id) if thing is not None else ("", str(one.entry.id))
    if kind in ("", "event", "document"):
        types = {entry.id: (listed, entry.type) for listed, _, entry in telling.submission.entries()}
        return Read(False, *types.get(name, ("counts", name))) in reads(criterion)
    of_unit = thing is not None and bool(thing.unit)
    return Read(of_unit, _READ_AS[kind], name) in reads(criterion)


def _evidence(rows: Sequence[Json], standing: Standing, facts: Facts, telling: Telling) -> list[Json]:
    """The rows of the evidence as it was submitted, each with what a review changed of it."""
    corrections = {
        (thing.kind, thing.id): [
            one
            for other, one in standing.corrections.items()
            if (other.kind, other.id, other.unit) == thing[:3]
        ]
        for thing in standing.corrections
        if not thing.unit
    }
    return [
        _row(row, corrections.get((row["kind"], _known_by(row)), []), standing, facts, telling)
        for row in rows
    ]


def _known_by(row: Json) -> str:
    """What a correction calls the evidence of ``row``: a statement by its type, the rest by its id."""
    return str(row["type"] if row["kind"] == "statement" else row["id"])


def _row(
    row: Json, corrections: list[Provenance[Any]], standing: Standing, facts: Facts, telling: Telling
) -> Json:
    found = dict(row)
    for one in corrections:
        made = one.entry
        if made.claimed is None and row["kind"] in ("count", "statement"):
            found["value"] = None
        if isinstance(made, EventCorrection) or (
            isinstance(made, DocumentDateCorrection) and made.field == "issued"
        ):
            refused = refusal_of_date(made.verified, facts, inside=isinstance(made, EventCorrection))
            found["accepted"] = refused is None
            found["reason"] = None if refused is None else {"zh": refused.zh, "en": refused.en}
    rejection = standing.rejected.get(row["id"])
    if rejection is not None:
        stage, why = STAGES[rejection.review.stage], rejection.entry.reason
        found["accepted"] = False
        found["reason"] = {"zh": f"{stage.zh}未采信：{why}", "en": f"rejected at the {stage.en}: {why}"}
    changes = [telling.signed(one) for one in (*corrections, *([rejection] if rejection is not None else []))]
    return {**found, "changes": changes} if changes else found
