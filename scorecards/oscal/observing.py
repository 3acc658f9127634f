"""Observations: one for each finding, for what a reviewer said of a criterion, for each deduction and integrity finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorecards import labels
from scorecards.entries import Entry
from scorecards.oscal.institutions import Institutions
from scorecards.oscal.resources import Resources
from scorecards.oscal.writing import Node, Uuids, ends, evening, markup, prop, props, without_empty
from scorecards.reviewed import unsigned
from scorecards.wording import Json, Wording

# How OSCAL calls the ways of verifying. Who goes there compares what is with what should be: that is a test.
METHODS = {"documents": "EXAMINE", "on_site": "TEST", "interview": "INTERVIEW", "survey": "INTERVIEW"}


class Observing:
    """Makes the observations of one assessment."""

    def __init__(
        self, assessment: Json, uuids: Uuids, resources: Resources, institutions: Institutions, say: Wording
    ) -> None:
        self._assessment, self._uuids, self._say = assessment, uuids, say
        self._resources, self._institutions = resources, institutions
        self._rows = {row["id"]: row for row in assessment["evidence"]}
        self._engine = [{"actors": [{"type": "tool", "actor-uuid": uuids("engine")}]}]

    def of_criterion(self, entry: Entry) -> list[Node]:
        """What was found on a criterion, then what reviewers said of it."""
        name, method = entry.data["id"], METHODS[entry.data["method"]]
        found = [
            self._finding(one, ("observation", name), n, method, entry.heading()[-1].text)
            for n, one in enumerate(entry.findings())
        ]
        said = [
            *([entry.data["review"]] if entry.data.get("review") else []),
            *(entry.data.get("changes") or ()),
        ]
        return [*found, *(self._said(one, (name, n), method) for n, one in enumerate(said))]

    def of_deductions(self) -> Iterator[Node]:
        """What was taken from the total, or from a section."""
        for n, one in enumerate(self._assessment["deductions"]):
            title = self._say.line(one["title"]).text
            for m, finding in enumerate(one["findings"]):
                made = self._finding(finding, ("deduction", n), m, "EXAMINE", title)
                if finding.get("parent") is None:
                    more = [("section", one.get("section")), *ends("lost", one["lost"])]
                    made["props"] = [*made["props"], *props(*more)]
                yield made

    def of_integrity(self) -> Iterator[Node]:
        """What casts doubt on the evidence itself."""
        for n, one in enumerate(self._assessment["integrity"]):
            yield self._observation(
                ("integrity", n),
                self._say.line(one["message"]).text,
                method="EXAMINE",
                kind="finding",
                props=[
                    *props(("integrity", one["code"])),
                    *(prop("file", name) for name in one.get("files") or ()),
                ],
                evidence=one["evidence"],
            )

    def _finding(self, one: Json, of: tuple[object, ...], number: int, method: str, title: str) -> Node:
        say = self._say
        heads = {
            "required": say("要求", "Required"),
            "measured": say("实际", "Measured"),
            "shortfall": say("差距", "Short"),
        }
        said = [
            head + say.colon + say.line(one[key]["text"]).text for key, head in heads.items() if one.get(key)
        ]
        if one.get("reason"):
            said.append(say.line(one["reason"]).text)
        parent, measured, short = one.get("parent"), one.get("measured") or {}, one.get("shortfall") or {}
        return self._observation(
            (*of, number),
            say.semicolon.join(said) or say.pick(labels.outcome(one["outcome"], _waits(one))),
            title=title,
            method=method,
            props=[
                *props(
                    ("kind", one["kind"]),
                    ("role", one["role"]),
                    ("outcome", one["outcome"]),
                    ("waits", one["waits"]),
                    ("unit", one.get("unit")),
                    ("parent", None if parent is None else self._uuids(*of, parent)),
                    *ends("credit", one["credit"]),
                    ("measured", measured.get("value")),
                    ("required", (one.get("required") or {}).get("value")),
                    ("shortfall", short.get("amount")),
                    ("shortfall-of", short.get("of")),
                    ("shortfall-possible", short.get("possible")),
                ),
                *(
                    prop(
                        "window",
                        f"{window['from']}/{window['to']} {window['found']}/{window['needed']} {window['state']}",
                    )
                    for window in one.get("windows") or ()
                ),
            ],
            evidence=one["evidence"],
        )

    def _said(self, one: Json, of: tuple[object, ...], method: str) -> Node:
        """What a reviewer said: by the unit, never by the person."""
        behind = dict.fromkeys((who["unit"], who["role"]) for who in (one["reviewer"], *one["also"]))
        actors = [
            {"type": "party", "actor-uuid": self._institutions.of_unit(unit), "role-id": role}
            for unit, role in behind
        ]
        return self._observation(
            ("review", *of),
            unsigned(one, self._say),
            method=METHODS.get(one["method"] or "", method),
            props=props(
                ("entry", one["entry"]),
                ("stage", one["stage"]),
                ("review-digest", one["digest"]),
                ("outcome", one.get("outcome")),
                ("level", one.get("level")),
                ("earned", one.get("earned")),
            ),
            origins=[{"actors": actors}],
            collected=one["date"],
        )

    def _observation(
        self,
        of: tuple[object, ...],
        description: str,
        *,
        method: str,
        props: list[Node],
        title: str | None = None,
        kind: str = "control-objective",
        evidence: Iterable[str] = (),
        origins: list[Node] | None = None,
        collected: str | None = None,
    ) -> Node:
        return without_empty(
            {
                "uuid": self._uuids(*of),
                "title": None if title is None else markup(title),
                "description": markup(description),
                "props": props,
                "methods": [method],
                "types": [kind],
                "origins": origins or self._engine,
                "subjects": [self._institutions.subject_reference()],
                "relevant-evidence": [self._evidence(name) for name in dict.fromkeys(evidence)],
                "collected": evening(collected or self._assessment["as_of"]),
            }
        )

    def _evidence(self, name: str) -> Node:
        """An item of evidence, with the files that belong to it; the submission is where it is stated."""
        row, say = self._rows.get(name), self._say
        said = [name] if row is None else list(_shown(row, say))
        return without_empty(
            {
                "href": f"#{self._resources.submission}",
                "description": markup(say.semicolon.join(said)),
                "props": props(("evidence", name), *(() if row is None else _figures(row))),
                "links": [{"href": f"#{file}", "rel": "evidence"} for file in self._resources.proving(name)],
                "remarks": None
                if row is None or not row.get("reason")
                else markup(say.line(row["reason"]).text),
            }
        )


def _waits(finding: Json) -> tuple[str, ...]:
    return (finding["waits"],) if finding["waits"] else ()


def _shown(row: Json, say: Wording) -> Iterator[str]:
    yield say.line(row["label"]).text
    if row["title"]:
        yield say.submitted(row["title"]).text
    if row["value"] is not None and row["kind"] == "count":
        yield str(row["value"]) + ("" if row["unit"] is None else " " + say.line(row["unit"]).text)
    if row["date"]:
        yield say.date(row["date"])


def _figures(row: Json) -> Iterator[tuple[str, object]]:
    yield "evidence-kind", row["kind"]
    yield "evidence-type", row["type"]
    yield "accepted", row["accepted"]
    yield "value", row["value"]
    yield "date", row["date"]
    yield "valid-to", row["valid_to"]
    yield "number", row["number"]
