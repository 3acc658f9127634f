"""What changed in one criterion between two assessments, and why: sentences with a code each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.comparing.evidence import Evidence, evidence_changes
from evaluator.comparing.findings import finding_changes
from evaluator.comparing.matching import Pair
from evaluator.comparing.reviewed import review_changes
from evaluator.errors import Words

Json = Mapping[str, Any]
LEVELS = {
    "must": Words("应", "must"),
    "should": Words("宜", "should"),
    "may": Words("鼓励", "may"),
}
# The cause that is named for a criterion is the first of these that its changes hold (decision 16).
CAUSES: dict[str, tuple[str, ...]] = {
    "criterion_added": ("criterion_added",),
    "criterion_removed": ("criterion_removed",),
    "review": ("decision", "correction", "rejection"),
    "applicability": ("applies", "applies_no_more"),
    "rules": ("points", "level", "veto", "required", "check"),
    "closed": ("closed",),
    "rated": ("rating", "rated"),
    "evidence": ("number", "measured", "added", "dropped", "altered", "not_counted", "counted"),
    "time": ("window",),
    "prerequisite": ("prerequisite",),
    "confirmed": ("confirmation",),
    "other": ("other",),
}


class Change(NamedTuple):
    """One sentence on what changed, with a code that programs may read."""

    code: str
    text: Words


class Frame(NamedTuple):
    """What two assessments have in common: the evidence of one occasion (None where it is two), whether the rules are one."""

    evidence: Evidence | None
    same_rules: bool


def changes(pair: Pair, frame: Frame) -> list[Change]:
    """Everything that changed in ``pair``; empty where nothing did."""
    if pair.before is None or pair.after is None:
        code = "criterion_added" if pair.before is None else "criterion_removed"
        words = Words("只在后一份中有这项指标", "only the later one has this criterion")
        if pair.after is None:
            words = Words("只在前一份中有这项指标", "only the earlier one has this criterion")
        return [Change(code, words)]
    found = [Change(*one) for one in review_changes(pair.before, pair.after)]
    found.extend(_rules(pair.before, pair.after))
    found.extend(_applicability(pair.before, pair.after))
    found.extend(
        Change(*one) for one in finding_changes(pair.before, pair.after, same_rules=frame.same_rules)
    )
    if frame.evidence is not None:
        found.extend(Change(*one) for one in evidence_changes(pair.before, pair.after, frame.evidence))
    if not found and not _alike(pair.before, pair.after):
        found.append(_other(pair.before, pair.after))
    rated = any(one.code == "rating" for one in found)
    # A reviewer's level says what the finding says, and why.
    return [one for one in dict.fromkeys(found) if not rated or one.code != "rated"]


def cause_of(found: list[Change]) -> str | None:
    """The cause that is named for these changes; None where there are none."""
    codes = {one.code for one in found}
    return next((cause for cause, own in CAUSES.items() if codes.intersection(own)), None)


def _alike(before: Json, after: Json) -> bool:
    return all(before[key] == after[key] for key in ("outcome", "credit", "points", "level", "waits"))


def _rules(before: Json, after: Json) -> Iterator[Change]:
    if before["points"] != after["points"]:
        yield Change("points", _from_to("分值", "points", before["points"], after["points"]))
    if before["level"] != after["level"]:
        old, new = LEVELS[before["level"]], LEVELS[after["level"]]
        zh = f"要求层级由“{old.zh}”改为“{new.zh}”"
        yield Change("level", Words(zh, f"the level was {old.en}, is {new.en}"))
    if before["veto"] != after["veto"]:
        words = Words("改为一票否决项", "is a veto now")
        yield Change("veto", words if after["veto"] else Words("不再是一票否决项", "is no veto any more"))


def _from_to(zh: str, en: str, old: str, new: str) -> Words:
    return Words(f"{zh}由 {old} 改为 {new}", f"{en}: {old} before, {new} now")


def _applicability(before: Json, after: Json) -> Iterator[Change]:
    gone, come = after["outcome"] == "not_applicable", before["outcome"] == "not_applicable"
    if gone == come:
        return
    why = _why(after) if gone else _why(after, before)
    if gone:
        zh, en = (
            f"不再适用，{after['points']} 分退出适用分值",
            f"does not apply any more: {after['points']} points leave",
        )
    else:
        zh, en = f"变为适用，{after['points']} 分计入适用分值", f"applies now: {after['points']} points count"
    yield Change(
        "applies_no_more" if gone else "applies",
        Words(f"{zh}{_aside(why.zh)}", f"{en}{_aside(why.en, 'en')}"),
    )


def _why(*criteria: Json) -> Words:
    """The reason of the first condition that any of ``criteria`` shows."""
    for criterion in criteria:
        for finding in criterion["findings"]:
            if finding["role"] == "applies_when" and finding["reason"]:
                return Words(
                    finding["reason"]["zh"],
                    (finding["reason"].get("en") or finding["reason"]["zh"]).rstrip("."),
                )
    return Words("", "")


def _aside(text: str, language: str = "zh") -> str:
    if not text:
        return ""
    return f"（{text}）" if language == "zh" else f" ({text})"


def _other(before: Json, after: Json) -> Change:
    old, new = _first_reason(before), _first_reason(after)
    return Change("other", Words(f"原为“{old.zh}”，现为“{new.zh}”", f"before: {old.en} Now: {new.en}"))


def _first_reason(criterion: Json) -> Words:
    for finding in criterion["findings"]:
        if finding["role"] != "applies_when" and finding["reason"]:
            return Words(finding["reason"]["zh"], finding["reason"].get("en") or finding["reason"]["zh"])
    return Words("无", "none.")
