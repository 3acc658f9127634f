"""What a submission that was made for one standard still lacks for another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.crosswalk.mapping import Json, Side, item_of
from evaluator.digests import submission_digest, used_items
from evaluator.evaluate import Verdict, program
from evaluator.exact import decimal, plain, printed
from evaluator.facts import Facts, facts_of
from evaluator.model import Use
from evaluator.ruleset import Ruleset, full_points
from evaluator.score import earned, score
from evaluator.submission import Submission, in_order


def lacking(submission: Submission, first: Side, second: Side, as_of: date | None = None) -> Json:
    """How ``submission``, which was made for ``first``, stands under ``second``; what nobody submitted is undecided.

    ``decided`` are the criteria whose credit is certain, with what they earn; ``open`` those that wait, with the items that they
    lack; ``missing`` every item that ``second`` reads and of which nothing is said, with the criteria that read it.
    """
    submission = in_order(submission)
    day = as_of or submission.as_of or submission.period.to
    facts = facts_of(submission, day)
    ruleset, catalogue = second
    judgement = program(ruleset, catalogue, submission.period.span).judge(facts)
    result = score(ruleset, judgement)
    absent = {
        criterion.id: list(dict.fromkeys(use.id for use in criterion.uses() if not _is_there(use, facts)))
        for _, _, criterion in ruleset.criteria()
    }
    known = used_items(first.ruleset)
    verdicts = [_verdict(one, ruleset, absent[one.criterion.id]) for one in judgement.verdicts]
    subject = submission.subject
    return {
        "digest": submission_digest(submission),
        "subject": {"id": subject.id, "name": subject.name, "kind": subject.kind},
        "period": {
            "from": submission.period.from_.isoformat(),
            "to": submission.period.to.isoformat(),
        },
        "as_of": day.isoformat(),
        "score": None
        if result.score is None
        else {
            "floor": printed(result.score.score.floor, (0, 100)),
            "ceiling": printed(result.score.score.ceiling, (0, 100)),
        },
        "decided": [one for one in verdicts if one["floor"] == one["ceiling"]],
        "open": [one for one in verdicts if one["floor"] != one["ceiling"]],
        "missing": list(_missing(ruleset, catalogue, absent, known)),
    }


def _verdict(verdict: Verdict, ruleset: Ruleset, absent: list[str]) -> Json:
    criterion = verdict.criterion
    points = full_points(criterion, ruleset.scoring)
    credit = earned(verdict, ruleset.scoring)
    return {
        "id": criterion.id,
        "clause": criterion.clause,
        "item": criterion.item,
        "title": {"zh": criterion.title.zh, "en": criterion.title.en},
        "outcome": verdict.outcome,
        "waits": list(verdict.waits),
        "points": decimal(points),
        "floor": plain(credit.floor, (0, points)),
        "ceiling": plain(credit.ceiling, (0, points)),
        "lacks": absent,
    }


def _missing(
    ruleset: Ruleset, catalogue: Catalogue, absent: dict[str, list[str]], known: set[str]
) -> Iterator[Json]:
    criteria: dict[str, list[str]] = {}
    for name, items in absent.items():
        for item in items:
            criteria.setdefault(item, []).append(name)
    for kind, item, stated in catalogue.all():
        if item in criteria:
            points = sum(
                (full_points(ruleset.by_id()[name], ruleset.scoring) for name in criteria[item]), start=0
            )
            yield {
                **item_of(item, catalogue),
                "help": {"zh": stated.help.zh, **({} if stated.help.en is None else {"en": stated.help.en})},
                "criteria": criteria[item],
                "points": decimal(points),
                # Asked for by the standard that it was made for, and not submitted either.
                "also_first": item in known,
                "units": kind == "units",
            }


def _is_there(use: Use, facts: Facts) -> bool:
    """Whether anything is said of what ``use`` reads, if only that there is none."""
    if use.id in facts.complete:
        return True
    held: dict[str, Any] = {
        "counts": facts.counts,
        "previous": facts.previous,
        "events": facts.events,
        "documents": facts.documents,
        "statements": facts.statements,
        "units": facts.units,
    }
    return use.id in held[use.kind]
