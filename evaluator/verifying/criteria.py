"""A criterion's credit, outcome and points from its findings, or from the decision of a reviewer that stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from evaluator.errors import Words
from evaluator.exact import plain
from evaluator.finding import FULL, NONE, UNDECIDED, Interval, Outcome, Waits, is_open, outcome_of, waiting
from evaluator.verifying.contradiction import Contradiction, Json, Path, called, compared, named, shown
from evaluator.verifying.groups import of_combination
from evaluator.verifying.leaves import of_finding
from evaluator.verifying.tree import Node, credit_of, every, grown, parents_amiss

_MAIN = ("check", "deduct", "best_of", "earn")


class Concluded(NamedTuple):
    """What a criterion comes to: its credit (None: does not apply), outcome, and what it waits for."""

    credit: Interval | None
    outcome: Outcome
    waits: tuple[Waits, ...]

    def told(self, points: Fraction) -> Json:
        """The same as a verdict of an assessment, with the points it earns of ``points``."""
        credit = self.credit or NONE
        earned = {
            "floor": plain(credit.floor * points, (0, points)),
            "ceiling": plain(credit.ceiling * points, (0, points)),
        }
        return {"outcome": self.outcome, "waits": list(self.waits), "earned": earned}


def of_criterion(one: Json, path: Path, document: Json, rows: Mapping[str, Json]) -> Iterator[Contradiction]:
    """Every number of a criterion that does not follow."""
    place, points = criterion_words(one), Fraction(one["points"])
    listed = one["findings"]
    amiss = list(parents_amiss(listed, (*path, "findings"), place))
    yield from amiss
    if amiss:
        return
    nodes = grown(listed)
    yield from of_findings(nodes, (*path, "findings"), place, _worth(points, document), rows)
    if [node.said["role"] for node in nodes] not in _orders(nodes):
        listed_roles = "、".join(node.said["role"] for node in nodes)
        yield Contradiction(
            (*path, "findings"), named(place, "的检查", "findings"), shown(listed_roles), "check"
        )
        return
    yield from _prerequisites(nodes, path, place, document)
    machine = by_machine(nodes, document["stage"])
    ruling = ruled(one)
    last = one["stages"][-1] if one.get("stages") else None
    if last is not None and last.get("machine") is not None:
        yield from compared(
            (*path, "stages"), named(place, "的机器判定", "by machine"), last["machine"], machine.told(points)
        )
    follows = machine if ruling is None else ruling
    told = follows.told(points)
    yield from compared(
        (*path, "outcome"), named(place, "的判定", "outcome"), one["outcome"], told["outcome"]
    )
    yield from compared((*path, "waits"), named(place, "在等什么", "waits"), one["waits"], told["waits"])
    exact = (
        None
        if follows.credit is None
        else {end: str(getattr(follows.credit, end)) for end in ("floor", "ceiling")}
    )
    yield from compared((*path, "credit"), named(place, "的得分率", "credit"), one["credit"], exact)
    yield from compared(
        (*path, "earned"), named(place, "的得分", "points earned"), one["earned"], told["earned"]
    )


def criterion_words(one: Json) -> Words:
    """What a criterion is called where something is wrong with it."""
    found = called(one)
    return Words(f"指标{found.zh}", f"criterion {found.en}")


def of_findings(
    nodes: tuple[Node, ...], path: Path, place: Words, worth: Fraction | None, rows: Mapping[str, Json]
) -> Iterator[Contradiction]:
    """Every number of findings that does not follow from the others; members of alternatives weigh what these do."""
    for node in sorted(every(nodes), key=lambda one: one.position):
        where = Words(f"{place.zh}第 {node.position + 1} 项检查", f"{place.en}, finding {node.position + 1}")
        own = worth if node.said["parent"] is None else None
        yield from of_finding(node, path, where, own, rows)
        yield from of_combination(node, path, where, own)


def _worth(points: Fraction, document: Json) -> Fraction | None:
    # In the flat model the points of the rules are not told.
    return None if document["ruleset"]["scoring"]["model"] == "flat" or not points else points


def _orders(nodes: tuple[Node, ...]) -> list[list[str]]:
    """The orders of roles that there are, given how many top findings there are and whether a condition failed."""
    roles = [node.said["role"] for node in nodes]
    main = next((role for role in roles if role in _MAIN), "check")
    condition = nodes[0].finding.credit if nodes and roles[0] == "applies_when" else FULL
    if condition is None or condition.ceiling < 1:
        return [["applies_when"]]
    return [[*head, main, *tail] for head in ([], ["applies_when"]) for tail in ([], ["requires"])]


def by_machine(nodes: tuple[Node, ...], stage: str) -> Concluded:
    """What the findings come to, as the engine concludes (``evaluator.evaluate``)."""
    by_role = {node.said["role"]: node.finding for node in nodes}
    applies = by_role["applies_when"].credit if "applies_when" in by_role else FULL
    if applies is None or applies.ceiling < 1:
        return Concluded(None, "not_applicable", ())
    credit = next(by_role[role].credit for role in by_role if role in _MAIN)
    held_back = by_role.get("requires")
    if credit is not None and held_back is not None:
        credit = NONE if held_back.credit == NONE else Interval(0, credit.ceiling)
    if applies.floor < 1 and stage == "self_check" and credit is not None:
        credit = UNDECIDED
    if credit is None:
        return Concluded(None, "not_applicable", ())
    findings = [node.finding for node in nodes]
    if is_open(credit):
        waits = waiting(findings)
        return Concluded(credit, "needs_review" if "person" in waits else "no_evidence", waits)
    own = [node.finding for node in nodes if node.said["role"] != "applies_when"]
    return Concluded(credit, outcome_of(credit, own), ())


def ruled(one: Json) -> Concluded | None:
    """What the decision that stands over a criterion means; None where none stands."""
    entry = one.get("review")
    if entry is None or entry["entry"] != "decision":
        return None
    points, outcome = Fraction(one["points"]), entry["outcome"]
    fixed: dict[str, Interval | None] = {"satisfied": FULL, "not_satisfied": NONE, "needs_review": UNDECIDED}
    credit = fixed.get(outcome)
    if outcome == "partly_satisfied" and entry["earned"] is not None and points:
        share = Fraction(entry["earned"]) / points
        credit = Interval(share, share)
    waits: tuple[Waits, ...] = ("person",) if outcome == "needs_review" else ()
    return Concluded(credit, outcome, waits)


def _prerequisites(
    nodes: tuple[Node, ...], path: Path, place: Words, document: Json
) -> Iterator[Contradiction]:
    """What is said to hold a criterion back does so: the criteria that it names failed, or are open."""
    if nodes[-1].said["role"] != "requires":
        return
    credits = {one["id"]: credit_of(one["credit"]) for one in document["criteria"]}
    node, failed = nodes[-1], nodes[-1].finding.credit == NONE
    for name in node.said["of"]:
        credit = credits.get(name)
        holds = credit is not None and (credit.ceiling < 1 if failed else credit.floor < 1)
        if not holds:
            where = named(place, f"的前提 {shown(name)}", f"prerequisite {shown(name)}")
            at = (*path, "findings", node.position)
            yield Contradiction(
                at,
                where,
                shown(node.said["outcome"]),
                shown(None if credit is None else {"floor": credit.floor, "ceiling": credit.ceiling}),
            )
