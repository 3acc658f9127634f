"""What a general engine is fed: a submission's evidence by type, days as numbers, as our engine's own facts are.

No general engine here searches lists of evidence a hundred times as fast as Python can put them in order once, and some know no
dates. The conversion knows no rule, only the catalogue and the period; its time counts as the peer's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from evaluator.catalogue import Catalogue

Json = dict[str, Any]


def day_number(day: str) -> int:
    """``2025-03-12`` as 20250312."""
    return int(day[:4] + day[5:7] + day[8:])


def converter(catalogue: Catalogue, names: set[str]) -> Callable[[bytes], Json]:
    """The function from a submission's JSON to its facts; ``names`` are the items that the rules read.

    ``c`` and ``p`` are the counts of this period and the one before, -1 where there is none. ``e``: of each type of events
    whether anything is known (``k``), how many there were in the period (``n``) and in each month (``m``). ``d``: of each type of
    documents whether anything is known and the list ``l`` of those that were issued by the data date: day of issue (``i``, -1:
    undated), whether expired (``x``), without a last day (``o``), attached (``f``), and the parts (``p``). ``s``: 0 nothing said,
    1 no, 2 yes.
    """
    counts = dict.fromkeys((name for name in catalogue.counts if name in names), -1)
    events = [name for name in catalogue.events if name in names]
    documents = [name for name in catalogue.documents if name in names]
    statements = dict.fromkeys((name for name in catalogue.statements if name in names), 0)

    def convert(content: bytes) -> Json:
        sent = orjson.loads(content)
        as_of = sent.get("as_of") or sent["period"]["to"]
        held, papers = _held(events, sent, as_of), _papers(documents, sent, as_of)
        for name in sent.get("none", ()):
            known = held.get(name) or papers.get(name)
            if known is not None:
                known["k"] = True
        said = statements.copy()
        for one in sent.get("statements", ()):
            if one["type"] in said:
                said[one["type"]] = 2 if one["value"] else 1
        return {
            "a": day_number(as_of),
            "c": {**counts, **sent.get("counts", {})},
            "p": {**counts, **sent.get("previous", {}).get("counts", {})},
            "e": held,
            "d": papers,
            "s": said,
        }

    return convert


def _held(types: list[str], sent: Json, as_of: str) -> Json:
    found: Json = {name: {"k": False, "n": 0, "m": [0] * 12} for name in types}
    first, until = sent["period"]["from"], min(sent["period"]["to"], as_of)
    for event in sent.get("events", ()):
        one = found.get(event["type"])
        if one is not None:
            one["k"] = True
            day = event["date"]
            if first <= day <= until:
                one["n"] += 1
                one["m"][int(day[5:7]) - 1] += 1
    return found


def _papers(types: list[str], sent: Json, as_of: str) -> Json:
    found: Json = {name: {"k": False, "l": []} for name in types}
    for paper in sent.get("documents", ()):
        one = found.get(paper["type"])
        if one is not None:
            one["k"] = True
            issued, ends = paper.get("issued"), paper.get("valid_to")
            if issued is None or issued <= as_of:
                one["l"].append(
                    {
                        "i": -1 if issued is None else day_number(issued),
                        "x": ends is not None and ends < as_of,
                        "o": ends is None,
                        "f": bool(paper.get("files")),
                        "p": paper.get("contains", []),
                    }
                )
    return found
