"""Integrity findings: what a reader of the result must know although it changes no verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from evaluator.errors import Words
from evaluator.evaluate import Judgement
from evaluator.facts import Facts
from evaluator.finding import leaves
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission
from evaluator.windows import whole_months


class Observation(NamedTuple):
    """One integrity finding: its code, the evidence it speaks of, and what it says."""

    code: str
    evidence: tuple[str, ...]
    message: Words


def integrity(
    ruleset: Ruleset,
    submission: Submission,
    facts: Facts,
    judgement: Judgement,
    observations: Iterable[Observation] = (),
) -> list[dict[str, Any]]:
    """Every integrity finding: ``{"code", "evidence", "message": {"zh", "en"}}``.

    ``observations`` are those made on reading the submission and its files.
    """
    found = [
        *observations,
        *_period(ruleset, facts),
        *_dates(submission, facts),
        *_repeats(submission),
        *_ratings(ruleset, submission),
        *_unsupported(judgement),
    ]
    return [
        {"code": code, "evidence": list(evidence), "message": {"zh": words.zh, "en": words.en}}
        for code, evidence, words in found
    ]


def _period(ruleset: Ruleset, facts: Facts) -> Iterator[Observation]:
    months = whole_months(facts.span)
    wanted = ruleset.period.months
    if months != wanted:
        yield Observation(
            "period_length",
            (),
            Words(f"评估期不是 {wanted} 个月", f"the period is not {wanted} months long"),
        )
    effective = ruleset.effective
    if facts.span.start < effective.from_ or (effective.to is not None and facts.span.end > effective.to):
        zh = f"评估期超出规则集的适用时间（自 {effective.from_}{f' 至 {effective.to}' if effective.to else ' 起'}）"
        until = f" to {effective.to}" if effective.to else ""
        yield Observation(
            "outside_effective",
            (),
            Words(zh, f"the period lies outside the time in force (from {effective.from_}{until})"),
        )
    if facts.as_of > facts.span.end:
        yield Observation(
            "as_of_after_period", (), Words("数据截止日晚于评估期", "the data date lies after the period")
        )
    if facts.as_of < facts.span.start:
        yield Observation(
            "as_of_before_period", (), Words("数据截止日早于评估期", "the data date lies before the period")
        )


def _dates(submission: Submission, facts: Facts) -> Iterator[Observation]:
    late = tuple(one.id for one in submission.events if one.date > facts.as_of)
    late += tuple(
        one.id for one in submission.documents if one.issued is not None and one.issued > facts.as_of
    )
    if late:
        yield Observation(
            "after_as_of",
            late,
            Words("日期晚于数据截止日，不计入", "dated after the data date: not counted"),
        )
    outside = tuple(
        one.id for one in submission.events if one.date <= facts.as_of and one.date not in facts.span
    )
    if outside:
        yield Observation(
            "outside_period",
            outside,
            Words("活动日期不在评估期内，不计入", "events outside the period: not counted"),
        )
    reversed_ = tuple(
        one.id for one in submission.documents if one.issued and one.valid_to and one.valid_to < one.issued
    )
    if reversed_:
        yield Observation(
            "reversed_validity",
            reversed_,
            Words("文件有效期早于印发日期", "a document expires before it was issued"),
        )


def _ratings(ruleset: Ruleset, submission: Submission) -> Iterator[Observation]:
    known = ruleset.by_id()
    unknown = [one.criterion for one in submission.ratings if one.criterion not in known]
    if unknown:
        zh, en = "、".join(unknown), ", ".join(unknown)
        message = Words(
            f"自评的指标不在本规则集中：{zh}", f"self-ratings of criteria not in this ruleset: {en}"
        )
        yield Observation("rating_of_other", (), message)


def _repeats(submission: Submission) -> Iterator[Observation]:
    groups: dict[tuple[Any, ...], list[str]] = {}
    for one in submission.events:
        groups.setdefault((one.type, one.date, one.title), []).append(one.id)
    for ids in groups.values():
        if len(ids) > 1:
            yield Observation(
                "repeated_event",
                tuple(ids),
                Words("同类型、同日期、同标题的活动重复填报", "the same event stands more than once"),
            )


def _unsupported(judgement: Judgement) -> Iterator[Observation]:
    ids: dict[str, None] = {}
    for verdict in judgement.verdicts:
        for _, finding in verdict.findings:
            for leaf in leaves(finding):
                if leaf.reason == "unsupported_yes":
                    ids.update(dict.fromkeys(leaf.evidence))
    if ids:
        yield Observation(
            "unsupported_yes",
            tuple(ids),
            Words("申报为“是”但没有附佐证", "a yes without the support that is asked for"),
        )
