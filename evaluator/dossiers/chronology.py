"""The chronology of a dossier and its manifest, as plain data: the contract is docs/inspection-tools.md. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from evaluator.canonical import digest
from evaluator.dossiers.chain import Step

Json = dict[str, Any]


class RulesAtHand(NamedTuple):
    """The rules that go into the dossier for those that an assessment names; ``digest`` is that of the rules at hand."""

    id: str
    version: str
    named: str
    digest: str
    folder: str

    @property
    def same(self) -> bool:
        """Whether they are the rules by which the assessment was made."""
        return self.named == self.digest


def chronology(
    steps: Sequence[Step],
    names: Sequence[str],
    comparisons: Sequence[Mapping[str, Any]],
    rules: Iterable[RulesAtHand],
    contents: Iterable[Json],
) -> Json:
    """What happened, in order.

    ``names`` are the steps' files, ``comparisons`` those between neighbours, ``contents`` (``listed``) what else lies in the
    dossier.
    """
    last = steps[-1].document
    return {
        "chronology": 1,
        "subject": last["submission"]["subject"],
        "period": last["submission"]["period"],
        "ruleset": {"id": last["ruleset"]["id"], "title": last["ruleset"]["title"]},
        "steps": [
            _step(n, step, name, comparisons[n - 2] if n > 1 else None)
            for n, (step, name) in enumerate(zip(steps, names, strict=True), 1)
        ],
        "reviews": list(_reviews(steps)),
        "criteria": {
            row["id"]: {key: row[key] for key in ("clause", "item", "title")}
            for step in reversed(steps)
            for row in step.document["criteria"]
        },
        "evidence": last["evidence"],
        "files": list(_files(steps)),
        "rules": [{**one._asdict(), "same": one.same} for one in rules],
        "contents": list(contents),
    }


def _step(n: int, step: Step, name: str, comparison: Mapping[str, Any] | None) -> Json:
    one = step.document
    grades = {grade["id"]: grade["title"] for grade in one["ruleset"]["scoring"]["grades"]}
    changes = None
    if comparison is not None:
        changes = {
            "score": comparison["score"],
            "causes": comparison["causes"],
            "criteria": [row for row in comparison["criteria"] if row["changed"]],
        }
    return {
        "step": n,
        "file": name,
        "stage": one["stage"],
        "as_of": one["as_of"],
        "digest": one["digest"],
        "ruleset": {key: one["ruleset"][key] for key in ("id", "version", "digest")},
        "submission": one["submission"]["digest"],
        "package": one["submission"].get("package"),
        "reviews": [review["digest"] for review in one["reviews"]],
        "score": one["score"] and {key: one["score"][key] for key in ("floor", "ceiling")},
        "grade": grades.get(one["grade"]),
        "accepted": one["accepted"],
        "vetoes": one["vetoes"],
        "supersedes": one.get("supersedes"),
        "superseded_by": step.superseded_by,
        "standing": step.standing,
        "changes": changes,
    }


def _reviews(steps: Iterable[Step]) -> Iterator[Json]:
    """Every review that an assessment was made with, each once, with the first step that it counts in."""
    seen: set[str] = set()
    for n, step in enumerate(steps, 1):
        for review in step.document["reviews"]:
            # One review has another digest in an assessment of another algorithm, and says the same.
            marks = {review["digest"], digest({**review, "digest": None})}
            if not marks & seen:
                seen |= marks
                yield {"step": n, **review}


def _files(steps: Iterable[Step]) -> Iterator[Json]:
    """The files that came with the submissions, each once."""
    seen: set[tuple[str, str]] = set()
    for step in steps:
        for file in step.document["submission"].get("files") or ():
            if (file["name"], file["digest"]) not in seen:
                seen.add((file["name"], file["digest"]))
                yield dict(file)


def listed(members: Mapping[str, bytes]) -> list[Json]:
    """Name, size and SHA-256 of each member, by name."""
    return [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(members.items())
    ]


def manifest(found: Json, members: Mapping[str, bytes]) -> Json:
    """The manifest: whose dossier, which assessment stands, what superseded what, and the SHA-256 of every other member."""
    keys = ("step", "file", "stage", "as_of", "digest", "supersedes", "superseded_by", "standing")
    return {
        "dossier": 1,
        "subject": {key: found["subject"][key] for key in ("id", "name")},
        "period": found["period"],
        "ruleset": found["ruleset"]["id"],
        "steps": [{key: step[key] for key in keys} for step in found["steps"]],
        "rules": found["rules"],
        "files": listed(members),
    }
