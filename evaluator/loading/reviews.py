"""Reviews from files: read whole and checked against the submission and the rules, or refused with every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from evaluator.errors import InputError, Problem, ReviewError
from evaluator.facts import STAGES
from evaluator.loading.files import LARGEST_SUBMISSION, placed, read
from evaluator.loading.rulesets import Loaded
from evaluator.reading import Source
from evaluator.review import Review
from evaluator.reviewing.chain import chain_faults
from evaluator.reviewing.faults import review_faults
from evaluator.reviewing.setting import Setting
from evaluator.reviewing.standing import NOTHING, in_chain, standings
from evaluator.submission import Submission
from evaluator.validating import validate

# A review, and where each part of it stands.
Placed = tuple[Review, Source]


def load_review(path: Path | str) -> Review:
    """The review in ``path``; raises ``ReviewError`` with every problem that it shows without the submission."""
    return read_review(Path(path))[0]


def read_review(path: Path) -> Placed:
    """The review in ``path``, and where each part of it stands."""
    try:
        source = read(path, LARGEST_SUBMISSION)
        return validate(Review, source), source
    except InputError as error:
        raise ReviewError(error.problems) from None


def load_reviews(paths: Iterable[Path | str], loaded: Loaded, submission: Submission) -> tuple[Review, ...]:
    """The chain of reviews in ``paths``, of ``submission`` under ``loaded``, in the order of their stages.

    Raises ``ReviewError`` with every problem of all of them.
    """
    found, problems = read_all_reviews(paths)
    problems.extend(chain_problems(found, loaded, submission))
    if problems:
        raise ReviewError(dict.fromkeys(problems))
    return in_chain(review for review, _ in found)


def read_all_reviews(paths: Iterable[Path | str]) -> tuple[list[Placed], list[Problem]]:
    """The reviews that can be read, each file once, and every problem of those that cannot."""
    found: list[Placed] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(Path(path) for path in paths):
        try:
            found.append(read_review(path))
        except InputError as error:
            problems.extend(error.problems)
    return found, problems


def chain_problems(read_: Sequence[Placed], loaded: Loaded, submission: Submission) -> list[Problem]:
    """Every problem of reviews that can be read: of each against what stood before it, and of all together."""
    from evaluator.assessment import ruleset_digest, submission_digest  # noqa: PLC0415 - only with reviews

    setting = Setting(
        submission,
        submission_digest(submission),
        loaded.ruleset,
        ruleset_digest(loaded.ruleset, loaded.catalogue),
        loaded.catalogue,
    )
    problems: list[Problem] = []
    stood = {one.stage: one for one in standings(review for review, _ in read_)}
    for review, source in read_:
        earlier = [one for stage, one in stood.items() if STAGES.index(stage) < STAGES.index(review.stage)]
        before = earlier[-1] if earlier else NOTHING
        problems.extend(placed(review_faults(review, setting._replace(before=before)), source))
    for n, fault in chain_faults([review for review, _ in read_]):
        problems.extend(placed([fault], read_[n][1]))
    return problems
