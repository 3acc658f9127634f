"""The handbook as plain data: ``{"handbook": 1, …}``, every text in Chinese and, mostly, in English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.crediting import Context
from evaluator.digests import ruleset_digest
from evaluator.errors import Words
from evaluator.exact import decimal
from evaluator.guidance import lines
from evaluator.guidance.asking import Asking, Degree, Told
from evaluator.guidance.evidence import items
from evaluator.ruleset import Clauses, Criterion, Ruleset, Section, TotalDeduction, full_points
from evaluator.wording import Wording

Json = dict[str, Any]


def handbook(ruleset: Ruleset, catalogue: Catalogue, clauses: Clauses) -> Json:
    """What those who are assessed under ``ruleset`` need to know of it, in its order."""
    titles = {name: Words(one.title.zh, one.title.en) for name, one in ruleset.by_id().items()}
    wording = Wording(catalogue, titles)
    context = Context(ruleset.first_period(), _day(ruleset), catalogue)
    return {
        "handbook": 1,
        "ruleset": _head(ruleset, catalogue),
        "scoring": _scoring(ruleset, context, wording),
        "sections": [_section(one, ruleset, context, wording) for one in ruleset.sections],
        "evidence": _index(ruleset, wording),
        "not_assessed": _not_assessed(clauses),
    }


def _day(ruleset: Ruleset) -> date:
    # Dated thresholds have a table of their own; what is said beside it is of the last of them.
    return date.max if ruleset.effective.to is None else ruleset.effective.to


def _head(ruleset: Ruleset, catalogue: Catalogue) -> Json:
    standard, effective = ruleset.standard, ruleset.effective
    return {
        "id": ruleset.ruleset,
        "version": ruleset.version,
        "digest": ruleset_digest(ruleset, catalogue),
        "supersedes": ruleset.supersedes,
        "title": _title(ruleset.title),
        "standard": {
            "title": standard.title,
            "issuer": standard.issuer,
            "issued": standard.issued,
            "note": None if standard.note is None else _text(standard.note),
        },
        "effective": {
            "from": effective.from_.isoformat(),
            "to": None if effective.to is None else effective.to.isoformat(),
            "basis": effective.basis,
        },
        "subject": list(ruleset.subject),
        "period_months": ruleset.period.months,
        "criteria": sum(1 for _ in ruleset.criteria()),
    }


def _scoring(ruleset: Ruleset, context: Context, wording: Wording) -> Json:
    scoring = ruleset.scoring
    counted = [one for _, _, one in ruleset.criteria() if one.level != "may"]
    asking = Asking(context, wording)
    deductions = scoring.deductions
    return {
        "model": scoring.model,
        "total": None if scoring.total is None else str(scoring.total),
        "points": decimal(sum(full_points(one, scoring) for one in counted)),
        "not_applicable": scoring.not_applicable,
        "grades": [
            {"id": one.id, "title": _title(one.title), "at_least": str(one.at_least), "basis": one.basis}
            for one in scoring.grades
        ],
        "pass": scoring.pass_,
        "bonus_cap": None if scoring.bonus is None else str(scoring.bonus.cap),
        "deductions": None
        if deductions is None
        else {"cap": str(deductions.cap), "lines": _taken(deductions.lines, asking)},
        "transition": scoring.transition,
    }


def _taken(taken: Iterable[TotalDeduction], asking: Asking) -> list[Json]:
    return [{"title": _title(one.title), **_degree(lines.deduction(one, asking))} for one in taken]


def _section(section: Section, ruleset: Ruleset, context: Context, wording: Wording) -> Json:
    counted = [one for one in section.criteria if one.level != "may"]
    return {
        "id": section.id,
        "title": _title(section.title),
        "points": decimal(sum(full_points(one, ruleset.scoring) for one in counted)),
        "cap": None if section.cap is None else str(section.cap),
        "deductions": _taken(section.deductions, Asking(context, wording)),
        "criteria": [_criterion(one, ruleset, context, wording) for one in section.criteria],
    }


def _criterion(one: Criterion, ruleset: Ruleset, context: Context, wording: Wording) -> Json:
    known = {name: criterion.title for name, criterion in ruleset.by_id().items()}
    grades = {grade.id: grade.title for grade in ruleset.scoring.grades}
    own = context._replace(points=one.points.value, prohibition=one.nature == "prohibition", criterion=one.id)
    # In the flat model every criterion counts alike: what it is worth is said as a share.
    asking = Asking(own if ruleset.scoring.model != "flat" else own._replace(points=None), wording)
    applies = (
        [] if one.applies_when is None else Asking(own._replace(points=None), wording).told(one.applies_when)
    )
    veto = None
    if one.veto:
        grade = None if one.veto_grade is None else _title(grades[one.veto_grade])
        veto = {"effect": one.veto_effect, "grade": grade}
    return {
        "id": one.id,
        "supersedes": one.supersedes,
        "clause": one.clause,
        "item": one.item,
        "printed": one.printed,
        "title": _title(one.title),
        "requirement": _text(one.requirement),
        "level": one.level,
        "nature": one.nature,
        # As the rule file writes them: points that are next to none are not rounded to none.
        "points": "1" if ruleset.scoring.model == "flat" else str(one.points),
        "veto": veto,
        "basis": {
            key: value
            for key in type(one.basis).model_fields
            if (value := getattr(one.basis, key)) is not None
        },
        "duty_of": list(one.duty_of),
        "responsible": list(one.responsible),
        "method": one.method,
        "applies_when": [_line(line) for line in applies],
        "requires": [{"id": name, "title": _title(known[name])} for name in one.requires],
        **_judged(one, asking),
        "evidence": items(one, wording),
        "remedy": _text(one.remedy),
    }


def _judged(one: Criterion, asking: Asking) -> Json:
    """How it is judged: its form, what is asked, how that becomes points, and the rows of a small table."""
    asked: list[Told] = []
    credit: list[Words] = []
    degrees: list[Degree] = []
    form = "check"
    if one.check is not None:
        asked, credit = list(asking.told(one.check)), list(asking.crediting(one.check))
        if not one.points.value and asking.context.points is not None:
            credit = [Words("本身不计分", "it has no points of its own")]
        degrees = list(asking.degrees(one.check))
    elif one.deduct is not None:
        # The lines of a deduction are judged for themselves, without the criterion's points.
        inner = Asking(asking.context._replace(points=None), asking.wording)
        form, degrees = "deduct", [lines.deduction(line, inner) for line in one.deduct]
    elif one.earn is not None:
        form, degrees = "earn", [lines.earning(line, asking) for line in one.earn]
    elif one.best_of is not None:
        form, degrees = "best_of", list(lines.alternatives(one.best_of, asking))
    return {
        "form": form,
        "asked": [_line(line) for line in asked],
        "credit": [_words(words) for words in credit],
        "degrees": [_degree(degree) for degree in degrees],
    }


def _index(ruleset: Ruleset, wording: Wording) -> list[Json]:
    """Every item that the ruleset reads, by kind, with the criteria that use it."""
    found: dict[tuple[str, str], Json] = {}
    for _, _, criterion in ruleset.criteria():
        for item in items(criterion, wording):
            entry = found.setdefault(
                (item["kind"], item["id"]),
                {key: item[key] for key in ("kind", "id", "label")} | {"criteria": []},
            )
            entry["criteria"].append(criterion.id)
    for taken in ruleset.taken():
        uses = [
            *taken.deduction.own_uses(),
            *(use for _, check in taken.deduction.checks() for use in check.uses()),
        ]
        for use in uses:
            kind = "counts" if use.kind == "previous" else use.kind
            label = _words(wording.label(use.id))
            found.setdefault((kind, use.id), {"kind": kind, "id": use.id, "label": label, "criteria": []})
    order = ("documents", "events", "counts", "statements", "units")
    # Within a kind in the order of their first use.
    return sorted(found.values(), key=lambda one: order.index(one["kind"]))


def _not_assessed(clauses: Clauses) -> list[Json]:
    found: list[Json] = []
    for clause in clauses.clauses:
        if clause.not_assessed is not None:
            found.append(_excused(clause.id, None, clause.heading, clause.not_assessed))
        for item in clause.items:
            if item.not_assessed is not None:
                heading = item.heading or clause.heading
                found.append(_excused(clause.id, item.item, heading, item.not_assessed))
    return found


def _excused(clause: str, item: str | None, heading: str, reason: Any) -> Json:
    return {"clause": clause, "item": item, "heading": heading, "reason": _text(reason)}


def _line(line: Told) -> Json:
    return {"depth": line.depth, "text": _words(line.text)}


def _degree(degree: Degree) -> Json:
    return {"case": _words(degree.case), "worth": _words(degree.worth)}


def _words(words: Words) -> Json:
    return {"zh": words.zh, "en": words.en}


def _title(title: Any) -> Json:
    return {"zh": title.zh, "en": title.en}


def _text(text: Any) -> Json:
    return {"zh": text.zh} if text.en is None else {"zh": text.zh, "en": text.en}
