"""Findings: what was concluded of each criterion that applies.

OSCAL knows two states, and no third for what is not known. What is undecided is therefore ``not-satisfied`` with the reason
``other``; what is decided against the subject has the reason ``fail``. What does not apply has no finding at all.
"""

from __future__ import annotations

from scorecards.entries import Entry
from scorecards.oscal.writing import Node, Uuids, ends, markup, objective, props, without_empty


def finding(entry: Entry, uuids: Uuids, observations: list[Node]) -> Node:
    """The conclusion of a criterion, made over ``observations``."""
    data, say = entry.data, entry.say
    # What reviewers said is told by their observations; here their staff numbers would stand beside it.
    said = [line.text for line in (*entry.reasons(), *entry.self_rated())]
    return without_empty(
        {
            "uuid": uuids("finding", data["id"]),
            "title": markup(" ".join(line.text for line in entry.heading())),
            "description": markup(say.semicolon.join([entry.outcome_label, *said])),
            "props": props(
                ("criterion", data["id"]),
                ("section", data["section"]),
                ("outcome", data["outcome"]),
                ("decided", not entry.undecided),
                *(("waits", one) for one in data["waits"]),
                ("points", data["points"]),
                *ends("credit", data["credit"]),
                *ends("earned", data["earned"]),
                ("decided-by", _decided_by(entry)),
            ),
            "target": {
                "type": "objective-id",
                "target-id": objective(data["id"]),
                "title": markup(entry.title.text),
                "status": _status(entry),
            },
            "related-observations": [{"observation-uuid": one["uuid"]} for one in observations],
            "remarks": markup(say.line(data["remedy"]).text) if entry.mendable else None,
        }
    )


def _status(entry: Entry) -> Node:
    """Met, not met, or not known."""
    if entry.undecided:
        remarks = entry.say(
            "尚未判定，不等于未达标", "not decided yet, which is not the same as not satisfied"
        )
        return {"state": "not-satisfied", "reason": "other", "remarks": remarks}
    if entry.outcome == "satisfied":
        return {"state": "satisfied", "reason": "pass"}
    return {"state": "not-satisfied", "reason": "fail"}


def _decided_by(entry: Entry) -> str | None:
    stages = entry.data.get("stages")
    return str(stages[-1]["decided_by"]) if stages else None
