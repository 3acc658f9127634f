"""What an assessment says of its rules: made once for a ruleset. Every assessment by it holds these very objects: change none."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from evaluator.algorithms import Algorithm
from evaluator.canonical import plain_data
from evaluator.catalogue import Catalogue
from evaluator.digests import ruleset_digest
from evaluator.errors import Words
from evaluator.exact import Number, decimal
from evaluator.identity import Same
from evaluator.ruleset import Criterion, Ruleset, full_points
from evaluator.wording import Wording

Json = dict[str, Any]


class CriterionPart(NamedTuple):
    """What is said of a criterion before its outcome; what it is worth, as a number and in print."""

    said: Json
    worth: Number
    points: str


class RulesPart(NamedTuple):
    """What is said of the ruleset, of each criterion by its id, and the words for findings."""

    ruleset: Json
    criteria: dict[str, CriterionPart]
    wording: Wording


def rules_part(ruleset: Ruleset, catalogue: Catalogue, algorithm: Algorithm = "sha256") -> RulesPart:
    """What every assessment by ``ruleset`` says of it; ``algorithm`` is that of its digest."""
    return _rules_part(Same(ruleset), Same(catalogue), algorithm)


@lru_cache(maxsize=64)
def _rules_part(of: Same[Ruleset], under: Same[Catalogue], algorithm: Algorithm) -> RulesPart:
    ruleset, catalogue = of.value, under.value
    titles = {name: Words(one.title.zh, one.title.en) for name, one in ruleset.by_id().items()}
    return RulesPart(
        _ruleset(ruleset, catalogue, algorithm),
        {
            criterion.id: CriterionPart(
                _criterion(criterion, section.id),
                full_points(criterion, ruleset.scoring),
                decimal(full_points(criterion, ruleset.scoring)),
            )
            for _, section, criterion in ruleset.criteria()
        },
        Wording(catalogue, titles),
    )


def title_of(title: Any) -> Json:
    """A title, which has both languages."""
    return {"zh": title.zh, "en": title.en}


def _text(text: Any) -> Json:
    return {"zh": text.zh} if text.en is None else {"zh": text.zh, "en": text.en}


def _ruleset(ruleset: Ruleset, catalogue: Catalogue, algorithm: Algorithm) -> Json:
    standard, scoring = ruleset.standard, ruleset.scoring
    found: Json = {
        "id": ruleset.ruleset,
        "version": ruleset.version,
        "digest": ruleset_digest(ruleset, catalogue, algorithm),
        "title": title_of(ruleset.title),
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
                {
                    "id": one.id,
                    "title": title_of(one.title),
                    "at_least": str(one.at_least),
                    "basis": one.basis,
                }
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


def _criterion(one: Criterion, section: str) -> Json:
    return {
        "id": one.id,
        **({} if one.supersedes is None else {"supersedes": one.supersedes}),
        "section": section,
        "clause": one.clause,
        "item": one.item,
        "printed": one.printed,
        "anchors": list(one.anchors),
        "title": title_of(one.title),
        "requirement": _text(one.requirement),
        "remedy": _text(one.remedy),
        "level": one.level,
        "veto": one.veto,
        **({} if one.veto_effect == "refuse" else {"veto_effect": one.veto_effect}),
        **({} if one.veto_grade is None else {"veto_grade": one.veto_grade}),
        "nature": one.nature,
        "basis": plain_data(one.basis),
        "duty_of": list(one.duty_of),
        "responsible": list(one.responsible),
        "method": one.method,
    }
