"""Reviews from files: read whole and checked against the submission and the rules, or refused with every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evaluator.errors import InputError, Place, Problem, ReviewError, Words
from evaluator.facts import STAGES
from evaluator.guarding import persons_of
from evaluator.loading.files import TEXTS, is_folder, placed, read, unknown_type
from evaluator.loading.forms import is_form, workbook_bytes
from evaluator.loading.rulesets import Loaded, shared_catalogue
from evaluator.packages.names import shown
from evaluator.persons import PERSON_CODES, persons_in
from evaluator.reading import Source
from evaluator.review import Review
from evaluator.reviewing.chain import chain_faults
from evaluator.reviewing.faults import review_faults
from evaluator.reviewing.pair_faults import pair_faults, third_faults
from evaluator.reviewing.setting import Setting
from evaluator.reviewing.standing import NOTHING, in_chain, standings
from evaluator.submission import Submission
from evaluator.validating import validate

if TYPE_CHECKING:
    from evaluator.reviewing.reconciling import Difference
    from evaluator.workbook.read import Note

# A review, and where each part of it stands.
Placed = tuple[Review, Source]


class Opened(NamedTuple):
    """A file of a review as far as it can be read: what can be used of it, every problem, and how cells were read."""

    review: Review | None
    source: Source | None
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...] = ()


def load_review(path: Path | str) -> Review:
    """The review in ``path``; raises ``ReviewError`` with every problem that it shows without the submission."""
    opened = open_review(Path(path))
    if opened.review is None or opened.problems:
        raise ReviewError(opened.problems)
    return opened.review


def open_review(path: Path) -> Opened:
    """The review in ``path``: YAML, JSON, or a form of ``duibiao review start`` or ``record`` filled in."""
    named = persons_in([(Place(shown(path)), path.name)])
    try:
        if is_form(path):
            return _form(path, named)
        if path.suffix.lower() not in TEXTS and not is_folder(path):
            raise unknown_type(path, Words("用 .yaml、.json 或 .xlsx", "use .yaml, .json or .xlsx"))
        return _guarded(read(path, "largest_submission", guarded=True), named)
    except InputError as error:
        return Opened(None, None, (*named, *error.problems))


def given_review(source: Source) -> Opened:
    """The review in ``source``, whose data no file holds: it was filled in on pages."""
    return _guarded(source, ())


def _form(path: Path, named: Iterable[Problem]) -> Opened:
    from evaluator.review_form.reading import read_form  # noqa: PLC0415 - calamine is for workbooks only

    filled = read_form(workbook_bytes(path), shown(path))
    return _guarded(filled.source, (*named, *filled.problems), filled.notes)


def _guarded(source: Source, before: Iterable[Problem], notes: tuple[Note, ...] = ()) -> Opened:
    """The review in ``source``: nothing of one that holds anything about a person is used. ``before`` was found in its form."""
    guarded = persons_of(source, shared_catalogue())
    found = list(dict.fromkeys((*before, *guarded.problems)))
    # What the form itself says is missing is not told twice.
    told = {problem.place for problem in found}
    review = None
    try:
        review = validate(Review, source)
    except InputError as error:
        found += [one for one in map(guarded.silenced, error.problems) if one.place not in told]
    if any(one.code in PERSON_CODES for one in found):
        review = None
    return Opened(review, source, tuple(found), notes)


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
        opened = open_review(path)
        problems.extend(opened.problems)
        if opened.review is not None and opened.source is not None:
            found.append((opened.review, opened.source))
    return found, problems


def chain_problems(read_: Sequence[Placed], loaded: Loaded, submission: Submission) -> list[Problem]:
    """Every problem of reviews that can be read: of each against what stood before it, and of all together."""
    setting = Setting(submission, loaded.ruleset, loaded.catalogue)
    problems: list[Problem] = []
    stood = {one.stage: one for one in standings(review for review, _ in read_)}
    for review, source in read_:
        earlier = [one for stage, one in stood.items() if STAGES.index(stage) < STAGES.index(review.stage)]
        before = earlier[-1] if earlier else NOTHING
        problems.extend(placed(review_faults(review, setting._replace(before=before)), source))
    for n, fault in chain_faults([review for review, _ in read_]):
        problems.extend(placed([fault], read_[n][1]))
    return problems


class Pair(NamedTuple):
    """Two reviews written apart, the earlier ones that both were made over, and the third's where there is one."""

    earlier: tuple[Review, ...]
    first: Review
    second: Review
    third: Placed | None


def load_pair(
    first: Path,
    second: Path,
    third: Path | None,
    earlier: Iterable[Path],
    loaded: Loaded,
    submission: Submission,
) -> Pair:
    """Two reviews that can be reconciled; raises ``ReviewError`` with every problem of all of them.

    What the third says is checked for itself only: whether it settles their differences, ``third_problems`` tells.
    """
    before, problems = read_all_reviews(earlier)
    files = [open_review(path) for path in (first, second, *([third] if third is not None else []))]
    for opened in files:
        problems.extend(opened.problems)
    known = [(one.review, one.source) for one in files if one.review is not None and one.source is not None]
    for review, source in known:
        alone = (
            review
            if not review.settles
            else review.model_copy(update={"settles": (), "accepted_evidence": ()})
        )
        problems.extend(chain_problems([*before, (alone, source)], loaded, submission))
    if len(known) == len(files):
        problems.extend(placed(pair_faults(known[0][0], known[1][0]), known[1][1]))
    if problems:
        raise ReviewError(dict.fromkeys(problems))
    chain = in_chain(review for review, _ in before)
    return Pair(chain, known[0][0], known[1][0], known[2] if third is not None else None)


def third_problems(third: Placed, pair: Pair, open_: Iterable[Difference]) -> list[Problem]:
    """Every problem of the third's review as a settlement of ``open_``."""
    return placed(third_faults(third[0], pair.first, pair.second, open_), third[1])
