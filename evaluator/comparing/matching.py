"""Which criterion of one assessment answers to which of the other: by id, else by an explicit ``supersedes``. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

Json = Mapping[str, Any]
Match = Literal["same", "superseded", "only_before", "only_after"]


class Pair(NamedTuple):
    """A criterion in both assessments, or in one of them alone."""

    match: Match
    before: Json | None
    after: Json | None

    @property
    def id(self) -> str:
        """The id in the later assessment, where it stands there."""
        one = self.after or self.before
        assert one is not None
        return str(one["id"])


def pairs(before: Json, after: Json) -> Iterator[Pair]:
    """Every criterion once: in the order of ``after``, then those that stand only in ``before``."""
    old = {one["id"]: one for one in before["criteria"]}
    new = {one["id"]: one for one in after["criteria"]}
    # Either may be the newer edition.
    continued = {one["supersedes"]: name for name, one in new.items() if one.get("supersedes") in old}
    continued.update({name: one["supersedes"] for name, one in old.items() if one.get("supersedes") in new})
    answers = {theirs: ours for ours, theirs in continued.items() if ours not in new and theirs not in old}
    for name, one in new.items():
        if name in old:
            yield Pair("same", old[name], one)
        elif name in answers:
            yield Pair("superseded", old[answers[name]], one)
        else:
            yield Pair("only_after", None, one)
    matched = set(answers.values())
    for name, one in old.items():
        if name not in new and name not in matched:
            yield Pair("only_before", one, None)
