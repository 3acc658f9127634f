"""A ruleset of a hundred checks, and submissions that answer it: 40 counts, 60 events, 80 documents, of sizes that vary.

Everything is made from one seed. The mix is that of the built-in rulesets with more numbers than they have, which cost more:
25 ratios, 15 quantities, 15 cadences, 25 documents, 10 statements, 5 changes, 5 groups; some with conditions, some with
criteria that they require, as many points as a standard gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission, in_order
from evaluator.windows import Span

SPAN = Span(date(2025, 1, 1), date(2025, 12, 31))
COUNTS, EVENTS, DOCUMENTS, STATEMENTS = 40, 15, 30, 16
PARTS = ("goals", "tasks", "duties", "budget")
Json = dict[str, Any]


def catalogue() -> Catalogue:
    """Every second count is a part of the one before it; a third of the documents are valid for a year, a third dated."""

    def said(zh: str, **more: Any) -> Json:
        return {"label": {"zh": zh, "en": zh}, "help": {"zh": zh}, "subjects": ["community"], **more}

    valid = ("until_replaced", "year", "dated")
    parts = {name: {"zh": name, "en": name} for name in PARTS}
    return Catalogue.model_validate(
        {
            "catalogue": 1,
            "counts": {
                f"count_{n}": said(
                    f"数{n}",
                    unit={"zh": "个", "en": "pieces"},
                    whole_number=n not in (38, 39),
                    at_most=[f"count_{n - 1}"] if n % 2 else [],
                )
                for n in range(COUNTS)
            },
            "events": {f"event_{n}": said(f"活动{n}", held_by="community") for n in range(EVENTS)},
            "documents": {
                f"document_{n}": said(f"文件{n}", issued_by="community", valid=valid[n % 3], parts=parts)
                for n in range(DOCUMENTS)
            },
            "statements": {f"statement_{n}": said(f"情况{n}") for n in range(STATEMENTS)},
            "units": {"quarter": {"label": {"zh": "小区", "en": "Quarter"}, "help": {"zh": "小区"}}},
        }
    )


def checks() -> Iterator[Json]:
    """The hundred checks, kind by kind."""
    ways: tuple[Json, ...]
    ways = (
        {"at_least": "60%"},
        {"at_least": "95%"},
        {"at_least": "80%", "credit": "proportional"},
        {"steps": [{"at_least": "90%", "credit": "1"}, {"at_least": "70%", "credit": "60%"}]},
        {"above": "50%"},
        {"scale": {"from": "40%", "to": "90%"}},
        {"at_least": "5%", "minimum_sample": "5"},
    )
    for n in range(25):
        whole = 2 * (n % 18)
        yield {
            "kind": "ratio",
            "numerator": f"count_{whole + 1}",
            "denominator": f"count_{whole}",
            **ways[n % 7],
        }
    ways = ({"at_least": "3"}, {"at_least": "10", "credit": "proportional"}, {"at_most": "60"})
    for n in range(7):
        yield {"kind": "quantity", "count": f"count_{3 * n}", **ways[n % 3]}
    for n in range(5):
        yield {"kind": "quantity", "events": f"event_{2 * n}", **ways[n % 2]}
    for n in range(3):
        yield {"kind": "quantity", "documents": f"document_{5 * n}", "at_least": str(1 + n)}
    ways = (
        {"every": "quarter"},
        {"every": "month"},
        {"every": "half_year", "at_least": "2"},
        {"every": "year", "months": [9, 10]},
        {"every": "quarter", "credit": "all_or_nothing"},
        {"every": "month", "steps": [{"at_least": "90%", "credit": "1"}, {"at_least": "6", "credit": "50%"}]},
    )
    for n in range(15):
        yield {"kind": "cadence", "events": f"event_{n}", **ways[n % 6]}
    ways = (
        {"state": "in_force", "contains": ["goals", "tasks"]},
        {"attachment": "required"},
        {"state": "issued", "attachment": "required"},
        {"issued_by": "08-31"},
        {"state": "in_force", "attachment": "required", "contains": ["duties"]},
    )
    for n in range(25):
        yield {"kind": "document", "documents": f"document_{n}", **ways[n % 5]}
    for n in range(10):
        more = {"attachment": "required"} if n % 2 else {}
        yield {"kind": "statement", "statement": f"statement_{n}", **more}
    ways = (
        {"direction": "rises", "by": "5%"},
        {"direction": "not_below"},
        {"direction": "falls"},
        {"direction": "not_above", "by": "10%"},
        {"direction": "falls", "by": "3"},
    )
    for n in range(5):
        yield {"kind": "change", "count": f"count_{2 * n}", **ways[n]}
    members = [
        {"kind": "document", "documents": "document_28"},
        {"kind": "statement", "statement": "statement_12"},
        {"kind": "quantity", "count": "count_36", "at_least": "10"},
    ]
    yield {"kind": "group", "all": members}
    yield {"kind": "group", "any": members}
    yield {"kind": "group", "of": members, "at_least": 2}
    yield {
        "kind": "group",
        "each": "quarter",
        "check": {"kind": "ratio", "numerator": "count_1", "denominator": "count_0", "at_least": "50%"},
    }
    yield {"kind": "group", "each": "quarter", "check": {"kind": "statement", "statement": "statement_0"}}


CONDITIONS: tuple[Json, ...] = (
    {"kind": "subject", "attribute": "class", "in": ["urban"]},
    {"kind": "quantity", "count": "count_0", "at_least": "1"},
)


def ruleset() -> Ruleset:
    """A hundred criteria in ten sections; the kinds alternate as they do in a standard."""
    made = list(checks())
    mixed = [made[n * 37 % 100] for n in range(100)]
    criteria = []
    for n, check in enumerate(mixed):
        one: Json = {
            "id": f"c{n}",
            "clause": str(n),
            "anchors": ["要点"],
            "title": {"zh": f"第{n}项", "en": f"Work {n}"},
            "requirement": {"zh": "按要求开展"},
            "level": "should" if n % 5 == 2 else "must",
            "points": ("1", "2", "0.5", "1.5", "3")[n % 5],
            "basis": {"threshold": "editorial", "points": "editorial", "level": "source"},
            "duty_of": ["community"],
            "method": "documents",
            "check": check,
            "remedy": {"zh": "按要求补做"},
        }
        if n % 25 == 24:
            one["level"] = "may"
        if n % 10 == 3:
            one["applies_when"] = CONDITIONS[n // 10 % 2]
        if n % 10 == 7:
            one["requires"] = [f"c{n - 1}"]
        if n in (5, 55):
            one["veto"], one["basis"] = True, {**one["basis"], "veto": "source"}
        criteria.append(one)
    grade = ({"id": f"g{limit}", "title": {"zh": f"{limit}", "en": f"{limit}"}, "at_least": str(limit),
              "basis": "editorial"} for limit in (90, 75, 60, 0))  # fmt: skip
    return Ruleset.model_validate(
        {
            "ruleset": "hundred",
            "version": "1.0.0",
            "title": {"zh": "一百项", "en": "A hundred"},
            "subject": ["community"],
            "standard": {"title": "一百项", "issuer": None, "issued": None},
            "effective": {"from": "2011-01-01", "to": None, "basis": "editorial"},
            "period": {"months": 12},
            "scoring": {"model": "points", "grades": list(grade), "pass": "g75", "bonus": {"cap": "5"}},
            "sections": [
                {
                    "id": f"s{n}",
                    "title": {"zh": f"第{n}部分", "en": f"Part {n}"},
                    "criteria": criteria[10 * n : 10 * n + 10],
                }
                for n in range(10)
            ],
        }
    )


def submissions(number: int, seed: int = 5) -> list[Submission]:
    """``number`` submissions, no two alike, in the order in which the engine judges them."""
    random = Random(seed)
    return [in_order(Submission.model_validate(_made(random, n))) for n in range(number)]


def _made(random: Random, n: int) -> Json:
    care, size = random.choice((0.5, 0.7, 0.85, 0.95)), random.uniform(0.6, 1.4)
    counts: dict[str, int | str] = {}
    previous: dict[str, int] = {}
    for k in range(0, COUNTS, 2):
        whole = random.randrange(0, 12) if random.random() < 0.2 else random.randrange(10, 2000)
        counts[f"count_{k}"] = whole
        previous[f"count_{k}"] = max(0, whole + random.randrange(-9, 10))
        counts[f"count_{k + 1}"] = int(whole * min(1, random.uniform(care, 1.15)))
    counts["count_39"], counts["count_38"] = f"{random.randrange(900) / 100:.2f}", "12.5"
    for name in [name for name in counts if random.random() > 0.97]:
        del counts[name]
    number = round(60 * size)
    held = [date(2025, 1, 1) + timedelta(days=random.randrange(380)) for _ in range(number)]
    types = [f"event_{random.randrange(EVENTS)}" for _ in held]
    papers = []
    for k in range(round(80 * size)):
        paper: Json = {"id": f"D{k + 1}", "type": f"document_{random.randrange(DOCUMENTS)}"}
        if random.random() < 0.95:
            paper["issued"] = str(date(2024, 12, 1) + timedelta(days=random.randrange(395)))
        if random.random() < 0.4:
            paper["valid_to"] = str(date(2025, 11, 1) + timedelta(days=random.randrange(900)))
        paper["title"] = f"文件{k}"
        paper["contains"] = [part for part in PARTS if random.random() < care]
        paper["files"] = [f"d{k}.pdf"] if random.random() < care else []
        papers.append(paper)
    attributes = {"class": random.choice(("urban", "urban", "rural"))} if random.random() < 0.9 else {}
    there = {one["type"] for one in papers} | set(types)
    return {
        "submission": 1,
        "subject": {"id": f"demo-{n}", "name": f"示例{n}", "kind": "community", "attributes": attributes},
        "period": {"from": str(SPAN.start), "to": str(SPAN.end)},
        "counts": counts,
        "previous": {"counts": previous},
        "events": [
            {"id": f"E{k + 1}", "type": name, "date": str(day), "title": "活动", "files": ["e.jpg"]}
            for k, (name, day) in enumerate(zip(types, sorted(held), strict=True))
        ],
        "documents": papers,
        "statements": [
            {"id": f"S{k}", "type": f"statement_{k}", "value": random.random() < care, "files": ["s.jpg"]}
            for k in range(STATEMENTS)
            if random.random() < 0.95
        ],
        "none": sorted({f"event_{k}" for k in range(EVENTS)} - there) if random.random() < care else [],
        "units": {
            "quarter": [
                {
                    "id": f"Q{k}",
                    "counts": {"count_0": 20, "count_1": random.randrange(5, 21)},
                    "statements": {"statement_0": random.random() < care},
                }
                for k in range(random.randrange(2, 6))
            ]
        },
    }
