"""Faults of what a review corrects and rejects: it must be in the submission, and claimed there as the review says. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.checking import KIND_WORDS
from evaluator.errors import Fault, Words, did_you_mean
from evaluator.review import Provenance, Review
from evaluator.review_entries import AnyCorrection, EventCorrection, Thing
from evaluator.reviewing.amending import amended
from evaluator.reviewing.setting import Setting
from evaluator.reviewing.words import said
from evaluator.submission import Submission
from evaluator.submission_faults import submission_faults

Path = tuple[str | int, ...]
_LISTS = {"count": "counts", "previous": "counts", "statement": "statements"}
_KEYS = {"event": "events", "document": "documents"}


def correction_faults(review: Review, setting: Setting) -> Iterator[Fault]:
    """Faults of the corrections, each of its own."""
    rejected = set(setting.before.rejected) - {one.id for one in review.accepted_evidence}
    rejected |= {one.id for one in review.rejected_evidence}
    for n, one in enumerate(review.corrections):
        path: Path = ("corrections", n)
        unknown = _unknown(one.thing, setting, path)
        if unknown is not None:
            yield unknown
            continue
        claim = claimed(one.thing, setting.submission)
        if _alike(one.claimed) != _alike(claim):
            yield _differs(one, claim, setting, path)
        name = _evidence_id(one.thing, setting.submission)
        if name is not None and name in rejected:
            yield corrected_yet_rejected(name, path)
        day = Provenance(review, one).day
        if isinstance(one, EventCorrection) and day is not None and one.verified > day:
            what = Words(
                f"核实的活动日期 {one.verified} 晚于复核日期 {day}",
                f"the event's day {one.verified} lies after the review's {day}",
            )
            yield Fault("after_review", (*path, "verified"), what)


def corrected_yet_rejected(name: str, path: Path) -> Fault:
    """The fault of a correction of evidence that is rejected."""
    what = Words(f"{name} 未被采信，不能再更正", f"{name} is rejected: there is nothing to correct")
    mend = Words(
        "先在 accepted_evidence 中恢复采信，或删去更正",
        "accept it again in accepted_evidence first, or leave the correction out",
    )
    return Fault("corrected_yet_rejected", path, what, mend)


def claimed(thing: Thing, submission: Submission) -> Any:
    """What ``submission`` says of ``thing``; None where it says nothing."""
    if thing.kind == "previous":
        return submission.previous.counts.get(thing.id)
    if thing.kind == "event":
        return next(one.date for one in submission.events if one.id == thing.id)
    if thing.kind == "document":
        paper = next(one for one in submission.documents if one.id == thing.id)
        return bool(paper.files) if thing.field == "attachment" else getattr(paper, thing.field)
    if thing.unit:
        units = [unit for listed in submission.units.values() for unit in listed if unit.id == thing.unit]
        return getattr(units[0], _LISTS[thing.kind]).get(thing.id)
    if thing.kind == "count":
        return submission.counts.get(thing.id)
    return next((one.value for one in submission.statements if one.type == thing.id), None)


def _alike(value: Any) -> Any:
    return frozenset(value) if isinstance(value, tuple) else value


def _evidence_id(thing: Thing, submission: Submission) -> str | None:
    if thing.unit or thing.kind == "previous":
        return None
    if thing.kind == "statement":
        return next((one.id for one in submission.statements if one.type == thing.id), None)
    return thing.id


def _unknown(thing: Thing, setting: Setting, path: Path) -> Fault | None:
    submission = setting.submission
    if thing.kind in _KEYS:
        known = [one.id for one in getattr(submission, _KEYS[thing.kind])]
        if thing.id in known:
            return None
        words = KIND_WORDS[_KEYS[thing.kind]]
        what = Words(
            f"申报中没有编号为 {thing.id} 的{words.zh.removesuffix('类型')}",
            f"the submission has no {words.en.removesuffix(' type')} {thing.id}",
        )
        return Fault("unknown_evidence", (*path, thing.kind), what, did_you_mean(thing.id, known))
    kind = _LISTS[thing.kind]
    items = setting.catalogue.items(kind)
    if thing.id not in items:
        words = KIND_WORDS[kind]
        what = Words(f"目录中没有{words.zh} {thing.id}", f"the catalogue has no {words.en} {thing.id}")
        return Fault("unknown_item", (*path, thing.kind), what, did_you_mean(thing.id, items))
    if not thing.unit:
        return None
    units = [unit.id for listed in submission.units.values() for unit in listed]
    if units.count(thing.unit) == 1:
        return None
    if thing.unit in units:
        what = Words(f"有两个单元编号为 {thing.unit}", f"two units have the id {thing.unit}")
        return Fault("ambiguous_unit", (*path, "unit"), what)
    what = Words(f"申报中没有单元 {thing.unit}", f"the submission has no unit {thing.unit}")
    return Fault("unknown_unit", (*path, "unit"), what, did_you_mean(thing.unit, units))


def _differs(one: AnyCorrection, claim: Any, setting: Setting, path: Path) -> Fault:
    stated, sent = (said(one, value, setting.catalogue, setting.submission) for value in (one.claimed, claim))
    what = Words(
        f"复核写的自报值是“{stated.zh}”，申报的是“{sent.zh}”",
        f"the review has “{stated.en}” as claimed, the submission “{sent.en}”",
    )
    mend = Words(
        "claimed 照申报填写；核实的值写在 verified", "copy claimed from the submission; verified is yours"
    )
    return Fault("other_claim", (*path, "claimed"), what, mend)


def evidence_faults(review: Review, setting: Setting) -> Iterator[Fault]:
    """Faults of what is rejected, and of what is accepted again."""
    ids = [*setting.submission.counts, *(entry.id for _, _, entry in setting.submission.entries())]
    for name in ("rejected_evidence", "accepted_evidence"):
        for n, one in enumerate(getattr(review, name)):
            if one.id not in ids:
                what = Words(f"申报中没有佐证 {one.id}", f"the submission has no evidence {one.id}")
                yield Fault("unknown_evidence", (name, n, "id"), what, did_you_mean(one.id, ids))
            elif name == "accepted_evidence" and one.id not in setting.before.rejected:
                what = Words(f"此前没有哪一阶段不采信 {one.id}", f"no earlier stage rejected {one.id}")
                yield Fault("never_rejected", (name, n, "id"), what, Words("删去这一条", "leave it out"))


def sum_faults(review: Review, setting: Setting) -> Iterator[Fault]:
    """Faults of the submission as corrected, such as a part that now exceeds its whole."""
    known = [one for one in review.corrections if _unknown(one.thing, setting, ()) is None]
    if not known:
        return
    submission, catalogue = setting.submission, setting.catalogue
    before = [one.entry for one in setting.before.corrections.values()]
    then = amended(submission, [*before, *known], frozenset()).submission
    kind = submission.subject.kind
    old = set(submission_faults(amended(submission, before, frozenset()).submission, catalogue, kind))
    for fault in submission_faults(then, catalogue, kind):
        if fault not in old:
            yield fault._replace(path=_where(fault.path, review, then, catalogue))


def _where(path: Path, review: Review, submission: Submission, catalogue: Catalogue) -> Path:
    """The correction from which a fault at ``path`` of the corrected submission comes."""
    names = {str(part) for part in path}
    if path[0] in ("events", "documents", "statements") and len(path) > 1:
        entry = getattr(submission, str(path[0]))[path[1]]
        names |= {entry.id, entry.type}
    wholes = {other for name in names if name in catalogue.counts for other in catalogue.counts[name].at_most}
    for wanted in (names, wholes):
        for n, one in enumerate(review.corrections):
            if one.thing.id in wanted:
                return ("corrections", n, "verified")
    return ("corrections",)
