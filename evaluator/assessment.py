"""The assessment: the full, machine-readable result, as the contract in docs/assessment.md says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from evaluator.canonical import digest, plain_data
from evaluator.catalogue import Catalogue
from evaluator.errors import Words
from evaluator.evaluate import Judgement, Pair, Role, Verdict, program
from evaluator.evidence_rows import evidence_rows
from evaluator.exact import Number, decimal, fraction_text, plain, printed, quotient
from evaluator.facts import Facts, Stage, facts_of
from evaluator.finding import Finding, Interval, outcome_of
from evaluator.integrity import Observation, integrity
from evaluator.packages.records import FileRecord, package_digest
from evaluator.planning.account import account
from evaluator.planning.plan import Wanted, make_plan
from evaluator.planning.rectification import Returned, closing
from evaluator.planning.world import World
from evaluator.review import Review
from evaluator.reviewing.amending import with_additions
from evaluator.reviewing.document import Passed, with_reviews
from evaluator.reviewing.entries import Telling
from evaluator.reviewing.standing import (
    NOTHING,
    Standing,
    amended_by,
    in_chain,
    reviewed_facts,
    rulings,
    standings,
)
from evaluator.ruleset import Criterion, Ruleset
from evaluator.score import Result, SectionScore, earned, full_points, score
from evaluator.submission import Submission, in_order
from evaluator.wording import Wording

SEMANTICS = "1"
VERSION = "0.1.0"
Json = dict[str, Any]


class Assessed(NamedTuple):
    """One assessment and what it was made from."""

    judgement: Judgement
    result: Result
    facts: Facts
    document: Json


def assess(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    *,
    stage: Stage | None = None,
    as_of: date | None = None,
    ratings: Mapping[str, int] | None = None,
    observations: Iterable[Observation] = (),
    files: Iterable[FileRecord] | None = None,
    reviews: Sequence[Review] = (),
    supersedes: str | None = None,
    wanted: Wanted | None = None,
    returned: Returned | None = None,
) -> Assessed:
    """Judge and score ``submission`` under ``ruleset``.

    ``as_of`` is the day up to which the evidence speaks: by default the submission's, else the period's last day. ``reviews``
    are a chain that ``loading.load_reviews`` found sound; the stage is that of the last one, and ``self_check`` where there is
    none. ``ratings`` are an inspector's levels by criterion where no review states any; ``observations`` and ``files`` are what
    ``loading.receive`` saw; without ``files`` nobody looked at any. ``supersedes`` is the digest of the assessment that this one
    amends. ``wanted`` asks for an action plan, over what stands after the last review; ``returned`` is a rectification list that
    came back, and asks for a plan, too.
    """
    submission = in_order(submission)
    stood = standings(reviews)
    at = stood[-1].stage if stood else stage or "self_check"
    if stage not in (None, at):
        raise ValueError(f"the last review is of the stage {at}, not of {stage}")
    day = as_of or submission.as_of or submission.period.to
    sent = _submission(submission, None if files is None else sorted(files, key=lambda one: one.name))
    judge = program(ruleset, catalogue, submission.period.span).judge
    facts = facts_of(submission, day, at, ratings)
    alone = judge(facts)
    if not stood:
        result = score(ruleset, alone)
        document = _document(ruleset, catalogue, submission, sent, facts, alone, result, at, observations)
        if wanted is not None or returned is not None:
            world = World(ruleset, catalogue, submission, day, stage=at, ratings=ratings)
            _plan(document, world, alone, wanted, returned)
        return Assessed(alone, result, facts, _sealed(document, supersedes))
    claimed = facts_of(submission, day)
    known = [claimed, *(reviewed_facts(submission, one, day, ratings or {}) for one in stood)]
    judged = [
        judge(claimed),
        *(judge(found, rulings(ruleset, one)) for one, found in zip(stood, known[1:], strict=True)),
    ]
    results = [score(ruleset, one) for one in judged]
    passed = [
        Passed(one, found, _told(result, ruleset))
        for one, found, result in zip((NOTHING, *stood), judged, results, strict=True)
    ]
    shown = with_additions(submission, amended_by(submission, stood[-1]))
    document = with_reviews(
        _document(ruleset, catalogue, shown, sent, known[-1], judged[-1], results[-1], at, observations),
        in_chain(reviews),
        passed,
        alone,
        known[-1],
        Telling(ruleset, catalogue, submission),
        lambda verdict: _earned(verdict, ruleset),
    )
    if wanted is not None or returned is not None:
        world = _reviewed_world(ruleset, catalogue, submission, stood[-1], day, ratings or {}, judged[-1])
        _plan(document, world, judged[-1], wanted, returned)
    return Assessed(judged[-1], results[-1], known[-1], _sealed(document, supersedes))


def _reviewed_world(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    standing: Standing,
    day: date,
    ratings: Mapping[str, int],
    judgement: Judgement,
) -> World:
    """The submission as corrected; what a person decided stays as it was decided."""
    found = amended_by(submission, standing)
    decided = {one.criterion.id: one for one in judgement.verdicts if one.criterion.id in standing.decisions}
    given = {name: one.entry.level for name, one in standing.ratings.items()}
    return World(
        ruleset,
        catalogue,
        found.submission,
        day,
        stage=standing.stage,
        ratings={**ratings, **given},
        settled=decided,
        rejected=found.rejected,
        seen=found.seen,
    )


def _plan(
    document: Json, world: World, judgement: Judgement, wanted: Wanted | None, returned: Returned | None
) -> None:
    plan, wording = make_plan(world, wanted or Wanted()), _wording(world.ruleset, world.catalogue)
    document["plan"] = account(plan, judgement, wording)
    if returned is not None:
        document["rectification"] = closing(returned, plan, document["plan"], wording)


def _sealed(document: Json, supersedes: str | None) -> Json:
    """``document`` with what it supersedes, and its digest."""
    found = document if supersedes is None else {**document, "supersedes": supersedes}
    return {**found, "digest": digest(found)}


def ruleset_digest(ruleset: Ruleset, catalogue: Catalogue) -> str:
    """The digest of a ruleset together with the catalogue entries that it uses."""
    return _ruleset_digest(Pair(ruleset, catalogue))


@lru_cache(maxsize=64)
def _ruleset_digest(pair: Pair) -> str:
    ruleset, catalogue = pair.ruleset, pair.catalogue
    used = {use.id for _, _, criterion in ruleset.criteria() for use in criterion.uses()}
    for line in ruleset.scoring.deductions.lines if ruleset.scoring.deductions else ():
        used.update(use.id for use in line.own_uses())
        used.update(use.id for _, check in line.checks() for use in check.uses())
    entries = {name: plain_data(item) for _, name, item in catalogue.all() if name in used}
    return digest({"ruleset": plain_data(ruleset), "catalogue": entries})


def submission_digest(submission: Submission) -> str:
    """The digest of a submission's parsed content."""
    return digest(in_order(submission))


