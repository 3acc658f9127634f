"""What reviewers said of a criterion in one assessment and not in the other: decisions, corrections, rejections, levels. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluator.errors import Words
from evaluator.reviewing.words import OUTCOMES, STAGES

Json = Mapping[str, Any]
Told = tuple[str, Words]


# Who said it, when and how is no change of what stands.
_MARKS = frozenset(("digest", "reviewer", "also", "by", "date", "method"))
_ABOUT = ("entry", "criterion", "kind", "id", "unit", "field")


def review_changes(before: Json, after: Json) -> Iterator[Told]:
    """A code and a sentence for each entry that is new or says otherwise, and for each that stands no more."""
    old, new = _entries(before), _entries(after)
    stood = [_meaning(one) for one in old]
    for one in new:
        if _meaning(one) not in stood:
            words = _said(one)
            yield one["entry"], Words(f"{words.zh}（{one['reason']}）", f"{words.en} ({one['reason']})")
    about = [_about(one) for one in new]
    for one in old:
        if _about(one) not in about:
            words = _said(one)
            yield one["entry"], Words(f"不再有：{words.zh}", f"stands no more: {words.en}")


def _entries(criterion: Json) -> Sequence[Json]:
    own = criterion.get("review")
    return [*([own] if own else []), *criterion.get("changes", ())]


def _meaning(one: Json) -> Json:
    return {key: value for key, value in one.items() if key not in _MARKS}


def _about(one: Json) -> tuple[Any, ...]:
    return tuple(one.get(key) for key in _ABOUT)


def _said(one: Json) -> Words:
    stage = STAGES[one["stage"]]
    what = _what(one)
    return Words(stage.zh + what.zh, f"{stage.en}, {what.en}")


def _what(one: Json) -> Words:
    match one["entry"]:
        case "correction":
            sides = [one[key]["text"] for key in ("claimed", "verified")]
            zh, en = (" → ".join(side.get(lang) or side["zh"] for side in sides) for lang in ("zh", "en"))
            label = _label(one)
            return Words(f"更正：{label.zh} {zh}", f"corrected: {label.en} {en}")
        case "rejection":
            label = _label(one)
            return Words(f"未采信：{label.zh}", f"rejected: {label.en}")
        case "rating":
            return Words(f"评为第 {one['level']} 档", f"rated level {one['level']}")
        case "confirmation":
            return Words("核实：所报属实", "verified as claimed")
        case _:
            outcome = OUTCOMES[one["outcome"]]
            zh = "" if one.get("earned") is None else f"，得 {one['earned']} 分"
            en = "" if one.get("earned") is None else f", earns {one['earned']}"
            return Words(f"判定：{outcome.zh}{zh}", f"decided: {outcome.en}{en}")


def _label(one: Json) -> Words:
    return Words(one["label"]["zh"], one["label"].get("en") or one["label"]["zh"])
