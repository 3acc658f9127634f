"""The faults of a review that its types alone cannot show. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from evaluator.algorithms import algorithm_of
from evaluator.digests import ruleset_digest, submission_digest
from evaluator.errors import Fault, Words, did_you_mean
from evaluator.review import Provenance, Review
from evaluator.review_entries import OnEvidence
from evaluator.reviewing.claims import correction_faults, evidence_faults, sum_faults
from evaluator.reviewing.setting import Setting
from evaluator.reviewing.verdicts import verdict_faults

Path = tuple[str | int, ...]
# A review is over long before the next period of the same length ends: a later day is a slip of the pen.
_LATEST = timedelta(days=731)
_DATED = ("corrections", "decisions", "confirmations")


def review_faults(review: Review, setting: Setting) -> Iterator[Fault]:
    """Every fault of ``review``, at its place in it."""
    yield from _about(review, setting)
    yield from _people(review)
    yield from _repeated(review)
    for name, n, entry in review.entries():
        yield from _when(name, n, Provenance(review, entry), setting)
    yield from correction_faults(review, setting)
    yield from evidence_faults(review, setting)
    yield from sum_faults(review, setting)
    yield from verdict_faults(review, setting)


def _about(review: Review, setting: Setting) -> Iterator[Fault]:
    submission, ruleset = setting.submission, setting.ruleset
    if review.submission.id != submission.subject.id:
        what = Words(
            f"这份复核针对的是 {review.submission.id}，申报单位是 {submission.subject.id}",
            f"this review is of {review.submission.id}; the submission is of {submission.subject.id}",
        )
        yield Fault("other_submission", ("submission", "id"), what)
    elif _other_submission(review.submission.digest, setting):
        what = Words("申报材料在复核之后改过，校验码不符", "the submission was changed since it was reviewed")
        mend = Words(
            "用复核时的那一份申报，或按现在的申报重新复核",
            "use the submission that was reviewed, or review this one anew",
        )
        yield Fault("other_digest", ("submission", "digest"), what, mend)
    if review.ruleset.id != ruleset.ruleset:
        what = Words(
            f"这份复核按 {review.ruleset.id} 作出，这里用的是 {ruleset.ruleset}",
            f"this review is under {review.ruleset.id}; the rules here are {ruleset.ruleset}",
        )
        yield Fault("other_ruleset", ("ruleset", "id"), what)
    elif review.ruleset.version != ruleset.version:
        what = Words(
            f"这份复核按 {review.ruleset.version} 版规则作出，这里是 {ruleset.version} 版",
            f"this review is under version {review.ruleset.version}; the rules here are {ruleset.version}",
        )
        yield Fault("other_version", ("ruleset", "version"), what)
    elif _other_rules(review.ruleset.digest, setting):
        what = Words("规则在复核之后改过，校验码不符", "the rules were changed since the review was made")
        yield Fault("other_digest", ("ruleset", "digest"), what)


def _other_submission(stated: str | None, setting: Setting) -> bool:
    return stated is not None and stated != submission_digest(setting.submission, algorithm_of(stated))


def _other_rules(stated: str | None, setting: Setting) -> bool:
    if stated is None:
        return False
    return stated != ruleset_digest(setting.ruleset, setting.catalogue, algorithm_of(stated))


def _people(review: Review) -> Iterator[Fault]:
    numbers = [one.number for one in review.reviewers()]
    for n, one in enumerate(review.also):
        if one.number in numbers[: n + 1]:
            what = Words(f"工号 {one.number} 写了两次", f"the staff number {one.number} stands twice")
            yield Fault("repeated_reviewer", ("also", n, "number"), what)
    for name, n, entry in review.entries():
        if entry.by is not None and entry.by not in numbers:
            what = Words(
                f"{entry.by} 不是这份复核的复核人员", f"{entry.by} is none of the reviewers of this review"
            )
            yield Fault("unknown_reviewer", (name, n, "by"), what, did_you_mean(entry.by, numbers))


def _when(name: str, n: int, one: Provenance[Any], setting: Setting) -> Iterator[Fault]:
    if name in _DATED and (one.method is None or one.day is None):
        what = Words("没有写明核查方法或日期", "the method or the day of verification is not stated")
        mend = Words(
            "在这一条或整份复核上写 method 和 date", "state method and date here or for the whole review"
        )
        yield Fault("how_and_when", (name, n), what, mend)
    if one.day is None:
        return
    place: Path = (name, n, "date") if one.entry.date is not None else ("date",)
    period = setting.submission.period
    if one.day < period.from_:
        what = Words(
            f"复核日期 {one.day} 早于评估期", f"the day of the review, {one.day}, lies before the period"
        )
        yield Fault("impossible_day", place, what, Words("核对年份", "check the year"))
    elif one.day > period.to + _LATEST:
        what = Words(
            f"复核日期 {one.day} 在评估期止日两年以后",
            f"the day of the review, {one.day}, is more than two years after the period",
        )
        yield Fault("impossible_day", place, what, Words("核对年份", "check the year"))


def _repeated(review: Review) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for name, n, entry in review.entries():
        for key, shown in subjects_of(name, entry):
            if key in seen:
                yield repeated(name, n, shown, seen[key] == name)
            seen.setdefault(key, name)


def subjects_of(name: str, entry: Any) -> Iterator[tuple[tuple[str, str], str]]:
    """What an entry speaks of, as keys that no two entries of one stage may share, each with how it is shown."""
    if name == "corrections":
        thing = entry.thing
        yield (
            ("correction", str(tuple(thing))),
            ".".join(part for part in (thing.unit, thing.id, thing.field) if part),
        )
    elif isinstance(entry, OnEvidence):
        yield ("evidence", entry.id), entry.id
    else:
        kind = "confirmation" if name == "confirmations" else "verdict"
        yield (kind, entry.criterion), entry.criterion


def repeated(name: str, n: int, shown: str, alike: bool) -> Fault:
    """The fault of a second word on the same thing; ``alike`` where both are of one kind."""
    if alike:
        what = Words(f"{shown} 写了两次", f"{shown} stands twice")
    elif name in ("rejected_evidence", "accepted_evidence"):
        what = Words(f"{shown} 既采信又不采信", f"{shown} is both rejected and accepted")
    else:
        what = Words(f"{shown} 既评了档次又作了判定", f"{shown} has both a level and a decision")
    return Fault("repeated_entry", (name, n), what, Words("只保留一条", "keep one of them"))
