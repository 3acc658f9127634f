"""The words of a review, in Chinese and English: what is written on its form and printed of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.errors import Words
from evaluator.exact import decimal
from evaluator.review_entries import AnyCorrection, Thing
from evaluator.submission import Submission

STAGES: Mapping[str, Words] = {
    "self_check": Words("自查", "self-check"),
    "preliminary": Words("初审", "preliminary review"),
    "inspection": Words("验收", "inspection"),
    "final": Words("审定", "final review"),
}
METHODS: Mapping[str, Words] = {
    "documents": Words("材料审核", "examination of documents"),
    "on_site": Words("实地察看", "on-site check"),
    "interview": Words("访谈", "interviews"),
    "survey": Words("问卷", "survey"),
}
OUTCOMES: Mapping[str, Words] = {
    "satisfied": Words("达标", "met"),
    "partly_satisfied": Words("部分达标", "partly met"),
    "not_satisfied": Words("未达标", "not met"),
    "no_evidence": Words("未提交佐证", "no evidence"),
    "needs_review": Words("待核验", "to be verified"),
    "not_applicable": Words("不适用", "not applicable"),
}
ROLES: Mapping[str, Words] = {
    "street_reviewer": Words("街道审核人员", "street reviewer"),
    "district_inspector": Words("区级验收人员", "district inspector"),
    "municipal_inspector": Words("市级验收人员", "municipal inspector"),
    "provincial_inspector": Words("省级验收人员", "provincial inspector"),
    "expert": Words("评审专家", "expert"),
    "third_party": Words("第三方评估人员", "third-party assessor"),
}
YES, NO = Words("是", "yes"), Words("否", "no")
NOT_SUBMITTED = Words("未填报", "not submitted")
_NOT_STATED = Words("未写明", "none stated")
FIELDS: Mapping[str, Words] = {
    "issued": Words("印发日期", "date of issue"),
    "valid_to": Words("有效期至", "valid to"),
    "contains": Words("内容", "parts"),
    "attachment": Words("原件或附件", "the document itself"),
}


def label_of(thing: Thing, submission: Submission, catalogue: Catalogue) -> Words:
    """What a correction corrects, in words."""
    if thing.kind == "event":
        return labelled(_entry(submission.events, thing.id), catalogue)
    if thing.kind == "document":
        named, field = labelled(_entry(submission.documents, thing.id), catalogue), FIELDS[thing.field]
        return Words(f"{named.zh}：{field.zh}", f"{named.en}: {field.en}")
    title = catalogue.label(thing.id)
    if thing.kind == "previous":
        return Words(f"{title.zh}（上期）", f"{title.en} (period before)")
    if not thing.unit:
        return Words(title.zh, title.en)
    name = next(
        (unit.name for units in submission.units.values() for unit in units if unit.id == thing.unit), None
    )
    unit = f"{thing.unit} {name}" if name else thing.unit
    return Words(f"{unit}：{title.zh}", f"{unit}: {title.en}")


def _entry(entries: tuple[Any, ...], name: str) -> Any:
    return next(one for one in entries if one.id == name)


def labelled(entry: Any, catalogue: Catalogue) -> Words:
    """One piece of evidence by its id, its type and, where it has one, its title."""
    title = catalogue.label(entry.type)
    own = getattr(entry, "title", None)
    return Words(
        f"{entry.id} {title.zh}" + (f"“{own}”" if own else ""),
        f"{entry.id} {title.en}" + (f", “{own}”" if own else ""),
    )


def said(one: AnyCorrection, value: Any, catalogue: Catalogue, submission: Submission) -> Words:
    """A value of a correction, as claimed or as verified, in words."""
    thing = one.thing
    if thing.kind in ("count", "previous"):
        if value is None:
            return NOT_SUBMITTED
        item = catalogue.counts.get(thing.id)
        unit = item.unit if item is not None else None
        number = decimal(value)
        return Words(f"{number} {unit.zh}", f"{number} {unit.en}") if unit else Words(number, number)
    if value is None:
        return NOT_SUBMITTED if thing.kind == "statement" else _NOT_STATED
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        return _parts(thing.id, value, catalogue, submission)
    return Words(str(value), str(value))


def _parts(document: str, parts: tuple[str, ...], catalogue: Catalogue, submission: Submission) -> Words:
    item = catalogue.documents.get(_entry(submission.documents, document).type)
    titles = [item.parts[part] for part in sorted(parts) if item is not None and part in item.parts]
    none = Words("无", "none")
    if not titles:
        return none
    return Words("、".join(one.zh for one in titles), ", ".join(one.en for one in titles))
