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


def load_review(path: Path | str) -> Review:
    """The review in ``path``; raises ``ReviewError`` with every problem that it shows without the submission."""
    return read_review(Path(path))[0]


def read_review(path: Path) -> tuple[Review, Source]:
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
    problems: list[Problem] = []
    read_: list[tuple[Review, Source]] = []
    for path in dict.fromkeys(Path(path) for path in paths):
        try:
            read_.append(read_review(path))
        except InputError as error:
            problems.extend(error.problems)
    problems.extend(chain_problems(read_, loaded, submission))
    if problems:
        raise ReviewError(dict.fromkeys(problems))
    return in_chain(review for review, _ in read_)


def chain_problems(
    read_: Sequence[tuple[Review, Source]], loaded: Loaded, submission: Submission
) -> list[Problem]:
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
