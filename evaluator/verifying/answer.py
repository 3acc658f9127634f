"""What verifying came to: one line for each thing that was looked at, and a verdict that keeps the reasons apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from evaluator.errors import Words

Verdict = Literal[
    "agrees", "layout_differs", "other_rules", "mismatch", "altered", "unverified", "unreadable"
]
State = Literal["agrees", "unknown", "wrong"]
Check = Literal[
    "file",
    "shape",
    "digest",
    "manifest",
    "recount",
    "pages",
    "rules",
    "engine",
    "evidence",
    "signatures",
    "code",
]
Json = dict[str, Any]
# So many words of one kind are told; of the rest, how many there are.
MOST_TOLD = 5
REFUSED: frozenset[Verdict] = frozenset({"other_rules", "mismatch", "altered", "unverified"})


class Line(NamedTuple):
    """One thing that was looked at. ``means`` is the verdict that follows from it, where it is not that all agrees."""

    check: Check
    state: State
    words: Words
    means: Verdict | None = None


# Of several verdicts the first counts.
_ORDER: tuple[Verdict, ...] = ("altered", "mismatch", "other_rules", "unverified", "layout_differs")


def verdict_of(lines: Iterable[Line]) -> Verdict:
    """The verdict that ``lines`` come to: the gravest of theirs."""
    found = {one.means for one in lines}
    return next((one for one in _ORDER if one in found), "agrees")


def wrong(
    check: Check, each: Iterable[Words], means: Verdict = "altered", head: Words | None = None
) -> list[Line]:
    """A line for each of ``each``, after ``head``; of many, the first and how many more there are."""
    listed = list(dict.fromkeys(each))
    told = listed[:MOST_TOLD]
    if len(listed) > MOST_TOLD:
        more = len(listed) - MOST_TOLD
        told.append(Words(f"另有 {more} 处", f"and {more} more"))
    before = ("", "") if head is None else (head.zh, head.en)
    return [Line(check, "wrong", Words(before[0] + one.zh, before[1] + one.en), means) for one in told]


class Answer(NamedTuple):
    """What one file came to; ``told`` says whose scorecard it is, as far as that could be read."""

    file: str
    kind: Literal["pdf", "json"]
    verdict: Verdict
    lines: tuple[Line, ...]
    told: Json | None
    signatures: tuple[Json, ...] = ()


def answer_of(
    file: str,
    kind: Literal["pdf", "json"],
    lines: Sequence[Line],
    document: Json | None,
    signatures: Sequence[Json] = (),
) -> Answer:
    """The answer that ``lines`` come to."""
    return Answer(
        file,
        kind,
        verdict_of(lines),
        tuple(lines),
        None if document is None else _told(document),
        tuple(signatures),
    )


def unreadable(file: str, kind: Literal["pdf", "json"], problems: Iterable[Words]) -> Answer:
    """The answer on a file that cannot be read at all."""
    return Answer(file, kind, "unreadable", tuple(wrong("file", problems, "unreadable")), None)


def _told(document: Json) -> Json:
    subject, score = document["submission"]["subject"], document["score"]
    return {
        "digest": document["digest"],
        "subject": {"id": subject["id"], "name": subject["name"]},
        "ruleset": {
            "id": document["ruleset"]["id"],
            "version": document["ruleset"]["version"],
            "title": document["ruleset"]["title"],
        },
        "stage": document["stage"],
        "as_of": document["as_of"],
        "score": None if score is None else {"floor": score["floor"], "ceiling": score["ceiling"]},
        "accepted": document["accepted"],
    }


def answers_document(answers: Sequence[Answer]) -> Json:
    """All answers, as ``--format json`` writes them: docs/verify.md."""
    counted = {
        name: sum(one.verdict == name for one in answers)
        for name in ("agrees", "layout_differs", *_ORDER[:4], "unreadable")
    }
    return {
        "verification": 1,
        "files": [
            {
                "file": one.file,
                "kind": one.kind,
                "verdict": one.verdict,
                "assessment": one.told,
                "checks": [
                    {
                        "check": line.check,
                        "state": line.state,
                        "text": {"zh": line.words.zh, "en": line.words.en},
                    }
                    for line in one.lines
                ],
                "signatures": list(one.signatures),
            }
            for one in answers
        ],
        "summary": counted,
    }