def _document(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    sent: Json,
    facts: Facts,
    judgement: Judgement,
    result: Result,
    stage: Stage,
    observations: Iterable[Observation],
) -> Json:
    wording = _wording(ruleset, catalogue)
    sections = {criterion.id: section.id for _, section, criterion in ruleset.criteria()}
    own_ratings = {one.criterion: {"level": one.level, "reason": one.reason} for one in submission.ratings}
    return {
        "assessment": 1,
        "engine": {"semantics": SEMANTICS, "version": VERSION},
        "stage": stage,
        "as_of": facts.as_of.isoformat(),
        "ruleset": _ruleset(ruleset, catalogue),
        "submission": sent,
        "reviews": [],
        **_told(result, ruleset),
        "sections": [_section(one) for one in result.sections],
        "criteria": [
            {
                **_criterion(verdict, sections[verdict.criterion.id], ruleset, wording),
                "self_rating": own_ratings.get(verdict.criterion.id),
            }
            for verdict in judgement.verdicts
        ],
        "evidence": list(evidence_rows(submission, catalogue, facts, judgement)),
        "deductions": [
            {
                "title": _title(line.title),
                "lost": {"floor": plain(loss.least), "ceiling": plain(loss.most)},
                "exact": _exact(Interval(loss.least, loss.most)),
                "findings": _findings((("deduct", loss.finding),), wording),
            }
            for line, loss in zip(
                ruleset.scoring.deductions.lines if ruleset.scoring.deductions else (),
                judgement.losses,
                strict=True,
            )
        ],
        "integrity": integrity(ruleset, catalogue, submission, facts, judgement, observations),
    }


def _wording(ruleset: Ruleset, catalogue: Catalogue) -> Wording:
    titles = {name: Words(one.title.zh, one.title.en) for name, one in ruleset.by_id().items()}
    return Wording(catalogue, titles)


