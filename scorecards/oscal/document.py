"""The whole document: metadata, the one result with its scores, and the back matter."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards import labels
from scorecards.digests import short_digest
from scorecards.entries import entries
from scorecards.oscal.concluding import finding
from scorecards.oscal.controls import local_objectives, reviewed_controls
from scorecards.oscal.institutions import Institutions
from scorecards.oscal.observing import Observing
from scorecards.oscal.resources import Resources
from scorecards.oscal.writing import (
    VERSION,
    Node,
    Uuids,
    ends,
    evening,
    markup,
    morning,
    props,
    without_empty,
)
from scorecards.wording import Json, Language, Wording


def assessment_results(assessment: Json, lang: Language = "zh") -> Node:
    """``assessment`` as ``{"assessment-results": …}``; texts in ``lang``, names of properties in English.

    It depends on ``assessment`` and ``lang`` alone; the UUIDs on its digest alone.
    """
    say, uuids = Wording(lang), Uuids(assessment["digest"])
    institutions, resources = Institutions(assessment, say), Resources(assessment, uuids, say)
    criteria = entries(assessment, say)
    return {
        "assessment-results": {
            "uuid": uuids("assessment-results"),
            "metadata": _metadata(assessment, institutions, say),
            "import-ap": {
                "href": f"#{resources.ruleset}",
                "remarks": markup(
                    say(
                        "没有另编评估计划：规则集就是计划。",
                        "There is no separate plan: the ruleset is the plan.",
                    )
                ),
            },
            "local-definitions": {"objectives-and-methods": local_objectives(criteria)},
            "results": [_result(assessment, uuids, resources, institutions, say)],
            "back-matter": resources.back_matter(),
        }
    }


def _metadata(assessment: Json, institutions: Institutions, say: Wording) -> Node:
    name = say.submitted(assessment["submission"]["subject"]["name"]).text
    return {
        "title": markup(f"{say.line(assessment['ruleset']['title']).text} · {name}"),
        # No clock: the day up to which the evidence speaks.
        "last-modified": evening(assessment["as_of"]),
        "version": f"{assessment['ruleset']['version']}+{short_digest(assessment['digest'])}",
        "oscal-version": VERSION,
        "props": props(
            ("language", say.lang),
            ("engine-version", assessment["engine"]["version"]),
            ("engine-semantics", assessment["engine"]["semantics"]),
        ),
        **institutions.metadata(),
    }


def _result(
    assessment: Json, uuids: Uuids, resources: Resources, institutions: Institutions, say: Wording
) -> Node:
    criteria, observing = (
        entries(assessment, say),
        Observing(assessment, uuids, resources, institutions, say),
    )
    seen = {one.data["id"]: observing.of_criterion(one) for one in criteria}
    period = assessment["submission"]["period"]
    return without_empty(
        {
            "uuid": uuids("result"),
            "title": markup(say.pick(labels.STAGES[assessment["stage"]])),
            "description": markup(say.pick(labels.NOTICES[assessment["stage"]])),
            "start": morning(period["from"]),
            "end": evening(period["to"]),
            "props": props(*_scores(assessment)),
            "local-definitions": _engine(uuids, say),
            "reviewed-controls": reviewed_controls(assessment, criteria, say),
            "assessment-log": _log(assessment, uuids, institutions, say),
            "observations": [
                *(one for own in seen.values() for one in own),
                *observing.of_deductions(),
                *observing.of_integrity(),
            ],
            "findings": [finding(one, uuids, seen[one.data["id"]]) for one in criteria if one.applies],
        }
    )


def _scores(assessment: Json) -> Iterator[tuple[str, object]]:
    """The whole assessment in figures: printed, and as exact fractions. ``undecided`` where it is not known."""
    score = assessment["score"]
    yield "stage", assessment["stage"]
    yield "as-of", assessment["as_of"]
    yield "scored", score is not None
    if score is not None:
        yield from ends("score", score)
        yield from ends("score-exact", score["exact"])
        yield "decided", score["decided"]
        yield "applicable-points", score["applicable_points"]
        yield "not-applicable-points", score["not_applicable_points"]
        for name in ("earned", "bonus", "deductions"):
            yield from ends(name, score[name])
    yield "grade", assessment["grade"] or "undecided"
    yield "accepted", "undecided" if assessment["accepted"] is None else assessment["accepted"]
    yield from (("failed-veto", name) for name in assessment["vetoes"])
    yield "pass-grade", assessment["ruleset"]["scoring"]["pass"]
    for grade in assessment["ruleset"]["scoring"]["grades"]:
        yield "grade-at-least", f"{grade['id']} {grade['at_least']}"


def _engine(uuids: Uuids, say: Wording) -> Node:
    """The program that judged: the actor behind every observation that is not a reviewer's."""
    title = say("对标", "Duibiao")
    return {
        "assessment-assets": {
            "components": [
                {
                    "uuid": uuids("engine"),
                    "type": "software",
                    "title": title,
                    "description": markup(
                        say("按规则判定申报的程序", "The program that judges submissions by rules")
                    ),
                    "status": {"state": "operational"},
                }
            ],
            "assessment-platforms": [
                {
                    "uuid": uuids("platform"),
                    "title": title,
                    "uses-components": [{"component-uuid": uuids("engine")}],
                }
            ],
        }
    }


def _log(assessment: Json, uuids: Uuids, institutions: Institutions, say: Wording) -> Node | None:
    """The reviews, each by the unit whose it is; None where there are none."""
    if not assessment["reviews"]:
        return None
    made = []
    for n, review in enumerate(assessment["reviews"]):
        units = dict.fromkeys(one["unit"] for one in (review["reviewer"], *review["also"]))
        made.append(
            {
                "uuid": uuids("log", n),
                "title": markup(say.pick(labels.STAGES[review["stage"]])),
                "start": morning(review["date"] or assessment["as_of"]),
                "props": props(("stage", review["stage"]), ("review-digest", review["digest"])),
                "logged-by": [{"party-uuid": institutions.of_unit(unit)} for unit in units],
            }
        )
    return {"entries": made}
