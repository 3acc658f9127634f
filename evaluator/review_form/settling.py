"""What a third is asked: the rows of the form on which two inspectors differ, and what each of them says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evaluator.errors import Words
from evaluator.review_entries import Thing, ThingKind
from evaluator.review_form.evidence_sheets import item_of
from evaluator.reviewing.reconciling import Difference
from evaluator.reviewing.words import FIELDS
from evaluator.submission import Submission


def opinions(found: Iterable[Difference], submission: Submission) -> Mapping[str, Words]:
    """What the two say, by the criterion or the item of the row on which a third says what holds."""
    said: dict[str, Words] = {}
    for one in found:
        name = one.criterion or _item(one, submission)
        field = FIELDS.get(one.thing.field) if one.thing is not None else None
        head = Words("", "") if field is None else Words(f"{field.zh}：", f"{field.en}: ")
        text = Words(
            f"{head.zh}甲：{one.first.zh}\n乙：{one.second.zh}",
            f"{head.en}A: {one.first.en}\nB: {one.second.en}",
        )
        before = said.get(name)
        said[name] = text if before is None else Words(f"{before.zh}\n{text.zh}", f"{before.en}\n{text.en}")
    return said


def _item(one: Difference, submission: Submission) -> str:
    entries = {entry.id: (kind, entry.type) for kind, _, entry in submission.entries()}
    if one.thing is not None:
        thing = one.thing._replace(field="")
    else:
        kind, name = entries.get(one.evidence, ("counts", one.evidence))
        thing = Thing(_KINDS[kind], name if kind == "statements" else one.evidence)
    if thing.kind == "statement" and not thing.unit:
        own = next((said.id for said in submission.statements if said.type == thing.id), "")
        return item_of(thing, own)
    return item_of(thing)


_KINDS: Mapping[str, ThingKind] = {
    "counts": "count",
    "events": "event",
    "documents": "document",
    "statements": "statement",
}
