"""Which assessment a result of ``score --supersedes`` amends: one of its own subject, period, standard and stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from evaluator.errors import InputError, Place, Problem, Words

if TYPE_CHECKING:
    from evaluator.loading import Loaded, Received


class Result(NamedTuple):
    """A result that is to be made: from what, at which stage, and the file that it will be written to."""

    loaded: Loaded
    received: Received
    stage: str
    file: Path | None

    def occasion(self) -> tuple[Any, ...]:
        """What an assessment must share with this result to be amended by it."""
        submission = self.received.submission
        period = submission.period
        return (
            submission.subject.id,
            self.loaded.ruleset.ruleset,
            period.from_.isoformat(),
            period.to.isoformat(),
            self.stage,
        )


def superseded(paths: Iterable[Path], results: Sequence[Result]) -> list[str | None]:
    """The digest that each of ``results`` supersedes, or None; raises ``InputError`` with every problem."""
    found: list[str | None] = [None] * len(results)
    if not paths:
        return found
    from evaluator.loading import load_assessment

    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            old = load_assessment(path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        own = [n for n, one in enumerate(results) if one.occasion() == _occasion(old)]
        problem = _refusal(path, results, found, own)
        if problem is not None:
            problems.append(problem)
        else:
            found[own[0]] = old["digest"]
    if problems:
        raise InputError(dict.fromkeys(problems))
    return found


def _occasion(document: dict[str, Any]) -> tuple[Any, ...]:
    sent = document["submission"]
    return (
        sent["subject"]["id"],
        document["ruleset"]["id"],
        sent["period"]["from"],
        sent["period"]["to"],
        document["stage"],
    )


def _refusal(
    path: Path, results: Sequence[Result], found: Sequence[str | None], own: Sequence[int]
) -> Problem | None:
    from evaluator.loading import shown

    place = Place(shown(path))
    if not own:
        what = Words(
            "要评的里面没有与它同一单位、评估期、标准和阶段的",
            "nothing that is scored is of its subject, period, standard and stage",
        )
        return Problem(
            "nothing_superseded",
            place,
            what,
            Words("阶段用 --stage 或复核写明", "say the stage with --stage or a review"),
        )
    if found[own[0]] is not None:
        what = Words("一份结果只能取代一份", "one result supersedes one")
        return Problem("bad_supersedes", place, what, Words("只写最近的一份", "name the latest one"))
    file = results[own[0]].file
    if file is not None and file.resolve() == path.resolve():
        what = Words(
            "新结果会覆盖被取代的这一份", "the new result would overwrite the one that it supersedes"
        )
        mend = Words(
            "用 --out 写到别的文件夹：取代不等于删除",
            "write elsewhere with --out: what is superseded is not erased",
        )
        return Problem("overwrites_superseded", place, what, mend)
    return None
