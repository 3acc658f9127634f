"""Which review files are of whom: told by reading each once, so that a worker need read only those of its submissions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.loading.files import TEXTS, contents, is_folder, refused
from evaluator.loading.reviews import open_review
from evaluator.loading.scratch import is_scratch
from evaluator.packages.names import shown
from evaluator.submission import natural

_ENDINGS = (*TEXTS, ".xlsx")


class Of(NamedTuple):
    """One review file: whose it is, under which rules (both None where that cannot be told), and what is wrong with it."""

    path: Path
    subject: str | None
    ruleset: str | None
    digest: bytes
    problems: tuple[Problem, ...]


class Reviews(NamedTuple):
    """The review files of each subject, in order, and what tells them from others."""

    paths: Mapping[str, tuple[Path, ...]] = {}
    digests: Mapping[str, bytes] = {}

    def digest(self, subject: str) -> bytes:
        """The digest of the reviews of ``subject``; empty where there are none."""
        return self.digests.get(subject, b"")


def review_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The review files in ``paths`` and in folders among them; raises ``InputError`` for a path where nothing is."""
    found: dict[Path, None] = {}
    for path in paths:
        if not is_folder(path):
            if not path.is_file():
                raise refused(path, "no_file", "找不到文件", "there is no such file")
            found[path] = None
            continue
        inside = [
            one
            for one in path.rglob("*")
            if one.is_file() and one.suffix.lower() in _ENDINGS and not is_scratch(one, path)
        ]
        if not inside:
            raise refused(path, "no_review", "文件夹里没有复核", "the folder holds no review")
        found.update(dict.fromkeys(sorted(inside, key=lambda one: natural(str(one)))))
    return tuple(found)


def make_reader() -> Callable[[tuple[Path, ...]], tuple[Of, ...]]:
    """What a worker does with some review files."""
    return lambda paths: tuple(map(_of, paths))


def _of(path: Path) -> Of:
    try:
        content = contents(path, "largest_submission")
    except InputError as error:
        return Of(path, None, None, b"", error.problems)
    opened = open_review(path)
    stated = opened.source.data if opened.source is not None else None
    subject = ruleset = None
    if opened.review is not None:
        subject, ruleset = opened.review.submission.id, opened.review.ruleset.id
    elif isinstance(stated, dict):
        # Whoever it is of is not scored as if there were none.
        subject, ruleset = _stated(stated, "submission"), _stated(stated, "ruleset")
    return Of(path, subject, ruleset, hashlib.sha256(content).digest(), opened.problems)


def _stated(data: dict[str, object], key: str) -> str | None:
    part = data.get(key)
    name = part.get("id") if isinstance(part, dict) else None
    return name if isinstance(name, str) else None


def by_subject(found: Iterable[Of], ruleset: str) -> Reviews:
    """The reviews under ``ruleset``, by whose they are."""
    paths: dict[str, list[Of]] = {}
    for one in found:
        if one.subject is not None and one.ruleset in (ruleset, None):
            paths.setdefault(one.subject, []).append(one)
    return Reviews(
        {name: tuple(one.path for one in listed) for name, listed in paths.items()},
        {
            name: hashlib.sha256(b"".join(_named(one) for one in listed)).digest()
            for name, listed in paths.items()
        },
    )


def _named(one: Of) -> bytes:
    return hashlib.sha256(str(one.path).encode("utf-8", "surrogateescape")).digest() + one.digest


def of_nobody(
    found: Iterable[Of], ruleset: str, known: Callable[[str], bool]
) -> Iterator[tuple[Path, Problem]]:
    """Every review that no submission of the batch was judged with, and why; ``known`` tells who is in the batch."""
    for one in found:
        if one.subject is None:
            yield from ((one.path, problem) for problem in one.problems)
        elif one.ruleset not in (ruleset, None) or not known(one.subject):
            zh = f"这份复核针对 {one.subject}（{one.ruleset or ruleset}），不在要评的之中"
            en = f"this review is of {one.subject} ({one.ruleset or ruleset}), which is not being scored"
            yield one.path, Problem("other_submission", Place(shown(one.path)), Words(zh, en))
