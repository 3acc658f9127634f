"""The assessments of one subject in order: by stage, and within a stage by what supersedes what. Pure.

An amended score supersedes and never erases: what it superseded has to be there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from evaluator.errors import Words
from evaluator.facts import STAGES

Json = dict[str, Any]


class Step(NamedTuple):
    """One assessment in its place: the digest of the one that amended it, and whether it is the one that stands."""

    document: Json
    superseded_by: str | None
    standing: bool


class Fault(NamedTuple):
    """What keeps the assessment at ``position`` from its place."""

    position: int
    code: str
    what: Words
    mend: Words


def faults(documents: Sequence[Json]) -> Iterator[Fault]:
    """Every reason why ``documents`` are no chain of one subject, period and standard."""
    for position, one in enumerate(documents[1:], 1):
        yield from _stranger(position, documents[0], one)
    by_digest = {one["digest"]: one for one in documents}
    times = Counter(one["supersedes"] for one in documents if one.get("supersedes"))
    for position, one in enumerate(documents):
        name = one.get("supersedes")
        if not name:
            continue
        old = by_digest.get(name)
        if old is None:
            yield Fault(
                position,
                "superseded_missing",
                Words(
                    f"它取代的那一份没有给出：{name}",
                    f"the assessment that it supersedes is not given: {name}",
                ),
                Words("把被取代的也列上，取代不等于删除", "name it too: what is superseded is not erased"),
            )
        elif old["stage"] != one["stage"] or times[name] > 1:
            yield Fault(
                position,
                "bad_supersedes",
                Words(
                    "与被取代的不是同一阶段，或同一份被取代了两次",
                    "of another stage than what it supersedes, or not alone in that",
                ),
                Words("一份只由同一阶段的一份取代", "one assessment supersedes one of its own stage"),
            )
    yield from _ties(documents)


def _stranger(position: int, first: Json, one: Json) -> Iterator[Fault]:
    keys = {
        "other_subject": (("submission", "subject", "id"), Words("不是同一个单位", "another subject")),
        "other_period": (("submission", "period"), Words("不是同一个评估期", "another period")),
        "other_ruleset": (("ruleset", "id"), Words("不是同一套标准", "another standard")),
    }
    for code, (path, words) in keys.items():
        if _at(first, path) != _at(one, path):
            what = Words(f"与第一份{words.zh}", f"of {words.en} than the first")
            yield Fault(
                position,
                code,
                what,
                Words(
                    "一份卷宗只装一个单位、一个评估期、一套标准",
                    "one dossier is of one subject, period and standard",
                ),
            )


def _at(document: Json, path: tuple[str, ...]) -> Any:
    found: Any = document
    for key in path:
        found = found[key]
    return found


def _ties(documents: Sequence[Json]) -> Iterator[Fault]:
    """Heads of one stage and data date: nothing says which of them is the later one."""
    heads: dict[tuple[str, str], list[int]] = {}
    superseded = {one.get("supersedes") for one in documents}
    for position, one in enumerate(documents):
        if one["digest"] not in superseded:
            heads.setdefault((one["stage"], one["as_of"]), []).append(position)
    for positions in heads.values():
        for position in positions[1:]:
            yield Fault(
                position,
                "unordered",
                Words(
                    "与另一份同一阶段、同一数据截止日，看不出先后",
                    "of one stage and data date with another: neither is the later one",
                ),
                Words(
                    "评分时用 --supersedes 写明取代哪一份",
                    "say with score --supersedes which one it supersedes",
                ),
            )


def chain(documents: Sequence[Json]) -> list[Step]:
    """``documents`` (of which ``faults`` finds none) in order: by stage, by data date, each after what it supersedes."""
    by_digest = {one["digest"]: one for one in documents}
    after = {one["supersedes"]: one["digest"] for one in documents if one.get("supersedes")}
    heads = [one for one in documents if one["digest"] not in after]
    heads.sort(key=lambda one: (STAGES.index(one["stage"]), one["as_of"]))
    ordered: list[Json] = []
    for head in heads:
        line = [head]
        while line[0].get("supersedes"):
            line.insert(0, by_digest[line[0]["supersedes"]])
        ordered.extend(line)
    return [Step(one, after.get(one["digest"]), one is ordered[-1]) for one in ordered]