def _submission(submission: Submission, files: list[FileRecord] | None) -> Json:
    subject, period = submission.subject, submission.period
    stated = submission_digest(submission)
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
        "package": None if files is None else package_digest(stated, files),
        "files": None if files is None else [one.as_json() for one in files],
    }


def _title(title: Any) -> Json:
    return {"zh": title.zh, "en": title.en}


def _text(text: Any) -> Json:
    return {"zh": text.zh} if text.en is None else {"zh": text.zh, "en": text.en}


def _words(words: Words | None) -> Json | None:
    return None if words is None else {"zh": words.zh, "en": words.en}


def _interval(interval: Interval, limits: tuple[Number, ...] = ()) -> Json:
    return {"floor": plain(interval.floor, limits), "ceiling": plain(interval.ceiling, limits)}


def _exact(interval: Interval) -> Json:
    return {"floor": fraction_text(interval.floor), "ceiling": fraction_text(interval.ceiling)}


def _ruleset(ruleset: Ruleset, catalogue: Catalogue) -> Json:
    standard, scoring = ruleset.standard, ruleset.scoring
    found: Json = {
        "id": ruleset.ruleset,
        "version": ruleset.version,
        "digest": ruleset_digest(ruleset, catalogue),
        "title": _title(ruleset.title),
        "standard": {"title": standard.title, "issuer": standard.issuer, "issued": standard.issued},
        "effective": {
            "from": ruleset.effective.from_.isoformat(),
            "to": ruleset.effective.to.isoformat() if ruleset.effective.to else None,
            "basis": ruleset.effective.basis,
        },
        "period_months": ruleset.period.months,
        "scoring": {
            "model": scoring.model,
            "total": str(scoring.total) if scoring.total else None,
            "not_applicable": scoring.not_applicable,
            "transition": scoring.transition,
            "grades": [
                {"id": one.id, "title": _title(one.title), "at_least": str(one.at_least), "basis": one.basis}
                for one in scoring.grades
            ],
            "pass": scoring.pass_,
            "bonus_cap": str(scoring.bonus.cap) if scoring.bonus else None,
            "deductions_cap": str(scoring.deductions.cap) if scoring.deductions else None,
        },
    }
    if standard.note is not None:
        found["standard"]["note"] = _text(standard.note)
    return found


def _told(result: Result, ruleset: Ruleset) -> Json:
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


def _section(one: SectionScore) -> Json:
    applicable = one.applicable
    rate = None
    if applicable:
        floor, ceiling = (quotient(end * 100, applicable) for end in one.earned)
        rate = {"floor": printed(floor, (0, 100)), "ceiling": printed(ceiling, (0, 100))}
    return {
        "id": one.section.id,
        "title": _title(one.section.title),
        "points": decimal(one.points),
        "not_applicable_points": decimal(one.not_applicable),
        "cap": str(one.section.cap) if one.section.cap else None,
        "earned": _interval(one.earned, (0, applicable)),
        "rate": rate,
        "bonus": _interval(one.bonus),
    }


def _criterion(verdict: Verdict, section: str, ruleset: Ruleset, wording: Wording) -> Json:
    one = verdict.criterion
    return {
        "id": one.id,
        **({} if one.supersedes is None else {"supersedes": one.supersedes}),
        "section": section,
        "clause": one.clause,
        "item": one.item,
        "printed": one.printed,
        "anchors": list(one.anchors),
        "title": _title(one.title),
        "requirement": _text(one.requirement),
        "remedy": _text(one.remedy),
        "level": one.level,
        "veto": one.veto,
        "nature": one.nature,
        "basis": _basis(one),
        "duty_of": list(one.duty_of),
        "responsible": list(one.responsible),
        "method": one.method,
        "outcome": verdict.outcome,
        "waits": list(verdict.waits),
        "points": decimal(full_points(one, ruleset.scoring)),
        "credit": None if verdict.credit is None else _exact(verdict.credit),
        "earned": _earned(verdict, ruleset),
        "findings": _findings(verdict.findings, wording),
    }


def _earned(verdict: Verdict, ruleset: Ruleset) -> Json:
    return _interval(earned(verdict, ruleset.scoring), (0, full_points(verdict.criterion, ruleset.scoring)))


def _basis(criterion: Criterion) -> Json:
    stated = plain_data(criterion.basis)
    assert isinstance(stated, dict)
    return stated


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
