"""The criteria of an assessment as the scorecard speaks of them: numbered, with what was measured, required and short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scorecards import labels, reviewed
from scorecards.wording import Json, Line, Wording, printable


@dataclass(frozen=True, slots=True)
class Entry:
    """One criterion with its row number: from 1, in the order of the ruleset. ``labels`` name the counts."""

    number: int
    data: Json
    say: Wording
    labels: Mapping[str, Line]

    @property
    def outcome(self) -> str:
        return str(self.data["outcome"])

    @property
    def waits(self) -> Sequence[str]:
        return self.data["waits"] if self.undecided else ()

    @property
    def applies(self) -> bool:
        return self.outcome != "not_applicable"

    @property
    def undecided(self) -> bool:
        earned = self.data["earned"]
        return self.applies and Fraction(earned["floor"]) < Fraction(earned["ceiling"])

    @property
    def unmet(self) -> bool:
        """Whether it is decided, and not fully met."""
        return self.applies and not self.undecided and self.outcome != "satisfied"

    @property
    def title(self) -> Line:
        return self.say.line(self.data["title"])

    @property
    def clause(self) -> Line:
        """The clause as the standard numbers it, with its dash item and a misprint where there is one."""
        item, printed = self.data.get("item"), self.data.get("printed")
        text = self.data["clause"] + (f" {item}" if item else "")
        if printed:
            text += self.say(f"（原文印作 {printed}）", f" (printed as {printed})")
        return self.say.standard(text)

    def heading(self) -> tuple[Line, ...]:
        """Clause and title: on one line in Chinese, on two where only the clause is Chinese."""
        if self.say.lang == "zh":
            return (Line(f"{self.clause.text} {self.title.text}"),)
        return self.clause, self.title

    @property
    def outcome_label(self) -> str:
        """The outcome in words; what only waits for its time is not called 未提交佐证."""
        return self.say.pick(labels.outcome(self.outcome, self.waits))

    @property
    def earned(self) -> str:
        """Points earned; a dash where the criterion does not apply."""
        return self.say.range(self.data["earned"]) if self.applies else "—"

    @property
    def open_points(self) -> Fraction:
        """The printed points that are still undecided."""
        earned = self.data["earned"]
        return Fraction(earned["ceiling"]) - Fraction(earned["floor"])

    @property
    def winnable(self) -> tuple[Fraction, bool]:
        """Points that the subject can still win, and whether that is only an upper bound.

        All that is missing where every shortfall can be made up, else what is undecided; an upper bound where only some of the
        shortfalls can. What waits for a person's judgement alone is nothing that the subject can do.
        """
        missing = Fraction(self.data["points"]) - Fraction(self.data["earned"]["floor"])
        possible = {finding["shortfall"]["possible"] for finding in self.judged() if finding.get("shortfall")}
        if not self.applies or set(self.waits) == {"person"}:
            return Fraction(0), False
        if possible == {True}:
            return missing, False
        if self.open_points or True not in possible:
            return self.open_points, False
        return missing, True

    @property
    def mendable(self) -> bool:
        """Whether the subject can still do something about it: points to win, or a veto without points."""
        if self.winnable[0] > 0 or not self.data["veto"] or not self.applies or set(self.waits) == {"person"}:
            return self.winnable[0] > 0
        possible = (one["shortfall"]["possible"] for one in self.judged() if one.get("shortfall"))
        return self.outcome != "satisfied" and (self.undecided or any(possible))

    def findings(self) -> Sequence[Json]:
        """All findings."""
        found: Sequence[Json] = self.data["findings"]
        return found

    def judged(self) -> Iterator[Json]:
        """The findings that bear on the credit: not the conditions under which the criterion applies."""
        return (finding for finding in self.findings() if finding.get("role") != "applies_when")

    def telling(self) -> Iterator[Json]:
        """The findings worth telling: each first one of its role, and below it those that are not satisfied."""
        for finding in self.findings() if not self.applies else self.judged():
            settled = finding["outcome"] in ("satisfied", "not_applicable")
            if finding.get("parent") is None or not settled:
                yield finding

    def texts(self, key: str, findings: Iterable[Json] | None = None) -> list[Line]:
        """The texts of ``measured``, ``required`` or ``shortfall`` of the telling findings, each once."""
        chosen = self.telling() if findings is None else findings
        return self._once(finding[key]["text"] for finding in chosen if finding.get(key))

    def reasons(self, findings: Iterable[Json] | None = None) -> list[Line]:
        """Why, each once."""
        chosen = self.telling() if findings is None else findings
        return self._once(finding["reason"] for finding in chosen if finding.get("reason"))

    def required(self) -> list[Line]:
        """What is required, with the source of the number where there is one; else the requirement in the ruleset's words."""
        lines = self.texts("required") or [self.say.line(self.data["requirement"])]
        basis = self.data["basis"].get("threshold")
        return (
            lines
            if basis is None
            else [
                *lines,
                Line(
                    self.say(
                        f"（{self.say.pick(labels.BASES[basis])}）", f"({self.say.pick(labels.BASES[basis])})"
                    )
                ),
            ]
        )

    def shortfalls(self) -> list[Line]:
        """What is short; the engine says where it can no longer be made up."""
        return self._once(
            finding["shortfall"]["text"] for finding in self.telling() if finding.get("shortfall")
        )

    def evidence(self) -> str:
        """The evidence that counted, each once: by its number, a count by its label; a dash where there is none."""
        names = dict.fromkeys(str(item) for finding in self.findings() for item in finding["evidence"])
        return (
            self.say.join(
                self.labels[name].text if name in self.labels else printable(name) for name in names
            )
            or "—"
        )

    def self_rated(self) -> list[Line]:
        """The level that the subject gave itself: printed, never decides."""
        own: Any = self.data.get("self_rating")
        if not own:
            return []
        level, reason = own["level"], str(own["reason"])
        head = self.say(f"自评第 {level} 档，不计分", f"self-rating: level {level}, does not count")
        return [self.say.submitted(head + self.say.colon + reason)]

    def reviewed(self) -> list[Line]:
        """What reviewers decided or changed, how and why, and what the machine had said."""
        return list(dict.fromkeys(reviewed.lines(self.data, self.say)))

    def why(self) -> list[Line]:
        """Why it earns what it earns: an inspector's decision comes before what the machine found."""
        decided = (self.data.get("review") or {}).get("entry") == "decision"
        found, said = [*self.reasons(), *self.self_rated()], self.reviewed()
        return [*said, *found] if decided else [*found, *said]

    def stages(self) -> list[str]:
        """The points earned at each stage, the last included; none where nothing was reviewed."""
        return [
            "—" if one["outcome"] == "not_applicable" else self.say.range(one["earned"])
            for one in self.data.get("stages") or ()
        ]

    def _once(self, texts: Iterable[Json]) -> list[Line]:
        return list(dict.fromkeys(self.say.line(text) for text in texts))


def entries(assessment: Json, say: Wording) -> tuple[Entry, ...]:
    """The criteria of ``assessment`` in order, numbered from 1."""
    names = {
        item["id"]: say.line(item["label"]) for item in assessment["evidence"] if item["kind"] == "count"
    }
    return tuple(Entry(index, data, say, names) for index, data in enumerate(assessment["criteria"], 1))
