"""Submissions made up to hit the edges of a ruleset: seeded, so that the same number gives the same ones everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import ceil
from random import Random
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.checks import Check
from evaluator.checks.document import DocumentCheck
from evaluator.checks.group import Group
from evaluator.checks.ratio import Ratio
from evaluator.exact import Exact
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission
from evaluator.windows import Span, first_day, last_day, month_number

# Calendar years, July to June, cut by both edges, within one month, longer than a year.
PERIODS = (
    ("2025-01-01", "2025-12-31"),
    ("2025-01-01", "2025-12-31"),
    ("2024-07-01", "2025-06-30"),
    ("2025-01-15", "2025-12-31"),
    ("2025-03-10", "2026-03-09"),
    ("2025-02-01", "2025-11-20"),
    ("2025-01-01", "2025-03-31"),
    ("2025-09-05", "2025-09-25"),
    ("2013-03-01", "2014-12-31"),
    ("2013-09-16", "2014-09-15"),
    ("2024-02-29", "2026-02-28"),
)


def submissions(
    rulesets: Sequence[Ruleset], catalogue: Catalogue, number: int, seed: int = 0
) -> Iterator[Submission]:
    """``number`` submissions that answer ``rulesets``."""
    for n in range(number):
        random = Random(f"{[one.ruleset for one in rulesets]} {seed} {n}")
        yield _Made(rulesets, catalogue, random).submission()


def checks_of(rulesets: Iterable[Ruleset]) -> Iterator[Check]:
    """Every check of ``rulesets``, members of groups with them."""
    for ruleset in rulesets:
        for _, _, criterion in ruleset.criteria():
            for _, check in criterion.checks():
                yield from _below(check)


def _below(check: Check) -> Iterator[Check]:
    yield check
    if isinstance(check, Group):
        for _, member in check.members():
            yield from _below(member)


class _Made:
    """One submission; ``care`` is how much of it is done as it should be."""

    def __init__(self, rulesets: Sequence[Ruleset], catalogue: Catalogue, random: Random) -> None:
        self.kind, self.catalogue, self.random = rulesets[0].subject[0], catalogue, random
        self.care = random.choice([0.3, 0.6, 0.85, 0.97])
        start, end = (date.fromisoformat(day) for day in random.choice(PERIODS))
        self.span = Span(start, end)
        self.as_of = self._as_of()
        self.checks = list(checks_of(rulesets))
        self.none: list[str] = []

    def submission(self) -> Submission:
        stated = {"as_of": str(self.as_of)} if self.as_of is not None else {}
        return Submission.model_validate(
            {
                "submission": 1,
                "subject": {"id": "demo-01", "name": "示例单位", "kind": self.kind},
                "period": {"from": str(self.span.start), "to": str(self.span.end)},
                **stated,
                "counts": self._counts(),
                "events": self._events(),
                "documents": self._documents(),
                "statements": self._statements(),
                "none": sorted(self.none),
            }
        )

    def _well(self) -> bool:
        return self.random.random() < self.care

    def _as_of(self) -> date | None:
        start, end = self.span
        inside = start + timedelta(days=self.random.randrange((end - start).days + 1))
        edge = last_day(month_number(inside))
        days = [None, None, end, end + timedelta(days=40), start - timedelta(days=3), inside, inside, edge]
        return self.random.choice(days)

    def _used(self, kind: str) -> list[str]:
        return sorted({use.id for check in self.checks for use in check.uses() if use.kind == kind})

    def _counts(self) -> dict[str, int | str]:
        random, found = self.random, dict[str, Any]()
        for name in self._used("counts"):
            found[name] = random.choice([0, 1, 2, 3, 19, 20, 21, 40, 41, 1200])
        for check in self.checks:
            if isinstance(check, Ratio):
                found[check.numerator] = self._part(check, found[check.denominator])
        for name in found:
            if not self.catalogue.counts[name].whole_number:
                found[name] = random.choice(
                    ["0.1", "0.3", "0.35", "0.5", "1", "1.17", "2.5", "2.49", "3.9", "0"]
                )
        for name in list(found):
            for whole in self.catalogue.counts[name].at_most:
                found[name] = min(found[name], found.get(whole, found[name]))
        return {name: number for name, number in found.items() if self._well() or random.random() < 0.6}

    def _part(self, check: Ratio, whole: int) -> int:
        # At the threshold, one short of it, all, none, or any.
        limit = check.at_least
        share = limit.value if isinstance(limit, Exact) else 1
        exact = ceil(share * whole)
        near = [exact] if self._well() else [exact - 1, exact, 0, whole, self.random.randrange(whole + 1)]
        return max(0, min(whole, self.random.choice(near)))

    def _day(self) -> date:
        start, end = self.span
        if self.random.random() < 0.5:
            return start + timedelta(days=self.random.randrange((end - start).days + 1))
        month = self.random.randrange(month_number(start) - 1, month_number(end) + 2)
        edges = [
            first_day(month),
            last_day(month),
            start,
            end,
            end + timedelta(days=1),
            start - timedelta(days=1),
        ]
        if self.as_of is not None:
            edges += [self.as_of, self.as_of + timedelta(days=1)]
        return self.random.choice(edges)

    def _events(self) -> list[dict[str, Any]]:
        found: list[date | None] = []
        listed: list[dict[str, Any]] = []
        for name in self._used("events"):
            if not self._well() and self.random.random() < 0.6:
                if self.random.random() < 0.5:
                    self.none.append(name)
                continue
            if self.random.random() < 0.4:
                months = range(month_number(self.span.start), month_number(self.span.end) + 1)
                found = [first_day(month) + timedelta(days=14) for month in months if self._well()]
            else:
                found = [self._day() for _ in range(self.random.randrange(1, 6))]
            listed.extend({"id": "", "type": name, "date": str(day)} for day in found)
        self.random.shuffle(listed)
        return [{**one, "id": f"E{n:03}"} for n, one in enumerate(listed[:110], 1)]

    def _documents(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = []
        for name in self._used("documents"):
            if not self._well() and self.random.random() < 0.5:
                if self.random.random() < 0.5:
                    self.none.append(name)
                continue
            papers = self.random.choice([1, 1, 1, 1, 2, 3])
            days = [self._issued(name) for _ in range(papers)]
            # Of documents of one day, the form takes the upper one: here no two have one day.
            days = list(dict.fromkeys(days))
            listed.extend(self._paper(name, day) for day in days)
        return [{**one, "id": f"D{n:03}"} for n, one in enumerate(listed, 1)]

    def _issued(self, name: str) -> date | None:
        start, end = self.span
        good = end if self.as_of is None else min(self.as_of, end)
        deadlines = [
            check.issued_by
            for check in self.checks
            if isinstance(check, DocumentCheck) and check.documents == name and check.issued_by
        ]
        edges = [
            None,
            start,
            end,
            start - timedelta(days=1),
            end + timedelta(days=1),
            good + timedelta(days=1),
        ]
        for one in deadlines:
            if len(one) == 10:
                edges += [date.fromisoformat(one), date.fromisoformat(one) + timedelta(days=1)] * 2
        inside = start + timedelta(days=self.random.randrange(max(1, (good - start).days + 1)))
        return inside if self._well() else self.random.choice([*edges, date(2012, 6, 1), self._day()])

    def _paper(self, name: str, issued: date | None) -> dict[str, Any]:
        parts = list(self.catalogue.documents[name].parts)
        paper: dict[str, Any] = {"type": name}
        if issued is not None:
            paper["issued"] = str(issued)
        day = self.as_of or self.span.end
        lasting = [None, None, day, day - timedelta(days=1), day + timedelta(days=400)]
        valid_to = None if self._well() else self.random.choice(lasting)
        if valid_to is not None:
            paper["valid_to"] = str(valid_to)
        if self._well():
            paper["contains"] = parts
        else:
            paper["contains"] = [part for part in parts if self.random.random() < 0.8]
        if self._well():
            paper["files"] = ["佐证.pdf"]
        return paper

    def _statements(self) -> list[dict[str, Any]]:
        listed = []
        for n, name in enumerate(self._used("statements"), 1):
            if not self._well():
                continue
            one: dict[str, Any] = {"id": f"S{n:02}", "type": name, "value": self.random.random() < 0.6}
            if self._well():
                one["files"] = ["佐证.jpg"]
            listed.append(one)
        return listed
