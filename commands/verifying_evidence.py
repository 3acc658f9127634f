"""Judging the evidence anew, as an assessment says that it was judged, and setting the two side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.inputs import read_with_lists, reviews_at
from evaluator.errors import InputError, Words
from evaluator.verifying.answer import Line, wrong
from evaluator.verifying.content import evidence_lines, other_inputs, unknown_rules

if TYPE_CHECKING:
    from evaluator.loading import Loaded, Received
    from evaluator.review import Review

Json = dict[str, Any]


def judged(
    document: Json, submission: Path, loaded: Loaded | None, reviews: Sequence[Path], lists: Sequence[Path]
) -> list[Line]:
    """The lines on the evidence given; raises ``InputError`` where it cannot be read."""
    if loaded is not None and loaded.ruleset.ruleset != document["ruleset"]["id"]:
        return []
    rules = _rules(document, loaded)
    if rules is None:
        return [unknown_rules(document)._replace(means="unverified")]
    as_of = date.fromisoformat(document["as_of"])
    lenient = any(one["code"] == "set_aside" for one in document["integrity"])
    inputs, returned = read_with_lists([submission], [rules], lists, lenient=lenient, as_of=as_of)
    chain = reviews_at(None, tuple(reviews), inputs)[0]
    own, received = inputs[0]
    amiss = _others(document, received, chain)
    if amiss:
        return wrong("evidence", amiss, "mismatch")
    made = _assessed(document, own, received, chain, as_of, returned)
    if not _same_rules(document, own):
        return [_under_others(made)]
    return evidence_lines(document, made)


def _rules(document: Json, loaded: Loaded | None) -> str | None:
    """The rules to judge by: those given, else those that the assessment names, where this machine has them."""
    if loaded is not None:
        return str(loaded.folder)
    from evaluator.loading import load_ruleset

    name = f"{document['ruleset']['id']}@{document['ruleset']['version']}"
    try:
        load_ruleset(name)
    except InputError:
        return None
    return name


def _same_rules(document: Json, own: Loaded) -> bool:
    from evaluator.digests import ruleset_digest

    return bool(document["ruleset"]["digest"] == ruleset_digest(own.ruleset, own.catalogue))


def _others(document: Json, received: Received, chain: Sequence[Review]) -> list[Words]:
    from evaluator.assessment_document import submission_of
    from evaluator.review import review_digest

    sent = submission_of(received.submission, _files(received))
    return other_inputs(document, sent["digest"], sent["package"], [review_digest(one) for one in chain])


def _files(received: Received) -> list[Any] | None:
    files = received.files
    return None if files is None else sorted(files, key=lambda one: one.name)


def _assessed(
    document: Json, own: Loaded, received: Received, chain: Sequence[Review], as_of: date, returned: Any
) -> Json:
    """The assessment that this evidence comes to, with a plan where the given one has one."""
    from evaluator.assessment import assess
    from evaluator.planning.plan import Wanted

    def made(wanted: Wanted | None) -> Json:
        return assess(
            own.ruleset,
            own.catalogue,
            received.submission,
            stage=None if chain else document["stage"],
            as_of=as_of,
            observations=received.observations,
            files=received.files,
            reviews=chain,
            supersedes=document.get("supersedes"),
            wanted=wanted,
            returned=returned.get((received.submission.subject.id, own.ruleset.ruleset)),
        ).document

    plan = document.get("plan")
    if plan is None:
        return _read_back(made(None))
    found = made(Wanted())
    if found["plan"]["target"] != plan["target"]:
        grades = {grade.id for grade in own.ruleset.scoring.grades}
        if plan["target"]["id"] in grades:
            found = made(Wanted(plan["target"]["id"]))
    return _read_back(found)


def _read_back(document: Json) -> Json:
    """As it stands in a file, so that it compares with what was read from one."""
    from evaluator.json_text import json_bytes
    from evaluator.loading.scorecards import json_in

    found: Json = json_in(json_bytes(document), "assessment.json")
    return found


def _under_others(made: Json) -> Line:
    score = made["score"]
    points = "—" if score is None else f"{score['floor']}–{score['ceiling']}"
    zh = f"按所给的规则重评，同一申报得 {points} 分"
    en = f"under the rules given, the same submission comes to {points}"
    return Line("evidence", "unknown", Words(zh, en), "other_rules")
