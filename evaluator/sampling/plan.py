"""The plan of a sample as plain data: the contract is docs/inspection-tools.md. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from evaluator.errors import Words
from evaluator.exact import printed
from evaluator.ruleset import Ruleset
from evaluator.sampling.candidates import Candidate, Risk
from evaluator.sampling.drawing import ALGORITHM, Drawn, draw, lot
from evaluator.sampling.spot_checks import Chosen, chosen

Json = dict[str, Any]
Stratum = tuple[tuple[str, ...], str]


class Wanted(NamedTuple):
    """What is asked for: subjects in all, how many of them for risk at most, criteria in each, the seed, the level of regions."""

    communities: int
    for_risk: int
    criteria: int
    seed: str
    region_level: int | None = None


def region_level(candidates: Iterable[Candidate]) -> int:
    """The first level, from the largest unit down, at which the regions differ; 0 where they never do."""
    regions = [one.region for one in candidates]
    for level in range(1, max(map(len, regions), default=0) + 1):
        if len({region[:level] for region in regions}) > 1:
            return level
    return 0


def plan(
    candidates: Sequence[Candidate],
    ruleset: Ruleset,
    wanted: Wanted,
    assess: Callable[[str], Mapping[str, Any]],
) -> Json:
    """The plan: the strata, who is visited and why, what is checked there. ``assess`` gives the assessment of a subject by id."""
    level = region_level(candidates) if wanted.region_level is None else wanted.region_level

    def stratum(one: Candidate) -> Stratum:
        return one.region[:level], one.grade or ""

    drawn = draw(candidates, stratum, wanted.communities, wanted.for_risk, wanted.seed)
    how = {one.id: "lot" for one in drawn.by_lot} | {one.id: "risk" for one in drawn.for_risk}
    picked = sorted((*drawn.by_lot, *drawn.for_risk), key=lambda one: (one.region, one.id))
    return {
        "plan": 1,
        "algorithm": ALGORITHM,
        "seed": wanted.seed,
        "asked": {
            "communities": wanted.communities,
            "for_risk": wanted.for_risk,
            "criteria": wanted.criteria,
        },
        "region_level": level,
        "ruleset": {
            "id": ruleset.ruleset,
            "version": ruleset.version,
            "title": ruleset.title.model_dump(),
            "pass": str(ruleset.scoring.pass_line),
        },
        "strata": [_stratum(key, drawn, ruleset) for key in sorted(drawn.sizes, key=_order(ruleset))],
        "picks": [
            {
                **_subject(one, ruleset),
                "by": how[one.id],
                "risks": [_risk(each) for each in one.risks],
                "criteria": [
                    _check(each) for each in chosen(assess(one.id), one, wanted.criteria, wanted.seed)
                ],
            }
            for one in picked
        ],
        "population": [
            {
                **_subject(one, ruleset),
                "lot": lot(wanted.seed, one.id)[:12],
                "weight": one.weight,
                "by": how.get(one.id),
            }
            for one in sorted(candidates, key=lambda one: (one.region, one.id))
        ],
    }


def _order(ruleset: Ruleset) -> Callable[[Stratum], tuple[Any, ...]]:
    places = {grade.id: n for n, grade in enumerate(ruleset.scoring.grades)}
    return lambda key: (key[0], places.get(key[1], len(places)))


def _stratum(key: Stratum, drawn: Drawn[Candidate, Stratum], ruleset: Ruleset) -> Json:
    region, grade = key
    share = Fraction(drawn.sizes[key] * len(drawn.by_lot), sum(drawn.sizes.values()))
    return {
        "region": list(region),
        "grade": _grade(grade, ruleset),
        "size": drawn.sizes[key],
        "share": printed(share),
        "picks": drawn.seats[key],
    }


def _grade(name: str, ruleset: Ruleset) -> Json | None:
    """The grade's title; None where nothing applies and there is no score."""
    return next((grade.title.model_dump() for grade in ruleset.scoring.grades if grade.id == name), None)


def _subject(one: Candidate, ruleset: Ruleset) -> Json:
    limits = tuple(grade.at_least.value for grade in ruleset.scoring.grades)
    score = None
    if one.score is not None:
        score = {"floor": printed(one.score.floor, limits), "ceiling": printed(one.score.ceiling, limits)}
    return {
        "id": one.id,
        "name": one.name,
        "region": list(one.region),
        "submission": one.digest,
        "score": score,
        "grade": _grade(one.grade or "", ruleset),
    }


def _risk(one: Risk) -> Json:
    return {"code": one.code, "weight": one.weight, "text": _words(one.text)}


def _words(words: Words) -> Json:
    return {"zh": words.zh, "en": words.en}


def _check(one: Chosen) -> Json:
    row = one.criterion
    keys = (
        "id",
        "section",
        "clause",
        "item",
        "title",
        "method",
        "veto",
        "points",
        "outcome",
        "waits",
        "earned",
    )
    return {
        **{key: row[key] for key in keys},
        "by": "lot" if one.by_lot else "risk",
        "risks": [_risk(each) for each in one.risks],
    }
