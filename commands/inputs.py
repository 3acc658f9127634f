"""What a command reads before it does anything: rulesets and submissions, with every problem at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.console import speak
from evaluator.algorithms import Algorithm
from evaluator.errors import InputError, Place, Problem, Words
from evaluator.persons import echo

if TYPE_CHECKING:
    from evaluator.loading import Loaded, Received
    from evaluator.planning.rectification import Returned
    from evaluator.review import Review
    from evaluator.sampling import FileSent
    from evaluator.submission import Submission


def read_all(
    paths: Iterable[Path], rules: Iterable[str], *, lenient: bool = False, algorithm: Algorithm = "sha256"
) -> Iterator[tuple[Loaded, Received]]:
    """Each submission with each ruleset; raises ``InputError`` with every problem of all of them.

    ``algorithm`` is that of the digests of files.
    """
    from evaluator.loading import load_ruleset

    problems: list[Problem] = []
    loaded: dict[Path, Loaded] = {}
    for name in rules:
        try:
            one = load_ruleset(name)
        except InputError as error:
            problems.extend(error.problems)
            continue
        problems.extend(_namesake(name, one, loaded))
        loaded[one.folder] = one
    found: list[tuple[Loaded, Received]] = []
    names: dict[tuple[str, str], Path] = {}
    parts: set[Path] = set()
    for path in paths:
        if path not in parts:
            found.extend(_received(path, loaded.values(), names, parts, problems, algorithm, lenient=lenient))
    if problems:
        raise InputError(dict.fromkeys(problems))
    yield from found


def _received(
    path: Path,
    rulesets: Collection[Loaded],
    names: dict[tuple[str, str], Path],
    parts: set[Path],
    problems: list[Problem],
    algorithm: Algorithm,
    *,
    lenient: bool,
) -> Iterator[tuple[Loaded, Received]]:
    from evaluator.loading import opened, receive
    from evaluator.versions import standing

    try:
        with opened(path, algorithm=algorithm) as origin:
            # All parts of a package may be named: they are one submission.
            parts.update(origin.parts if len(origin.parts) > 1 else ())
            wanted: Collection[Loaded | None] = rulesets or (None,)
            for ruleset in wanted:
                received = receive(origin, ruleset.catalogue if ruleset else None, lenient=lenient)
                if ruleset is not None:
                    said = standing(ruleset.versions, ruleset.ruleset.version, received.submission.period.to)
                    received = received._replace(observations=(*received.observations, *said))
                    problems.extend(_mismatch(path, ruleset, received.submission, names))
                    yield ruleset, received
    except InputError as error:
        # Without its ruleset nobody knows what a submission may hold.
        own = (one for one in error.problems if rulesets or one.code not in _OF_THE_CATALOGUE)
        problems.extend(own)


_OF_THE_CATALOGUE = frozenset({"unknown_item", "unknown_part"})


def reviews_of(paths: Sequence[Path], inputs: list[tuple[Loaded, Received]]) -> list[tuple[Review, ...]]:
    """The chain of reviews of each of ``inputs``; raises ``InputError`` with every problem of all of them.

    With several inputs a review goes to the one whose subject and ruleset it names.
    """
    if not paths:
        return [() for _ in inputs]
    from evaluator.errors import ReviewError
    from evaluator.loading import chain_problems, read_all_reviews
    from evaluator.reviewing.standing import in_chain

    found, problems = read_all_reviews(paths)
    named = [(one.submission.subject.id, loaded.ruleset.ruleset) for loaded, one in inputs]
    chains: list[tuple[Review, ...]] = []
    for n, (loaded, received) in enumerate(inputs):
        own = [one for one in found if len(inputs) == 1 or _names(one[0]) == named[n]]
        problems.extend(chain_problems(own, loaded, received.submission))
        chains.append(in_chain(review for review, _ in own))
    for review, source in found if len(inputs) > 1 else ():
        if _names(review) not in named:
            zh = f"这份复核针对 {review.submission.id}（{review.ruleset.id}），不在要评的之中"
            en = f"this review is of {review.submission.id} ({review.ruleset.id}), which is not being scored"
            problems.append(source.problem("other_submission", ("submission", "id"), Words(zh, en)))
    if problems:
        raise ReviewError(dict.fromkeys(problems))
    return chains


def reviews_at(
    stage: str | None, paths: Sequence[Path], inputs: list[tuple[Loaded, Received]]
) -> list[tuple[Review, ...]]:
    """``reviews_of`` inputs that are assessed at ``stage``: that of the last review, or None."""
    chains = reviews_of(paths, inputs)
    for chain in chains:
        if stage is not None and chain and chain[-1].stage != stage:
            last = chain[-1].stage
            zh = f"--stage {stage} 与最后一份复核的阶段 {last} 不一致；有复核时不必写 --stage"
            en = f"--stage {stage} contradicts the last review, which is of {last}; leave --stage out"
            raise click.UsageError(speak(zh, en))
    return chains


def _names(review: Review) -> tuple[str, str]:
    return review.submission.id, review.ruleset.id


def sent_files(received: Received) -> tuple[FileSent, ...] | None:
    """The files that came with a submission; None where a form came alone."""
    from evaluator.sampling import FileSent

    files = received.files
    return None if files is None else tuple(FileSent(one.digest, one.evidence) for one in files)


def absent_files(received: Received) -> tuple[str, ...] | None:
    """The files that a package names and lacks; None where a form came alone."""
    if sent_files(received) is None:
        return None
    told = (one for one in received.observations if one.code == "file_absent")
    return tuple(name for one in told for name in one.files)


def read_with_lists(
    paths: Iterable[Path],
    rules: Iterable[str],
    lists: Iterable[Path],
    *,
    lenient: bool,
    as_of: date | None,
    algorithm: Algorithm = "sha256",
) -> tuple[list[tuple[Loaded, Received]], dict[tuple[str, str], Returned]]:
    """Each submission with each ruleset, and the rectification lists that came back, by subject and ruleset.

    Raises ``InputError`` with every problem of all of them, and where a list is of none of the submissions, or newer than its.
    """
    problems: list[Problem] = []
    inputs: list[tuple[Loaded, Received]] = []
    try:
        inputs = list(read_all(paths, rules, lenient=lenient, algorithm=algorithm))
    except InputError as error:
        problems.extend(error.problems)
    days = {
        (one.submission.subject.id, loaded.ruleset.ruleset): as_of
        or one.submission.as_of
        or one.submission.period.to
        for loaded, one in inputs
    }
    found: dict[tuple[str, str], Returned] = {}
    for path in lists:
        from evaluator.loading import load_rectification

        try:
            one = load_rectification(path)
        except InputError as error:
            problems.extend(error.problems)
            continue
        name = (one.subject, one.ruleset)
        if inputs:
            problems.extend(_other_list(path, one, days, found))
        found[name] = one
    if problems:
        raise InputError(dict.fromkeys(problems))
    return inputs, found


def _other_list(
    path: Path, one: Returned, days: dict[tuple[str, str], date], found: dict[tuple[str, str], Returned]
) -> Iterator[Problem]:
    from evaluator.loading import shown

    name = (one.subject, one.ruleset)
    if name not in days:
        zh = f"清单属于 {echo(one.subject)} 和 {echo(one.ruleset)}，不是这次评的"
        en = f"the list belongs to {echo(one.subject)} under {echo(one.ruleset)}, which is not assessed here"
        yield Problem("other_list", Place(shown(path)), Words(zh, en))
    elif one.as_of > days[name]:
        zh = f"清单的数据截止日 {one.as_of} 晚于这次的 {days[name]}"
        en = f"the list is of {one.as_of}, after the data date {days[name]}"
        mend = Words("用新的申报再评，或核对 --as-of", "assess the newer submission, or check --as-of")
        yield Problem("newer_list", Place(shown(path)), Words(zh, en), mend)
    if name in found:
        yield Problem(
            "repeated_list",
            Place(shown(path)),
            Words("同一单位同一规则集给了两份清单", "two lists of one subject under one ruleset"),
        )


def _namesake(name: str, one: Loaded, before: dict[Path, Loaded]) -> Iterator[Problem]:
    for other in before.values():
        if other.ruleset.ruleset == one.ruleset.ruleset and other.folder != one.folder:
            zh = f"与 {other.folder} 的规则集标识相同，结果会互相覆盖"
            en = f"the same ruleset id as {other.folder}: the results would overwrite each other"
            yield Problem("repeated_ruleset", Place(name), Words(zh, en))


def _mismatch(
    path: Path, loaded: Loaded, submission: Submission, names: dict[tuple[str, str], Path]
) -> Iterator[Problem]:
    from evaluator.loading import shown
    from evaluator.submission_faults import of_another_kind

    yield from of_another_kind(loaded.ruleset, submission, Place(shown(path)))
    name = (submission.subject.id, loaded.ruleset.ruleset)
    if name in names:
        zh = f"单位标识 {name[0]} 与 {names[name]} 的相同，一次只能评一份"
        en = f"the subject {name[0]} is also that of {names[name]}: one submission of each subject at a time"
        yield Problem("repeated_subject", Place(shown(path)), Words(zh, en))
    names.setdefault(name, path)
