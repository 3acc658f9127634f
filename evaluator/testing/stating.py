"""How a drafted case is written: facts, what they come to, and the text of several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evaluator.emitting import flow
from evaluator.evaluate import Verdict
from evaluator.exact import Number, decimal
from evaluator.finding import leaves
from evaluator.ruleset import Ruleset
from evaluator.score import earned
from evaluator.testing.good import Facts

# A name that is text to every reader of YAML without quotes.
_PLAIN = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9 ，、。：；（）《》“”%.-]*")


def shortened(facts: Facts) -> dict[str, Any]:
    """``facts`` as people write them: nothing that is empty, a plain document as its date, a supported yes as ``true``."""
    found = {key: value for key, value in facts.items() if value and value != {"counts": {}}}
    if "documents" in found:
        found["documents"] = {name: list(map(_paper, papers)) for name, papers in facts["documents"].items()}
    if "statements" in found:
        found["statements"] = {
            name: one["value"] if one["files"] == ["photo.jpg"] else one
            for name, one in facts["statements"].items()
        }
    return found


def _paper(paper: Mapping[str, Any]) -> Any:
    kept = {
        key: value
        for key, value in paper.items()
        if (key == "files" and value != ["attachment.pdf"]) or (key != "files" and value)
    }
    return kept["issued"] if set(kept) == {"issued"} else kept


def expected(verdict: Verdict, ruleset: Ruleset) -> dict[str, Any]:
    """What a case of one criterion states of ``verdict``: its outcome, what it earned, and how far short it is."""
    if verdict.credit is None:
        return {"outcome": verdict.outcome}
    got = earned(verdict, ruleset.scoring)
    found: dict[str, Any] = {"outcome": verdict.outcome}
    ends = (got.floor, got.ceiling)
    if all(_writable(end) for end in ends):
        found["earned"] = _range(got.floor, got.ceiling)
    else:
        found["credit"] = _range(verdict.credit.floor, verdict.credit.ceiling)
    amounts = [
        leaf.shortfall.amount
        for role, finding in verdict.findings
        if role != "applies_when"
        for leaf in leaves(finding)
        if leaf.shortfall is not None
    ]
    if len(amounts) == 1 and ends[1] == ends[0] and verdict.outcome != "satisfied":
        found["shortfall"] = str(amounts[0])
    return found


def _writable(value: Number) -> bool:
    return "/" not in str(value) or set(_factors(value.denominator)) <= {2, 5}


def _factors(number: int) -> Iterator[int]:
    for prime in (2, 5):
        while number % prime == 0:
            number //= prime
    if number > 1:
        yield number


def _range(floor: Number, ceiling: Number) -> Any:
    if floor == ceiling:
        return _written(floor)
    return {"floor": _written(floor), "ceiling": _written(ceiling)}


def _written(value: Number) -> str:
    return decimal(value) if _writable(value) else str(value)


def drafts_text(drafts: Iterable[Mapping[str, Any]], head: Iterable[str], mark: str) -> str:
    """The data of drafts as the text of ``cases`` for a case file, each marked with ``mark`` as not confirmed."""
    lines = [f"# {one}" for one in head]
    lines.append("cases:")
    for data in drafts:
        name = data["name"] if _PLAIN.fullmatch(data["name"]) else flow(data["name"])
        lines.append(f"  - name: {name}  # {mark}")
        lines.append(f"    criterion: {data['criterion']}")
        if "period" in data:
            lines.append(f"    period: {flow(data['period'])}")
        lines.append(f"    given: {flow(data['given'])}")
        lines.append(f"    expect: {flow(data['expect'])}")
    return "\n".join(lines) + "\n"
