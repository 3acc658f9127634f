"""Integrity findings: what a reader of the result must know although it changes no verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.claims import claims
from evaluator.errors import Words
from evaluator.evaluate import Judgement
from evaluator.facts import Facts
from evaluator.finding import leaves
from evaluator.observation import Observation
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission
from evaluator.windows import whole_months

__all__ = ["Observation", "integrity", "observed"]


def integrity(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    facts: Facts,
    judgement: Judgement,
    observations: Iterable[Observation] = (),
) -> list[dict[str, Any]]:
    """What ``observed`` says, as JSON: ``{"code", "evidence", "message": {"zh", "en"}, "files"}`` for each finding."""
    found = observed(ruleset, catalogue, submission, facts, judgement, observations)
    return [one.as_json() for one in found]


def observed(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    facts: Facts,
    judgement: Judgement,
    observations: Iterable[Observation] = (),
) -> list[Observation]:
    """Every integrity finding; ``observations`` are those made on reading the submission and its files."""
    evidence = _evidence(judgement)
    unsupported, late = evidence["unsupported_yes"], evidence["late"]
    found = [
        *observations,
        *_period(ruleset, facts),
        *claims(submission, catalogue, facts.as_of, unsupported),
        *_ratings(ruleset, submission),
    ]
    if unsupported:
        words = Words("申报为“是”但没有附佐证", "a yes without the support that is asked for")
        found.append(Observation("unsupported_yes", tuple(unsupported), words))
    if late:
        words = Words("文件印发晚于所要证明的期限", "documents dated after the deadline that they prove")
        found.append(Observation("late_document", tuple(late), words))
    return found


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


def _ratings(ruleset: Ruleset, submission: Submission) -> Iterator[Observation]:
    if not submission.ratings:
        return
    known = ruleset.by_id()
    unknown = [one.criterion for one in submission.ratings if one.criterion not in known]
    if unknown:
        zh, en = "、".join(unknown), ", ".join(unknown)
        message = Words(
            f"自评的指标不在本规则集中：{zh}", f"self-ratings of criteria not in this ruleset: {en}"
        )
        yield Observation("rating_of_other", (), message)


def _evidence(judgement: Judgement) -> dict[str, dict[str, None]]:
    """The evidence of every check that came to one of these reasons, each once."""
    found: dict[str, dict[str, None]] = {"unsupported_yes": {}, "late": {}}
    findings = [finding for verdict in judgement.verdicts for _, finding in verdict.findings]
    for finding in [one for one in findings if one.members or one.reason in found]:
        for leaf in leaves(finding):
            if leaf.reason in found:
                found[leaf.reason].update(dict.fromkeys(leaf.evidence))
    return found
