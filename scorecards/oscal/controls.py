"""The criteria as controls: which were reviewed, and what each asks for, as an objective that findings point to."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards.entries import Entry
from scorecards.oscal.writing import Node, ends, markup, objective, props, token, without_empty
from scorecards.wording import Json, Wording


def local_objectives(entries: tuple[Entry, ...]) -> list[Node]:
    """Each criterion's objective, in the ruleset's words: no catalogue of controls is published that could be pointed to."""
    return [
        {
            "control-id": token(one.data["id"]),
            "description": markup(one.title.text),
            "props": props(
                ("criterion", one.data["id"]),
                ("clause", one.data["clause"]),
                ("item", one.data.get("item")),
                ("level", one.data["level"]),
                ("veto", one.data["veto"]),
                ("method", one.data["method"]),
                ("points-basis", one.data["basis"].get("points")),
                ("threshold-basis", one.data["basis"].get("threshold")),
            ),
            "parts": [
                {
                    "id": objective(one.data["id"]),
                    "name": "assessment-objective",
                    "prose": markup(one.say.line(one.data["requirement"]).text),
                }
            ],
        }
        for one in entries
    ]


def reviewed_controls(assessment: Json, entries: tuple[Entry, ...], say: Wording) -> Node:
    """A selection for each section: its criteria, but for those that did not apply; and the objectives of the rest."""
    objectives = [{"objective-id": objective(one.data["id"])} for one in entries if one.applies]
    return without_empty(
        {
            "control-selections": list(_selections(assessment, entries, say)),
            "control-objective-selections": [{"include-objectives": objectives}] if objectives else [],
        }
    )


def _selections(assessment: Json, entries: tuple[Entry, ...], say: Wording) -> Iterator[Node]:
    for section in assessment["sections"]:
        own = [one for one in entries if one.data["section"] == section["id"]]
        if not own:
            continue
        aside = [one for one in own if not one.applies]
        yield without_empty(
            {
                "description": markup(say.line(section["title"]).text),
                "props": props(
                    ("section", section["id"]),
                    ("points", section["points"]),
                    ("not-applicable-points", section["not_applicable_points"]),
                    *ends("earned", section["earned"]),
                    *ends("lost", section.get("lost")),
                ),
                "include-controls": [{"control-id": token(one.data["id"])} for one in own],
                "exclude-controls": [{"control-id": token(one.data["id"])} for one in aside],
                "remarks": markup(say("未计入的指标不适用。", "Controls that are excluded do not apply."))
                if aside
                else None,
            }
        )
