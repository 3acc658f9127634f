"""One subject under a change of rules as JSON data."""

from __future__ import annotations

from typing import Any

from evaluator.exact import Number, decimal, printed
from evaluator.impact.judging import Judging
from evaluator.impact.unit import Standing, UnitImpact
from evaluator.revising.sides import Side
from evaluator.revising.words import KINDS

Json = dict[str, Any]


def signed(value: Number) -> str:
    """A difference with its sign, two decimals."""
    return ("+" if value > 0 else "") + printed(value, (0,))


def item_of(side: Side, kind: str, name: str) -> Json:
    """Evidence that was never asked for, with its label."""
    if kind == "parts":
        document, part = name.split(".", 1)
        label = side.parts(document, [part])
        return {
            "kind": kind,
            "id": name,
            "label": {
                "zh": f"{side.label(document).zh}的内容：{label.zh}",
                "en": f"in {side.label(document).en}: {label.en}",
            },
        }
    if kind == "attachments":
        label = side.label(name)
        return {
            "kind": kind,
            "id": name,
            "label": {"zh": f"{label.zh}的附件", "en": f"attachment of {label.en}"},
        }
    words, label = KINDS[kind], side.label(name)
    return {
        "kind": kind,
        "id": name,
        "label": {"zh": f"{words.zh}：{label.zh}", "en": f"{words.en}: {label.en}"},
    }


def unit_of(judging: Judging, unit: UnitImpact) -> Json:
    """How one subject stands, what changed for it, and what cannot be told."""
    return {
        "id": unit.subject,
        "name": unit.name,
        "region": list(unit.region),
        "old": _standing(unit.old),
        "new": _standing(unit.low),
        "new_at_best": _standing(unit.high),
        "change": _between(unit.old, unit.low),
        "change_at_best": _between(unit.old, unit.high),
        "score": unit.direction,
        "grade": unit.grade,
        "acceptance": unit.acceptance,
        "criteria": [
            {
                "id": one.criterion,
                "old": one.old,
                "new": one.new,
                "direction": one.direction,
                "effect": signed(one.effect),
                "short": [
                    {
                        "of": each.of,
                        "amount": decimal(each.amount),
                        "before": decimal(each.before),
                        "text": each.text._asdict(),
                    }
                    for each in one.short
                ],
            }
            for one in unit.touched
        ],
        "unknown": [
            {
                "criterion": one.criterion,
                "reason": one.reason,
                "items": [item_of(judging.new, *item) for item in one.items],
            }
            for one in unit.unknown
        ],
    }


def _between(old: Standing, new: Standing) -> str | None:
    return None if old.score is None or new.score is None else signed(new.score - old.score)


def _standing(standing: Standing) -> Json:
    score = None if standing.score is None else printed(standing.score)
    return {"score": score, "grade": standing.grade, "accepted": standing.accepted}
