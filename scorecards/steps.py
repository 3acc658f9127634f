"""The actions of a plan as the scorecard and the rectification list speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scorecards.entries import Entry
from scorecards.wording import Json, Line, Wording


@dataclass(frozen=True, slots=True)
class Action:
    """One action: its number in the plan, its data, the plan that it stands in, and the criteria that it helps."""

    number: int
    data: Json
    plan: Json
    entries: tuple[Entry, ...]
    say: Wording

    def what(self) -> Line:
        """What to do, with the windows in which.

        A star: a figure that is not reported was taken to be as required; a triangle: nothing of this was reported so far.
        """
        line = self.say.line(self.data["text"])
        marks = ("" if self.data["reported"] else " △") + (" *" if self.data["assumed"] else "")
        return line._replace(text=line.text + self._schedule() + marks)

    def remedies(self) -> list[Line]:
        """How, as the ruleset states it for each criterion."""
        return list(dict.fromkeys(self.say.line(one.data["remedy"]) for one in self.entries))

    def clauses(self) -> list[Line]:
        """Clause and title of each criterion."""
        return [line for entry in self.entries for line in entry.heading()]

    def problems(self) -> list[Line]:
        return [self.say.line(text) for text in self.data["problems"]]

    def gain(self) -> str:
        """Points to win, a bonus apart."""
        points, bonus = self.data["points"], self.data["bonus"]
        if bonus == "0":
            return str(points)
        added = self.say(f"加分 {bonus}", f"bonus {bonus}")
        return added if points == "0" else f"{points}{self.say.comma}{added}"

    def due(self) -> list[str]:
        """The last day; where it is done in several parts, that of the first and of the last."""
        first, last = (self.say.date(self.data["due"][end]) for end in ("first", "last"))
        if first == last:
            return [last]
        return [self.say(f"首次 {first}", f"first: {first}"), self.say(f"末次 {last}", f"last: {last}")]

    def units(self, key: str, most: int | None = None) -> Line:
        """The sides named under ``responsible`` or ``supporting``; more than ``most`` are counted instead."""
        names = [self.say.line(side).text for side in self.data[key]]
        if most is not None and len(names) > most:
            names = [self.say(f"{names[0]}等 {len(names)} 个单位", f"{names[0]} and {len(names) - 1} others")]
        return self.say.submitted(self.say.join(names) or "—")

    def _schedule(self) -> str:
        visits = self.data["schedule"]
        whole = len(visits) == 1 and (visits[0]["from"], visits[0]["to"]) == (
            self.plan["from"],
            self.plan["to"],
        )
        if not visits or whole:
            return ""
        by_times: dict[int, list[str]] = {}
        for visit in visits:
            by_times.setdefault(visit["times"], []).append(self._window(visit["from"], visit["to"]))
        parts = [self._times(names, times) for times, names in by_times.items()]
        return self.say(f"（{'，'.join(parts)}）", f" ({'; '.join(parts)})")

    def _times(self, names: list[str], times: int) -> str:
        listed, each = self.say.join(names), self.say("各", " each")
        if len(names) == 1:
            each = ""
        return self.say(f"{listed}{each} {times} 次", f"{times}{each}: {listed}")

    def _window(self, first: str, last: str) -> str:
        """A month by its name, several months by the first and the last of them, else the days."""
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        years = {date.fromisoformat(self.plan[key]).year for key in ("from", "to")}
        if (start.year, start.month) == (end.year, end.month):
            return self._month(start, named=len(years) > 1)
        if first == self.plan["from"]:
            return self.say(f"{self.say.date(last)}前", f"by {self.say.date(last)}")
        named = len(years) > 1
        return self.say(
            f"{self._month(start, named=named)}至{self._month(end, named=named)}",
            f"{self._month(start, named=named)} to {self._month(end, named=named)}",
        )

    def _month(self, day: date, *, named: bool) -> str:
        name = self.say.month(day.month)
        return self.say(f"{day.year}年{name}", f"{name} {day.year}") if named else name


def actions(plan: Json, key: str, entries: Iterable[Entry], say: Wording) -> tuple[Action, ...]:
    """The ``steps`` or the ``further`` actions of a plan, numbered through."""
    by_id: Mapping[str, Entry] = {entry.data["id"]: entry for entry in entries}
    first = 1 if key == "steps" else 1 + len(plan["steps"])
    return tuple(
        Action(
            number,
            data,
            plan,
            tuple(by_id[gain["criterion"]] for gain in data["gains"] if gain["criterion"] is not None),
            say,
        )
        for number, data in enumerate(plan[key], first)
    )
