"""What counts as evidence: each item that a criterion reads, what it is, and what is asked of it there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.catalogue import Catalogue, CountItem, DocumentItem, EventItem
from evaluator.checks import Check
from evaluator.checks.document import DocumentCheck
from evaluator.checks.group import Group
from evaluator.errors import Words
from evaluator.model import SUBJECTS
from evaluator.ruleset import Criterion
from evaluator.wording import Wording

Json = dict[str, Any]
_HOLDERS = {**SUBJECTS, "province": Words("省", "province")}
_VALID = {
    "year": Words("年度文件，要在评估期内印发或写明有效期", "an annual document, of this period"),
    "until_replaced": Words("长期有效，写明失效日期的除外", "holds until it is replaced"),
    "dated": Words("要写明有效期", "states its term"),
}

_ATTACHED = {
    "documents": Words("要附文件本身", "the document itself is attached"),
    "statements": Words("要附照片、公示等佐证", "with a photograph, a notice or the like"),
}


def items(criterion: Criterion, wording: Wording) -> list[Json]:
    """The items that ``criterion`` reads, once each, in its order: kind, id, label, help and what is asked of them."""
    kind: str
    found: dict[tuple[str, str], list[Words]] = {}
    parts: dict[tuple[str, str], list[str]] = {}
    for use in criterion.uses():
        kind = "counts" if use.kind == "previous" else use.kind
        lines = found.setdefault((kind, use.id), [*_of_item(kind, use.id, wording)])
        if use.kind == "previous":
            lines.append(Words("还要填上一评估期的数", "the figure of the period before, too"))
    for check in _all(criterion):
        name = getattr(check, "documents", None) or getattr(check, "statement", None)
        kind = "documents" if getattr(check, "documents", None) else "statements"
        if name is not None and (kind, name) in found:
            parts.setdefault((kind, name), []).extend(getattr(check, "contains", ()))
            if getattr(check, "attachment", None):
                found[kind, name].append(_ATTACHED[kind])
    # How long a document holds is asked where it has to be in force; where it was issued in the period, that is said.
    current = {one.documents for one in _all(criterion) if isinstance(one, DocumentCheck) and _in_force(one)}
    for (kind, name), lines in found.items():
        item = wording.catalogue.documents.get(name) if kind == "documents" else None
        if item is not None and name not in current:
            lines.remove(_VALID[item.valid])
    for (kind, name), asked in parts.items():
        if asked:
            words = wording.parts(name, tuple(dict.fromkeys(asked)))
            found[kind, name].append(Words(f"要写明：{words.zh}", f"states: {words.en}"))
    return [
        {
            "kind": kind,
            "id": name,
            "label": _json(wording.label(name)),
            "help": _help(kind, name, wording.catalogue),
            "lines": [_json(one) for one in dict.fromkeys(lines)],
        }
        for (kind, name), lines in found.items()
    ]


def _in_force(check: DocumentCheck) -> bool:
    return check.state == "in_force" or (check.state is None and check.issued_by is None)


def _all(criterion: Criterion) -> Iterator[Check]:
    for _, check in criterion.checks():
        yield from _with_members(check)


def _with_members(check: Check) -> Iterator[Check]:
    yield check
    for _, member in check.members() if isinstance(check, Group) else ():
        yield from _with_members(member)


def _of_item(kind: str, name: str, wording: Wording) -> Iterator[Words]:
    item = wording.catalogue.items(kind).get(name)
    if isinstance(item, CountItem):
        yield Words(f"单位：{item.unit.zh}", f"counted in {item.unit.en}")
        for whole in item.at_most:
            label = wording.label(whole)
            yield Words(f"不超过{label.zh}", f"at most {label.en}")
    elif isinstance(item, EventItem):
        holder = _HOLDERS[item.held_by]
        yield Words(f"由{holder.zh}举办，填每次的日期", f"held by the {holder.en}: the day of each")
    elif isinstance(item, DocumentItem):
        holder, valid = _HOLDERS[item.issued_by], _VALID[item.valid]
        yield Words(f"由{holder.zh}印发", f"issued by the {holder.en}")
        yield valid


def _help(kind: str, name: str, catalogue: Catalogue) -> Json | None:
    item = catalogue.items(kind).get(name)
    if item is None:
        return None
    return {"zh": item.help.zh} if item.help.en is None else {"zh": item.help.zh, "en": item.help.en}


def _json(words: Words) -> Json:
    return {"zh": words.zh, "en": words.en}
