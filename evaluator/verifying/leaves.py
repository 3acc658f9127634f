"""One check's finding: its numbers against each other, against what was submitted, and its credit against what was required."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from evaluator.crediting import credit_at
from evaluator.errors import Words
from evaluator.exact import Number, decimal, percent, whole
from evaluator.finding import Interval, Requirement, is_open, outcome_of
from evaluator.shortfalls import shortfall_of
from evaluator.verifying.asked import comparison
from evaluator.verifying.contradiction import Contradiction, Json, Path, compared, named, one_of, shown
from evaluator.verifying.tree import Node

_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_COMPARED = ("ratio", "quantity", "lateness")


def of_finding(
    node: Node, path: Path, place: Words, worth: Fraction | None, rows: Mapping[str, Json]
) -> Iterator[Contradiction]:
    """What of one finding does not follow; ``worth`` are the points of its criterion, ``rows`` the evidence by id."""
    said, own = node.said, (*path, node.position)
    credit = node.finding.credit
    yield from compared(
        (*own, "outcome"),
        named(place, "的判定", "outcome"),
        said["outcome"],
        outcome_of(credit, (node.finding,)),
    )
    if credit is not None and not 0 <= credit.floor <= credit.ceiling <= 1:
        yield Contradiction(
            (*own, "credit"), named(place, "的得分率", "credit"), shown(said["credit"]), "0–1"
        )
    if not node.members and (credit is None or not is_open(credit)):
        yield from compared((*own, "waits"), named(place, "在等什么", "waits"), said["waits"], None)
    measured = said["measured"]
    if measured is not None and measured["value"] is not None:
        yield from _measured(node, own, place, rows)
    if said["required"] is not None and said["required"]["value"] is not None:
        yield from _required(said, own, place)
    if said["kind"] in _COMPARED:
        yield from _credit(node, own, place, worth)
    if said["kind"] == "cadence" and said.get("windows"):
        yield from _windows(said, own, place, rows)


def _parts(said: Json) -> list[Number]:
    return [whole(Fraction(one)) for one in said["measured"]["parts"].values()]


def _measured(node: Node, path: Path, place: Words, rows: Mapping[str, Json]) -> Iterator[Contradiction]:
    """The measured number follows from its parts, and its sentence says them."""
    said = node.said
    measured, kind, parts = said["measured"], said["kind"], _parts(said)
    where, at = named(place, "测得的数", "what was measured"), (*path, "measured")
    numbers: list[Number] = []
    follows: Number | None = None
    if kind == "ratio" and len(parts) == 2:
        n, d = parts
        follows, numbers = (Fraction(n) / d if d else n), [n, d]
    elif kind in ("quantity", "lateness") and len(parts) == 1:
        follows, numbers = parts[0], parts
    elif kind == "group" and len(parts) == 2:
        credits = [one.finding.credit for one in node.members if one.finding.credit is not None]
        held = sum(one.floor == 1 for one in credits)
        yield from compared(
            (*at, "parts"), where, _ints(measured["parts"]), {"holding": held, "members": len(credits)}
        )
        follows, numbers = Fraction(held, len(credits)) if credits else None, [held, len(credits)]
    elif kind == "change" and len(parts) == 2:
        numbers = parts
    if follows is not None:
        yield from compared((*at, "value"), where, measured["value"], str(follows))
    if not (kind == "lateness" and numbers == [0]):
        yield from _said(at, where, measured["text"], numbers)
    if (
        kind == "ratio"
        and follows is not None
        and parts[1]
        and measured["text"]["zh"].partition("（")[0] != "–"
    ):
        shown_share = _NUMBERS.findall(measured["text"]["zh"])[:1]
        nearest = percent(follows)[:-1]
        if shown_share and abs(Fraction(shown_share[0]) - follows * 100) > Fraction(1, 200):
            yield Contradiction((*at, "text", "zh"), where, f"{shown_share[0]}%", f"{nearest}%")
    yield from _submitted(said, at, where, rows)


def _ints(parts: Json) -> dict[str, Any]:
    return {name: parts.get(name) for name in ("holding", "members")}


def _said(path: Path, place: Words, text: Json, numbers: list[Number]) -> Iterator[Contradiction]:
    """Both sentences hold every number."""
    for lang in ("zh", "en"):
        stand = {Fraction(one) for one in _NUMBERS.findall(text[lang])}
        lacking = [one for one in numbers if "/" not in decimal(one) and Fraction(one) not in stand]
        if lacking:
            yield Contradiction(
                (*path, "text", lang), place, shown(text[lang]), "、".join(map(decimal, lacking))
            )


def _submitted(said: Json, path: Path, place: Words, rows: Mapping[str, Json]) -> Iterator[Contradiction]:
    """Counts are those that were submitted, where nobody changed them; events and documents are as many as are named."""
    if said["kind"] not in ("ratio", "quantity") or said.get("unit"):
        return
    for name, number in said["measured"]["parts"].items():
        row = rows.get(f"count:{name}")
        if row is not None and row["value"] is not None and "changes" not in row:
            yield from compared((*path, "parts", name), place, str(number), row["value"])
    if said["kind"] == "quantity" and said["evidence"] != said["of"]:
        yield from compared((*path, "value"), place, said["measured"]["value"], str(len(said["evidence"])))


def _required(said: Json, path: Path, place: Words) -> Iterator[Contradiction]:
    value = Fraction(said["required"]["value"])
    where = named(place, "要求的数", "what was required")
    asked = comparison(said["required"]["text"]["en"], None)
    if asked is None or len(asked.limits) != 1 or asked.code == "earns":
        return
    yield from compared((*path, "required", "value"), where, str(value), str(asked.limits[0][1].value))
    stand = {Fraction(one) for one in _NUMBERS.findall(said["required"]["text"]["zh"])}
    number = asked.limits[0][1].value * (100 if asked.limits[0][1].percent else 1)
    if number not in stand:
        yield Contradiction(
            (*path, "required", "text", "zh"), where, shown(said["required"]["text"]["zh"]), decimal(number)
        )


def _credit(node: Node, path: Path, place: Words, worth: Fraction | None) -> Iterator[Contradiction]:
    """A decided credit follows from what was measured and what was required; so does what is short."""
    said, credit = node.said, node.finding.credit
    measured, required = said["measured"], said["required"]
    if credit is None or is_open(credit) or measured is None or required is None or measured["value"] is None:
        return
    n, d = _numbers(said)
    if not d or measured["text"]["zh"].startswith("–"):
        return
    where = named(place, "的得分率", "credit")
    asked = comparison(required["text"]["en"], worth)
    if asked is None:
        if required["text"]["en"].endswith("loses points"):
            # Of a section that is worth nothing, nothing can be taken.
            possible_ends = {int(not n), 1} if path[0] == "deductions" else {int(not n)}
            yield from one_of(
                (*path, "credit"), where, _ends(credit), [_ends(Interval(one, one)) for one in possible_ends]
            )
        return
    possible = {Fraction(credit_at(asked)(n, d))} if asked.code != "earns" else set()
    if asked.code == "earns" or (len(asked.limits) == 1 and asked.limits[0][0] == "at_least"):
        possible.add(Fraction(credit_at(asked, proportional=True)(n, d)))
    yield from one_of(
        (*path, "credit"), where, _ends(credit), [_ends(Interval(one, one)) for one in sorted(possible)]
    )
    if (
        said["shortfall"] is not None
        and said["kind"] != "lateness"
        and asked.code == "limits"
        and len(asked.limits) == 1
    ):
        yield from _shortfall(said, asked, n, d, path, place)


def _shortfall(
    said: Json, asked: Requirement, n: Number, d: Number, path: Path, place: Words
) -> Iterator[Contradiction]:
    where, of = named(place, "的缺口", "shortfall"), said["of"][0]
    amounts = [decimal(shortfall_of(asked, of, whole=one)(n, d).amount) for one in (True, False)]
    yield from one_of((*path, "shortfall", "amount"), where, said["shortfall"]["amount"], amounts)


def _numbers(said: Json) -> tuple[Number, Number]:
    parts = _parts(said)
    return (
        (parts[0], parts[1])
        if said["kind"] == "ratio" and len(parts) == 2
        else (whole(Fraction(said["measured"]["value"])), 1)
    )


def _ends(credit: Interval) -> dict[str, str]:
    return {"floor": str(credit.floor), "ceiling": str(credit.ceiling)}


def _windows(said: Json, path: Path, place: Words, rows: Mapping[str, Json]) -> Iterator[Contradiction]:
    """A window is met where it holds enough; the measured number is that of windows met, and credit follows from them."""
    windows = said["windows"]
    dates = [
        rows[name].get("date") if name in rows and "changes" not in rows[name] else None
        for name in said["evidence"]
    ]
    for n, one in enumerate(windows):
        at, where = (
            (*path, "windows", n),
            named(place, f"的时段 {one['from']}～{one['to']}", f"window {one['from']}/{one['to']}"),
        )
        if (one["state"] == "met") != (one["found"] >= one["needed"]):
            yield Contradiction((*at, "state"), where, one["state"], f"{one['found']}/{one['needed']}")
        if None not in dates:
            inside = sum(
                date.fromisoformat(one["from"]) <= date.fromisoformat(day) <= date.fromisoformat(one["to"])
                for day in dates
                if day
            )
            yield from compared((*at, "found"), where, one["found"], inside)
    states = [one["state"] for one in windows]
    held, open_ = states.count("met"), states.count("open")
    judged = held + open_ + states.count("missed")
    if not judged or said["measured"] is None:
        return
    where = named(place, "测得的数", "what was measured")
    yield from compared(
        (*path, "measured", "value"), where, said["measured"]["value"], str(Fraction(held, judged))
    )
    yield from _said((*path, "measured"), where, said["measured"]["text"], [held, judged])
    if said["required"] is not None and not re.search(
        r"; (steps: |credit rises from )", said["required"]["text"]["en"]
    ):
        shares = Interval(Fraction(held, judged), Fraction(held + open_, judged))
        strict = Interval(int(held == judged), int(held + open_ == judged))
        yield from one_of(
            (*path, "credit"),
            named(place, "的得分率", "credit"),
            dict(said["credit"] or {}),
            [_ends(shares), _ends(strict)],
        )
