"""The assessment as JSON: every verdict with its findings, in words and in numbers. Every key: docs/assessment.md."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from evaluator.algorithms import Algorithm
from evaluator.assessment_rules import CriterionPart, rules_part, title_of
from evaluator.catalogue import Catalogue
from evaluator.digests import submission_digest
from evaluator.errors import Words
from evaluator.evaluate import Judgement, Role, Verdict
from evaluator.evidence_rows import evidence_rows
from evaluator.exact import Number, decimal, fraction_text, plain, printed, quotient
from evaluator.facts import Facts, Stage
from evaluator.finding import Finding, Interval, outcome_of
from evaluator.integrity import Observation, integrity
from evaluator.packages.records import FileRecord, package_digest
from evaluator.ruleset import Ruleset, full_points
from evaluator.score import Result, SectionScore, earned
from evaluator.submission import Submission
from evaluator.wording import Wording

SEMANTICS = "1"
VERSION = "0.1.0"
Json = dict[str, Any]


def document_of(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    sent: Json,
    facts: Facts,
    judgement: Judgement,
    result: Result,
    stage: Stage,
    observations: Iterable[Observation],
    algorithm: Algorithm = "sha256",
) -> Json:
    """The assessment but for its digest and what reviews and plans add; ``sent`` is what ``submission_of`` says."""
    rules = rules_part(ruleset, catalogue, algorithm)
    own_ratings = {one.criterion: {"level": one.level, "reason": one.reason} for one in submission.ratings}
    return {
        "assessment": 1,
        "engine": {"semantics": SEMANTICS, "version": VERSION},
        "stage": stage,
        "as_of": facts.as_of.isoformat(),
        "ruleset": rules.ruleset,
        "submission": sent,
        "reviews": [],
        **told(result, ruleset),
        "sections": [section_told(one) for one in result.sections],
        "criteria": [
            {
                **_criterion(verdict, rules.criteria[verdict.criterion.id], ruleset, rules.wording),
                "self_rating": own_ratings.get(verdict.criterion.id),
            }
            for verdict in judgement.verdicts
        ],
        "evidence": list(evidence_rows(submission, catalogue, facts, judgement)),
        "deductions": [
            {
                "title": title_of(taken.deduction.title),
                **({} if taken.section is None else {"section": taken.section.id}),
                "lost": {"floor": plain(loss.least), "ceiling": plain(loss.most)},
                "exact": _exact(Interval(loss.least, loss.most)),
                "findings": _findings((("deduct", loss.finding),), rules.wording),
            }
            for taken, loss in zip(ruleset.taken(), judgement.losses, strict=True)
        ],
        "integrity": integrity(ruleset, catalogue, submission, facts, judgement, observations),
    }


def wording_of(ruleset: Ruleset, catalogue: Catalogue) -> Wording:
    """The words for findings under ``ruleset``."""
    return rules_part(ruleset, catalogue).wording


def submission_of(
    submission: Submission, files: list[FileRecord] | None, algorithm: Algorithm = "sha256"
) -> Json:
    """What was submitted, and the files that came with it; None where nobody looked at any."""
    subject, period = submission.subject, submission.period
    stated = submission_digest(submission, algorithm)
    return {
        "digest": stated,
        "subject": {
            "id": subject.id,
            "name": subject.name,
            "kind": subject.kind,
            "region": list(subject.region),
            "attributes": dict(subject.attributes),
        },
        "period": {"from": period.from_.isoformat(), "to": period.to.isoformat()},
        "package": None if files is None else package_digest(stated, files, algorithm),
        "files": None if files is None else [one.as_json() for one in files],
    }


def _words(words: Words | None) -> Json | None:
    return None if words is None else {"zh": words.zh, "en": words.en}


def _interval(interval: Interval, limits: tuple[Number, ...] = ()) -> Json:
    return {"floor": plain(interval.floor, limits), "ceiling": plain(interval.ceiling, limits)}


def _exact(interval: Interval) -> Json:
    return {"floor": fraction_text(interval.floor), "ceiling": fraction_text(interval.ceiling)}


def told(result: Result, ruleset: Ruleset) -> Json:
    """What a stage came to: score, grade, acceptance, failed vetoes."""
    return {
        "score": _score(result, ruleset),
        "grade": result.grade,
        "accepted": result.accepted,
        "vetoes": list(result.vetoes),
    }


def _score(result: Result, ruleset: Ruleset) -> Json | None:
    if result.score is None:
        return None
    one = result.score
    limits = (Fraction(0), Fraction(100), *(grade.at_least.value for grade in ruleset.scoring.grades))
    return {
        "floor": printed(one.score.floor, limits),
        "ceiling": printed(one.score.ceiling, limits),
        "decided": printed(one.decided, (0, 1)),
        "not_applicable_points": decimal(one.not_applicable),
        "exact": _exact(one.score),
        "applicable_points": decimal(one.applicable),
        "earned": _interval(one.earned, (0, one.applicable)),
        "bonus": _interval(one.bonus),
        "deductions": _interval(one.deductions),
    }


def section_told(one: SectionScore) -> Json:
    """What one section came to."""
    applicable = one.applicable
    rate = None
    if applicable:
        floor, ceiling = (quotient(end * 100, applicable) for end in one.earned)
        rate = {"floor": printed(floor, (0, 100)), "ceiling": printed(ceiling, (0, 100))}
    return {
        "id": one.section.id,
        "title": title_of(one.section.title),
        "points": decimal(one.points),
        "not_applicable_points": decimal(one.not_applicable),
        "cap": str(one.section.cap) if one.section.cap else None,
        "earned": _interval(one.earned, (0, applicable)),
        "rate": rate,
        "bonus": _interval(one.bonus),
        **({"lost": _interval(one.lost)} if one.section.deductions else {}),
    }


def _criterion(verdict: Verdict, part: CriterionPart, ruleset: Ruleset, wording: Wording) -> Json:
    return {
        **part.said,
        "outcome": verdict.outcome,
        "waits": list(verdict.waits),
        "points": part.points,
        "credit": None if verdict.credit is None else _exact(verdict.credit),
        "earned": _interval(earned(verdict, ruleset.scoring), (0, part.worth)),
        "findings": _findings(verdict.findings, wording),
    }


def earned_of(verdict: Verdict, ruleset: Ruleset) -> Json:
    """The points of a verdict, printed."""
    return _interval(earned(verdict, ruleset.scoring), (0, full_points(verdict.criterion, ruleset.scoring)))


def _findings(findings: tuple[tuple[Role, Finding], ...], wording: Wording) -> list[Json]:
    listed: list[Json] = []
    for role, finding in findings:
        _list(finding, role, None, wording, listed)
    return listed


def _list(finding: Finding, role: Role, parent: int | None, wording: Wording, listed: list[Json]) -> None:
    position = len(listed)
    listed.append(_finding(finding, role, parent, wording))
    for member in finding.members:
        _list(member, role, position, wording, listed)


def _finding(finding: Finding, role: Role, parent: int | None, wording: Wording) -> Json:
    found: Json = {
        "kind": finding.kind,
        "role": role,
        "parent": parent,
        "of": list(finding.of),
        "outcome": outcome_of(finding.credit, (finding,)),
        "waits": finding.waits,
        "credit": None if finding.credit is None else _exact(finding.credit),
        "measured": _measured(finding, wording),
        "required": _required(finding, wording),
        "shortfall": None,
        "evidence": list(finding.evidence),
        "reason": _words(wording.reason(finding)),
    }
    if finding.label:
        found["unit"] = finding.label
    short = finding.shortfall
    if short is not None:
        found["shortfall"] = {
            "amount": decimal(short.amount),
            "of": short.of,
            "possible": short.possible,
            "text": _words(wording.shortfall(finding)),
        }
    if finding.windows:
        found["windows"] = [
            {
                "from": one.start.isoformat(),
                "to": one.end.isoformat(),
                "needed": one.needed,
                "found": one.found,
                "state": one.state,
            }
            for one in finding.windows
        ]
    return found


def _measured(finding: Finding, wording: Wording) -> Json | None:
    text = wording.measured(finding)
    if text is None:
        return None
    value = parts = None
    if finding.measured is not None:
        one = finding.measured
        value = fraction_text(Fraction(one.numerator) / one.denominator)
        parts = {name: number if isinstance(number, int) else str(number) for name, number in one.parts}
    return {"value": value, "parts": parts or {}, "text": _words(text)}


def _required(finding: Finding, wording: Wording) -> Json | None:
    text = wording.required(finding)
    if text is None or finding.required is None:
        return None
    limits = finding.required.limits
    value = fraction_text(limits[0][1].value) if len(limits) == 1 else None
    return {"value": value, "text": _words(text)}
